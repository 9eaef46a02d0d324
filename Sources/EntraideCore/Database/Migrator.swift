package import Postgres
package import Schema

/// How a database stands towards the migrations of this program.
package enum SchemaState: Sendable, Equatable {
    /// No migration was ever applied.
    case empty
    /// Whole, at this earlier version.
    case older(Int)
    /// At this program's version.
    case current
    /// At this version, which a later program knows.
    case newer(Int)
    /// This migration was applied with another content, or is missing before later ones.
    case altered(Int)
}

/// Brings a database to this program's schema, and tells whether it is there.
///
/// A database always stands at a whole version: each migration runs with its line of `schema_migrations` in one
/// transaction. Two programs never migrate at once: the transaction opens with an advisory lock that PostgreSQL
/// releases with it, even when the program is killed.
package struct Migrator: Sendable {
    /// The migrations, in order of version.
    package let migrations: [Migration]

    /// The oldest PostgreSQL that the SQL of this program was written for.
    package static let oldestServer = 150_000
    /// The role that the HTTP endpoint takes: it reads, and not everything.
    package static let readerRole = "entraide_reader"
    /// Key of the advisory lock: the bytes of "entraide" read as one number. Any other program that locks this very
    /// number in this database would wait for us, nothing worse.
    private static let lockKey = 0x656E_7472_6169_6465

    /// A migrator; the program's own migrations unless a test brings others.
    package init(migrations: [Migration] = Schema.migrations) {
        self.migrations = migrations
    }

    /// The version that this program expects.
    package var version: Int { migrations.last?.version ?? 0 }

    /// How the database of `connection` stands. Reads only.
    ///
    /// - Throws: `PostgresError`.
    package func state(on connection: Connection) async throws -> SchemaState {
        guard try await hasTable(connection) else { return .empty }
        let rows = try await connection.query(
            "SELECT version, checksum FROM schema_migrations ORDER BY version")
        var found = 0
        for row in rows {
            let version = try row.get("version", as: Int.self)
            guard let known = migrations.first(where: { $0.version == version }) else {
                return .newer(try rows.last?.get("version") ?? version)
            }
            let checksum = try row.get("checksum", as: String.self)
            guard version == found + 1 else { return .altered(found + 1) }
            guard checksum == Self.checksum(of: known) else { return .altered(version) }
            found = version
        }
        if found == 0 { return .empty }
        return found == version ? .current : .older(found)
    }

    /// Refuses a database that is not exactly at this program's version.
    ///
    /// - Throws: `database-too-old`, `database-missing`, `schema-older`, `schema-newer` or `schema-altered`;
    ///   `PostgresError` when the database cannot be read.
    package func requireCurrent(on connection: Connection) async throws {
        try Self.requireServer(connection)
        switch try await state(on: connection) {
        case .current: return
        case .empty: throw EntraideError(.databaseMissing)
        case .older(let found):
            throw EntraideError(.schemaOlder, ["found": "\(found)", "known": "\(version)"])
        case .newer(let found):
            throw EntraideError(.schemaNewer, ["found": "\(found)", "known": "\(version)"])
        case .altered(let version): throw EntraideError(.schemaAltered, ["version": "\(version)"])
        }
    }

    /// Applies what is missing, one transaction per migration, and returns the versions applied: none when another
    /// program just did it, or when there was nothing to do.
    ///
    /// - Throws: `database-too-old`, `schema-newer`, `schema-altered`, `reader-role-missing`; `PostgresError`.
    @discardableResult
    package func migrate(on connection: Connection) async throws -> [Int] {
        try Self.requireServer(connection)
        var applied: [Int] = []
        // Who needs nothing waits for nobody, and needs no right beyond reading.
        if try await state(on: connection) == .current { return applied }
        try await ReaderRole.ensure(on: connection)
        while let version = try await step(on: connection) { applied.append(version) }
        return applied
    }

    /// Applies the next migration, if one is due, and returns its version.
    private func step(on connection: Connection) async throws -> Int? {
        try await connection.transaction { connection in
            // Another program's long migration is waited for; it ends or its session does.
            try await connection.execute("SET LOCAL lock_timeout = '5min'")
            try await connection.execute("SET LOCAL statement_timeout = 0")
            try await connection.execute("SELECT pg_advisory_xact_lock(\(Self.lockKey))")
            try await connection.execute("SET LOCAL client_min_messages = warning")
            try await connection.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                  version    integer PRIMARY KEY,
                  name       text NOT NULL,
                  checksum   text NOT NULL,
                  applied_at timestamptz NOT NULL DEFAULT now()
                )
                """)
            let reached: Int
            switch try await state(on: connection) {
            case .current: return nil
            case .empty: reached = 0
            case .older(let found): reached = found
            case .newer, .altered:
                try await requireCurrent(on: connection)
                return nil
            }
            guard let next = migrations.first(where: { $0.version == reached + 1 }) else { return nil }
            try await connection.script(next.sql)
            try await connection.execute(
                """
                INSERT INTO schema_migrations (version, name, checksum)
                VALUES (\(next.version), \(next.name), \(Self.checksum(of: next)))
                """)
            return next.version
        }
    }

    private func hasTable(_ connection: Connection) async throws -> Bool {
        let rows = try await connection.query("SELECT to_regclass('schema_migrations') IS NOT NULL AS found")
        return try rows.first?.get("found") ?? false
    }

    private static func requireServer(_ connection: Connection) throws {
        guard connection.serverVersion < oldestServer else { return }
        let version = connection.serverVersion
        throw EntraideError(
            .databaseTooOld, ["version": "\(version / 10_000).\(version % 10_000)"])
    }

    /// SHA-256 of the SQL text, in lower-case hexadecimal.
    package static func checksum(of migration: Migration) -> String {
        hexDigest(migration.sql)
    }
}
