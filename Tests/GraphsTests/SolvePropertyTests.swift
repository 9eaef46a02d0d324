import Graphs
import Testing

@Suite("What holds of every solve")
struct SolvePropertyTests {
    @Test("Rounds of 8 to 150 communities are certified from either side", arguments: [8, 30, 150])
    func certifiedAtSize(_ size: Int) throws {
        for seed in 0..<(1_200 / size) {
            let shape = ProblemShape(
                communities: size...size, itemsPerCommunity: 1...4, limits: 0...4, itemLimits: 0...3,
                density: max(5, 300 / size), weights: seed % 3 == 0 ? 0...20 : 450_000...1_000_000,
                bonuses: seed % 3 == 0 ? 0...9 : 0...300_000)
            try certified(randomProblem(shape, seed: seed), "seed \(seed)")
        }
    }

    @Test("Unrelated rounds solved together are worth what they are worth apart")
    func union() throws {
        for seed in 0..<100 {
            let shape = ProblemShape(communities: 3...9, limits: 1...3, bonusSteps: 0...0)
            let first = try randomProblem(shape, seed: 2 * seed)
            let second = try randomProblem(shape, seed: 2 * seed + 1)
            let shift = first.giveLimits.count
            let both = try LaminarAssignment(
                giveLimits: first.giveLimits + second.giveLimits,
                receiveLimits: first.receiveLimits + second.receiveLimits,
                offers: first.offers
                    + second.offers.map { .init(community: $0.community + shift, capacity: $0.capacity) },
                needs: first.needs
                    + second.needs.map { .init(community: $0.community + shift, quantity: $0.quantity) },
                candidates: first.candidates
                    + second.candidates.map {
                        .init(
                            need: $0.need + first.needs.count, offer: $0.offer + first.offers.count,
                            weight: $0.weight)
                    }, bonuses: [])
            let apart = try certified(first).objective + certified(second).objective
            #expect(try certified(both).objective == apart, "seed \(seed)")
        }
    }

    @Test("More room anywhere never lowers the objective, and adds at most its price per unit")
    func pricesBoundChange() throws {
        for seed in 0..<200 {
            let tight = try randomProblem(ProblemShape(communities: 4...8, limits: 0...2), seed: seed)
            let base = try certified(tight)
            for community in tight.giveLimits.indices {
                var wider = tight.giveLimits
                wider[community] += 1
                let widened = try LaminarAssignment(
                    giveLimits: wider, receiveLimits: tight.receiveLimits, offers: tight.offers,
                    needs: tight.needs, candidates: tight.candidates, bonuses: tight.bonuses)
                let gained = try certified(widened).objective - base.objective
                #expect((0...base.providerPrices[community]).contains(gained), "seed \(seed)")
            }
        }
    }

    @Test("The work of a solve is the same on every machine, and stays within what it was")
    func pops() throws {
        let shape = ProblemShape(
            communities: 200...200, itemsPerCommunity: 2...4, limits: 1...3, itemLimits: 1...2, density: 10,
            weights: 450_000...1_000_000, bonusSteps: 2...2, bonuses: 50_000...300_000)
        let problem = try randomProblem(shape, seed: 7)
        let solution = try certified(problem)
        #expect(problem.solved()?.pops == solution.pops)
        #expect(solution.pops <= 27_000)
    }

    @Test("Insertion starts from the side that can carry fewer units")
    func side() throws {
        func side(give: Int, capacity: Int) throws -> LaminarAssignment.InsertionSide {
            try LaminarAssignment(
                giveLimits: [give, 0, 0], receiveLimits: [0, 1, 1],
                offers: [.init(community: 0, capacity: capacity)],
                needs: [.init(community: 1, quantity: 1), .init(community: 2, quantity: 1)],
                candidates: [.init(need: 0, offer: 0, weight: 1), .init(need: 1, offer: 0, weight: 1)],
                bonuses: []
            ).smallerSide
        }
        #expect(try side(give: 9, capacity: 9) == .receivers)
        #expect(try side(give: 1, capacity: 9) == .providers)
        #expect(try side(give: 9, capacity: 1) == .providers)
    }
}
