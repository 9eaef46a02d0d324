import EntraideCore
import Postgres
import PostgresTestSupport
import Testing

@Suite("Searching skills over HTTP", .world)
struct SkillSearchTests {
    private func found(_ endpoint: LiveEndpoint, _ words: String) async throws -> [String] {
        let answer = try await endpoint.answer("/v1/skills?q=\(words)")
        #expect(answer.status == 200, "\(answer.text)")
        return answer.lines.map { String($0.prefix { $0 != "\t" }) }
    }

    @Test("The index is made once, and once more for each change, which the next request sees")
    func index() async throws {
        let scratch = try ScratchDatabase.current
        let database = Database(pool: scratch.pool, location: .given(conninfo: scratch.conninfo))
        let skills = Skills(database)
        try await LiveEndpoint.with { endpoint in
            let made = endpoint.database.vocabulary
            // Who does not search needs none.
            _ = try await endpoint.answer("/v1/skills")
            _ = try await endpoint.answer("/v1/communities?offers=impression-3d")
            #expect(made.indexesMade == 0)
            for _ in 1...5 { #expect(try await found(endpoint, "impression").first == "impression-3d") }
            // The nearest of an unknown skill are found by it too.
            #expect(try await endpoint.answer("/v1/communities?offers=impresion-3d").status == 400)
            #expect(try await endpoint.answer("/v1/matches?skill=impresion-3d").status == 400)
            #expect(made.indexesMade == 1)

            // Words that are nobody's change nothing.
            #expect(try await found(endpoint, "vannerie").isEmpty)
            #expect(made.indexesMade == 1)
            _ = try await Communities(database).importProfiles(
                Array(#"{"community":"v","name":"V","kind":"fablab","offers":[{"skill":"Vannerie"}]}"#.utf8),
                file: "v", by: .itself, on: "2027-01-15", proposing: true)
            #expect(try await found(endpoint, "vannerie").isEmpty)
            let before = made.indexesMade
            try await skills.accept("vannerie", labelEN: "basketry")
            #expect(try await found(endpoint, "vannerie") == ["vannerie"])
            #expect(try await found(endpoint, "basketry") == ["vannerie"])
            #expect(made.indexesMade == before + 1)

            // A label, a relation, a skill that leaves: each is a change.
            for (sql, words, wanted) in [
                ("UPDATE skills SET label_fr = 'osier' WHERE slug = 'vannerie'", "osier", ["vannerie"]),
                (
                    "DELETE FROM offers USING skills AS s WHERE s.id = skill_id AND s.slug = 'vannerie'",
                    "osier", ["vannerie"]
                ),
                ("DELETE FROM skills WHERE slug = 'vannerie'", "osier", []),
            ] {
                try await scratch.pool.withConnection { try await $0.script(sql) }
                #expect(try await found(endpoint, words) == wanted, "\(sql)")
            }
            #expect(made.indexesMade == before + 3)
        }
    }

    @Test("Many searches at once after a change share one index")
    func together() async throws {
        try await LiveEndpoint.with { endpoint in
            let answers = try await withThrowingTaskGroup(of: [String].self) { tasks in
                for _ in 1...16 { tasks.addTask { try await found(endpoint, "impression") } }
                return try await tasks.reduce(into: [[String]]()) { $0.append($1) }
            }
            #expect(answers.count == 16 && answers.allSatisfy { $0 == answers[0] && !$0.isEmpty })
            // Requests that read before the first had kept its reading may each have made one: one per connection at most.
            let made = endpoint.database.vocabulary.indexesMade
            _ = try await found(endpoint, "impression")
            #expect(endpoint.database.vocabulary.indexesMade == made && made <= 4)
        }
    }
}
