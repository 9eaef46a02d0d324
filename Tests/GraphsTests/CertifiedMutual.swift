import Graphs
import Proof
import Testing

extension MutualClaim {
    /// What a solution claims, as Proof reads it.
    init(_ solution: MutualSolution, _ bonuses: RingBonuses) {
        self.init(
            pairBonus: bonuses.pair, ringBonus: bonuses.three, matches: solution.selected,
            rings: solution.rings, prices: Prices(solution.relaxation),
            multipliers: solution.multipliers.map {
                .init(provider: $0.provider, receiver: $0.receiver, value: $0.value)
            }, objective: solution.objective, bound: solution.bound)
    }
}

/// Solves with rings, and has Proof find the selection feasible, worth what it claims, and bounded as it claims.
@discardableResult
func certified(
    _ problem: LaminarAssignment, with help: MutualHelp, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> MutualSolution {
    let solution = try #require(try problem.solved(with: help), comment, sourceLocation: sourceLocation)
    let verdict = check(MutualClaim(solution, help.bonuses), on: Instance(problem))
    #expect(
        verdict
            == (solution.gap == 0
                ? .optimal(objective: solution.objective)
                : .notProven(objective: solution.objective, bound: solution.bound)),
        comment,
        sourceLocation: sourceLocation)
    #expect(solution.gap >= 0, comment, sourceLocation: sourceLocation)
    return solution
}
