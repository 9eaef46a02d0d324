import Foundation
import Graphs
import Proof
import Testing

/// SciPy's HiGHS, in a process of its own; `ENTRAIDE_PYTHON` names another interpreter than `python3`.
private enum SciPy {
    static let isAvailable = (try? run(["-c", "import scipy"], input: Data()))?.status == 0

    static func objectives(of instances: [Instance]) throws -> [Int?] {
        var text = ""
        for instance in instances {
            instance.writeLines { text += $0 + "\n" }
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Oracle/solve_instances.py")
        let (status, output) = try run([script.path], input: Data(text.utf8))
        try #require(status == 0)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { Int($0) }
    }

    private static func run(_ arguments: [String], input: Data) throws -> (status: Int32, output: Data) {
        // Through a file: a pipe written before it is read could fill up and wait for ever.
        let file = FileManager.default.temporaryDirectory.appending(path: "instances-\(UUID().uuidString)")
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["ENTRAIDE_PYTHON"] ?? "python3"] + arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}

@Suite("The solver beside integer programming")
struct SolveAgreementTests {
    @Test(
        "HiGHS finds the same objective on 500 small rounds",
        .enabled(if: SciPy.isAvailable, "needs Python with SciPy (ENTRAIDE_PYTHON, or python3)"))
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
        let expected = try SciPy.objectives(of: problems.map { Instance($0) })
        try #require(expected.count == problems.count)
        for (index, problem) in problems.enumerated() {
            #expect(
                try certified(problem, "problem \(index)").objective == expected[index], "problem \(index)")
        }
    }
}
