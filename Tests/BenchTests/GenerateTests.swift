import Foundation
import Testing

/// The text that `bench generate` writes.
private func generated(_ options: String...) throws -> String {
    let file = try TextFile()
    let run = try BenchRun(["generate"] + options + [file.path])
    #expect(run.status == 0, "\(run)")
    return try String(contentsOfFile: file.path, encoding: .utf8)
}

/// Fields after the first of each line of a kind, as numbers.
private func records(_ kind: Character, of text: String) -> [[Int]] {
    text.split(separator: "\n").filter { $0.first == kind }.map { line in
        line.split(separator: " ").dropFirst().compactMap { Int($0) }
    }
}

@Suite("bench warm")
struct WarmTests {
    @Test("Changes of one community each are repaired to the optimum", arguments: [1, 2])
    func repaired(seed: Int) throws {
        let file = try TextFile()
        let made = try BenchRun(["generate", "--communities", "60", "--seed", "\(seed)", file.path])
        #expect(made.status == 0, "\(made)")
        let run = try BenchRun(["warm", file.path, "--changes", "60", "--check-every", "2"])
        #expect(run.status == 0, "\(run)")
        #expect(run.figures["changes"] == "60" && run.figures["checked"] == "30")
        #expect(run.figures["differences"] == "0")
    }

    @Test("Nobody to change, or no change, is refused")
    func refusals() throws {
        let empty = try TextFile("p match 0 0 0 0\n")
        #expect(try BenchRun(["warm", empty.path]).status == 65)
        #expect(try BenchRun(["warm", empty.path, "--changes", "0"]).status == 64)
    }
}

@Suite("bench generate")
struct GenerateTests {
    @Test("The same seed gives the same bytes, another seed others")
    func seeds() throws {
        let first = try generated("--communities", "60", "--seed", "3")
        #expect(try generated("--communities", "60", "--seed", "3") == first)
        #expect(try generated("--communities", "60", "--seed", "4") != first)
    }

    @Test("A need has at most 32 candidates, in order, each once, all admissible scores")
    func candidates() throws {
        let text = try generated("--communities", "300", "--seed", "1")
        let candidates = records("E", of: text)
        #expect(candidates.count > 10_000)
        #expect(candidates.allSatisfy { (0...1_000_000).contains($0[2]) })
        for (one, next) in zip(candidates, candidates.dropFirst()) {
            #expect((one[0], one[1]) < (next[0], next[1]))
        }
        let degrees = candidates.reduce(into: [Int: Int]()) { $0[$1[0], default: 0] += 1 }
        #expect(degrees.values.max() == 32)
    }

    @Test("The scarce kind has one or two offers of capacity 1 per community")
    func scarce() throws {
        let text = try generated("--communities", "100", "--scarce")
        let offers = records("O", of: text)
        #expect(offers.allSatisfy { $0[2] == 1 })
        let counts = offers.reduce(into: [Int: Int]()) { $0[$1[1], default: 0] += 1 }
        #expect(Set(counts.values) == [1, 2])
        #expect(counts.count == 100)
    }

    @Test("What is generated is solved, proven, and worth more than the best score first")
    func solved() throws {
        let file = try TextFile()
        #expect(try BenchRun(["generate", "--communities", "200", file.path]).status == 0)
        let solved = try BenchRun(["solve", file.path, "--bonus", "300000,50000", "--detail"])
        let greedy = try BenchRun(["greedy", file.path, "--bonus", "300000,50000"])
        #expect(solved.status == 0 && greedy.status == 0)
        #expect(solved.figures["objective"] == solved.figures["bound"])
        let (best, first) = (solved.figures["objective"], greedy.figures["objective"])
        #expect(try #require(best.flatMap { Int($0) }) > #require(first.flatMap { Int($0) }))
        #expect(solved.figures["communities"] == "200")
    }

    @Test("What cannot be generated or written is refused in one line")
    func refusals() throws {
        for (arguments, status) in [
            (["--communities", "-1", "/tmp/never"], 64),
            (["--communities", "99999999999999999999", "/tmp/never"], 64),
            (["--communities", "2", "/nonexistent/instance"], 73),
        ] as [([String], Int32)] {
            let run = try BenchRun(["generate"] + arguments)
            #expect(run.status == status, "\(run)")
            #expect(run.err.count { $0 == "\n" } == 1, "\(run.err)")
        }
        let file = try TextFile()
        #expect(try BenchRun(["generate", "--communities", "0", file.path]).status == 0)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == "p match 0 0 0 0\n")
    }
}
