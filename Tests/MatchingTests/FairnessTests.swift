import Matching
import Proof
import Testing

@Suite("Fairness")
struct FairnessTests {
    /// b gives what a and d need, once; a is pressed, d is not, and a needs what c gives as well.
    private func rivals(_ change: (inout Parameters) -> Void = { _ in }) throws -> RoundInput {
        var parameters = Parameters.standard
        change(&parameters)
        return try world(
            place(
                "a", needs: [NeedInput(skill: "laser", urgency: 3), NeedInput(skill: "vinyl", urgency: 3)]),
            needing("d") { $0.needs[0].urgency = 1 }, offering("b"), offering("c", "vinyl"),
            parameters: parameters)
    }

    private func coverage(_ world: RandomWorld, _ coverage: Coverage, listing: Int = 32) throws -> RoundInput
    {
        var world = world
        world.parameters.coverage = coverage
        world.parameters.listed = listing
        return try world.input()
    }

    // MARK: What fairness cost

    @Test("Two matches of one community beat two communities helped, until a first match adds enough")
    func cost() async throws {
        let round = try await solveRound(rivals())
        let plain = try #require(round.plain)
        #expect(plain.matches == 2 && plain.served == 1)
        #expect(plain.score == 1_800_000)
        // d is not pressed: 100000 less, a share of 1/18.
        #expect(round.served == 2 && round.score == 1_700_000)
        #expect(round.fairnessCost == 55_555)
    }

    @Test("A round without bonuses costs nothing against itself", arguments: 1...12 as ClosedRange<UInt64>)
    func withoutBonuses(seed: UInt64) async throws {
        var world = RandomWorld(seed: seed, size: 40)
        world.parameters.receiptBonuses = []
        let round = try await solveRound(world.input())
        #expect(round.plain?.score == round.score)
        #expect(round.fairnessCost == 0)
    }

    @Test(
        "The plain score is that of a round without bonuses, and no round scores more",
        arguments: WorldShape.allCases)
    func plain(shape: WorldShape) async throws {
        var cost = 0
        for seed in 1...4 as ClosedRange<UInt64> {
            var world = shape.world(seed: seed, size: 60)
            world.parameters.listed = 1_000_000
            let round = try await solveRound(world.input())
            world.parameters.receiptBonuses = []
            let without = try await solveRound(world.input())
            let plain = try #require(round.plain)
            #expect(plain.score == without.score && round.score <= plain.score, "\(shape) \(seed)")
            #expect(plain.served <= round.communities.count)
            let share = try #require(round.fairnessCost)
            #expect((0...1_000_000).contains(share))
            cost += share
        }
        if shape == .busy { #expect(cost > 0) }
    }

    @Test("Over a short list the plain score is that of the list, and never below the round's")
    func shortList() async throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            let round = try await solveRound(coverage(RandomWorld(seed: seed, size: 60), .bonus, listing: 1))
            let plain = try #require(round.plain)
            #expect(plain.score >= round.score, "seed \(seed)")
        }
    }

    @Test("Who is served counts each community once")
    func served() async throws {
        let round = try await solveRound(
            world(
                place("a", needs: ["laser", "accounts"].map { NeedInput(skill: $0) }),
                place("b", offers: ["laser", "accounts"].map { OfferInput(skill: $0) })))
        #expect(round.matches.count == 2 && round.served == 1)
        #expect(try await solveRound(world(needing("a"))).served == 0)
    }

    @Test("A restored round does not tell what it did not compute")
    func restored() async throws {
        let round = try await solveRound(rivals { $0.coverage = .first })
        #expect(round.mostServed == 2)
        let again = try await SolvedRound(
            restoring: round.market.input, matches: round.matches.map(\.key), prices: round.prices,
            claimedObjective: round.objective, claimedBound: round.bound)
        #expect(again.plain == nil && again.fairnessCost == nil && again.mostServed == nil)
        #expect(again.served == round.served && transcript(again) == transcript(round))
    }

    // MARK: Coverage first

    @Test("A bonus too small leaves one out; coverage first serves both, whatever the bonus")
    func first() async throws {
        let small = try await solveRound(rivals { $0.receiptBonuses = [] })
        let first = try await solveRound(
            rivals {
                $0.receiptBonuses = []
                $0.coverage = .first
            })
        #expect(small.served == 1 && small.mostServed == nil)
        #expect(first.served == 2 && first.mostServed == 2)
        #expect(first.fairnessCost == 55_555)
        #expect(first.objective == first.score + 2 * 10_000_000)
    }

    @Test(
        "Coverage first serves as many as a plain search for augmenting paths finds",
        arguments: WorldShape.allCases)
    func most(shape: WorldShape) async throws {
        for (size, worlds) in [(8, 8), (40, 3), (120, 1)] as [(Int, UInt64)] {
            for seed in 1...worlds {
                let world = shape.world(seed: seed, size: size)
                let bonus = try await solveRound(coverage(world, .bonus))
                for listing in [1, 32] {
                    let round = try await solveRound(coverage(world, .first, listing: listing))
                    let most = mostServed(round.market)
                    #expect(round.served == most, "\(shape) \(size) \(seed) \(listing)")
                    #expect(round.mostServed == most)
                    #expect(bonus.served <= most)
                    #expect(round.verdict == .optimal(objective: round.objective))
                }
            }
        }
    }

    @Test(
        "Among the choices that serve most, the best is taken: no other bonus that serves so many scores more"
    )
    func bestOfThose() async throws {
        var compared = 0
        for seed in 1...12 as ClosedRange<UInt64> {
            var world = RandomWorld(seed: seed, size: 30)
            let first = try await solveRound(coverage(world, .first))
            func worth(_ round: SolvedRound) -> Int {
                let received = round.matches.reduce(into: [String: Int]()) {
                    $0[$1.receiver, default: 0] += 1
                }
                return round.score + 50_000 * received.values.count { $0 > 1 }
            }
            for bonus in [300_000, 1_000_000, 3_000_000, 50_000_000] {
                world.parameters.receiptBonuses[0] = bonus
                let other = try await solveRound(coverage(world, .bonus))
                guard other.served == first.served else { continue }
                compared += 1
                #expect(worth(other) <= worth(first), "seed \(seed) bonus \(bonus)")
            }
        }
        #expect(compared > 12)
    }

    @Test("A market of ties and long lists is counted whole from lists of one")
    func shortLists() async throws {
        // Forty alike that need what forty give once each: every list of one may name the same few.
        var participants: [Participant] = []
        for number in 0..<40 {
            participants.append(needing("n\(number)"))
            participants.append(offering("o\(number)") { $0.give = 1 })
        }
        var parameters = Parameters.standard
        parameters.coverage = .first
        parameters.listed = 1
        let round = try await solveRound(
            RoundInput(parameters: parameters, vocabulary: smallVocabulary, participants: participants))
        #expect(round.served == 40 && round.mostServed == 40)
    }

    @Test("An exchange too long for the largest bonus is refused, not passed over")
    func tooLong() async throws {
        // Each r holds its own o at the full score and could move on to the next at a lower one; x, last in line,
        // can only take the first o. Serving x moves all of them, and costs more than the largest bonus.
        let length = 400
        var parameters = Parameters.standard
        for factor in Factor.allCases { parameters.weights[factor] = 0 }
        parameters.weights.skill = 1_000_000
        parameters.receiptBonuses = []
        parameters.coverage = .first
        parameters.sibling = 500_000
        func skill(_ number: Int) -> String { "s-\(number)" }
        var vocabulary = [VocabularyEntry(slug: "x")]
        var participants = [needing("x", "x")]
        for number in 0...length {
            // Who knows the next skill helps a little with this one.
            let before = number == 0 ? "x" : skill(number - 1)
            vocabulary.append(
                VocabularyEntry(
                    slug: skill(number), related: [VocabularyEntry.Related(slug: before, strength: 500_000)]))
            if number < length { participants.append(needing("r-\(number)", skill(number))) }
            participants.append(offering("o-\(number)", skill(number)))
        }
        let input = try RoundInput(parameters: parameters, vocabulary: vocabulary, participants: participants)
        await #expect(throws: MatchingError(.notProven, "coverage")) { try await solveRound(input) }
    }

    @Test("Coverage is frozen only where it comes first, and reads back")
    func frozen() throws {
        var parameters = Parameters.standard
        #expect(!parameters.pairs.contains { $0.key == "coverage" })
        parameters.coverage = .first
        #expect(parameters.pairs.last?.description == "coverage=1")
        #expect(try Parameters(pairs: parameters.pairs) == parameters)
        #expect(parameters.bonuses == [10_000_000, 50_000])
        parameters.receiptBonuses = [50_000_000, 40_000_000]
        #expect(parameters.bonuses == [50_000_000, 40_000_000], "never rising")
        parameters.receiptBonuses = []
        #expect(parameters.bonuses == [10_000_000])
        parameters.receiptBonuses = Parameters.standard.receiptBonuses
        for wrong in [[2], [-1], [], [0, 1]] {
            #expect(throws: MatchingError.self) {
                try parameters.set([ParameterPair(key: "coverage", values: wrong)])
            }
        }
        try parameters.set([ParameterPair(key: "coverage", values: [0])])
        #expect(parameters == .standard)
    }

    /// The most communities that can have a match: the largest flow from receivers over every admissible pair to
    /// providers, one augmenting path at a time.
    private func mostServed(_ market: Market) -> Int {
        let profiles = market.input.participants
        var flow = PlainFlow(nodes: 2 + 2 * profiles.count + market.offers.count)
        let (receivers, offers) = (2, 2 + profiles.count)
        let providers = offers + market.offers.count
        for (number, profile) in profiles.enumerated() {
            flow.add(0, receivers + number, min(1, profile.receive))
            flow.add(providers + number, 1, profile.give)
        }
        for (number, offer) in market.offers.enumerated() {
            let terms = profiles[offer.community].offers.first { $0.skill == offer.skill }
            flow.add(offers + number, providers + offer.community, terms?.capacity ?? 0)
        }
        for pair in market.candidates() {
            let need = market.needs[pair.need]
            let terms = profiles[need.community].needs.first { $0.skill == need.skill }
            flow.add(receivers + need.community, offers + pair.offer, min(1, terms?.quantity ?? 0))
        }
        return flow.largest()
    }
}

/// A flow network in the plainest form: arcs with room, each followed by its reverse. Node 0 is the source, 1 the sink.
private struct PlainFlow {
    private var arcs: [(to: Int, room: Int)] = []
    private var arcsOf: [[Int]]

    init(nodes: Int) { arcsOf = [[Int]](repeating: [], count: nodes) }

    mutating func add(_ from: Int, _ to: Int, _ room: Int) {
        arcsOf[from].append(arcs.count)
        arcs.append((to, room))
        arcsOf[to].append(arcs.count)
        arcs.append((from, 0))
    }

    mutating func largest() -> Int {
        var total = 0
        var seen = [Bool](repeating: false, count: arcsOf.count)
        while push(from: 0, &seen) {
            total += 1
            seen = [Bool](repeating: false, count: arcsOf.count)
        }
        return total
    }

    private mutating func push(from node: Int, _ seen: inout [Bool]) -> Bool {
        if node == 1 { return true }
        seen[node] = true
        for arc in arcsOf[node] where arcs[arc].room > 0 && !seen[arcs[arc].to] {
            if push(from: arcs[arc].to, &seen) {
                arcs[arc].room -= 1
                arcs[arc ^ 1].room += 1
                return true
            }
        }
        return false
    }
}
