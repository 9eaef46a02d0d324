import EntraideCore
import Foundation
import Logging
import Postgres
import PostgresTestSupport
import Schema
import Testing

@Suite("Migrations", .scratchDatabase)
struct MigratorTests {
    private func state(_ migrator: Migrator = Migrator()) async throws -> SchemaState {
        try await ScratchDatabase.current.pool.withConnection { try await migrator.state(on: $0) }
    }

    private func migrate(_ migrator: Migrator = Migrator()) async throws -> [Int] {
        try await ScratchDatabase.current.pool.withConnection { try await migrator.migrate(on: $0) }
    }

    private func requireCurrent(_ migrator: Migrator = Migrator()) async throws {
        try await ScratchDatabase.current.pool.withConnection { try await migrator.requireCurrent(on: $0) }
    }

    private static let two = Migrator(migrations: [
        Migration(version: 1, name: "one", sql: "CREATE TABLE one (n integer)"),
        Migration(version: 2, name: "two", sql: "CREATE TABLE two (n integer); INSERT INTO two VALUES (2)"),
    ])

    @Test("An empty database comes to the current version, and a second run finds nothing to do")
    func fromEmpty() async throws {
        #expect(try await state() == .empty)
        #expect(try await migrate() == Array(1...Schema.version))
        #expect(try await state() == .current)
        #expect(try await migrate() == [])
        try await requireCurrent()
        let row = try #require(
            try await ScratchDatabase.current.pool.query("SELECT name, checksum FROM schema_migrations").first
        )
        #expect(try row.get("name", as: String.self) == "first_light")
        #expect(try row.get("checksum", as: String.self).utf8.count == 64)
    }

    @Test("An empty database is refused as missing, one with fewer migrations as older")
    func refusesOlder() async throws {
        await #expect(throws: EntraideError(.databaseMissing)) { try await requireCurrent() }
        let first = Migrator(migrations: Array(Self.two.migrations.prefix(1)))
        #expect(try await migrate(first) == [1])
        #expect(try await state(Self.two) == .older(1))
        await #expect(throws: EntraideError(.schemaOlder, ["found": "1", "known": "2"])) {
            try await requireCurrent(Self.two)
        }
        #expect(try await migrate(Self.two) == [2])
    }

    @Test("A database that a later program migrated is refused, and left alone")
    func refusesNewer() async throws {
        _ = try await migrate(Self.two)
        let older = Migrator(migrations: Array(Self.two.migrations.prefix(1)))
        #expect(try await state(older) == .newer(2))
        let refusal = EntraideError(.schemaNewer, ["found": "2", "known": "1"])
        await #expect(throws: refusal) { try await requireCurrent(older) }
        await #expect(throws: refusal) { try await migrate(older) }
        #expect(try await state(Self.two) == .current)
    }

    @Test("A migration whose content differs from the one applied is refused as altered")
    func refusesAltered() async throws {
        _ = try await migrate(Self.two)
        var migrations = Self.two.migrations
        migrations[0] = Migration(version: 1, name: "one", sql: "CREATE TABLE one (m integer)")
        let other = Migrator(migrations: migrations)
        #expect(try await state(other) == .altered(1))
        await #expect(throws: EntraideError(.schemaAltered, ["version": "1"])) {
            try await requireCurrent(other)
        }
        try await ScratchDatabase.current.pool.execute("DELETE FROM schema_migrations WHERE version = 1")
        #expect(try await state(Self.two) == .altered(1))
    }

    @Test("A migration that fails midway leaves the version before it, whole")
    func failsWhole() async throws {
        var migrations = Self.two.migrations
        migrations[1] = Migration(version: 2, name: "two", sql: "CREATE TABLE two (n integer); SELECT 1 / 0")
        await #expect(throws: PostgresError.self) { try await migrate(Migrator(migrations: migrations)) }
        #expect(try await state(Self.two) == .older(1))
        #expect(try await tables() == ["one", "schema_migrations"])
    }

    @Test("A migration whose session is killed after any of its statements leaves a whole version")
    func killedAtEachStatement() async throws {
        let sql = try #require(Schema.migrations.first).sql
        let statements = sql.components(separatedBy: ";\n")
        #expect(statements.count > 20)
        for done in 0..<statements.count {
            var killed = Array(statements[..<done])
            killed.append("SELECT pg_terminate_backend(pg_backend_pid())")
            killed += statements[done...]
            let migrator = Migrator(migrations: [
                Migration(version: 1, name: "first_light", sql: killed.joined(separator: ";\n"))
            ])
            let error = await #expect(throws: PostgresError.self) { try await migrate(migrator) }
            #expect(error?.code == .away)
            #expect(try await state() == .empty)
            #expect(try await tables() == [])
        }
        #expect(try await migrate() == Array(1...Schema.version))
        #expect(try await state() == .current)
    }

    @Test(
        "Of many programs that migrate at once, one applies each migration and the others find nothing to do")
    func manyStarters() async throws {
        let configuration = try ScratchDatabase.current.configuration
        let slow = Migrator(migrations: [
            Migration(version: 1, name: "one", sql: "CREATE TABLE one (n integer); SELECT pg_sleep(0.2)"),
            Migration(
                version: 2, name: "two", sql: "CREATE TABLE two (n integer); INSERT INTO two VALUES (2)"),
        ])
        let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let connection = try await Connection.open(configuration, logger: .silent)
                    let applied = try await slow.migrate(on: connection)
                    await connection.close()
                    return applied
                }
            }
            var all: [Int] = []
            for try await versions in group { all += versions }
            return all.sorted()
        }
        #expect(applied == [1, 2])
        #expect(try await state(slow) == .current)
    }

    @Test("A user who may neither take nor be given the reader's role is told what an administrator must run")
    func readerRoleMissing() async throws {
        _ = try await migrate(Self.two)
        let scratch = try ScratchDatabase.current
        let user = "plain_" + scratch.name
        try await scratch.pool.execute("CREATE ROLE \(unsafeSQL: user) LOGIN")
        try await scratch.pool.execute("DROP TABLE schema_migrations")
        try await scratch.pool.execute("GRANT CREATE ON SCHEMA public TO \(unsafeSQL: user)")
        var configuration = scratch.configuration
        configuration.role = user
        let connection = try await Connection.open(configuration, logger: .silent)
        await #expect(throws: EntraideError(.readerRoleMissing, ["user": user])) {
            try await Migrator().migrate(on: connection)
        }
        await connection.close()
        try await scratch.pool.execute("DROP OWNED BY \(unsafeSQL: user)")
        try await scratch.pool.execute("DROP ROLE \(unsafeSQL: user)")
    }

    private func tables() async throws -> [String] {
        try await ScratchDatabase.current.pool.query(
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).map { try $0.get("name") }
    }
}
