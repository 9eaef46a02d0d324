import Postgres
import PostgresTestSupport
import Testing

@Suite("Who connects, and as what", .scratchDatabase)
struct AccessTests {
    /// Runs `body` with a role of its own, whose name no other test has.
    private func withRole(_ attributes: String, _ body: (String) async throws -> Void) async throws {
        let pool = try ScratchDatabase.current.pool
        let role = try ScratchDatabase.current.name.replacing("scratch_", with: "role \\ ")
        let quoted = try quotedIdentifier(role)
        try await pool.execute("CREATE ROLE \(unsafeSQL: quoted) \(unsafeSQL: attributes)")
        do {
            try await body(role)
        } catch {
            try await pool.withConnection {
                try await $0.script("DROP OWNED BY \(quoted); DROP ROLE \(quoted)")
            }
            throw error
        }
        try await pool.withConnection { try await $0.script("DROP OWNED BY \(quoted); DROP ROLE \(quoted)") }
    }

    @Test("A read-only configuration refuses writes from the first statement")
    func readOnly() async throws {
        var configuration = try ScratchDatabase.current.configuration
        configuration.readOnly = true
        let pool = Pool(configuration, logger: .silent)
        let bare = await failure { try await pool.execute("CREATE TABLE t (n int)") }
        #expect(bare?.code == .readOnly)
        let within = await failure {
            try await pool.transaction { try await $0.execute("CREATE TABLE t (n int)") }
        }
        #expect(within?.code == .readOnly)
        #expect(try await pool.query("SELECT 1").count == 1)
        await pool.close()
    }

    @Test("The role holds from the first statement, with its rights and no others")
    func role() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.pool.execute("CREATE TABLE open (n int)")
        try await scratch.pool.execute("CREATE TABLE shut (n int)")
        try await withRole("NOLOGIN") { role in
            let quoted = try quotedIdentifier(role)
            try await scratch.pool.execute("GRANT SELECT ON open TO \(unsafeSQL: quoted)")
            var configuration = scratch.configuration
            configuration.role = role
            let pool = Pool(configuration, logger: .silent)
            let current: String = try await pool.query("SELECT current_user AS name")[0].get("name")
            #expect(current == role)
            #expect(try await pool.query("SELECT n FROM open").isEmpty)
            for sql in ["SELECT n FROM shut", "INSERT INTO open VALUES (1)", "DELETE FROM open"] {
                let error = await failure { try await pool.execute("\(unsafeSQL: sql)") }
                #expect(error?.code == .permissionDenied)
            }
            await pool.close()
        }
    }

    @Test("Opening says why it failed")
    func openingFailures() async throws {
        let scratch = try ScratchDatabase.current
        let absent = await failure {
            try await Connection.open(try scratch.configuration.with(database: "no_such"), logger: .silent)
        }
        #expect(absent?.code == .undefinedObject)
        #expect(absent?.sqlState == "3D000")

        var roleless = scratch.configuration
        roleless.role = "no_such_role"
        let unknown = await failure { try await Connection.open(roleless, logger: .silent) }
        #expect(unknown?.code == .server)
        #expect(unknown?.sqlState == "22023")

        let stranger = await failure {
            try await Connection.open(
                Configuration(conninfo: scratch.conninfo + " user=no_such_user"), logger: .silent)
        }
        #expect(stranger?.code == .authentication)
        #expect(stranger?.sqlState == "28000")

        for nowhere in ["host=/tmp/no-such-folder dbname=a", "postgres://127.0.0.1:1/a"] {
            let error = await failure {
                try await Connection.open(Configuration(conninfo: nowhere), logger: .silent)
            }
            #expect(error?.code == .away)
        }
    }

    @Test("URI and keyword forms both work, and keep the options that they carry")
    func forms() async throws {
        let scratch = try ScratchDatabase.current
        let carried = Configuration(conninfo: scratch.conninfo + " options='-c work_mem=77kB'")
        let connection = try await Connection.open(carried, logger: .silent)
        let setting: String = try await connection.query("SHOW work_mem")[0].get("work_mem")
        #expect(setting == "77kB")
        await connection.close()

        let cluster = try await TestCluster.shared()
        let uri = "postgresql:///postgres?host=\(cluster.folder)&port=5432&user=postgres"
        let other = try await Connection.open(Configuration(conninfo: uri), logger: .silent)
        #expect(try await other.query("SELECT current_database() AS name")[0].get("name") == "postgres")
        await other.close()
    }

    @Test("A closed connection says so")
    func closed() async throws {
        let connection = try await Connection.open(try ScratchDatabase.current.configuration, logger: .silent)
        await connection.close()
        #expect(connection.isBroken)
        let error = await failure { try await connection.query("SELECT 1") }
        #expect(error?.code == .away)
        let begun = await failure { try await connection.transaction { _ in 1 } }
        #expect(begun?.code == .away)
    }
}
