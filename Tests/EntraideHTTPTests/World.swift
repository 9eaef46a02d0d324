import EntraideCore
import Logging
import Matching
import Postgres
import PostgresTestSupport
import Testing

/// A small network in a database, with every visibility on both sides of a match.
///
/// Communities come in kinds: `public`, `partners` and `private` agreed to be published, `quiet` is public and did not.
/// Of each kind, `<kind>-a` offers and `<kind>-b` needs. The published round `automne` holds a match for each pair of
/// kinds, numbered in the order of `pairs`; `hiver` is proposed only, and its matches are nobody's to see yet.
enum World {
    static let kinds = ["public", "partners", "private", "quiet"]
    static let pairs = kinds.flatMap { a in kinds.map { b in (provider: "\(a)-a", receiver: "\(b)-b") } }

    /// Which communities an audience sees, of those that stand in matches.
    static func sees(_ slug: String, asPartner: Bool) -> Bool {
        slug.hasPrefix("public-") || (asPartner && slug.hasPrefix("partners-"))
    }

    static func profile(_ slug: String, visibility: Visibility, isPublished: Bool) -> Profile {
        var community = Community(slug: slug, name: "Communauté « \(slug) »", kind: .fablab)
        community.visibility = visibility
        var profile = Profile(community: community)
        profile.consent = [.matching: true, .publication: isPublished]
        profile.contact = "secret-\(slug)@example.org"
        if slug.hasSuffix("-a") {
            profile.offers = [Offer(terms: OfferInput(skill: "impression-3d", capacity: 4))]
        }
        if slug.hasSuffix("-b") {
            profile.needs = [Need(terms: NeedInput(skill: "impression-3d", quantity: 4))]
        }
        return profile
    }

    static let prepare: @Sendable (Pool) async throws -> Void = { pool in
        let location = DatabaseLocation.given(conninfo: pool.configuration.conninfo)
        _ = try await Database.initialise(location, environment: [:], logger: .silent)
        let database = Database(pool: pool, location: location)
        var profiles: [Profile] = []
        for kind in kinds {
            for side in ["a", "b"] {
                profiles.append(
                    profile(
                        "\(kind)-\(side)", visibility: Visibility(rawValue: kind) ?? .public,
                        isPublished: kind != "quiet"))
            }
        }
        let communities = Communities(database)
        _ = try await communities.register(profiles, by: .itself, on: "2026-05-01")
        for (slug, status) in [("automne", "published"), ("hiver", "proposed")] {
            try await round(slug, status, in: pool)
        }
        try await Partners(database).add("reseau", name: "Réseau")
    }

    private static func round(_ slug: String, _ status: String, in pool: Pool) async throws {
        let digest = String(repeating: "0123456789abcdef", count: 4)
        try await pool.execute(
            """
            INSERT INTO rounds (slug, title, status, created_at, run_at, published_at, on_date, matches, score, objective,
              bound, candidates, input_digest, instance_digest, result_digest)
            VALUES (\(slug), 'Une session', \(status), '2026-01-01Z'::timestamptz + length(\(slug)) * interval '1 day',
              now(), now(), '2026-06-01', \(pairs.count), 8000000, 9000000, 9000000, 20, \(digest), \(digest), \(digest))
            """)
        for (index, pair) in pairs.enumerated() {
            try await pool.execute(
                """
                INSERT INTO matches (round_id, number, candidate, status, score, provider_id, offer_skill_id, receiver_id,
                  need_skill_id, distance_hm)
                SELECT r.id, \(index + 1), \(index), 'proposed', 500000, g.id, s.id, t.id, s.id, 15
                FROM rounds AS r, communities AS g, communities AS t, skills AS s
                WHERE r.slug = \(slug) AND g.slug = \(pair.provider) AND t.slug = \(pair.receiver)
                  AND s.slug = 'impression-3d'
                """)
            for (position, factor) in ["skill", "level"].enumerated() {
                try await pool.execute(
                    """
                    INSERT INTO match_reasons (round_id, number, position, factor, weight, value, points)
                    SELECT id, \(index + 1), \(position), \(factor), 500000, 500000, 250000 FROM rounds
                    WHERE slug = \(slug)
                    """)
            }
        }
    }

    /// A token of the partner.
    static func token(_ scopes: [TokenScope], networks: [String] = []) async throws -> String {
        let scratch = try ScratchDatabase.current
        let database = Database(pool: scratch.pool, location: .given(conninfo: scratch.conninfo))
        return try await Partners(database).createToken(
            for: "reseau", scopes: scopes, networks: networks, days: 30)
    }

    /// Many public communities, `c00001`…, for lists that take several pages, or that no system's buffers hold.
    static func addCommunities(_ count: Int, padding: Int = 0) async throws {
        try await ScratchDatabase.current.pool.execute(
            """
            WITH made AS (
              INSERT INTO communities (slug, name, kind, status, languages, modes, max_km, give, receive, visibility)
              SELECT 'c' || to_char(n, 'FM00000'), 'Communauté ' || n || repeat('x', \(padding)::int), 'fablab', 'active', '{fr}', '{remote}', 50, 3, 2,
                'public'
              FROM generate_series(1, \(count)) AS n RETURNING id)
            INSERT INTO consents (community_id, purpose, granted, text_version, channel)
            SELECT id, 'publication', true, '1', 'self' FROM made
            """)
    }
}

extension Trait where Self == ScratchDatabaseTrait {
    /// A database with ``World`` in it for each test.
    static var world: Self { .scratchDatabase(copying: "world", World.prepare) }
}
