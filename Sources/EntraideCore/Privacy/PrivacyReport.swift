package import Lines
import Postgres

/// What personal data a database holds now, and who could see it.
package struct PrivacyReport: Sendable {
    /// One table and reason, with a record for each of its columns.
    package struct Group: Sendable {
        package let held: HeldData
        package let records: [HeldRecord]
        /// How long it is kept, by the limits in force.
        package let kept: Bilingual

        /// Each column by the name that people give it, with how many rows hold something.
        package func columns(in language: Language) -> [(name: String, rows: Int)] {
            zip(held.columns, records).map { column, record in
                (held.title(of: column.name)?[language] ?? record.column, record.rows)
            }
        }
    }

    package let groups: [Group]
    /// Tokens that are neither revoked nor expired, as `partner scopes networks`.
    package let tokens: [TokenRecord]
    /// How many communities anyone sees, and how many some partner's token could.
    package let shownToAnyone: Int
    package let shownToPartners: Int
    /// Whether PostgreSQL itself hides rows from the endpoint's role.
    package let hasRowSecurity: Bool

    package var records: [HeldRecord] { groups.flatMap(\.records) }

    /// - Parameter limits: those that ``Upkeep`` applies.
    /// - Complexity: linear in the rows of the tables, read once for each column.
    package static func of(
        _ database: Database, limits: RetentionLimits = RetentionLimits()
    ) async throws -> PrivacyReport {
        try await database.read { connection in
            let store = PrivacyStore(connection: connection)
            var groups: [Group] = []
            for held in HeldData.all {
                var records: [HeldRecord] = []
                for column in held.columns {
                    let (rows, isRead) = try await store.state(held.table, column.name)
                    records.append(
                        HeldRecord(
                            table: held.table.description, column: column.name.description,
                            about: held.about.rawValue, use: held.use.rawValue,
                            kept: held.kept.detail(limits), seenBy: held.seenBy.map(\.rawValue),
                            reader: isRead ? "yes" : "no", rows: rows))
                }
                groups.append(
                    Group(held: held, records: records, kept: held.kept.sentence(limits)))
            }
            return PrivacyReport(
                groups: groups, tokens: try await store.liveTokens(),
                shownToAnyone: try await store.shown(to: .anyone),
                shownToPartners: try await store.shown(to: .partner),
                hasRowSecurity: try await store.hasRowSecurity())
        }
    }
}

/// What the database says of its own columns.
struct PrivacyStore {
    let connection: Connection

    /// How many rows hold something in a column, and whether the endpoint's role may read it.
    func state(_ table: StaticString, _ column: StaticString) async throws -> (rows: Int, isRead: Bool) {
        let rows = try await connection.query(
            """
            SELECT count(\(unsafeSQL: column.description)) AS n,
              has_column_privilege(\(Migrator.readerRole)::name, \(table.description), \(column.description), 'SELECT')
                AS is_read
            FROM \(unsafeSQL: table.description)
            """)
        return (try rows.first?.get("n") ?? 0, try rows.first?.get("is_read") ?? false)
    }

    func liveTokens() async throws -> [TokenRecord] {
        let live = Set(
            try await connection.query(
                "SELECT id FROM tokens WHERE revoked_at IS NULL AND expires_at > now()"
            ).map { try $0.get("id") as String })
        return try await PartnerStore(connection: connection).tokens().filter { live.contains($0.token) }
    }

    func shown(to audience: Audience) async throws -> Int {
        try await connection.query("SELECT count(*) AS n FROM communities AS c WHERE \(audience.sees("c"))")
            .first?.get("n") ?? 0
    }

    func hasRowSecurity() async throws -> Bool {
        try await connection.query(
            """
            SELECT relrowsecurity AND relforcerowsecurity AS is_on FROM pg_class WHERE oid = 'communities'::regclass
            """
        ).first?.get("is_on") ?? false
    }
}
