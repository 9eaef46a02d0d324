import Graphs
import OracleSupport
import Testing

@Suite("The solver beside those of others")
struct SolveAgreementTests {
    private let small = [
        ProblemShape(communities: 3...8, itemsPerCommunity: 1...3, limits: 0...3),
        ProblemShape(
            communities: 5...12, itemsPerCommunity: 1...2, limits: 1...3, weights: 450_000...1_000_000),
        // Ties.
        ProblemShape(
            communities: 6...15, itemsPerCommunity: 1...3, density: 25, weights: 0...9, bonuses: 0...5),
        // Many components.
        ProblemShape(communities: 10...20, itemsPerCommunity: 1...2, itemLimits: 1...1, density: 15),
        // One component, quantities of 2 and more, bonuses of one size.
        ProblemShape(
            communities: 8...8, itemsPerCommunity: 2...3, itemLimits: 1...3, bonuses: 800_000...900_000),
        // Zero capacities.
        ProblemShape(
            communities: 6...10, itemsPerCommunity: 1...3, limits: 0...1, itemLimits: 0...1, density: 80),
        // More steps than most can take.
        ProblemShape(communities: 6...9, limits: 0...5, itemLimits: 0...4, bonusSteps: 6...8),
        // Extras of some receivers.
        ProblemShape(communities: 6...12, itemsPerCommunity: 1...3, itemLimits: 1...1, extras: 1...600_000),
        ProblemShape(communities: 6...12, density: 30, weights: 0...9, bonusSteps: 0...0, extras: 1...5),
        // A need and an offer of one community.
        ProblemShape(communities: 2...6, itemsPerCommunity: 1...3, density: 70, selfPairs: true),
    ]

    /// Has `objectives` solve problems of these shapes, one after the other, and finds each as we do.
    private func expectAgreement(
        on count: Int, of shapes: [ProblemShape], with objectives: ([String]) throws -> [Int?]
    ) throws {
        let problems = try (0..<count).map { try randomProblem(shapes[$0 % shapes.count], seed: 10_000 + $0) }
        let expected = try objectives(problems.map(\.text))
        try #require(expected.count == problems.count)
        for (index, problem) in problems.enumerated() {
            #expect(
                try certified(problem, "problem \(index)").objective == expected[index], "problem \(index)")
        }
    }

    @Test(
        "HiGHS finds the same objective on 800 small rounds",
        .enabled(if: SciPy.isAvailable, Comment(rawValue: SciPy.reason)))
    func highs() throws {
        try expectAgreement(on: 800, of: small, with: SciPy.objectives)
    }

    @Test(
        "OR-tools finds the same objective on 800 small rounds and 24 larger ones",
        .enabled(if: ORTools.isAvailable, Comment(rawValue: ORTools.reason)))
    func flows() throws {
        try expectAgreement(on: 800, of: small, with: ORTools.objectives)
        let larger = [
            ProblemShape(
                communities: 90...90, itemsPerCommunity: 1...3, limits: 1...4, itemLimits: 1...2, density: 12),
            // Few can give: one or two offers of capacity 1.
            ProblemShape(
                communities: 80...80, itemsPerCommunity: 1...2, limits: 1...2, itemLimits: 1...1, density: 20,
                bonusSteps: 2...2, bonuses: 50_000...300_000),
            ProblemShape(
                communities: 60...60, itemsPerCommunity: 1...3, limits: 0...3, density: 25, weights: 0...40,
                bonuses: 0...20),
        ]
        try expectAgreement(on: 24, of: larger, with: ORTools.objectives)
    }
}
