import Matching
import Proof
import Testing

@Suite("A market's candidates")
struct MarketTests {
    /// Every admissible pair by the plain rules, in canonical order, with its values.
    private func plain(_ input: RoundInput) -> [(candidate: Candidate, values: [Int])] {
        let oracle = PlainOracle(input)
        var found: [(candidate: Candidate, values: [Int])] = []
        var need = 0
        for receiver in input.participants {
            for needed in receiver.needs {
                var offer = 0
                for provider in input.participants {
                    for offered in provider.offers {
                        if case .admissible(let values) = oracle.finding(receiver, needed, provider, offered)
                        {
                            let score = oracle.score(values)
                            found.append((Candidate(need: need, offer: offer, score: score), values))
                        }
                        offer += 1
                    }
                }
                need += 1
            }
        }
        return found
    }

    @Test(
        "The index finds what a full scan by the plain rules finds, with the same scores",
        arguments: [
            (8, 60), (30, 15), (150, 2),
        ])
    func agreesWithFullScan(size: Int, worlds: UInt64) throws {
        var listed = 0
        for seed in 1...worlds {
            let input = try RandomWorld(seed: seed, size: size).input()
            let market = try Market(input)
            let expected = plain(input)
            let candidates = market.candidates()
            #expect(candidates == expected.map(\.candidate), "size \(size), seed \(seed)")
            for (candidate, values) in expected {
                let score = try #require(market.score(need: candidate.need, offer: candidate.offer))
                #expect(score.parts.map(\.value) == values)
                #expect(score.total == candidate.score)
                #expect(score.parts.reduce(0) { $0 + $1.points } == score.total)
            }
            listed += candidates.count
        }
        // The worlds are of the kind that the test is about: not a comparison of empty lists.
        #expect(listed > 100)
    }

    @Test("Other parameters, same agreement")
    func agreesUnderOtherParameters() throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            var world = RandomWorld(seed: seed, size: 40)
            world.parameters.stepNarrower = 654_321
            world.parameters.stepBroader = 876_543
            world.parameters.sibling = 123_457
            world.parameters.floor = seed.isMultiple(of: 2) ? 1 : 300_000
            world.parameters.waitingRounds = 7
            world.parameters.noveltyRounds = 3
            world.parameters.repeatRounds = 8
            world.parameters.urgencyValues = [10, 200, 999_999]
            let input = try world.input()
            #expect(try Market(input).candidates() == plain(input).map(\.candidate), "seed \(seed)")
        }
    }

    @Test("One need's candidates are its part of the whole list")
    func byNeed() throws {
        let market = try Market(RandomWorld(seed: 3, size: 40).input())
        let parts = market.needs.indices.flatMap { market.candidates(ofNeed: $0) }
        #expect(parts == market.candidates())
    }

    @Test("A need looks at related offers only")
    func evaluations() throws {
        let input = try world(
            needing("a"), offering("b"), offering("c", "vinyl"), offering("d", "accounts"),
            offering("e", "budget"))
        let market = try Market(input)
        // laser itself, its sibling vinyl, and budget, which lists laser; not accounts.
        #expect(market.evaluations == 3)
        #expect(market.candidates().map(\.offer) == [0, 1, 3])
    }

    @Test("The tables name what the instance numbers")
    func tables() async throws {
        let input = try world(
            place("b", offers: [OfferInput(skill: "vinyl"), OfferInput(skill: "laser", capacity: 4)]) {
                $0.give = 7
            },
            needing("a") {
                $0.receive = 5
                $0.needs[0].quantity = 2
            })
        let market = try Market(input)
        #expect(market.communities == ["a", "b"])
        #expect(
            market.offers == [Listing(community: 1, skill: "laser"), Listing(community: 1, skill: "vinyl")])
        #expect(market.needs == [Listing(community: 0, skill: "laser")])
        #expect(market.offers(of: 1) == 0..<2)
        #expect(market.needs(of: 1).isEmpty)
        #expect(market.community("b") == 1)
        #expect(market.community("bb") == nil)
        #expect(market.hectometres(0, 1) == nil)
        let instance = try await solveRound(input).instance
        #expect(instance.communities.map(\.give) == [3, 7])
        #expect(instance.communities.map(\.receive) == [5, 2])
        #expect(instance.offers.map(\.capacity) == [4, 1])
        #expect(instance.needs.map(\.quantity) == [2])
        #expect(instance.bonuses == [300_000, 50_000])
    }

    @Test("An empty world has an empty market")
    func empty() throws {
        let market = try Market(RoundInput(vocabulary: [], participants: []))
        #expect(market.candidates().isEmpty)
        #expect(market.evaluations == 0)
    }
}
