import Foundation
import Postgres
import Testing

@testable import EntraideCore

/// What a page reads, as the planner's own account of the store's query tells it, on tables where it has a choice.
@Suite("What a page of a list costs", .core)
struct PageCostTests {
    /// How many communities there are, and how many matches each of two published rounds and a proposed one between them has.
    private static let communities = 50_000
    private static let matches = 20_000

    /// Communities `c000001`…: one in `shown` is confirmed and public, the one after it for partners; the others are as an import
    /// leaves them. A match is one between neighbours `c` and `c + shown`, so that of both or none the public sees.
    private func fill(_ core: Core, oneIn shown: Int) async throws {
        let pool = core.pool
        try await pool.execute(
            """
            INSERT INTO communities (slug, name, kind, status, languages, modes, max_km, give, receive, visibility)
            SELECT 'c' || to_char(n, 'FM000000'), 'Communauté', 'fablab',
              CASE WHEN n % \(shown) < 2 THEN 'active' ELSE 'unconfirmed' END, '{fr}', '{remote}', 50, 3, 2,
              CASE n % \(shown) WHEN 0 THEN 'public' WHEN 1 THEN 'partners' ELSE 'private' END
            FROM generate_series(1, \(Self.communities)) AS n
            """)
        try await pool.execute(
            """
            INSERT INTO consents (community_id, purpose, granted, text_version, channel)
            SELECT id, purpose, true, '1', 'self'
            FROM communities, unnest(ARRAY['matching', 'publication']) AS purpose WHERE status = 'active'
            """)
        for (slug, status) in [("one", "published"), ("two", "proposed"), ("three", "published")] {
            try await pool.execute(
                """
                INSERT INTO rounds (slug, title, status, run_at, on_date, matches, score, objective, bound, candidates,
                  input_digest, instance_digest, result_digest)
                VALUES (\(slug), 'Session', \(status), now(), '2027-01-15', \(Self.matches), 1, 1, 1, 1, '', '', '')
                """)
            try await pool.execute(
                """
                INSERT INTO matches (round_id, number, candidate, status, score, provider_id, offer_skill_id, receiver_id,
                  need_skill_id)
                SELECT r.id, n, n, 'proposed', 5, least.id + n, s.id, least.id + (n + \(shown)) % \(Self.communities), s.id
                FROM rounds AS r, (SELECT min(id) - 1 AS id FROM communities) AS least,
                  (SELECT min(id) AS id FROM skills) AS s, generate_series(1, \(Self.matches)) AS n
                WHERE r.slug = \(slug)
                """)
        }
        try await pool.execute("ANALYZE")
    }

    /// How many rows the scans of a query took up: what they gave, and what they threw away.
    private func rows(_ query: Query, _ core: Core) async throws -> Int {
        let answer = try await core.pool.query("EXPLAIN (ANALYZE, FORMAT JSON) \(query)")
        let text = try #require(answer.first).get("QUERY PLAN") as String
        let plans = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        return Self.rows(try #require(plans.first?["Plan"] as? [String: Any]))
    }

    private static func rows(_ plan: [String: Any]) -> Int {
        let below = (plan["Plans"] as? [[String: Any]] ?? []).map(rows).reduce(0, +)
        let loops = number(plan["Actual Loops"])
        let isScan = (plan["Node Type"] as? String ?? "").contains("Scan")
        let thrown = [
            "Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter",
        ]
        .map { number(plan[$0]) }.reduce(0, +)
        return below + ((isScan ? number(plan["Actual Rows"]) : 0) + thrown) * loops
    }

    private static func number(_ value: Any?) -> Int { (value as? NSNumber)?.intValue ?? 0 }

    @Test(
        "A page of communities reads no more than a few rows for each that it gives, early or late, few or many shown",
        arguments: [2, 500], [Audience.anyone, .partner])
    func communities(oneIn shown: Int, audience: Audience) async throws {
        let core = try Core()
        try await fill(core, oneIn: shown)
        let late = Self.communities * 4 / 5
        for after in [nil, "c0\(late)"] {
            for limit in [1, 10] {
                let query = CommunityStore.page(where: "true", for: audience, after: after, limit: limit)
                #expect(try await core.pool.query(query).count == limit)
                // Itself, its consent, and the row that ends the look at its offers, needs and networks.
                #expect(try await rows(query, core) <= 8 * limit, "after \(after ?? "-"), \(limit)")
            }
        }
    }

    /// How many rows a page of matches took up, its parts together; how many matches it has.
    private func matches(
        _ filter: MatchFilter, for audience: Audience, after: MatchCursor?, limit: Int, _ core: Core
    ) async throws -> (rows: Int, matches: Int) {
        var found = 0
        var read = 0
        for part in MatchStore.parts(after: after) where found < limit {
            let query = MatchStore.page(filter, for: audience, in: part, limit: limit - found)
            read += try await rows(query, core)
            found += try await core.pool.query(query).count
        }
        let list = try await core.matches.list(filter, for: audience, after: after, limit: limit)
        #expect(list.records.count == found)
        return (read, found)
    }

    @Test(
        "A page of matches reads no more than a few rows for each that it gives, early or late, past hidden rounds",
        arguments: [Audience.anyone, .partner])
    func matches(audience: Audience) async throws {
        let core = try Core()
        try await fill(core, oneIn: 2)
        let ids = try await core.pool.query("SELECT id, epoch FROM rounds ORDER BY id").map {
            (id: try $0.get("id") as Int, epoch: try $0.get("epoch") as Int)
        }
        #expect(ids.count == 3)
        func cursor(_ round: Int, _ number: Int) -> MatchCursor {
            MatchCursor(round: ids[round].id, number: number, epoch: ids[round].epoch)
        }
        // Match, two communities, their consents thrice, two skills, rounds; every other is not for the public.
        let each = 30
        for after in [nil, cursor(0, Self.matches - 3), cursor(2, 10), cursor(2, Self.matches * 9 / 10)] {
            for limit in [1, 10] {
                let page = try await matches(MatchFilter(), for: audience, after: after, limit: limit, core)
                #expect(page.matches == limit)
                #expect(page.rows <= each * limit + 100, "after \(after?.description ?? "-"), \(limit)")
            }
        }
        // The last match ends the list without a look at any other.
        let end = try await matches(
            MatchFilter(), for: audience, after: cursor(2, Self.matches), limit: 500, core)
        #expect(end.matches == 0 && end.rows <= 100, "\(end)")
        var filter = MatchFilter()
        filter.round = "three"
        for after in [nil, cursor(2, Self.matches * 9 / 10)] {
            let page = try await matches(filter, for: audience, after: after, limit: 10, core)
            #expect(page.matches == 10 && page.rows <= each * 10 + 100, "\(page)")
        }
        filter = MatchFilter()
        filter.community = "c015000"
        let own = try await matches(filter, for: audience, after: nil, limit: 10, core)
        #expect(own.matches == 4 && own.rows <= each * 6 + 100, "\(own)")
    }

    @Test("Where few communities are public, a page of matches is found from them, not from all matches")
    func fewPublic() async throws {
        let core = try Core()
        let shown = 500
        try await fill(core, oneIn: shown)
        let seen = Self.matches / shown
        for limit in [1, 10, 500] {
            let page = try await matches(MatchFilter(), for: .anyone, after: nil, limit: limit, core)
            #expect(page.matches == min(limit, 2 * seen) && page.rows <= 60 * seen, "\(limit): \(page)")
        }
    }
}
