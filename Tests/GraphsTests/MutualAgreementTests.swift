import Graphs
import OracleSupport
import Testing

@Suite("Rings beside integer programming")
struct MutualAgreementTests {
    @Test(
        "HiGHS finds no more than the bound, and no less than the objective, on rounds of 6 to 25 communities",
        .enabled(if: SciPy.isAvailable, Comment(rawValue: SciPy.reason)),
        arguments: [(200_000, 0), (200_000, 200_000), (100_000, 300_000), (0, 250_000)])
    func highs(pairBonus: Int, ringBonus: Int) throws {
        let shapes = [
            ProblemShape(communities: 6...10, itemsPerCommunity: 1...3, limits: 1...3, density: 30),
            ProblemShape(
                communities: 15...25, itemsPerCommunity: 1...3, limits: 1...3, itemLimits: 1...2, density: 15,
                weights: 450_000...1_000_000),
            ProblemShape(
                communities: 8...12, itemsPerCommunity: 1...2, limits: 1...2, itemLimits: 1...2, density: 60,
                weights: 450_000...1_000_000, bonusSteps: 0...0),
        ]
        let problems = try (0..<15).map { try randomProblem(shapes[$0 % 3], seed: 20_000 + $0) }
        let expected = try SciPy.objectives(
            of: problems.map(\.text), pairBonus: pairBonus, ringBonus: ringBonus)
        try #require(expected.count == problems.count)
        let help = MutualHelp(pairBonus: pairBonus, ringBonus: ringBonus)
        var equal = 0
        for (index, problem) in problems.enumerated() {
            let solution = try certified(problem, with: help, "problem \(index)")
            let best = try #require(expected[index])
            #expect(solution.objective <= best, "problem \(index)")
            #expect(best <= solution.bound, "problem \(index)")
            #expect(solution.objective * 1_000 >= best * 980, "problem \(index)")
            if solution.objective == best { equal += 1 }
        }
        #expect(equal * 5 >= problems.count * 4, "best found in \(equal) of \(problems.count)")
    }
}
