import Lines
import Postgres

/// Networks and who is in them: SQL beside the decoding of its rows.
struct NetworkStore {
    let connection: Connection

    /// Every network, by slug.
    func networks(where condition: Query = "true") async throws -> [Network] {
        try await connection.query(
            """
            SELECT n.slug, n.name, (SELECT count(*) FROM memberships WHERE network_id = n.id) AS communities
            FROM networks AS n WHERE \(condition) ORDER BY n.slug
            """
        ).map { row in
            Network(
                slug: try row.get("slug"), name: try row.get("name"), communities: try row.get("communities"))
        }
    }

    /// - Throws: `unknown-network`, for one that the audience does not know as for one that does not exist; it names those that
    ///   the audience knows.
    func require(_ slugs: [String], for audience: Audience = .coordinator) async throws {
        guard !slugs.isEmpty else { return }
        // Without counting members: an import asks for each of its rows.
        let known = try await connection.query("SELECT slug FROM networks ORDER BY slug").map {
            try $0.get("slug") as String
        }
        for slug in slugs where !known.contains(slug) || !audience.knows(network: slug) {
            let told = known.filter(audience.knows(network:))
            throw EntraideError(
                .unknownNetwork,
                ["network": excerpt(of: slug), "known": told.isEmpty ? "-" : told.joined(separator: ", ")])
        }
    }

    /// False when the slug is taken.
    func insert(_ network: Network) async throws -> Bool {
        try await connection.execute(
            """
            INSERT INTO networks (slug, name) VALUES (\(network.slug), \(network.name)) ON CONFLICT (slug) DO NOTHING
            """) == 1
    }

    /// Who is in a network, by slug.
    func members(of network: String) async throws -> [Membership] {
        try await memberships(where: "n.slug = \(network)")
    }

    /// The networks that a community is in, by slug.
    func memberships(of community: String) async throws -> [Membership] {
        try await memberships(where: "c.slug = \(community)")
    }

    private func memberships(where condition: Query) async throws -> [Membership] {
        try await connection.query(
            """
            SELECT c.slug AS community, n.slug AS network, m.college, m.is_referent
            FROM memberships AS m JOIN networks AS n ON n.id = m.network_id
            JOIN communities AS c ON c.id = m.community_id
            WHERE \(condition) ORDER BY c.slug, n.slug
            """
        ).map { row in
            Membership(
                community: try row.get("community"), network: try row.get("network"),
                college: try row.get("college"), isReferent: try row.get("is_referent"))
        }
    }

    /// Brings a membership to what it says. Both must stand; nothing happens where one does not.
    func join(_ membership: Membership) async throws -> WriteOutcome {
        let rows = try await connection.query(
            """
            INSERT INTO memberships AS old (network_id, community_id, college, is_referent)
            SELECT n.id, c.id, \(membership.college), \(membership.isReferent)
            FROM networks AS n, communities AS c
            WHERE n.slug = \(membership.network) AND c.slug = \(membership.community)
            ON CONFLICT (network_id, community_id) DO UPDATE
            SET college = excluded.college, is_referent = excluded.is_referent
            WHERE (old.college, old.is_referent) IS DISTINCT FROM (excluded.college, excluded.is_referent)
            RETURNING xmax = 0 AS is_new
            """)
        guard let row = rows.first else { return .unchanged }
        return try row.get("is_new") ? .added : .updated
    }

    /// False when it was not in.
    func leave(_ community: String, _ network: String) async throws -> Bool {
        try await connection.execute(
            """
            DELETE FROM memberships USING networks AS n, communities AS c
            WHERE network_id = n.id AND community_id = c.id AND n.slug = \(network) AND c.slug = \(community)
            """) == 1
    }
}

extension Query {
    /// The condition that a community is in one of some networks, by the slugs of both.
    ///
    /// - Parameter community: an expression that gives the community's id.
    static func isMember(_ community: Query, of networks: [String]) -> Query {
        """
        EXISTS (SELECT FROM memberships AS x JOIN networks AS y ON y.id = x.network_id
          WHERE x.community_id = \(community) AND y.slug = ANY(\(networks)))
        """
    }
}
