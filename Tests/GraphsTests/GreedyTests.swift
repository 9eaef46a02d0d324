import Graphs
import Proof
import Testing

@Suite("Best score first")
struct GreedyTests {
    @Test("Equal weights go to the earlier candidate")
    func ties() throws {
        let problem = try LaminarAssignment(
            giveLimits: [1, 0, 0], receiveLimits: [0, 1, 1], offers: [.init(community: 0, capacity: 1)],
            needs: [.init(community: 1, quantity: 1), .init(community: 2, quantity: 1)],
            candidates: [.init(need: 0, offer: 0, weight: 5), .init(need: 1, offer: 0, weight: 5)],
            bonuses: [9])
        #expect(problem.greedy() == [0])
    }

    @Test("It is feasible, maximal, and never above the optimum")
    func againstOptimum() throws {
        var below = 0
        for seed in 0..<100 {
            let problem = try randomProblem(ProblemShape(communities: 4...12, limits: 0...3), seed: seed)
            let greedy = problem.greedy()
            let optimum = try certified(problem).objective
            let value = problem.objective(of: greedy)
            #expect(value <= optimum)
            if value < optimum { below += 1 }
            func faults(_ matches: [Int]) -> [Fault] {
                let instance = Instance(problem)
                let none = Prices(
                    providers: problem.giveLimits.map { _ in 0 },
                    receivers: problem.giveLimits.map { _ in 0 },
                    needs: problem.needs.map { _ in 0 }, offers: problem.offers.map { _ in 0 })
                guard
                    case .rejected(let faults) = check(
                        instance, matches: matches, prices: none, claimedObjective: -1, claimedBound: -1)
                else { return [] }
                return faults
            }
            // Claims that are false on purpose: only they are faulted while the matches are feasible.
            #expect(faults(greedy).first == .objectiveDiffers(claimed: -1, found: value))
            for extra in problem.candidates.indices where !greedy.contains(extra) {
                let first = faults(greedy + [extra]).first
                if case .objectiveDiffers = first {
                    Issue.record("candidate \(extra) still fits, seed \(seed)")
                }
            }
        }
        // The comparison would be empty if both always agreed.
        #expect(below > 20)
    }
}
