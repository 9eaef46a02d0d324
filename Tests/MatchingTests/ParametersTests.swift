import Matching
import Testing

@Suite("Parameters")
struct ParametersTests {
    @Test("The standard parameters are valid and carry the documented defaults")
    func standard() throws {
        let standard = Parameters.standard
        try standard.validate()
        #expect(
            Factor.allCases.map { standard.weights[$0] } == [
                350_000, 150_000, 150_000, 100_000, 100_000, 50_000, 100_000,
            ])
        #expect(standard.floor == 450_000)
        #expect(standard.receiptBonuses == [300_000, 50_000])
        #expect([standard.waitingRounds, standard.noveltyRounds, standard.repeatRounds] == [3, 6, 3])
        #expect(standard.listed == 32)
    }

    @Test("A profile that says nothing gets the documented defaults")
    func profileDefaults() {
        let community = Participant(slug: "a", languages: ["fr"], modes: [.remote])
        #expect([community.give, community.receive, community.maxKm, community.waiting] == [3, 2, 50, 0])
        let offer = OfferInput(skill: "laser")
        #expect([offer.level, offer.capacity] == [3, 1])
        let need = NeedInput(skill: "laser")
        #expect([need.levelNow, need.level, need.urgency, need.quantity] == [1, 2, 2, 1])
        #expect(NeedInput(skill: "laser", levelNow: 3).level == 4)
        #expect(NeedInput(skill: "laser", levelNow: 4).level == 4)
    }

    @Test("What is frozen reads back the same, in any order and through text")
    func roundTrip() throws {
        var parameters = Parameters.standard
        parameters.weights.skill -= 50_000
        parameters.weights.fit += 50_000
        parameters.receiptBonuses = []
        parameters.levels.shorter = 123_456
        let texts = parameters.pairs.reversed().map(\.description)
        let pairs = texts.compactMap { ParameterPair($0) }
        #expect(pairs.count == parameters.pairs.count)
        #expect(try Parameters(pairs: pairs) == parameters)
        #expect(texts.contains("receipt-bonuses="))
        #expect(texts.contains("level-values=1000000,850000,600000,123456,200000"))
    }

    @Test("Every key must be frozen, once, and no other")
    func keys() {
        let pairs = Parameters.standard.pairs
        for index in pairs.indices where pairs[index].key != "listed" {
            var lacking = pairs
            lacking.remove(at: index)
            #expect(throws: MatchingError(.badParameter, pairs[index].key)) { try Parameters(pairs: lacking) }
        }
        #expect(throws: MatchingError(.duplicate, "floor")) {
            try Parameters(pairs: pairs + [ParameterPair(key: "floor", values: [1])])
        }
        #expect(throws: MatchingError(.badParameter, "flour")) {
            try Parameters(pairs: pairs + [ParameterPair(key: "flour", values: [1])])
        }
    }

    @Test("A round that was frozen before needs listed their best few lists every pair, as it did then")
    func withoutListed() throws {
        let older = try Parameters(pairs: Parameters.standard.pairs.filter { $0.key != "listed" })
        #expect(older.listed == Limits.listed.upperBound)
        var expected = Parameters.standard
        expected.listed = older.listed
        #expect(older == expected)
        #expect(try Parameters(pairs: older.pairs) == older)
    }

    @Test("A round may set some and keep the others")
    func partial() throws {
        var parameters = Parameters.standard
        try parameters.set([ParameterPair(key: "receipt-bonuses", values: [100, 100, 0])])
        #expect(parameters.receiptBonuses == [100, 100, 0])
        #expect(parameters.floor == 450_000)
        #expect(throws: MatchingError(.weightsSum, "650001")) {
            try parameters.set([ParameterPair(key: "weight-skill", values: [1])])
        }
        #expect(parameters.weights == Weights())
    }

    @Test(
        "Values outside their range are refused by name",
        arguments: [
            ("weight-fit", [-1], MatchingError.Code.outOfRange), ("weight-fit", [1_000_001], .outOfRange),
            ("floor", [1_000_001], .outOfRange), ("floor", [], .badParameter),
            ("floor", [1, 2], .badParameter),
            ("step-narrower", [-5], .outOfRange), ("step-broader", [Int.max], .outOfRange),
            ("sibling", [Int.min], .outOfRange), ("level-values", [1, 2, 3, 4], .badParameter),
            ("level-values", [1, 2, 3, 4, -5], .outOfRange), ("urgency-values", [1, 2], .outOfRange),
            ("waiting-rounds", [0], .outOfRange), ("novelty-rounds", [0], .outOfRange),
            ("repeat-rounds", [-1], .outOfRange), ("listed", [0], .outOfRange),
            ("listed", [1, 2], .badParameter), ("receipt-bonuses", [1, 2], .bonusesRise),
            ("receipt-bonuses", [-1], .outOfRange), ("receipt-bonuses", [Int.max], .outOfRange),
        ])
    func ranges(key: String, values: [Int], code: MatchingError.Code) {
        #expect(throws: MatchingError(code, key)) {
            var parameters = Parameters.standard
            try parameters.set([ParameterPair(key: key, values: values)])
        }
    }

    @Test(
        "Text that is no pair is none",
        arguments: ["floor", "floor=a", "floor=1,,2", "floor=99999999999999999999"])
    func malformed(text: String) {
        #expect(ParameterPair(text) == nil)
    }
}
