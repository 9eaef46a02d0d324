import Matching
import Testing

@Suite("The best offers of a need")
struct CandidateIndexTests {
    /// All admissible pairs of a need in the order of the index: score descending, then turn.
    private func fullScan(_ market: Market, _ index: CandidateIndex, need: Int) -> [Candidate] {
        let turn = index.turn(ofNeed: need)
        return market.candidates(ofNeed: need).sorted {
            ($1.score, turn.rank(of: $0.offer)) < ($0.score, turn.rank(of: $1.offer))
        }
    }

    @Test(
        "Sorting every admissible pair and cutting gives the same, in every shape of world, at every count",
        arguments: WorldShape.allCases)
    func agreesWithFullScan(shape: WorldShape) throws {
        var found = 0
        for (size, worlds) in [(5, 12), (30, 8), (120, 2)] as [(Int, UInt64)] {
            for seed in 1...worlds {
                let market = try Market(shape.world(seed: seed, size: size).input())
                let index = CandidateIndex(market)
                for need in market.needs.indices {
                    let all = fullScan(market, index, need: need)
                    for count in [1, 3, 32, 1_000] {
                        let best = index.best(ofNeed: need, count: count).candidates
                        #expect(best == Array(all.prefix(count)), "\(shape) \(size) \(seed) \(need) \(count)")
                        found += best.count
                    }
                }
            }
        }
        // The shape has pairs to find.
        #expect(found > 100, "\(found)")
    }

    @Test(
        "Where a skill has hundreds of offers, cells within cells, a sample of needs finds the same as a full scan",
        arguments: [WorldShape.busy, .onSite, .crowded, .poles, .dateLine, .babel, .nearness])
    func agreesAtDepth(shape: WorldShape) throws {
        let market = try Market(shape.world(seed: 9, size: 900).input())
        let offers = Dictionary(grouping: market.offers, by: \.skill).values.map(\.count)
        #expect(try #require(offers.max()) > 256)
        let index = CandidateIndex(market)
        for need in stride(from: 0, to: market.needs.count, by: 23) {
            let all = fullScan(market, index, need: need)
            for count in [4, 32] {
                let best = index.best(ofNeed: need, count: count).candidates
                #expect(best == Array(all.prefix(count)), "\(shape) \(need) \(count)")
            }
        }
    }

    @Test("Zero weights and a floor of nothing: pairs that score 0 are found too")
    func zeroScores() throws {
        var world = RandomWorld(seed: 3, size: 40)
        for factor in Factor.allCases { world.parameters.weights[factor] = 0 }
        world.parameters.weights.waiting = 1_000_000
        world.parameters.floor = 0
        for index in world.participants.indices { world.participants[index].waiting = 0 }
        let market = try Market(world.input())
        let index = CandidateIndex(market)
        for need in market.needs.indices {
            let best = index.best(ofNeed: need, count: 10).candidates
            #expect(best.allSatisfy { $0.score == 0 })
            #expect(best == Array(fullScan(market, index, need: need).prefix(10)))
        }
    }

    @Test("Needs take equal offers each from a place of its own, so that all of them are listed by somebody")
    func spread() throws {
        let market = try Market(WorldShape.alike.world(seed: 1, size: 400).input())
        let index = CandidateIndex(market)
        var listed = Set<Int>()
        for need in market.needs.indices {
            listed.formUnion(index.best(ofNeed: need, count: 8).candidates.map(\.offer))
        }
        // 400 needs take 8 of 400 each: one left out by all would be a chance of e^-8.
        #expect(listed.count > 390)
    }

    @Test("A need's turn stays where its names put it when others come and go")
    func stableTurn() throws {
        let few = try Market(WorldShape.alike.world(seed: 1, size: 100).input())
        var world = WorldShape.alike.world(seed: 1, size: 100)
        world.participants.removeAll { $0.slug == "place-57" }
        let fewer = try Market(world.input())
        let name = few.communities[0]
        let before = CandidateIndex(few).best(ofNeed: 0, count: 20).candidates
        let after = CandidateIndex(fewer).best(ofNeed: 0, count: 20).candidates
        #expect(fewer.communities[0] == name)
        func names(_ list: [Candidate], _ market: Market) -> Set<String> {
            Set(list.map { market.communities[market.offers[$0.offer].community] })
        }
        #expect(names(before, few).intersection(names(after, fewer)).count >= 18)
    }

    @Test("Equal offers by the thousand cost a need no more than it lists")
    func cheapTies() throws {
        let market = try Market(WorldShape.alike.world(seed: 2, size: 1_000).input())
        let index = CandidateIndex(market)
        for need in [0, 400, 999] { #expect(index.best(ofNeed: need, count: 16).evaluations <= 18) }
    }

    @Test("A count of nothing, and a market of nothing, give nothing")
    func nothing() throws {
        let market = try Market(world(needing("a"), offering("b")))
        #expect(CandidateIndex(market).best(ofNeed: 0, count: 0).candidates.isEmpty)
        let alone = try Market(world(needing("a")))
        #expect(CandidateIndex(alone).best(ofNeed: 0, count: 5).candidates.isEmpty)
    }
}
