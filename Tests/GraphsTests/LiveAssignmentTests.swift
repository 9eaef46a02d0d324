import Graphs
import Proof
import Testing

/// A problem that changes, stated anew each time: what a repaired flow is compared with.
private struct ChangingProblem {
    var give: [Int]
    var receive: [Int]
    var offers: [LaminarAssignment.Offer]
    var needs: [LaminarAssignment.Need]
    /// Row: need; column: offer; nil where the pair is no candidate.
    var weights: [[Int?]]
    var bonuses: [Int]
    var extras: [Int]

    init(_ problem: LaminarAssignment) {
        give = problem.giveLimits
        receive = problem.receiveLimits
        offers = problem.offers
        needs = problem.needs
        weights = problem.needs.map { _ in problem.offers.map { _ in nil } }
        for candidate in problem.candidates { weights[candidate.need][candidate.offer] = candidate.weight }
        bonuses = problem.bonuses
        extras = problem.firstExtras
    }

    func stated() throws -> LaminarAssignment {
        var candidates: [LaminarAssignment.Candidate] = []
        for (need, row) in weights.enumerated() {
            for (offer, weight) in row.enumerated() {
                if let weight { candidates.append(.init(need: need, offer: offer, weight: weight)) }
            }
        }
        return try LaminarAssignment(
            giveLimits: give, receiveLimits: receive, offers: offers, needs: needs, candidates: candidates,
            bonuses: bonuses, firstExtras: extras)
    }

    /// One change, here and in the flow.
    mutating func change(
        _ live: inout LiveAssignment, _ shape: ProblemShape, _ generator: inout SeededGenerator
    ) {
        let community = generator.int(0...give.count - 1)
        switch generator.int(0...10) {
        case 0:
            give[community] = generator.int(shape.limits)
            live.setGive(community, give[community])
        case 1:
            receive[community] = generator.int(shape.limits)
            live.setReceive(community, receive[community])
        case 2 where !offers.isEmpty:
            let offer = generator.int(0...offers.count - 1)
            offers[offer].capacity = generator.int(shape.itemLimits)
            live.setCapacity(ofOffer: offer, offers[offer].capacity)
        case 3 where !needs.isEmpty:
            let need = generator.int(0...needs.count - 1)
            needs[need].quantity = generator.int(shape.itemLimits)
            live.setQuantity(ofNeed: need, needs[need].quantity)
        case 4:
            // A community leaves, or comes back.
            let limit = give[community] + receive[community] > 0 ? 0 : 3
            give[community] = limit
            receive[community] = limit
            live.setGive(community, limit)
            live.setReceive(community, limit)
        case 5:
            // A whole community's candidates at once.
            var changes: [(need: Int, offer: Int, weight: Int)] = []
            for need in needs.indices {
                for offer in offers.indices
                where needs[need].community == community || offers[offer].community == community {
                    guard weights[need][offer] != nil else { continue }
                    let weight = generator.int(shape.weights)
                    weights[need][offer] = weight
                    changes.append((need, offer, weight))
                }
            }
            live.setWeights(changes)
        default:
            guard !needs.isEmpty, !offers.isEmpty else { return }
            let need = generator.int(0...needs.count - 1)
            let offer = generator.int(0...offers.count - 1)
            guard needs[need].community != offers[offer].community else { return }
            if generator.chance(25) {
                weights[need][offer] = nil
                live.removeCandidate(need: need, offer: offer)
            } else {
                let weight = generator.int(shape.weights)
                weights[need][offer] = weight
                live.setWeight(need: need, offer: offer, weight)
            }
        }
    }
}

@Suite("A flow repaired after its problem changed")
struct LiveAssignmentTests {
    private static let shapes = [
        ProblemShape(communities: 2...5),
        ProblemShape(communities: 3...8, itemsPerCommunity: 1...3, itemLimits: 0...3),
        ProblemShape(communities: 4...8, density: 40, weights: 0...6, bonusSteps: 0...2, bonuses: 0...4),
        ProblemShape(
            communities: 4...9, itemsPerCommunity: 1...2, limits: 0...2, itemLimits: 0...1,
            weights: 1...900_000),
        ProblemShape(communities: 3...6, itemsPerCommunity: 1...3, itemLimits: 1...4, density: 15),
        ProblemShape(communities: 2...3, itemsPerCommunity: 1...1, limits: 0...5, itemLimits: 0...5),
        // Distances that outgrow what a key holds.
        ProblemShape(
            communities: 4...9, itemsPerCommunity: 1...3, bonuses: 0...134_000_000),
        // Extras of some receivers: among ties, without other bonuses, large.
        ProblemShape(communities: 4...9, density: 40, weights: 0...6, bonuses: 0...4, extras: 1...5),
        ProblemShape(
            communities: 4...9, itemsPerCommunity: 1...2, limits: 0...2, itemLimits: 0...1, bonusSteps: 0...0,
            extras: 1...300_000),
        ProblemShape(communities: 3...8, bonuses: 0...34_000_000, extras: 1...100_000_000),
        // Rows longer than those put in order at once.
        ProblemShape(
            communities: 80...90, itemsPerCommunity: 1...2, limits: 0...2, itemLimits: 0...2, density: 90),
    ]

    @Test("10,000 repairs give what a solve from nothing gives, certified", arguments: shapes.indices)
    func fuzz(_ index: Int) throws {
        let shape = Self.shapes[index]
        var repairs = 0
        var seed = 0
        while repairs < (shape.communities.lowerBound > 50 ? 60 : 1_700) {
            seed += 1
            var generator = SeededGenerator(seed: 1_000 * index + seed)
            let first = try randomProblem(shape, seed: seed)
            var changing = ChangingProblem(first)
            guard var live = LiveAssignment(first) else {
                Issue.record("stopped, though nobody asked for it")
                return
            }
            for step in 0..<20 {
                for _ in 0..<generator.int(1...4) { changing.change(&live, shape, &generator) }
                live.settle()
                let problem = try changing.stated()
                let repaired = live.solution(of: problem)
                let expected = try #require(problem.solved())
                let verdict = check(
                    Instance(problem), matches: repaired.selected, prices: Prices(repaired),
                    claimedObjective: repaired.objective, claimedBound: expected.objective)
                guard verdict == .optimal(objective: expected.objective) else {
                    Issue.record("shape \(index), seed \(seed), step \(step): \(verdict)")
                    return
                }
                repairs += 1
            }
        }
    }

    /// Two communities that help a hundred others; the first need's candidates make a long row.
    private func longRow() throws -> LaminarAssignment {
        let offers = 0..<100
        return try LaminarAssignment(
            giveLimits: [0] + offers.map { _ in 1 }, receiveLimits: [1] + offers.map { _ in 0 },
            offers: offers.map { .init(community: $0 + 1, capacity: 1) },
            needs: [.init(community: 0, quantity: 1)],
            candidates: offers.map { .init(need: 0, offer: $0, weight: 5 + $0) }, bonuses: [])
    }

    @Test(
        "Of weights set one after the other for one pair, the last counts, though it is what stood at first")
    func setTwice() throws {
        let problem = try longRow()
        guard var live = LiveAssignment(problem) else {
            Issue.record("stopped, though nobody asked for it")
            return
        }
        live.setWeight(need: 0, offer: 3, 900)
        live.setWeight(need: 0, offer: 3, 8)
        live.settle()
        #expect(live.solution(of: problem).objective == 104)
        live.setWeights([(need: 0, offer: 4, weight: 900)])
        live.setWeight(need: 0, offer: 4, 9)
        live.settle()
        #expect(live.solution(of: problem).objective == 104)
    }

    @Test("A weight past the limits of weights is taken as the limit")
    func outOfRange() throws {
        let problem = try longRow()
        guard var live = LiveAssignment(problem) else {
            Issue.record("stopped, though nobody asked for it")
            return
        }
        live.setWeight(need: 0, offer: 99, -7)
        live.settle()
        #expect(live.solution(of: problem).selected == [98])
        live.setWeights([(need: 0, offer: 2, weight: .max)])
        live.settle()
        #expect(live.solution(of: problem).selected == [2])
    }
}
