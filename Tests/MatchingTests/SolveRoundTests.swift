import Matching
import Proof
import Testing

/// Everything of a round that could differ, as text: two rounds of the same text are the same bytes.
func transcript(_ round: SolvedRound) -> String {
    var text = "\(round.objective) \(round.score) \(round.bound) \(round.verdict)\n"
    for match in round.matches { text += "\(match)\n" }
    text += "\(round.prices)\n\(round.communities)\n\(round.needs)\n\(round.offers)\n"
    round.instance.writeLines { text += $0 + "\n" }
    return text
}

@Suite("A solved round")
struct SolveRoundTests {
    private func pairs(_ round: SolvedRound) -> [String] {
        round.matches.map { "\($0.number) \($0.receiver)/\($0.need) \($0.provider)/\($0.offer)" }
    }

    @Test("Nobody takes part: an empty round, proven")
    func nobody() async throws {
        let round = try await solveRound(world())
        #expect(round.matches.isEmpty)
        #expect(round.verdict == .optimal(objective: 0))
    }

    @Test("One need, one offer: one match, its score and a first bonus")
    func single() async throws {
        let round = try await solveRound(world(needing("a"), offering("b")))
        #expect(pairs(round) == ["1 a/laser b/laser"])
        #expect(round.score == 850_000)
        #expect(round.objective == 1_150_000)
        #expect(round.bound == round.objective)
        #expect(round.verdict == .optimal(objective: 1_150_000))
        #expect(round.matches[0].hectometres == nil)
    }

    @Test("Two places that help each other: both matches")
    func twoWay() async throws {
        let round = try await solveRound(
            world(
                place("a", offers: [OfferInput(skill: "laser")], needs: [NeedInput(skill: "accounts")]),
                place("b", offers: [OfferInput(skill: "accounts")], needs: [NeedInput(skill: "laser")])))
        #expect(pairs(round) == ["1 a/accounts b/accounts", "2 b/laser a/laser"])
    }

    @Test("Greedy takes the best pair and starves the other; the optimum serves both")
    func greedyTrap() async throws {
        // b suits both; c suits a only, through a sibling skill.
        let round = try await solveRound(
            world(
                needing("a") { $0.needs[0].urgency = 3 }, needing("d", "laser-metal"),
                place("b", offers: [OfferInput(skill: "laser")]),
                place("c", offers: [OfferInput(skill: "vinyl")])))
        #expect(pairs(round) == ["1 a/laser c/vinyl", "2 d/laser-metal b/laser"])
        let greedy = try #require(round.greedy)
        #expect(greedy.matches == 1)
        #expect(greedy.objective < round.objective)
    }

    @Test("A first match is worth more than a third")
    func spread() async throws {
        // One offer of capacity 3; a could take two of it, but it serves one need once each.
        let round = try await solveRound(
            world(
                place("a", needs: ["laser", "vinyl", "cutting"].map { NeedInput(skill: $0, urgency: 3) }) {
                    $0.receive = 3
                },
                needing("c") { $0.needs[0].urgency = 1 }, needing("d") { $0.needs[0].urgency = 1 },
                place("b", offers: [OfferInput(skill: "laser", capacity: 3)])))
        #expect(Set(round.matches.map(\.receiver)) == ["a", "c", "d"])
    }

    @Test("A need of two takes two offers, never one offer twice")
    func quantityTwo() async throws {
        let one = try await solveRound(
            world(
                needing("a") { $0.needs[0].quantity = 2 },
                place("b", offers: [OfferInput(skill: "laser", capacity: 2)])))
        #expect(pairs(one) == ["1 a/laser b/laser"])
        let two = try await solveRound(
            world(
                needing("a") { $0.needs[0].quantity = 2 },
                place("b", offers: [OfferInput(skill: "laser"), OfferInput(skill: "vinyl")])))
        #expect(pairs(two) == ["1 a/laser b/laser", "2 a/laser b/vinyl"])
    }

    @Test("The distance of a match is told when both places are known")
    func distance() async throws {
        let round = try await solveRound(
            world(
                needing("a") { $0.position = Position(latitudeE6: 47_000_000, longitudeE6: 0) },
                offering("b") { $0.position = Position(latitudeE6: 48_000_000, longitudeE6: 0) }))
        #expect(round.matches[0].hectometres == 1112)
    }

    @Test(
        "Every random round is proven, keeps to its parts, and beats greedy",
        arguments: [(8, 40), (30, 20), (150, 3)])
    func random(size: Int, worlds: UInt64) async throws {
        for seed in 1...worlds {
            let round = try await solveRound(RandomWorld(seed: seed, size: size).input())
            #expect(round.verdict == .optimal(objective: round.objective), "seed \(seed)")
            #expect(round.matches.map(\.number) == Array(1..<(round.matches.count + 1)))
            for match in round.matches {
                #expect(match.score.total == match.score.parts.reduce(0) { $0 + $1.points })
                #expect(match.score.total == round.instance.candidates[match.candidate].score)
            }
            #expect(round.score == round.matches.reduce(0) { $0 + $1.score.total })
            for (before, after) in zip(round.matches, round.matches.dropFirst()) {
                let (a, b) = (before.key, after.key)
                #expect(
                    [a.receiver, a.need, a.provider, a.offer].lexicographicallyPrecedes([
                        b.receiver, b.need, b.provider, b.offer,
                    ]))
            }
            let greedy = try #require(round.greedy)
            #expect(greedy.objective <= round.objective)
        }
    }

    @Test("Shuffled rows give the same bytes", arguments: [(8, 20), (30, 10), (150, 2)])
    func shuffled(size: Int, worlds: UInt64) async throws {
        for seed in 1...worlds {
            let world = RandomWorld(seed: seed, size: size)
            let straight = try await transcript(solveRound(world.input()))
            #expect(
                try await transcript(solveRound(world.shuffled(seed: seed &+ 99).input())) == straight,
                "seed \(seed)")
        }
    }

    @Test("Progress may stop a round; otherwise it changes nothing")
    func progress() async throws {
        let input = try RandomWorld(seed: 5, size: 60).input()
        await #expect(throws: MatchingError(.stopped, "round")) {
            try await solveRound(input) { _, _ in false }
        }
        var calls = 0
        let watched = try await solveRound(input) { done, all in
            calls += 1
            return done <= all
        }
        #expect(calls > 0)
        #expect(try await transcript(watched) == transcript(solveRound(input)))
    }

    // MARK: Restoring

    private func restore(
        _ round: SolvedRound, change: (inout [MatchKey], inout Prices, inout Int, inout Int) -> Void
    ) async throws -> SolvedRound {
        var keys = round.matches.map(\.key)
        var prices = round.prices
        var objective = round.objective
        var bound = round.bound
        change(&keys, &prices, &objective, &bound)
        return try await SolvedRound(
            restoring: round.market.input, matches: keys, prices: prices, claimedObjective: objective,
            claimedBound: bound)
    }

    @Test("A stored round is restored whole, in whatever order its matches come")
    func restored() async throws {
        let round = try await solveRound(RandomWorld(seed: 2, size: 40).input())
        let again = try await restore(round) { keys, _, _, _ in keys.reverse() }
        #expect(transcript(again) == transcript(round))
        #expect(again.greedy == nil)
        let first = try #require(round.matches.first)
        #expect(try again.explain(receiver: first.receiver) == round.explain(receiver: first.receiver))
    }

    @Test("What was altered in a stored round is seen, and not explained")
    func altered() async throws {
        let round = try await solveRound(RandomWorld(seed: 2, size: 40).input())
        let claims = [
            try await restore(round) { keys, _, _, _ in keys.removeLast() },
            try await restore(round) { _, prices, _, _ in prices.needs[0] += 5_000_000 },
            try await restore(round) { _, prices, _, _ in prices.offers.removeLast() },
            try await restore(round) { _, _, objective, _ in objective += 1 },
            try await restore(round) { _, _, _, bound in bound -= 1 },
        ]
        for claim in claims {
            if case .optimal = claim.verdict { Issue.record("an altered round was found optimal") }
            #expect(throws: MatchingError(.notProven, "round")) { try claim.explain(receiver: "place-1") }
        }
        await #expect(throws: MatchingError.self) {
            try await restore(round) { keys, _, _, _ in keys.append(keys[0]) }
        }
        await #expect(throws: MatchingError(.notACandidate, "x/laser/y/laser")) {
            try await restore(round) { keys, _, _, _ in
                keys[0] = MatchKey(receiver: "x", need: "laser", provider: "y", offer: "laser")
            }
        }
    }
}
