import Graphs
import Testing

/// The largest objective over all subsets of candidates that keep to every limit, by trying them all.
private func exhaustiveObjective(of problem: LaminarAssignment) -> Int {
    var give = problem.giveLimits
    var receive = problem.receiveLimits
    var capacity = problem.offers.map(\.capacity)
    var quantity = problem.needs.map(\.quantity)
    var received = [Int](repeating: 0, count: receive.count)

    func best(from index: Int) -> Int {
        guard index < problem.candidates.count else { return 0 }
        var most = best(from: index + 1)
        let candidate = problem.candidates[index]
        let provider = problem.offers[candidate.offer].community
        let receiver = problem.needs[candidate.need].community
        guard give[provider] > 0, receive[receiver] > 0, capacity[candidate.offer] > 0,
            quantity[candidate.need] > 0
        else { return most }
        let step = received[receiver]
        var bonus = step < problem.bonuses.count ? problem.bonuses[step] : 0
        if step == 0, !problem.firstExtras.isEmpty { bonus += problem.firstExtras[receiver] }
        func move(_ sign: Int) {
            give[provider] -= sign
            receive[receiver] -= sign
            capacity[candidate.offer] -= sign
            quantity[candidate.need] -= sign
            received[receiver] += sign
        }
        move(1)
        most = max(most, candidate.weight + bonus + best(from: index + 1))
        move(-1)
        return most
    }
    return best(from: 0)
}

@Suite("The solver beside trying everything")
struct SolveOracleTests {
    private let shapes = [
        ProblemShape(communities: 2...5, maximumCandidates: 12),
        // Ties everywhere.
        ProblemShape(communities: 2...5, weights: 0...3, bonuses: 0...2, maximumCandidates: 12),
        ProblemShape(communities: 2...5, weights: 1...1, bonuses: 0...1, maximumCandidates: 12),
        // Bonuses that outweigh scores; the same bonus for all steps; none.
        ProblemShape(
            communities: 2...5, itemLimits: 1...2, weights: 0...50, bonuses: 100...300, maximumCandidates: 12),
        ProblemShape(
            communities: 2...5, limits: 1...3, bonusSteps: 3...3, bonuses: 7...7, maximumCandidates: 12),
        ProblemShape(communities: 2...5, itemLimits: 1...3, bonusSteps: 0...0, maximumCandidates: 12),
        // Quantity 2 and more, few communities, dense.
        ProblemShape(
            communities: 2...3, itemsPerCommunity: 1...3, limits: 1...4, itemLimits: 2...3, density: 100,
            maximumCandidates: 11),
        // Many components.
        ProblemShape(
            communities: 4...8, itemsPerCommunity: 1...1, limits: 1...2, itemLimits: 1...2, density: 20,
            maximumCandidates: 12),
        // Zero capacities abound.
        ProblemShape(
            communities: 3...6, limits: 0...1, itemLimits: 0...1, density: 90, maximumCandidates: 12),
        // A need and an offer of one community.
        ProblemShape(communities: 1...3, limits: 0...2, density: 80, maximumCandidates: 12, selfPairs: true),
    ]

    /// Some receivers, or all, whose first match adds something of their own.
    private let shapesWithExtras = [
        ProblemShape(communities: 2...5, extras: 1...400_000, maximumCandidates: 12),
        // Ties everywhere.
        ProblemShape(
            communities: 2...6, weights: 0...3, bonuses: 0...2, extras: 1...3, maximumCandidates: 12),
        ProblemShape(
            communities: 3...6, weights: 1...1, bonuses: 0...1, extras: 1...1, extraShare: 30,
            maximumCandidates: 12),
        // No other bonus; one step of it; the same at every step.
        ProblemShape(communities: 2...6, bonusSteps: 0...0, extras: 1...900_000, maximumCandidates: 12),
        ProblemShape(communities: 2...6, bonusSteps: 1...1, extras: 1...900_000, maximumCandidates: 12),
        ProblemShape(
            communities: 2...6, limits: 1...3, bonusSteps: 3...3, bonuses: 7...7, extras: 1...9,
            maximumCandidates: 12),
        // Extras that outweigh everything else, up to the limit.
        ProblemShape(
            communities: 3...6, itemsPerCommunity: 1...2, limits: 0...2, itemLimits: 1...1, weights: 0...50,
            bonuses: 0...20, extras: 100...300, maximumCandidates: 12),
        ProblemShape(
            communities: 3...6, itemsPerCommunity: 1...2, limits: 1...2, itemLimits: 1...1,
            bonuses: 0...34_000_000, extras: 1...100_000_000, maximumCandidates: 12),
        // Everybody has one; supply is short.
        ProblemShape(
            communities: 4...7, itemsPerCommunity: 1...1, limits: 0...2, itemLimits: 1...2, density: 80,
            extras: 1...500_000, extraShare: 100, maximumCandidates: 12),
        ProblemShape(
            communities: 1...3, limits: 0...2, density: 80, extras: 1...400_000, maximumCandidates: 12,
            selfPairs: true),
    ]

    @Test("With extras of some receivers, the objective is that of the best of all subsets, 6,000 times")
    func exhaustiveWithExtras() throws {
        let cases = 6_000
        var matched = 0
        var moved = 0
        for seed in 0..<cases {
            let problem = try randomProblem(
                shapesWithExtras[seed % shapesWithExtras.count], seed: 50_000 + seed)
            let solution = try certified(problem, "seed \(seed)")
            #expect(solution.objective == exhaustiveObjective(of: problem), "seed \(seed)")
            if !solution.selected.isEmpty { matched += 1 }
            let plain = try LaminarAssignment(
                giveLimits: problem.giveLimits, receiveLimits: problem.receiveLimits, offers: problem.offers,
                needs: problem.needs, candidates: problem.candidates, bonuses: problem.bonuses)
            if try #require(plain.solved()).selected != solution.selected { moved += 1 }
        }
        print("oracle cases with extras: \(cases), of which other matches than without them: \(moved)")
        #expect(matched > cases / 2)
        // In most of so small problems there is one best choice, with extras or without.
        #expect(moved > cases / 60)
    }

    @Test("An extra past what sums may hold, below 0, or not one for each community, is refused")
    func refusedExtras() {
        func problem(_ extras: [Int]) throws(LaminarAssignmentError) -> LaminarAssignment {
            try LaminarAssignment(
                giveLimits: [1, 1], receiveLimits: [1, 1], offers: [], needs: [], candidates: [],
                bonuses: [100, 50], firstExtras: extras)
        }
        let limit = LaminarAssignment.weightLimit - 100
        #expect(throws: Never.self) { try problem([0, limit]) }
        #expect(throws: LaminarAssignmentError.extraOutOfRange(community: 1, limit: limit)) {
            try problem([0, limit + 1])
        }
        #expect(throws: LaminarAssignmentError.extraOutOfRange(community: 0, limit: limit)) {
            try problem([-1, 0])
        }
        #expect(throws: LaminarAssignmentError.extraCount(communities: 2, extras: 1)) { try problem([1]) }
    }

    @Test("The objective is that of the best of all subsets, 10,000 times")
    func exhaustive() throws {
        let cases = 10_000
        var differences = 0
        var matched = 0
        for seed in 0..<cases {
            let problem = try randomProblem(shapes[seed % shapes.count], seed: seed)
            let solution = try certified(problem, "seed \(seed)")
            if solution.objective != exhaustiveObjective(of: problem) {
                Issue.record("seed \(seed)")
                differences += 1
            }
            if !solution.selected.isEmpty { matched += 1 }
        }
        print("oracle cases: \(cases), differences: \(differences)")
        // The comparison would be empty if most problems were.
        #expect(matched > cases / 2)
    }
}
