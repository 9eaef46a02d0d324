import Lines
import Postgres

/// What is held on one community beside its profile, as JSON objects with the names of the columns.
struct HeldStore {
    let connection: Connection
    /// As whom rounds are seen.
    let rounds: Audience

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
              AND \(rounds.seesRound("r"))
            ORDER BY m.round_id, m.number, x.position
            """
        case .price:
            """
            SELECT r.slug AS round, p.kind, p.skill, p.price FROM round_prices AS p JOIN rounds AS r ON r.id = p.round_id
            WHERE p.subject = \(slug) AND \(rounds.seesRound("r")) ORDER BY p.round_id, p.kind, p.n
            """
        }
    }

    /// The frozen lines that name a community, with their rounds.
    func frozenLines(on slug: String) async throws -> [String] {
        try await connection.query(
            """
            SELECT r.slug AS round, i.line FROM round_inputs AS i JOIN rounds AS r ON r.id = i.round_id
            WHERE \(Self.names(slug)) AND \(rounds.seesRound("r")) ORDER BY r.id, i.n
            """
        ).map { row in
            var object = ObjectWriting()
            object.add("round", try row.get("round") as String)
            object.add("line", try row.get("line") as String)
            return object.text
        }
    }

    /// How many rounds that the audience does not see hold something on a community, and how many lines of matches, reasons,
    /// prices and frozen input; nil for none.
    func unpublished(on slug: String) async throws -> String? {
        let row = try await connection.query(
            """
            WITH own AS (SELECT id FROM communities WHERE slug = \(slug)),
              paired AS (SELECT m.round_id, m.number FROM matches AS m JOIN own ON own.id IN (m.provider_id, m.receiver_id))
            SELECT count(DISTINCT r.id) AS rounds, count(*) AS lines
            FROM (
              SELECT round_id FROM paired
              UNION ALL SELECT round_id FROM match_reasons JOIN paired USING (round_id, number)
              UNION ALL SELECT round_id FROM round_prices WHERE subject = \(slug)
              UNION ALL SELECT round_id FROM round_inputs AS i WHERE \(Self.names(slug))
            ) AS x JOIN rounds AS r ON r.id = x.round_id
            WHERE NOT (\(rounds.seesRound("r")))
            """
        ).first
        guard let row, try row.get("rounds") as Int > 0 else { return nil }
        var object = ObjectWriting()
        object.add("rounds", try row.get("rounds") as Int)
        object.add("lines", try row.get("lines") as Int)
        return object.text
    }

    /// The condition on `round_inputs AS i` that a line names a community.
    private static func names(_ slug: String) -> Query {
        """
        (i.kind IN ('profile', 'absentee') AND i.subject = \(slug)
          OR i.kind IN ('meeting', 'exclusion') AND \(slug) IN (i.line::jsonb ->> 'provider', i.line::jsonb ->> 'receiver'))
        """
    }
}
