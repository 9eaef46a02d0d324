import EntraideCore
import Foundation
import Matching
import OracleSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("The optimum of the sample network", .core)
struct SampleOptimumTests {
    @Test(
        "HiGHS finds the same objective on the stored instance, and greedy finds less",
        .enabled(if: SciPy.isAvailable, Comment(rawValue: SciPy.reason)))
    func agreement() async throws {
        let core = try Core()
        let sample = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../deploy/sample")
        _ = try await Territories(core.database).importCommunes(
            Array(try Data(contentsOf: sample.appending(path: "communes.csv"))), file: "communes.csv")
        _ = try await core.communities.importProfiles(
            Array(try Data(contentsOf: sample.appending(path: "communities.ndjson"))),
            file: "communities.ndjson",
            by: .itself, on: Core.day)
        let report = try await core.run("sample")
        let result = try #require(report.round.result)
        let greedy = try #require(report.greedy)

        let instance = try await core.column("SELECT lines AS x FROM round_instances ORDER BY n").joined()
        let expected = try SciPy.objectives(of: [instance])
        #expect(expected == [result.objective])
        #expect(result.bound == result.objective)
        #expect(greedy.objective < result.objective)
        print(
            "sample: objective \(result.objective), bound \(result.bound), HiGHS \(expected[0] ?? 0);",
            "matches \(result.matches) (greedy \(greedy.matches)), score \(result.score) (greedy \(greedy.score)),",
            "greedy's objective \(greedy.objective); needs served \(report.needsServed) of \(report.needs)")
    }
}
