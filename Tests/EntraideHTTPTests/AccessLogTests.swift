import EntraideCore
import EntraideHTTP
import Lines
import PostgresTestSupport
import Testing

@Suite("The access log", .world)
struct AccessLogTests {
    @Test("It tells method, route, status and bytes, and never a token, a value or a path")
    func entries() async throws {
        let token = try await World.token([.matches])
        let recorder = LogRecorder()
        try await LiveEndpoint.with({ $0.pageSize = 2 }, logger: recorder.logger) { endpoint in
            for target in [
                "/v1/matches?round=automne", "/v1/matches/automne/1", "/secret-path?secret=value",
                "/v1/rounds/%1b%5b31msecret", "/v1/communities?kind=secret",
            ] {
                _ = try await endpoint.answer(
                    target, ["Authorization: Bearer \(token)", "User-Agent: secret"])
            }
            _ = try await endpoint.answer("/healthz", method: "MKCOL")
            _ = try await endpoint.answer("/v1/matches?round=automne", method: "HEAD")
        }
        let entries = recorder.lines.filter { $0.hasPrefix("answered ") }.map { line in
            line.split(separator: " ").filter { !$0.hasPrefix("bytes=") && !$0.hasPrefix("ms=") }.joined(
                separator: " ")
        }
        #expect(
            entries == [
                "answered method=GET route=/v1/matches status=200",
                "answered method=GET route=/v1/matches/{round}/{n} status=200",
                "answered method=GET route=- status=404", "answered method=GET route=- status=400",
                "answered method=GET route=/v1/communities status=403",
                "answered method=other route=/healthz status=405",
                "answered method=HEAD route=/v1/matches status=200",
            ])
        for line in recorder.lines {
            #expect(!line.contains("secret") && !line.contains(token), "\(line)")
            #expect(escapingControls(line) == line)
        }
    }
}
