package import Lines
package import Postgres

/// Lists of zones in the database.
package struct ZoneStore: Sendable {
    private let connection: Connection

    /// The zones that `connection` sees, within its transaction if one is open.
    package init(connection: Connection) {
        self.connection = connection
    }

    /// What replacing a list has changed.
    package struct Change: Sendable, Equatable {
        package var added: Int
        package var removed: Int
        package var updated: Int
        /// Codes of communes that are not among the territories, ascending.
        package var unknown: [String]
    }

    /// Every list that is loaded, by zone, then by vintage.
    package func zones() async throws -> [ZoneRecord] {
        try await connection.query(
            """
            SELECT z.slug, z.vintage, z.source, count(DISTINCT p.territory) AS communes,
              count(DISTINCT p.quarter) FILTER (WHERE p.quarter <> '') AS quarters,
              count(DISTINCT p.territory) FILTER (WHERE t.code IS NULL) AS unknown
            FROM zones AS z LEFT JOIN zone_parts AS p ON p.zone_id = z.id
            LEFT JOIN territories AS t ON t.code = p.territory
            GROUP BY z.id ORDER BY z.slug, z.vintage
            """
        ).map { row in
            ZoneRecord(
                zone: try row.get("slug"), vintage: try row.get("vintage"), source: try row.get("source"),
                communes: try row.get("communes"), quarters: try row.get("quarters"),
                unknown: try row.get("unknown"))
        }
    }

    /// Refuses a zone of which no list is loaded.
    ///
    /// - Throws: `unknown-zone`.
    func require(_ slugs: [String]) async throws {
        let known = try await connection.query("SELECT DISTINCT slug::text FROM zones").map {
            try $0.get("slug") as String
        }
        for slug in slugs where !known.contains(slug) { throw try await unknown(slug) }
    }

    /// The newest list of a zone that is of a day or before it, and which territories lie in it.
    ///
    /// - Throws: `unknown-zone`.
    func list(of slug: String, on day: String) async throws -> (zone: Zone, territories: ZoneTerritories) {
        // A year stands before each of its days, as texts are compared byte by byte.
        let found = try await connection.query(
            """
            SELECT id, vintage, source FROM zones WHERE slug = \(slug) AND vintage <= \(day)
            ORDER BY vintage DESC LIMIT 1
            """)
        guard let row = found.first else { throw try await unknown(slug) }
        let id = try row.get("id") as Int
        let parts = try await connection.query(
            "SELECT territory, quarter FROM zone_parts WHERE zone_id = \(id)"
        ).map { ZonePart(territory: try $0.get("territory"), quarter: try $0.get("quarter")) }
        return (
            Zone(slug: slug, vintage: try row.get("vintage"), source: try row.get("source")),
            ZoneTerritories(parts)
        )
    }

    private func unknown(_ slug: String) async throws -> EntraideError {
        let known = try await zones().map { "\($0.zone)@\($0.vintage)" }
        return EntraideError(
            .unknownZone, ["zone": slug, "known": known.isEmpty ? "-" : known.joined(separator: ", ")])
    }

    /// Keeps other imports of lists waiting: two of one list would mix. Needs a transaction.
    func lock() async throws {
        try await connection.execute("LOCK TABLE zones IN SHARE ROW EXCLUSIVE MODE")
    }

    /// Puts a list in the place of the one of the same zone and vintage. Needs a transaction and the lock. A part must not be given
    /// twice. The same list again writes nothing.
    ///
    /// - Complexity: linear in the parts.
    package func replace(_ zone: Zone, by parts: [ZonePart]) async throws -> Change {
        try await connection.execute(
            """
            INSERT INTO zones (slug, vintage, source) VALUES (\(zone.slug), \(zone.vintage), \(zone.source))
            ON CONFLICT (slug, vintage) DO UPDATE SET source = excluded.source, imported_at = now()
            WHERE zones.source <> excluded.source
            """)
        let rows = try await connection.query(
            "SELECT id FROM zones WHERE slug = \(zone.slug) AND vintage = \(zone.vintage)")
        guard let id = try rows.first?.get("id") as Int? else {
            throw EntraideError(.internalFailure, ["what": "zone"])
        }
        try await connection.execute(
            "CREATE TEMPORARY TABLE incoming_parts (LIKE zone_parts INCLUDING DEFAULTS) ON COMMIT DROP")
        _ = try await connection.copyIn(
            table: "incoming_parts", columns: ["zone_id", "territory", "quarter", "name"],
            rows: parts.map { part in
                [
                    id.postgresValue, part.territory.postgresValue, part.quarter.postgresValue,
                    part.name.postgresValue,
                ]
            })
        let removed = try await connection.execute(
            """
            DELETE FROM zone_parts AS p WHERE p.zone_id = \(id) AND NOT EXISTS (
              SELECT 1 FROM incoming_parts AS i WHERE i.territory = p.territory AND i.quarter = p.quarter)
            """)
        let written = try await connection.query(
            """
            WITH written AS (
              INSERT INTO zone_parts SELECT * FROM incoming_parts ORDER BY territory, quarter
              ON CONFLICT (zone_id, territory, quarter) DO UPDATE SET name = excluded.name
              WHERE zone_parts.name <> excluded.name
              RETURNING xmax = 0 AS added)
            SELECT count(*) FILTER (WHERE added) AS added, count(*) FILTER (WHERE NOT added) AS updated FROM written
            """)
        let unknown = try await connection.query(
            """
            SELECT DISTINCT i.territory FROM incoming_parts AS i
            WHERE NOT EXISTS (SELECT 1 FROM territories AS t WHERE t.code = i.territory) ORDER BY i.territory
            """
        ).map { try $0.get("territory") as String }
        return Change(
            added: try written.first?.get("added") ?? 0, removed: removed,
            updated: try written.first?.get("updated") ?? 0, unknown: unknown)
    }
}
