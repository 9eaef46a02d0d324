import Postgres

/// What is held on one community beside its profile, as JSON objects with the names of the columns.
struct HeldStore {
    let connection: Connection

    /// What a line of the export says that it is.
    enum What: String, CaseIterable {
        case sourceFile = "source-file"
        case pause
        case closedNeed = "closed-need"
        case reason, price
    }

    func objects(_ what: What, of slug: String) async throws -> [String] {
        try await connection.query("SELECT to_jsonb(x)::text AS object FROM (\(rows(what, of: slug))) AS x")
            .map {
                try $0.get("object")
            }
    }

    private func rows(_ what: What, of slug: String) -> Query {
        switch what {
        case .sourceFile:
            """
            SELECT s.source, s.source_id, s.updated_on, s.closed
            FROM sources AS s JOIN communities AS c ON c.id = s.community_id WHERE c.slug = \(slug)
            ORDER BY s.source, s.source_id
            """
        case .pause:
            """
            SELECT r.since, r.until, r.reason FROM pauses AS r JOIN communities AS c ON c.id = r.community_id
            WHERE c.slug = \(slug)
            """
        case .closedNeed:
            """
            SELECT s.slug AS skill, n.level_now, n.level, n.urgency, n.quantity, n.needed_by, n.posture, n.formats, n.modes,
              n.languages, n.slots, n.closed_at
            FROM needs AS n JOIN communities AS c ON c.id = n.community_id JOIN skills AS s ON s.id = n.skill_id
            WHERE c.slug = \(slug) AND n.closed_at IS NOT NULL ORDER BY s.slug
            """
        case .reason:
            """
            SELECT r.slug || '/' || m.number AS match, x.factor, x.weight, x.value, x.points
            FROM match_reasons AS x JOIN matches AS m USING (round_id, number) JOIN rounds AS r ON r.id = m.round_id
            WHERE (SELECT id FROM communities WHERE slug = \(slug)) IN (m.provider_id, m.receiver_id)
            ORDER BY m.round_id, m.number, x.position
            """
        case .price:
            """
            SELECT r.slug AS round, p.kind, p.skill, p.price FROM round_prices AS p JOIN rounds AS r ON r.id = p.round_id
            WHERE p.subject = \(slug) ORDER BY p.round_id, p.kind, p.n
            """
        }
    }
}
