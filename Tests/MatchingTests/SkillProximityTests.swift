import Matching
import Testing

@Suite("Proximity of skills")
struct SkillProximityTests {
    private func proximity(need: String, offer: String) throws -> Int? {
        try value(.skill, world(needing("a", need), offering("b", offer)))
    }

    @Test(
        "Same, narrower, broader, sibling, related: each has its value",
        arguments: [
            ("laser", "laser", 1_000_000),
            ("cutting", "laser", 900_000), ("making", "laser", 810_000), ("making", "laser-metal", 729_000),
            ("laser", "cutting", 700_000), ("laser", "making", 490_000),
            ("laser", "vinyl", 500_000), ("accounts", "budget", 500_000),
            ("laser", "budget", 620_000),
        ])
    func values(need: String, offer: String, expected: Int) throws {
        #expect(try proximity(need: need, offer: offer) == expected)
    }

    @Test(
        "Not related, or below the floor: not admissible",
        arguments: [
            ("laser", "accounts"), ("making", "running"), ("vinyl", "laser-metal"),
            // 0.7³ = 0.343 is below the floor; what helps with laser is not thereby helped by it.
            ("laser-metal", "making"), ("budget", "laser"),
        ])
    func apart(need: String, offer: String) throws {
        #expect(try proximity(need: need, offer: offer) == nil)
    }

    @Test("Several relations at once: the nearest counts")
    func nearest() throws {
        let vocabulary = [
            VocabularyEntry(slug: "top"),
            VocabularyEntry(slug: "x", broader: "top", related: [.init(slug: "y", strength: 480_000)]),
            VocabularyEntry(slug: "y", broader: "top", related: [.init(slug: "x", strength: 550_000)]),
        ]
        let input = try RoundInput(
            vocabulary: vocabulary,
            participants: [
                place("a", offers: [OfferInput(skill: "x")], needs: [NeedInput(skill: "x")]),
                place("b", offers: [OfferInput(skill: "y")], needs: [NeedInput(skill: "y")]),
            ])
        let market = try Market(input)
        // a needs x, b offers y: y lists x. b needs y, a offers x: x lists y more weakly than siblings are.
        #expect(market.score(need: 0, offer: 1)?.parts[0].value == 550_000)
        #expect(market.score(need: 1, offer: 0)?.parts[0].value == 500_000)
    }

    @Test("Two tops of families are no siblings")
    func tops() throws {
        #expect(try proximity(need: "making", offer: "running") == nil)
    }

    @Test("Direct children of a family are siblings as all others")
    func familyChildren() throws {
        #expect(try proximity(need: "accounts", offer: "budget") == 500_000)
    }

    @Test("Powers of a step are exact and rounded down once")
    func powers() throws {
        // Rounding at each step would drift from these.
        var parameters = Parameters.standard
        parameters.stepNarrower = 999_999
        parameters.stepBroader = 777_777
        parameters.floor = 1
        let chain = (0...30).map { VocabularyEntry(slug: "s\($0)", broader: $0 == 0 ? nil : "s\($0 - 1)") }
        func pair(need: Int, offer: Int) throws -> Int? {
            try value(
                .skill,
                RoundInput(
                    parameters: parameters, vocabulary: chain,
                    participants: [needing("a", "s\(need)"), offering("b", "s\(offer)")]))
        }
        var power = Int128(777_777)
        var divisor = Int128(1)
        for depth in 1...30 {
            // (1 − 10⁻⁶)ᵏ is 1 − k · 10⁻⁶ and a little more: rounded down, 10⁶ − k.
            #expect(try pair(need: 0, offer: depth) == 1_000_000 - depth)
            // 777777⁶ is the last power that fits in 128 bits.
            guard depth <= 6 else { continue }
            #expect(try pair(need: depth, offer: 0) == Int(power / divisor))
            if depth < 6 {
                power *= 777_777
                divisor *= 1_000_000
            }
        }
    }

    @Test(
        "A step of one keeps all, a step of nothing keeps nothing",
        arguments: [(1_000_000, 1_000_000), (0, nil)])
    func extremes(step: Int, expected: Int?) throws {
        var parameters = Parameters.standard
        parameters.stepNarrower = step
        parameters.floor = 0
        let input = try world(needing("a", "making"), offering("b", "laser-metal"), parameters: parameters)
        #expect(try value(.skill, input) == expected)
    }

    @Test("A proximity equal to the floor is admissible")
    func atTheFloor() throws {
        var parameters = Parameters.standard
        parameters.floor = 500_000
        #expect(
            try value(.skill, world(needing("a", "laser"), offering("b", "vinyl"), parameters: parameters))
                == 500_000)
        parameters.floor = 500_001
        #expect(
            try value(.skill, world(needing("a", "laser"), offering("b", "vinyl"), parameters: parameters))
                == nil)
    }
}
