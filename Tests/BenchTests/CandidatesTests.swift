import Testing

@Suite("bench candidates")
struct CandidatesTests {
    /// The fields of the last line of a run, once it has ended well.
    private func figures(_ options: String...) throws -> [String: String] {
        let run = try BenchRun(["candidates"] + options)
        #expect(run.status == 0 && run.err.isEmpty, "\(run)")
        return run.figures
    }

    @Test("The lists of all needs are those of a full scan")
    func checked() throws {
        let figures = try figures("--communities", "80", "--check", "100000")
        #expect(figures["checked"] == figures["needs"])
        #expect(figures["differ"] == "0")
        #expect(try #require(figures["candidates"].flatMap { Int($0) }) > 500)
    }

    @Test("The same seed gives the same list, another seed another")
    func digest() throws {
        let first = try figures("--communities", "60", "--seed", "3")["digest"]
        #expect(first != nil)
        #expect(try figures("--communities", "60", "--seed", "3")["digest"] == first)
        #expect(try figures("--communities", "60", "--seed", "4")["digest"] != first)
    }

    @Test("A line per stage says how long each took, and per need")
    func stages() throws {
        let lines = try BenchRun(["candidates", "--communities", "50"]).out.split(separator: "\n")
        let names = ["market", "index", "candidates", "check"]
        #expect(lines.count == names.count + 1)
        let pattern =
            /stage=([a-z]+) communities=50 needs=[0-9]+ seconds=[0-9]+\.[0-9]{3} cpu=[0-9]+\.[0-9]{3} us_per_need=[0-9]+\.[0-9]{2} peak_mib=[0-9]+/
        #expect(lines.prefix(names.count).map { $0.wholeMatch(of: pattern).map { String($0.1) } } == names)
    }

    @Test("A whole round says its stages and ends proven")
    func round() throws {
        let run = try BenchRun(["round", "--communities", "50"])
        #expect(run.status == 0 && run.err.isEmpty, "\(run)")
        for stage in ["market", "candidates", "solve", "pricing", "proof", "text"] {
            #expect(run.out.contains("stage=\(stage) communities=50 "))
        }
        #expect(try #require(run.figures["matches"].flatMap { Int($0) }) > 10)
    }

    @Test(
        "What is no number of communities, or of needs, is refused",
        arguments: [["--communities", "1"], ["--communities", "many"], ["--check", "-1"]])
    func refused(options: [String]) throws {
        let run = try BenchRun(["candidates"] + options)
        #expect(run.status == 64)
        #expect(run.out.isEmpty && !run.err.isEmpty)
    }
}
