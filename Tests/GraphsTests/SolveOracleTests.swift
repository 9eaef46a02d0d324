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
        let bonus = step < problem.bonuses.count ? problem.bonuses[step] : 0
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
