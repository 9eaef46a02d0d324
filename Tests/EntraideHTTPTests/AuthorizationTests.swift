import EntraideCore
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("Tokens over HTTP", .world)
struct AuthorizationTests {
    static let targets = [
        ("/v1/skills", nil), ("/v1/rounds", nil), ("/v1/rounds/automne/certificate", nil),
        ("/v1/communities", TokenScope.communities), ("/v1/communities/public-a", .communities),
        ("/v1/communities/public-a/offers", .communities), ("/v1/communities/public-b/needs", .communities),
        ("/v1/matches", .matches), ("/v1/matches/automne/1", .matches),
        ("/v1/matches/automne/1/reasons", .matches),
    ]

    @Test("Each route wants its own scope, and no more")
    func scopes() async throws {
        var tokens: [(scopes: [TokenScope], text: String)] = []
        for scopes in [[], [.communities], [.matches], [.contacts, .changes], TokenScope.allCases]
            as [[TokenScope]]
        {
            tokens.append((scopes, try await World.token(scopes)))
        }
        try await LiveEndpoint.with { [tokens] endpoint in
            for (target, scope) in Self.targets {
                for token in tokens {
                    let answer = try await endpoint.answer(target, ["Authorization: Bearer \(token.text)"])
                    guard let scope, !token.scopes.contains(scope) else {
                        #expect(answer.status == 200, "\(target) \(token.scopes)")
                        continue
                    }
                    #expect(
                        answer.status == 403 && answer.text == "error\t403\tscope-missing\tscope=\(scope)\n")
                    #expect(
                        answer["www-authenticate"]
                            == "Bearer error=\"insufficient_scope\", scope=\"\(scope)\"")
                }
            }
        }
    }

    @Test("What is no valid token is refused everywhere, and never taken for nobody")
    func refused() async throws {
        let valid = try await World.token(TokenScope.allCases)
        let revoked = try await World.token(TokenScope.allCases)
        let expired = try await World.token(TokenScope.allCases)
        func id(_ token: String) -> String { String(token.split(separator: "_")[1]) }
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("UPDATE tokens SET revoked_at = now() WHERE id = \(id(revoked))")
        try await pool.execute("UPDATE tokens SET expires_at = now() WHERE id = \(id(expired))")
        let otherSecret = String(valid.dropLast()) + (valid.hasSuffix("a") ? "b" : "a")
        try await LiveEndpoint.with { endpoint in
            for value in [
                "Bearer \(revoked)", "Bearer \(expired)", "Bearer \(otherSecret)", "Bearer", "Bearer ",
                "Bearer entr_",
                "Bearer \(valid) \(valid)", "Basic dXNlcjpwYXNz", "\(valid)", "Bearer \(valid)x",
                "Bearer \(valid.uppercased())", "Negotiate \(valid)",
            ] {
                for (target, _) in Self.targets {
                    let answer = try await endpoint.answer(target, ["Authorization: \(value)"])
                    #expect(
                        answer.status == 401 && answer.text == "error\t401\ttoken-refused\t-\n", "\(value)")
                    #expect(answer["www-authenticate"] == "Bearer error=\"invalid_token\"")
                    #expect(answer["cache-control"] == "private, no-cache")
                }
            }
            let twice = try await endpoint.answer(
                "/v1/rounds", ["Authorization: Bearer \(valid)", "Authorization: Bearer \(valid)"])
            #expect(twice.status == 401)
            let spelled = try await endpoint.answer("/v1/rounds", ["authorization: bEARER \(valid)"])
            #expect(spelled.status == 200)
        }
    }

    @Test("A token revoked while the server runs is refused at the next request")
    func revokedMeanwhile() async throws {
        let token = try await World.token([.matches])
        try await LiveEndpoint.with { endpoint in
            let fields = ["Authorization: Bearer \(token)"]
            #expect(try await endpoint.answer("/v1/matches", fields).status == 200)
            try await ScratchDatabase.current.pool.execute("UPDATE tokens SET revoked_at = now()")
            #expect(try await endpoint.answer("/v1/matches", fields).status == 401)
        }
    }
}
