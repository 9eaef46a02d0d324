import Graphs
import OracleSupport
import Proof
import Testing

@Suite("The solver beside integer programming")
struct SolveAgreementTests {
    @Test(
        "HiGHS finds the same objective on 500 small rounds",
        .enabled(if: SciPy.isAvailable, Comment(rawValue: SciPy.reason)))
    func highs() throws {
        let shapes = [
            ProblemShape(communities: 3...8, itemsPerCommunity: 1...3, limits: 0...3),
            ProblemShape(
                communities: 5...12, itemsPerCommunity: 1...2, limits: 1...3, weights: 450_000...1_000_000),
            ProblemShape(
                communities: 6...15, itemsPerCommunity: 1...3, density: 25, weights: 0...9, bonuses: 0...5),
            ProblemShape(communities: 10...20, itemsPerCommunity: 1...2, itemLimits: 1...1, density: 15),
            ProblemShape(
                communities: 8...8, itemsPerCommunity: 2...3, itemLimits: 1...3, bonuses: 800_000...900_000),
        ]
        var problems: [LaminarAssignment] = []
        for seed in 0..<500 {
            problems.append(try randomProblem(shapes[seed % shapes.count], seed: 10_000 + seed))
        }
        let expected = try SciPy.objectives(
            of: problems.map { problem in
                var text = ""
                Instance(problem).writeLines { text += $0 + "\n" }
                return text
            })
        try #require(expected.count == problems.count)
        for (index, problem) in problems.enumerated() {
            #expect(
                try certified(problem, "problem \(index)").objective == expected[index], "problem \(index)")
        }
    }
}
