import Graphs
import Testing

/// Two communities give, two receive; the best pair alone is worth less than the two others together.
private let chain = """
    p match 4 2 2 4
    C 0 1 0
    C 1 1 0
    C 2 0 1
    C 3 0 1
    O 0 0 1
    O 1 1 1
    N 0 2 1
    N 1 3 1
    E 0 0 100
    E 0 1 90
    E 1 0 80
    E 1 1 1

    """

/// Runs `bench solve` on a file with this text.
private func solve(_ text: String, _ options: String...) throws -> (run: BenchRun, path: String) {
    let file = try TextFile(text)
    return (try BenchRun(["solve", file.path] + options), file.path)
}

@Suite("bench solve")
struct SolveTests {
    @Test("One line says the objective, its proof, and what it took")
    func line() throws {
        let run = try solve(chain).run
        #expect(run.status == 0 && run.err.isEmpty)
        let pattern =
            /objective=170 bound=170 matches=2 seconds=[0-9]+\.[0-9]{3} peak_mib=[1-9][0-9]* pops=[0-9]+\n/
        #expect(run.out.wholeMatch(of: pattern) != nil, "\(run)")
    }

    @Test("Bonuses of the command take the place of the file's")
    func bonuses() throws {
        #expect(try solve(chain, "--bonus", "1000").run.figures["objective"] == "2170")
        let withBonus = chain.replacing("C 0 1 0", with: "B 7\nC 0 1 0")
        #expect(try solve(withBonus).run.figures["objective"] == "184")
        #expect(try solve(withBonus, "--bonus", "5,0").run.figures["objective"] == "180")
    }

    @Test("Candidates may come in any order")
    func anyOrder() throws {
        let lines = chain.split(separator: "\n")
        let turned = (lines.prefix(9) + lines.dropFirst(9).reversed()).joined(separator: "\n") + "\n"
        #expect(try solve(turned).run.figures["objective"] == "170")
    }

    @Test("An empty instance is solved by nothing")
    func empty() throws {
        let run = try solve("p match 0 0 0 0\n").run
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("objective=0 bound=0 matches=0 "))
    }

    @Test("A need that nothing reaches, and a capacity of zero, leave the rest to be solved")
    func unreachable() throws {
        let run = try solve(
            """
            p match 3 2 3 2
            C 0 2 2
            C 1 2 2
            C 2 0 2
            O 0 0 0
            O 1 1 3
            N 0 0 1
            N 1 1 1
            N 2 2 1
            E 0 1 5
            E 1 0 7

            """
        ).run
        #expect(run.figures["objective"] == "5")
        #expect(run.figures["matches"] == "1")
    }

    @Test("A candidate within one community is solved and proven like any other")
    func selfPair() throws {
        let text = """
            p match 2 2 2 3
            B 10
            C 0 1 1
            C 1 1 1
            O 0 0 1
            O 1 1 1
            N 0 0 1
            N 1 1 1
            E 0 0 9
            E 0 1 5
            E 1 0 3

            """
        let run = try solve(text).run
        #expect(run.status == 0, "\(run)")
        // 5 and 3 with two bonuses: 28. The pair within community 0 would leave nothing for 1: 19.
        #expect(run.figures["objective"] == "28")
        let lone = try solve(text.replacing("E 0 0 9", with: "E 0 0 900")).run
        #expect(lone.figures["objective"] == "910")
        #expect(lone.figures["bound"] == "910")
    }

    @Test("A last line without its line feed is read, and said")
    func openEnd() throws {
        let (run, path) = try solve(String(chain.dropLast()))
        #expect(run.status == 0)
        #expect(run.figures["objective"] == "170")
        #expect(run.err == "\(path): the last line does not end with a line feed\n")
    }

    @Test(
        "What is wrong with a file is one line that names the file's, with a stable code",
        arguments: [
            ("p match 4 2 2 4", "p match 4 2 2", 1, "bad-header"),
            ("C 3 0 1", "C 3 0", 5, "wrong-field-count"),
            ("C 1 1 0", "C 2 1 0", 3, "id-out-of-range"),
            ("O 1 1 1", "O 1 4 1", 7, "id-out-of-range"),
            ("E 1 1 1", "E 1 2 1", 13, "id-out-of-range"),
            ("E 1 1 1", "E 1 1 1000001", 13, "score-out-of-range"),
            ("E 1 1 1", "E 1 1 -1", 13, "bad-number"),
            ("E 1 1 1", "E 1 0 1", 13, "candidate-twice"),
            ("E 1 1 1", "E 1 1 1\nE 1 1 2", 14, "surplus-record"),
            ("O 1 1 1", "O 1 1 2147483648", 7, "number-too-large"),
            ("N 0 2 1", "N 0 2 1\r", 8, "carriage-return"),
            ("C 0 1 0", "B 5 6\nC 0 1 0", 2, "rising-bonus"),
            ("E 0 1 90\n", "", 13, "cut-short"),
        ])
    func refusals(_ old: String, _ new: String, _ line: Int, _ code: String) throws {
        let (run, path) = try solve(chain.replacing(old, with: new, maxReplacements: 1))
        #expect(run.status == 65)
        #expect(run.out.isEmpty)
        #expect(run.err.hasPrefix("\(path):\(line): "), "\(run.err)")
        #expect(run.err.hasSuffix(" [\(code)]\n"), "\(run.err)")
        #expect(run.err.count { $0 == "\n" } == 1)
    }

    @Test("A file cut anywhere but within its last number is refused on the line where it ends")
    func cut() throws {
        let bytes = Array(chain.utf8)
        for end in stride(from: 0, to: bytes.count - 1, by: 7) {
            let text = String(decoding: bytes[..<end], as: UTF8.self)
            let (run, path) = try solve(text)
            let line = max(1, text.split(separator: "\n", omittingEmptySubsequences: false).count)
            #expect(run.status == 65)
            #expect(run.err.hasPrefix("\(path):\(line): "), "\(end): \(run.err)")
        }
    }

    @Test("Bonuses past which totals could overflow are refused with the limit, whatever their length")
    func largeBonuses() throws {
        let limit = LaminarAssignment.weightLimit
        let most = try solve(chain, "--bonus", "\(limit),\(limit)").run
        #expect(most.status == 0)
        #expect(most.figures["objective"] == "\(170 + 2 * limit)")
        for bonus in ["\(limit + 1)", "9223372036854775808", "7,99999999999999999999999999"] {
            let run = try solve(chain, "--bonus", bonus).run
            #expect(run.status == 65)
            #expect(run.err.contains("at most \(limit), "))
            #expect(run.err.hasSuffix(" [bonus-out-of-range]\n"))
        }
        let rising = try solve(chain, "--bonus", "1,2").run
        #expect(rising.status == 65)
        #expect(rising.err.hasSuffix(" [rising-bonus]\n"))
    }

    @Test("Limits as large as the file can say are solved and proven, with the largest bonuses")
    func largeLimits() throws {
        let most = Int(Int32.max)
        let bonus = LaminarAssignment.weightLimit
        let run = try solve(
            """
            p match 2 2 1 2
            C 0 \(most) \(most)
            C 1 \(most) \(most)
            O 0 0 \(most)
            O 1 0 \(most)
            N 0 1 \(most)
            E 0 0 1000000
            E 0 1 1000000

            """, "--bonus", "\(bonus),\(bonus),\(bonus)"
        ).run
        #expect(run.status == 0, "\(run)")
        #expect(run.figures["bound"] == "\(2 * (bonus + 1_000_000))")
    }

    @Test(
        "Another use than the command's own is refused in one line",
        arguments: [["solve"], ["solve", "a", "b"], ["dance"], ["solve", "a", "--bonus", "1,,2"]])
    func usage(_ arguments: [String]) throws {
        var arguments = arguments
        let file = try TextFile(chain)
        if arguments.contains("--bonus") { arguments[1] = file.path }
        let run = try BenchRun(arguments)
        #expect(run.status == 64)
        #expect(run.err.count { $0 == "\n" } == 1, "\(run.err)")
    }

    @Test("No such file is a status of its own")
    func noSuchFile() throws {
        let run = try BenchRun(["solve", "/nonexistent/instance"])
        #expect(run.status == 66)
        #expect(run.err == "/nonexistent/instance: cannot be opened\n")
    }
}
