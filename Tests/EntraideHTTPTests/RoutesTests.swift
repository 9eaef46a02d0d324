import EntraideCore
import EntraideHTTP
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("What the routes answer", .world)
struct RoutesTests {
    @Test("Every route answers with records of its type, one a line, and says how it may be kept")
    func everyRoute() async throws {
        let token = try await World.token([.communities, .matches])
        try await LiveEndpoint.with { endpoint in
            for (target, columns) in [
                ("/v1/skills", SkillRecord.columns), ("/v1/skills?q=decoupe+laser", SkillRecord.columns),
                ("/v1/communities", CommunityRecord.columns),
                ("/v1/communities?offers=impression-3d&kind=fablab", CommunityRecord.columns),
                ("/v1/communities/public-a", CommunityRecord.columns),
                ("/v1/communities/public-a/offers", OfferRecord.columns),
                ("/v1/communities/public-b/needs", NeedRecord.columns), ("/v1/rounds", RoundRecord.columns),
                ("/v1/rounds/automne", RoundRecord.columns),
                ("/v1/rounds/automne/certificate", CertificateRecord.columns),
                ("/v1/matches", MatchRecord.columns),
                ("/v1/matches?round=automne&provider=public-a&status=proposed", MatchRecord.columns),
                ("/v1/matches/automne/1", MatchRecord.columns),
                ("/v1/matches/automne/1/reasons", ReasonRecord.columns),
            ] {
                for fields in [[], ["Authorization: Bearer \(token)"]] {
                    let answer = try await endpoint.answer(target, fields)
                    #expect(answer.status == 200 && answer.isComplete && answer.rest.isEmpty, "\(target)")
                    #expect(answer["content-type"] == "text/plain; charset=utf-8")
                    #expect(answer["vary"] == "Accept, Accept-Encoding, Authorization")
                    #expect(
                        answer["cache-control"] == (fields.isEmpty ? "public, no-cache" : "private, no-cache")
                    )
                    #expect(answer["x-content-type-options"] == "nosniff")
                    #expect(answer["server"] == "entraide")
                    #expect(!answer.lines.isEmpty, "\(target)")
                    for line in answer.lines {
                        let count = line.split(separator: "\t", omittingEmptySubsequences: false).count
                        #expect(count == columns.count, "\(target): \(line)")
                    }
                    #expect(!answer.text.contains("secret-"), "a contact in \(target)")
                }
            }
        }
    }

    @Test("Filters select what they say")
    func filters() async throws {
        try await LiveEndpoint.with { endpoint in
            for (target, expected) in [
                ("/v1/communities?offers=impression-3d", ["public-a"]),
                ("/v1/communities?needs=impression-3d", ["public-b"]), ("/v1/communities?kind=commons", []),
                ("/v1/communities?territory=59183", []), ("/v1/matches?community=public-b", ["automne/1"]),
                ("/v1/matches?receiver=public-a", []),
                ("/v1/matches?skill=impression-3d&round=automne", ["automne/1"]),
                ("/v1/matches?skill=couture", []),
                ("/v1/matches?status=agreed", []), ("/v1/rounds", ["automne"]),
                ("/v1/skills?q=Impression+3D", ["impression-3d"]),
            ] {
                let answer = try await endpoint.answer(target)
                let names = answer.lines.map { String($0.prefix { $0 != "\t" }) }
                // What is found by words comes in the order of how well it fits, more of it perhaps than is meant.
                let isSearch = target.hasPrefix("/v1/skills")
                #expect(
                    answer.status == 200 && (isSearch ? Array(names.prefix(1)) : names) == expected,
                    "\(target) \(names)")
            }
        }
    }

    @Test("HEAD answers as GET does, without the body")
    func head() async throws {
        try await World.addCommunities(25)
        try await LiveEndpoint.with({ $0.pageSize = 10 }) { endpoint in
            for target in [
                "/", "/healthz", "/readyz", "/v1/skills", "/v1/communities", "/v1/communities?limit=3",
                "/v1/rounds/none",
                "/v1/matches/automne/1.csv",
            ] {
                let get = try await endpoint.answer(target)
                let head = try await endpoint.answer(target, method: "HEAD")
                #expect(head.status == get.status && head.isComplete && head.rest.isEmpty, "\(target)")
                #expect(head["content-length"] == String(get.body.count), "\(target)")
                for name in ["content-type", "vary", "cache-control", "link"] {
                    #expect(head[name] == get[name], "\(name) of \(target)")
                }
            }
        }
    }

    @Test("The help page lists each route with its parameters and columns, in the reader's language")
    func help() async throws {
        try await LiveEndpoint.with { endpoint in
            let english = try await endpoint.answer("/")
            let french = try await endpoint.answer("/", ["Accept-Language: de, fr-CH;q=0.9, en;q=0.5"])
            #expect(english["content-language"] == "en" && french["content-language"] == "fr")
            #expect(french["vary"]?.contains("Accept-Language") == true)
            #expect(english.text.contains("EXAMPLES") && french.text.contains("EXEMPLES"))
            for text in [english.text, french.text] {
                #expect(
                    text.contains("/v1/matches?round=&community=&provider=&receiver=&skill=&network=&status=")
                )
                #expect(
                    text.contains("match round status score provider offer receiver need ring distance_km"))
                #expect(text.contains("/v1/rounds/{slug}/certificate"))
                #expect(text.split(separator: "curl ").count >= 4)
            }
        }
    }

    @Test("The probes tell a live process from one that can serve")
    func probes() async throws {
        try await LiveEndpoint.with { endpoint in
            try #expect(await endpoint.answer("/healthz").text == "ok\n")
            #expect(try await endpoint.answer("/readyz").text == "ok\n")
            try await ScratchDatabase.current.pool.execute(
                "UPDATE schema_migrations SET checksum = 'another' WHERE version = 1")
            let altered = try await endpoint.answer("/readyz")
            #expect(altered.status == 503 && altered["retry-after"] == "1")
            #expect(altered.text == "error\t503\tschema-altered\t-\n")
            await endpoint.database.close()
            let away = try await endpoint.answer("/readyz")
            #expect(away.status == 503 && away.text == "error\t503\tdatabase-away\t-\n")
            #expect(try await endpoint.answer("/v1/rounds").status == 503)
            try #expect(await endpoint.answer("/healthz").text == "ok\n")
        }
    }
}
