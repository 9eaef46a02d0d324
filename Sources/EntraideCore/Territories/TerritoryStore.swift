package import Postgres

/// Territories in the database.
package struct TerritoryStore: Sendable {
    private let connection: Connection

    /// The territories that `connection` sees, within its transaction if one is open.
    package init(connection: Connection) {
        self.connection = connection
    }

    /// Whether there is any.
    ///
    /// - Throws: `PostgresError`.
    package func hasAny() async throws -> Bool {
        try await connection.query("SELECT 1 FROM territories LIMIT 1").first != nil
    }

    /// The territory of this code.
    ///
    /// - Throws: `PostgresError`.
    package func find(code: String) async throws -> Territory? {
        try await connection.query(Self.columns + "WHERE code = \(code)").first.map(Self.territory)
    }

    /// The territories that `text` may mean: the one of that code, those of that postcode, those whose name begins
    /// with it. Case and accents do not count. Exact ones come first, then the most populous.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: three index scans.
    package func find(_ text: String, limit: Int = 20) async throws -> [Territory] {
        let folded = Folding.fold(text)
        guard !folded.isEmpty, limit > 0 else { return [] }
        // A code or a postcode is written without spaces and in capitals.
        let code = folded.filter { $0 != " " }.uppercased()
        return try await connection.query(
            Self.columns + """
                WHERE code = \(code) OR postcodes @> \([code]) OR folded_name ^@ \(folded)
                ORDER BY (code = \(code)) DESC, (folded_name = \(folded)) DESC, population DESC NULLS LAST, code
                LIMIT \(limit)
                """
        ).map(Self.territory)
    }

    /// Adds the territories that are missing and brings the others up to what is given, in one COPY and one
    /// statement. Needs a transaction. A code must not be given twice.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: linear in the territories.
    package func upsert(_ territories: [Territory]) async throws -> (added: Int, updated: Int) {
        // Another import would otherwise meet ours row by row, each holding what the other wants.
        try await connection.execute("LOCK TABLE territories IN SHARE ROW EXCLUSIVE MODE")
        try await connection.execute(
            "CREATE TEMPORARY TABLE incoming_territories (LIKE territories) ON COMMIT DROP")
        _ = try await connection.copyIn(
            table: "incoming_territories",
            columns: [
                "code", "name", "folded_name", "postcodes", "departement", "region", "latitude_e6",
                "longitude_e6",
                "population",
            ],
            rows: territories.map { territory in
                [
                    territory.code.postgresValue, territory.name.postgresValue,
                    Folding.fold(territory.name).postgresValue, territory.postcodes.postgresValue,
                    territory.departement.postgresValue, territory.region.postgresValue,
                    territory.latitudeE6.postgresValue, territory.longitudeE6.postgresValue,
                    territory.population.postgresValue,
                ]
            })
        let rows = try await connection.query(
            """
            WITH written AS (
              INSERT INTO territories SELECT * FROM incoming_territories ORDER BY code
              ON CONFLICT (code) DO UPDATE SET
                name = excluded.name, folded_name = excluded.folded_name, postcodes = excluded.postcodes,
                departement = excluded.departement, region = excluded.region, latitude_e6 = excluded.latitude_e6,
                longitude_e6 = excluded.longitude_e6, population = excluded.population
              WHERE territories.* IS DISTINCT FROM excluded.*
              RETURNING xmax = 0 AS added
            )
            SELECT count(*) FILTER (WHERE added) AS added, count(*) FILTER (WHERE NOT added) AS updated FROM written
            """)
        guard let counts = rows.first else { return (0, 0) }
        return (added: try counts.get("added"), updated: try counts.get("updated"))
    }

    private static let columns: Query =
        """
        SELECT code, name, postcodes, departement, region, latitude_e6, longitude_e6, population FROM territories

        """

    private static func territory(_ row: Row) throws -> Territory {
        Territory(
            code: try row.get("code"), name: try row.get("name"), postcodes: try row.get("postcodes"),
            departement: try row.get("departement"), region: try row.get("region"),
            latitudeE6: try row.get("latitude_e6"), longitudeE6: try row.get("longitude_e6"),
            population: try row.get("population"))
    }
}
