import Graphs
import Testing

/// The largest objective over all subsets of candidates that keep to every limit, with the best rings of each, by trying
/// them all. Shares nothing with the solver.
private struct Exhaustive {
    let problem: LaminarAssignment
    let bonuses: RingBonuses
    let candidates: [LaminarAssignment.Candidate]
    var give: [Int]
    var receive: [Int]
    var capacity: [Int]
    var quantity: [Int]
    var received: [Int]
    var chosen: [Int] = []
    var best = 0

    init(_ problem: LaminarAssignment, _ bonuses: RingBonuses) {
        self.problem = problem
        self.bonuses = bonuses
        candidates = Array(problem.candidates)
        give = problem.giveLimits
        receive = problem.receiveLimits
        capacity = problem.offers.map(\.capacity)
        quantity = problem.needs.map(\.quantity)
        received = problem.receiveLimits.map { _ in 0 }
        search(from: 0, plain: 0)
    }

    func ends(_ index: Int) -> (from: Int, to: Int) {
        (problem.offers[candidates[index].offer].community, problem.needs[candidates[index].need].community)
    }

    mutating func search(from index: Int, plain: Int) {
        guard index < candidates.count else {
            best = max(best, plain + rings(of: chosen.map(ends), closed: []))
            return
        }
        search(from: index + 1, plain: plain)
        let (need, offer) = (candidates[index].need, candidates[index].offer)
        let (from, to) = ends(index)
        guard give[from] > 0, receive[to] > 0, capacity[offer] > 0, quantity[need] > 0 else { return }
        var bonus = received[to] < problem.bonuses.count ? problem.bonuses[received[to]] : 0
        if received[to] == 0, !problem.firstExtras.isEmpty { bonus += problem.firstExtras[to] }
        func move(_ sign: Int) {
            give[from] -= sign
            receive[to] -= sign
            capacity[offer] -= sign
            quantity[need] -= sign
            received[to] += sign
        }
        move(1)
        chosen.append(index)
        search(from: index + 1, plain: plain + candidates[index].weight + bonus)
        chosen.removeLast()
        move(-1)
    }

    /// The most that rings of these arcs add: the first arc is in none, or in one of those it can close.
    func rings(of arcs: [(from: Int, to: Int)], closed: [[Int]]) -> Int {
        guard let first = arcs.first else { return 0 }
        let rest = Array(arcs.dropFirst())
        var most = rings(of: rest, closed: closed)
        func close(_ communities: [Int], with others: [Int], adding bonus: Int) {
            let start = communities.firstIndex(of: communities.min() ?? 0) ?? 0
            let ring = Array(communities[start...] + communities[..<start])
            guard bonus > 0, !closed.contains(ring) else { return }
            let left = rest.indices.filter { !others.contains($0) }.map { rest[$0] }
            most = max(most, bonus + rings(of: left, closed: closed + [ring]))
        }
        guard first.from != first.to else { return most }
        for (place, next) in rest.enumerated() where next.from == first.to {
            if next.to == first.from {
                close([first.from, first.to], with: [place], adding: bonuses.pair)
            } else if next.to != first.to {
                for (other, last) in rest.enumerated() where last == (next.to, first.from) {
                    close([first.from, first.to, next.to], with: [place, other], adding: bonuses.three)
                }
            }
        }
        return most
    }
}

@Suite("Rings beside trying everything")
struct MutualOracleTests {
    @Test(
        "Objective ≤ the best of all selections and rings ≤ bound, and mostly equal",
        arguments: [
            ProblemShape(communities: 2...3, itemsPerCommunity: 1...2, limits: 1...3, maximumCandidates: 10),
            ProblemShape(
                communities: 3...4, itemsPerCommunity: 1...2, limits: 1...2, itemLimits: 1...2,
                weights: 0...3,
                bonuses: 0...2, maximumCandidates: 11),
            ProblemShape(
                communities: 3...4, itemsPerCommunity: 1...1, limits: 1...3, itemLimits: 1...3, density: 90,
                weights: 450_000...1_000_000, bonusSteps: 0...0, maximumCandidates: 11),
            ProblemShape(
                communities: 2...3, itemsPerCommunity: 2...2, limits: 0...3, itemLimits: 1...2, density: 80,
                maximumCandidates: 10, selfPairs: true),
            ProblemShape(
                communities: 3...5, itemsPerCommunity: 1...1, limits: 1...1, itemLimits: 1...1, density: 80,
                maximumCandidates: 12),
            ProblemShape(
                communities: 3...4, itemsPerCommunity: 1...2, limits: 1...2, itemLimits: 1...2,
                extras: 1...400_000, maximumCandidates: 10),
        ])
    func exhaustive(_ shape: ProblemShape) throws {
        var equal = 0
        var proven = 0
        var ringed = 0
        let count = 450
        for seed in 0..<count {
            let problem = try randomProblem(shape, seed: seed)
            let unit = shape.weights.upperBound / 5 + 1
            let help = MutualHelp(
                pairBonus: seed % 3 * unit, ringBonus: seed % 2 * (1 + seed % 5) * unit, steps: 60)
            let solution = try certified(problem, with: help, "seed \(seed)")
            let best = Exhaustive(problem, help.bonuses).best
            #expect(solution.objective <= best, "seed \(seed)")
            #expect(best <= solution.bound, "seed \(seed)")
            if solution.objective == best { equal += 1 }
            if solution.gap == 0 { proven += 1 }
            if !solution.rings.isEmpty { ringed += 1 }
        }
        #expect(equal >= count * 99 / 100, "best found in \(equal) of \(count), proven in \(proven)")
        #expect(proven >= count * 7 / 10)
        #expect(ringed >= count / 20)
    }
}
