import Matching
import Proof
import Testing

@Suite("A round over the whole market")
struct FullMarketTests {
    /// The same world, listing so many offers per need.
    private func input(_ world: RandomWorld, listing count: Int) throws -> RoundInput {
        var world = world
        world.parameters.listed = count
        return try world.input()
    }

    @Test(
        "Listing one, three or all offers of a need gives the same objective, proven over every admissible pair",
        arguments: WorldShape.allCases)
    func sameObjective(shape: WorldShape) async throws {
        var added = 0
        for (size, worlds) in [(8, 8), (40, 6), (150, 1)] as [(Int, UInt64)] {
            for seed in 1...worlds {
                let world = shape.world(seed: seed, size: size)
                let whole = try await solveRound(input(world, listing: 1_000_000))
                #expect(whole.instance.candidates.count == whole.market.candidates().count)
                #expect(whole.listing?.added == 0)
                for count in [1, 3] {
                    let round = try await solveRound(input(world, listing: count))
                    #expect(round.objective == whole.objective, "\(shape) \(size) \(seed) \(count)")
                    #expect(round.verdict == .optimal(objective: whole.objective))
                    let check = try await FullMarketCheck(
                        round.market, round.instance.candidates, at: round.prices)
                    #expect(check.holds, "\(shape) \(size) \(seed) \(count)")
                    #expect(check.pairs == whole.instance.candidates.count)
                    added += round.listing?.added ?? 0
                }
            }
        }
        // Worlds where the first list is too short are among them.
        #expect(added > 0)
    }

    @Test("What a round lists beyond the best of each need is matched or worth more than its prices")
    func leanList() async throws {
        var beyond = 0
        for seed in 1...10 as ClosedRange<UInt64> {
            let round = try await solveRound(input(RandomWorld(seed: seed, size: 60), listing: 2))
            let first = try await CandidateIndex(round.market).candidates(perNeed: 2)
            let matched = Set(round.matches.map(\.candidate))
            for (place, pair) in round.instance.candidates.enumerated()
            where first.place(need: pair.need, offer: pair.offer) == nil {
                beyond += 1
                let cost =
                    round.prices.needs[pair.need] + round.prices.offers[pair.offer]
                    + round.prices.receivers[round.needs[pair.need].community]
                    + round.prices.providers[round.offers[pair.offer].community]
                #expect(matched.contains(place) || pair.score > cost)
            }
            let listed = Set(round.instance.candidates.map { [$0.need, $0.offer] })
            #expect(first.candidates.allSatisfy { listed.contains([$0.need, $0.offer]) })
        }
        #expect(beyond > 0)
    }

    @Test("A round that had to extend its list is restored from matches and prices alone, to the byte")
    func restored() async throws {
        var extended = 0
        for seed in 1...10 as ClosedRange<UInt64> {
            let round = try await solveRound(input(RandomWorld(seed: seed, size: 60), listing: 1))
            extended += (round.listing?.extensions ?? 0) > 0 ? 1 : 0
            let again = try await SolvedRound(
                restoring: round.market.input, matches: round.matches.map(\.key), prices: round.prices,
                claimedObjective: round.objective, claimedBound: round.bound)
            #expect(transcript(again) == transcript(round), "seed \(seed)")
        }
        #expect(extended > 5)
    }

    @Test("Prices that prove the list alone are not taken for a proof of the market")
    func listAlone() async throws {
        // Both need what b gives best; c gives it too, and is listed by neither.
        let parameters = {
            var parameters = Parameters.standard
            parameters.listed = 1
            return parameters
        }()
        let input = try world(
            needing("a"), needing("d"), offering("b"), offering("c", "vinyl"), parameters: parameters)
        let round = try await solveRound(input)
        #expect(round.matches.count == 2)
        #expect(round.listing?.passes == 1 && round.listing?.added == 2)
        // One match, and the prices that prove it the best when b is all there is.
        let match = try #require(round.matches.first { $0.provider == "b" })
        let worth = match.score.total + 300_000
        var prices = Prices(
            providers: [0, 0, 0, 0], receivers: [-300_000, 0, 0, -300_000], needs: [0, 0], offers: [worth, 0])
        prices.receivers = prices.receivers.map { $0 }
        let claim = try await SolvedRound(
            restoring: input, matches: [match.key], prices: prices, claimedObjective: worth,
            claimedBound: worth)
        guard case .rejected(let faults) = claim.verdict else {
            Issue.record("\(claim.verdict)")
            return
        }
        #expect(faults.contains { if case .boundDiffers = $0 { true } else { false } }, "\(faults)")
        let alone = claim.instance.candidates.filter { claim.offers[$0.offer].community == 1 }
        let check = try await FullMarketCheck(claim.market, alone, at: prices)
        #expect(!check.holds && check.surplus > check.listed)
    }

    @Test("Prices out of all bounds are refused, not added up", arguments: [Int.max, Int.min, 1 << 41])
    func enormous(price: Int) async throws {
        let round = try await solveRound(world(needing("a"), offering("b")))
        var prices = round.prices
        prices.receivers[0] = price
        let claim = try await SolvedRound(
            restoring: round.market.input, matches: round.matches.map(\.key), prices: prices,
            claimedObjective: round.objective, claimedBound: round.bound)
        guard case .rejected = claim.verdict else {
            Issue.record("\(claim.verdict)")
            return
        }
        await #expect(throws: MatchingError(.notProven, "prices")) {
            try await FullMarketCheck(round.market, round.instance.candidates, at: prices)
        }
    }

    @Test("Candidates of another market are refused")
    func foreign() async throws {
        let round = try await solveRound(world(needing("a"), offering("b")))
        for pair in [(1, 0), (0, 1), (-1, 0)] {
            let foreign = Instance.Candidate(need: pair.0, offer: pair.1, score: 1)
            await #expect(throws: MatchingError(.notProven, "candidates")) {
                try await FullMarketCheck(round.market, [foreign], at: round.prices)
            }
        }
    }

    @Test("Rows in another order, a short list: the same bytes")
    func shuffled() async throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let world = RandomWorld(seed: seed, size: 40)
            let straight = try await solveRound(input(world, listing: 2))
            let shuffled = try await solveRound(input(world.shuffled(seed: seed + 7), listing: 2))
            #expect(transcript(straight) == transcript(shuffled))
            #expect(straight.listing == shuffled.listing)
        }
    }
}
