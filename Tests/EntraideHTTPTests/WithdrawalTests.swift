import EntraideCore
import Lines
import PostgresTestSupport
import Testing

@Suite("A consent withdrawn counts at the next request", .world)
struct WithdrawalTests {
    private func communities() throws -> Communities {
        let scratch = try ScratchDatabase.current
        return Communities(Database(pool: scratch.pool, location: .given(conninfo: scratch.conninfo)))
    }

    private static let paths = [
        "/v1/communities/public-a", "/v1/communities/public-a/offers", "/v1/communities/public-a/needs",
    ]

    /// What anyone and a partner are told that names the community.
    private func mentions(_ endpoint: LiveEndpoint, _ token: [String]) async throws -> Int {
        var count = 0
        for fields in [[], token] {
            for path in Self.paths where try await endpoint.answer(path, fields).status == 200 { count += 1 }
            for path in ["/v1/communities", "/v1/communities?offers=impression-3d", "/v1/matches"] {
                if try await endpoint.answer(path, fields).text.contains("public-a") { count += 1 }
            }
        }
        return count
    }

    @Test("Publication withdrawn, and visibility made private: gone from every answer of a server that runs")
    func publication() async throws {
        let communities = try communities()
        let token = ["Authorization: Bearer \(try await World.token([.communities, .matches]))"]
        try await LiveEndpoint.with { endpoint in
            #expect(try await mentions(endpoint, token) == 12)
            _ = try await communities.update("public-a", by: .itself) { $0.consent[.publication] = false }
            #expect(try await mentions(endpoint, token) == 0)
            _ = try await communities.update("public-a", by: .itself) { $0.consent[.publication] = true }
            #expect(try await mentions(endpoint, token) == 12)
            _ = try await communities.update("public-a", by: .itself) { $0.community.visibility = .private }
            #expect(try await mentions(endpoint, token) == 0)
        }
    }

    @Test("Matching withdrawn: the next round leaves it out")
    func matching() async throws {
        let scratch = try ScratchDatabase.current
        let rounds = Rounds(Database(pool: scratch.pool, location: .given(conninfo: scratch.conninfo)))
        try await rounds.create("avant", title: "Avant")
        try await rounds.open("avant")
        let before = try await rounds.run("avant", on: "2026-06-02").participants
        _ = try await communities().update("public-a", by: .itself) { $0.consent[.matching] = false }
        let after = try await rounds.run("avant", on: "2026-06-02").participants
        #expect(after == before - 1)
    }
}
