import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Partners and their tokens", .core)
struct PartnersTests {
    private func token(_ core: Core, days: Int = 30) async throws -> String {
        try await core.partners.createToken(for: "reseau", scopes: [.communities, .matches], days: days)
    }

    private func id(of token: String) -> String { String(token.split(separator: "_")[1]) }

    @Test("A token opens what it grants, and only its hash is kept")
    func grant() async throws {
        let core = try Core()
        try await core.partners.add("reseau", name: "Réseau")
        let token = try await token(core)
        let parts = token.split(separator: "_")
        #expect(parts.count == 3 && parts[0] == "entr" && parts[1].count == 10 && parts[2].count == 32)
        let grant = try await core.partners.grant(bearer: token)
        #expect(
            (grant.id, grant.partner, grant.scopes, grant.networks)
                == (String(parts[1]), "reseau", [.communities, .matches], ["*"]))
        for (table, text) in try await core.snapshot() {
            #expect(!text.contains(parts[2]), "\(table)")
            // Bytes are shown in hexadecimal.
            let hex = parts[2].utf8.map { String($0, radix: 16) }.joined()
            #expect(!text.contains(hex), "\(table)")
        }
        let kept = try await core.column("SELECT encode(secret, 'hex') AS x FROM tokens")
        let hashed = try await core.column(
            "SELECT encode(sha256(convert_to(\(String(parts[2])), 'UTF8')), 'hex') AS x")
        #expect(kept == hashed)
        #expect(try await core.partners.tokens().map(\.token) == [String(parts[1])])
    }

    @Test("No two tokens are alike")
    func distinct() async throws {
        let core = try Core()
        try await core.partners.add("reseau", name: "Réseau")
        var seen: Set<String> = []
        for _ in 0..<40 { seen.insert(try await token(core)) }
        #expect(seen.count == 40 && Set(seen.map(id)).count == 40)
    }

    @Test("A revoked, expired, unknown or mistyped token is refused, always in the same words")
    func refused() async throws {
        let core = try Core()
        try await core.partners.add("reseau", name: "Réseau")
        let good = try await token(core)
        let expired = try await token(core)
        try await core.pool.execute("UPDATE tokens SET expires_at = now() WHERE id = \(id(of: expired))")
        let revoked = try await token(core)
        try await core.partners.revokeToken(id(of: revoked))
        let parts = good.split(separator: "_").map(String.init)
        let otherSecret = String(revoked.split(separator: "_")[2])
        for text in [
            expired, revoked, "", "entr", "entr__", good + "x", good.uppercased(), " " + good, good + "\n",
            String(good.dropLast()),
            "\(parts[0])_\(parts[1])_\(otherSecret)", "xxxx_\(parts[1])_\(parts[2])",
            "entr_aaaaaaaaaa_\(parts[2])",
            "entr_\(parts[1])_\(String(repeating: "a", count: 32))", "entr_%'--aaaaaa_\(parts[2])",
            "\(good)_\(parts[2])",
            "entr_\u{0}aaaaaaaaa_\(parts[2])",
        ] {
            #expect(
                await refusal { try await core.partners.grant(bearer: text) } == EntraideError(.tokenRefused),
                "\(text)")
        }
        #expect(try await core.partners.grant(bearer: good).partner == "reseau")
        #expect(ErrorCode.tokenRefused.httpStatus == 401)
    }

    @Test("A revocation lasts, keeps its first time, and an unknown token cannot be revoked")
    func revocation() async throws {
        let core = try Core()
        try await core.partners.add("reseau", name: "Réseau")
        let token = try await token(core)
        try await Partners(core.database, dryRun: true).revokeToken(id(of: token))
        _ = try await core.partners.grant(bearer: token)
        try await core.partners.revokeToken(id(of: token))
        try await core.pool.execute("UPDATE tokens SET revoked_at = '2026-01-01T00:00:00Z'")
        try await core.partners.revokeToken(id(of: token))
        #expect(try await core.partners.tokens().map(\.revokedAt) == ["2026-01-01T00:00:00Z"])
        #expect(
            await refusal { try await core.partners.revokeToken("nothing") }
                == EntraideError(.unknownToken, ["token": "nothing"]))
    }

    @Test(
        "A token expires after the days it was given, of which there are at least one and at most ten years")
    func expiry() async throws {
        let core = try Core()
        try await core.partners.add("reseau", name: "Réseau")
        _ = try await token(core, days: 7)
        #expect(
            try await core.column(
                "SELECT (expires_at - created_at = interval '7 days')::text AS x FROM tokens") == ["true"])
        for days in [0, -1, 3651, Int.max] {
            let error = await refusal { try await token(core, days: days) }
            #expect(error?.code == .outOfRange && error?.place.field == "days")
        }
        let unknown = await refusal {
            try await core.partners.createToken(for: "zz", scopes: [.matches], days: 1)
        }
        #expect(unknown == EntraideError(.unknownPartner, ["partner": "zz"]))
        #expect(try await core.partners.tokens().count == 1)
    }

    @Test("A partner is added once, under a slug and a name that are ones")
    func add() async throws {
        let core = try Core()
        try await core.partners.add("reseau", name: "Réseau")
        let before = try await core.snapshot()
        #expect(
            await refusal { try await core.partners.add("reseau", name: "Autre") }
                == EntraideError(.duplicatePartner, ["partner": "reseau"]))
        #expect(await refusal { try await core.partners.add("Ré", name: "Autre") }?.code == .badSlug)
        #expect(await refusal { try await core.partners.add("b", name: " ") }?.code == .badText)
        #expect(await refusal { try await core.partners.add("b", name: "a\tb") }?.code == .controlCharacter)
        try await Partners(core.database, dryRun: true).add("b", name: "B")
        #expect(try await core.snapshot() == before)
    }
}
