import EntraideCore
import EntraideHTTP
import Foundation
import PostgresTestSupport
import Testing

@Suite("Starting and stopping the endpoint", .world)
struct StopTests {
    @Test("A port that is taken is said to be, with its address")
    func portInUse() async throws {
        try await LiveEndpoint.with { endpoint in
            let address = "127.0.0.1:\(endpoint.port)"
            await #expect(throws: EntraideError(.portInUse, ["address": address])) {
                try await LiveEndpoint.with({ $0.port = endpoint.port }) { _ in }
            }
        }
    }

    @Test(
        "An address that is not this machine's is said to be of no use",
        arguments: ["192.0.2.1", "no.such.invalid"])
    func badAddress(host: String) async throws {
        await #expect(throws: EntraideError(.addressNotUsable, ["address": "\(host):0"])) {
            try await LiveEndpoint.with({ $0.host = host }) { _ in }
        }
    }

    @Test("Asked to stop, the server ends the answers under way, whole, and takes no more")
    func drains() async throws {
        try await World.addCommunities(6_000, padding: 500)
        let endpoint = try await LiveEndpoint.start { $0.drain = EndpointConfiguration.longestDrain }
        let reader = try await RawConnection.open(port: endpoint.port, receiveBuffer: 4096)
        let idle = try await RawConnection.open(port: endpoint.port)
        try await idle.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try await idle.read(until: "ok\n")
        try await reader.send("GET /v1/communities.ndjson HTTP/1.1\r\nHost: a\r\n\r\n")
        var bytes = try await reader.read(upTo: 16)
        // This one's answer is all written as far as the server is concerned, and waits for its reader.
        let patient = try await RawConnection.open(port: endpoint.port, receiveBuffer: 32 << 10)
        try await patient.send("GET /v1/communities.ndjson?limit=4000 HTTP/1.1\r\nHost: a\r\n\r\n")
        var page = try await patient.read(upTo: 16)
        await endpoint.beginStop()
        // An idle connection is closed, which also tells us that the stop is under way.
        #expect(try await idle.readToEnd().isEmpty)
        bytes += try await reader.readToEnd()
        let answer = HTTPAnswer(bytes)
        #expect(answer.isComplete && answer.lines.count == 6_002 && answer.rest.isEmpty)
        page += try await patient.readToEnd(pausing: .milliseconds(1))
        #expect(HTTPAnswer(page).isComplete && HTTPAnswer(page).lines.count == 4_000)
        try await endpoint.stop()
        await #expect(throws: RawConnection.Failure.self) { try await endpoint.answer("/healthz") }
    }

    @Test("Past the drain bound, answers that still run are broken off, without a clean end")
    func drainIsBounded() async throws {
        try await World.addCommunities(40_000)
        let endpoint = try await LiveEndpoint.start { $0.drain = .milliseconds(200) }
        let lazy = try await RawConnection.open(port: endpoint.port, receiveBuffer: 4096)
        try await lazy.send("GET /v1/communities.ndjson HTTP/1.1\r\nHost: a\r\n\r\n")
        let begun = try await lazy.read(upTo: 16)
        try await endpoint.stop()
        let answer = HTTPAnswer(begun + (try await lazy.readToEnd()))
        #expect(answer.status == 200 && !answer.isComplete)
    }
}
