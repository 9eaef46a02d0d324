import Matching
import Proof
import Testing

@Suite("Mutual help in a round")
struct MutualTests {
    /// a and b could help each other; c, nearer to what a needs, and d would rather take the places.
    private func rivals(_ mutual: Mutual, bonus: Int = 200_000) throws -> RoundInput {
        var parameters = Parameters.standard
        parameters.mutual = mutual
        parameters.mutualBonus = bonus
        func both(_ slug: String, _ offer: String, _ need: String) -> Participant {
            place(slug, offers: [OfferInput(skill: offer)], needs: [NeedInput(skill: need)])
        }
        return try world(
            both("a", "accounts", "laser"), both("b", "laser-metal", "accounts"), offering("c"),
            parameters: parameters)
    }

    /// Each could help the next, and nobody else: a, b, c in a circle.
    private func circle(_ mutual: Mutual) throws -> RoundInput {
        var parameters = Parameters.standard
        parameters.mutual = mutual
        return try world(
            place("a", offers: [OfferInput(skill: "laser")], needs: [NeedInput(skill: "accounts")]),
            place("b", offers: [OfferInput(skill: "vinyl")], needs: [NeedInput(skill: "laser")]),
            place("c", offers: [OfferInput(skill: "accounts")], needs: [NeedInput(skill: "vinyl")]),
            parameters: parameters)
    }

    private func network(
        seed: UInt64, size: Int, _ mutual: Mutual, shape: WorldShape = .busy,
        with change: (inout Parameters) -> Void = { _ in }
    ) -> RandomWorld {
        var world = shape.world(seed: seed, size: size)
        world.parameters.mutual = mutual
        change(&world.parameters)
        return world
    }

    /// Who helps in each ring, in its order.
    private func providers(_ mutual: MutualResult, of round: SolvedRound) -> [[String]] {
        mutual.rings.map { ring in
            ring.map { round.communities[round.offers[round.instance.candidates[$0].offer].community] }
        }
    }

    private func restored(_ round: SolvedRound) async throws -> SolvedRound {
        try await SolvedRound(
            restoring: round.market.input, matches: round.matches.map(\.key),
            rings: round.matches.map(\.ring), prices: round.prices,
            multipliers: round.mutual?.multipliers ?? [], claimedObjective: round.objective,
            claimedBound: round.bound)
    }

    // MARK: What is chosen

    @Test("Two that help each other win over the better match, by their bonus, and only where it is sought")
    func pair() async throws {
        let off = try await solveRound(rivals(.off))
        #expect(off.mutual == nil && off.mutualCost == nil && off.matches.allSatisfy { $0.ring == nil })
        #expect(off.matches.map(\.provider) == ["c", "a"])

        let round = try await solveRound(rivals(.pairs))
        let mutual = try #require(round.mutual)
        #expect(round.matches.map(\.provider) == ["b", "a"] && round.matches.map(\.ring) == [1, 1])
        #expect(mutual.pairs == 1 && mutual.threes == 0)
        #expect(providers(mutual, of: round) == [["a", "b"]])
        #expect(round.verdict == .optimal(objective: off.objective + 200_000 - (off.score - round.score)))
        let without = try #require(mutual.without)
        #expect(without.score == off.score && without.served == 2 && without.pairs == 0)
        #expect(round.mutualCost == (off.score - round.score) * 1_000_000 / off.score)
        #expect(round.scope == .market)

        let small = try await solveRound(rivals(.pairs, bonus: 1))
        #expect(small.matches.map(\.provider) == ["c", "a"] && small.mutual?.pairs == 0)
        #expect(small.mutualCost == 0)
    }

    @Test("A circle of three is a ring where rings are sought, and none where pairs are")
    func circle() async throws {
        let pairs = try await solveRound(circle(.pairs))
        #expect(pairs.matches.count == 3 && pairs.mutual?.rings == [])
        let round = try await solveRound(circle(.rings))
        #expect(round.matches.map(\.ring) == [1, 1, 1])
        let mutual = try #require(round.mutual)
        #expect(mutual.threes == 1 && providers(mutual, of: round) == [["a", "b", "c"]])
        #expect(round.objective == pairs.objective + 200_000)
        let told = try #require(try round.explain(receiver: "c", provider: "b").first?.ring)
        #expect(told.number == 1 && told.communities == ["b", "c", "a"])
        #expect(try pairs.explain(receiver: "c", provider: "b").first?.ring == nil)
    }

    @Test(
        "Of a random network: the claims hold, rings raise the objective, and nothing passes the bound",
        arguments: [Mutual.pairs, .rings])
    func claims(mutual: Mutual) async throws {
        var found = 0
        for seed in 1...6 as ClosedRange<UInt64> {
            let off = try await solveRound(network(seed: seed, size: 40, .off).input())
            let round = try await solveRound(network(seed: seed, size: 40, mutual).input())
            let rings = try #require(round.mutual)
            #expect(round.isProven && round.bound >= round.objective, "seed \(seed)")
            #expect(round.objective >= off.objective && rings.without?.score == off.score)
            #expect(round.score <= round.objective - 200_000 * rings.rings.count)
            #expect(mutual == .rings || rings.threes == 0)
            let check = try await FullMarketCheck(round.market, round.instance.candidates, at: round.prices)
            #expect(check.pairs == round.instance.candidates.count)
            // Each match says of which ring it is, and each ring closes.
            for (index, ring) in rings.rings.enumerated() {
                let members = round.matches.filter { $0.ring == index + 1 }
                #expect(members.map(\.candidate).sorted() == ring.sorted())
                #expect(Set(members.map(\.provider)) == Set(members.map(\.receiver)))
            }
            found += rings.rings.count
        }
        #expect(found > 5)
    }

    @Test("Row order changes nothing, and a stored round is the same without solving")
    func reproducible() async throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let world = network(seed: seed, size: 30, .rings)
            let round = try await solveRound(world.input())
            let shuffled = try await solveRound(world.shuffled(seed: seed &+ 7).input())
            #expect(transcript(shuffled) == transcript(round) && shuffled.mutual == round.mutual)
            let again = try await restored(round)
            #expect(transcript(again) == transcript(round))
            #expect(again.mutual?.rings == round.mutual?.rings)
            #expect(again.mutual?.multipliers == round.mutual?.multipliers)
            #expect(again.mutual?.without == nil && again.mutualCost == nil)
        }
    }

    @Test("A ring that is not one, or a match that is told in another ring, is refused")
    func altered() async throws {
        let round = try await solveRound(circle(.rings))
        for rings in [[1, 1, nil], [1, 2, 1], [1, 1, 2]] as [[Int?]] {
            let again = try await SolvedRound(
                restoring: round.market.input, matches: round.matches.map(\.key), rings: rings,
                prices: round.prices, multipliers: round.mutual?.multipliers ?? [],
                claimedObjective: round.objective, claimedBound: round.bound)
            #expect(!again.isProven, "\(rings)")
            #expect(throws: MatchingError(.notProven, "round")) { try again.explain(receiver: "a") }
        }
    }

    // MARK: Over which pairs

    @Test("What is too much to list whole is bounded over the best of each need, and says so")
    func scope() async throws {
        var listed = 0
        for seed in 1...4 as ClosedRange<UInt64> {
            let world = network(seed: seed, size: 40, .rings) {
                $0.listed = 2
                $0.listedWhole = 0
            }
            let round = try await solveRound(world.input())
            let best = try await CandidateIndex(round.market).candidates(perNeed: 2)
            #expect(round.listedPerNeed == 2)
            #expect(round.instance.candidates.count == best.count && round.isProven)
            #expect(round.scope == (best.isExhaustive ? .market : .listed))
            if round.scope == .listed { listed += 1 }
            #expect(transcript(try await restored(round)) == transcript(round))
        }
        #expect(listed > 0)
    }

    @Test("Coverage first is kept with rings: as many are served as can be")
    func coverage() async throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let round = try await solveRound(
                network(seed: seed, size: 40, .pairs) { $0.coverage = .first }.input())
            #expect(round.mostServed == round.served)
        }
    }

    // MARK: Parameters

    @Test("Mutual help is frozen only where it is sought, and reads back")
    func frozen() throws {
        var parameters = Parameters.standard
        #expect(!parameters.pairs.contains { $0.key.hasPrefix("mutual") || $0.key == "listed-whole" })
        #expect(parameters.mutual == .off && parameters.ringBonuses == (0, 0))
        parameters.mutual = .rings
        #expect(
            parameters.pairs.suffix(3).map(\.description) == [
                "mutual=2", "mutual-bonus=200000", "listed-whole=1000000",
            ])
        #expect(try Parameters(pairs: parameters.pairs) == parameters)
        #expect(parameters.ringBonuses == (200_000, 200_000))
        parameters.mutual = .pairs
        #expect(parameters.ringBonuses == (200_000, 0))
        for wrong in ["mutual=3", "mutual=-1", "mutual=", "mutual-bonus=-1", "mutual-bonus=100000001"] {
            let pair = try #require(ParameterPair(wrong))
            #expect(throws: MatchingError.self, "\(wrong)") { try parameters.set([pair]) }
        }
    }
}
