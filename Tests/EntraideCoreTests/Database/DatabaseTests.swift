import EntraideCore
import Foundation
import Logging
import Postgres
import PostgresTestSupport
import Schema
import Testing

@Suite("Opening and examining a database", .scratchDatabase)
struct DatabaseTests {
    private var location: DatabaseLocation {
        get throws { .given(conninfo: try ScratchDatabase.current.conninfo) }
    }

    private func open(_ purpose: Database.Purpose) async throws -> Database {
        try await Database.open(try location, purpose: purpose, environment: [:], logger: .silent)
    }

    private func initialise() async throws -> Database.Initialisation {
        try await Database.initialise(try location, environment: [:], logger: .silent)
    }

    @Test("Initialising brings schema and vocabulary, and does nothing the second time")
    func initialises() async throws {
        await #expect(throws: EntraideError(.databaseMissing)) { try await open(.command) }
        let first = try await initialise()
        #expect(first.migrations == Array(1...Schema.version))
        #expect(!first.migrations.isEmpty && first.skillsAdded >= 80 && !first.clusterMade)
        #expect(try await initialise().isNothing)
    }

    @Test("Several that initialise at once leave one vocabulary")
    func initialisesTogether() async throws {
        let location = try location
        let added = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await Database.initialise(location, environment: [:], logger: .silent).skillsAdded
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(added.filter { $0 > 0 }.count == 1)
    }

    @Test("No session of a command idles for ever, and those of a server do")
    func idles() async throws {
        _ = try await initialise()
        func bound(_ purpose: Database.Purpose) async throws -> String {
            let database = try await open(purpose)
            let bound = try await database.pool.query(
                "SELECT current_setting('idle_session_timeout') AS bound")[0]
            await database.close()
            return try bound.get("bound")
        }
        #expect(try await bound(.command) == "10min")
        #expect(try await Caller.$community.withValue("a") { try await bound(.command) } == "1min")
        #expect(try await bound(.serve) == "0")
        #expect(try await bound(.administer) == "0")
    }

    @Test("What is opened to serve reads, writes nothing, and does not see contacts")
    func serves() async throws {
        _ = try await initialise()
        let database = try await open(.serve)
        #expect(try await database.pool.query("SELECT slug FROM skills LIMIT 1").count == 1)
        for sql: Query in [
            "INSERT INTO partners (slug, name) VALUES ('a', 'a')", "UPDATE skills SET label_fr = ''",
            "SET default_transaction_read_only = off; UPDATE skills SET label_fr = ''",
            "SELECT * FROM contacts",
            "SELECT * FROM sources",
        ] {
            await #expect(throws: PostgresError.self) { try await database.pool.execute(sql) }
        }
        let writable = await #expect(throws: PostgresError.self) {
            try await database.pool.withConnection { connection in
                try await connection.script("BEGIN READ WRITE")
                defer { Task { await connection.close() } }
                try await connection.execute("UPDATE skills SET label_fr = ''")
            }
        }
        #expect(writable?.code == .permissionDenied)
        await database.close()
    }

    @Test("A database that is not there, or a server that is not, is told apart")
    func absent() async throws {
        let name = try ScratchDatabase.current.name
        let conninfo = try ScratchDatabase.current.conninfo
        let missing = DatabaseLocation.given(conninfo: conninfo.replacing(name, with: "nowhere"))
        await #expect(throws: EntraideError(.databaseMissing)) {
            try await Database.open(missing, purpose: .command, environment: [:], logger: .silent)
        }
        let away = DatabaseLocation.given(conninfo: "host=/nowhere dbname=x")
        await #expect(throws: EntraideError(.databaseAway)) {
            try await Database.open(away, purpose: .command, environment: [:], logger: .silent)
        }
    }

    private func examine() async throws -> [String: Bool] {
        let doctor = await Doctor.examine(try location, environment: [:], logger: .silent)
        #expect(doctor.checks.allSatisfy { !$0.sentence.fr.isEmpty && !$0.sentence.en.isEmpty })
        return Dictionary(uniqueKeysWithValues: doctor.checks.map { ($0.code.rawValue, $0.isGood) })
    }

    @Test("The doctor finds a fresh database healthy but for what the server itself lacks")
    func healthy() async throws {
        _ = try await initialise()
        var checks = try await examine()
        // Whether pages bear checksums is up to the server that tests run on.
        #expect(checks.removeValue(forKey: "checksums") != nil)
        #expect(
            checks == [
                "reach": true, "server-version": true, "encoding": true, "schema": true, "reader-role": true,
                "reader-writes": true, "vocabulary": true, "clock": true,
            ])
    }

    @Test(
        "The doctor sees a reader that may write, a circle in the vocabulary, a clock that is wrong, no schema"
    )
    func unhealthy() async throws {
        #expect(try await examine()["schema"] == false)
        _ = try await initialise()
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("GRANT UPDATE ON communities TO entraide_reader")
        #expect(try await examine()["reader-writes"] == false)
        try await pool.execute("REVOKE UPDATE ON communities FROM entraide_reader")
        try await pool.execute("GRANT SELECT ON contacts TO entraide_reader")
        #expect(try await examine()["reader-writes"] == false)
        try await pool.execute(
            """
            UPDATE skills SET broader_id = (SELECT id FROM skills WHERE slug = 'decoupe-laser')
            WHERE slug = 'fabrication'
            """)
        #expect(try await examine()["vocabulary"] == false)
        try await pool.execute("UPDATE schema_migrations SET checksum = ''")
        #expect(try await examine()["schema"] == false)
        let late = await Doctor.examine(
            try location, environment: [:], logger: .silent, now: { Date(timeIntervalSinceNow: 120) })
        #expect(late.checks.first { $0.code == .clock }?.isGood == false)
        #expect(!late.isHealthy)
        let away = await Doctor.examine(
            .given(conninfo: "host=/nowhere dbname=x password=s3cret"), environment: [:], logger: .silent)
        #expect(away.checks.map(\.code) == [.reach])
        #expect(!away.location.contains("s3cret"))
    }

    @Test("The status report counts what is there, by status")
    func statusReport() async throws {
        _ = try await initialise()
        let pool = try ScratchDatabase.current.pool
        try await pool.execute(
            """
            INSERT INTO communities (slug, name, kind, status, languages, modes, max_km, give, receive, visibility)
            SELECT 'c' || n, 'C', 'other', CASE WHEN n < 3 THEN 'active' ELSE 'paused' END, '{fr}', '{remote}', 50, 3,
              2, 'public'
            FROM generate_series(1, 3) AS n
            """)
        try await pool.execute(
            """
            INSERT INTO needs (community_id, skill_id, level_now, level, urgency, quantity, closed_at)
            SELECT c.id, s.id, 1, 2, 2, 1, CASE WHEN c.slug = 'c1' THEN now() END
            FROM communities AS c, (SELECT id FROM skills LIMIT 1) AS s
            """)
        try await pool.execute("INSERT INTO rounds (slug, title, status) VALUES ('r', 'R', 'open')")
        let database = try await open(.command)
        let entries = try await StatusReport.of(database).entries
        await database.close()
        let values = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
        #expect(values["communities.active"] == "2" && values["communities.paused"] == "1")
        #expect(values["communities.unconfirmed"] == "0")
        #expect(values["offers"] == "0" && values["needs"] == "2")
        #expect(values["rounds.open"] == "1" && values["rounds.closed"] == "0")
        #expect(values["schema"] == "\(Schema.version)" && values["territories"] == "0")
        #expect(Int(values["size_kib"] ?? "") ?? 0 > 100)
    }
}
