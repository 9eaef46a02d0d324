import Glibc
import Postgres
import PostgresTestSupport
import Testing

/// Each test breaks a server: they have clusters of their own.
@Suite("A server that dies")
struct CrashTests {
    /// Opens with a new server as soon as it accepts connections again.
    private func untilBack(_ pool: Pool) async throws -> [Row] {
        while true {
            do {
                return try await pool.query("SELECT count(*) AS n FROM t")
            } catch let error as PostgresError where error.code == .away {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    @Test("A terminated backend reads as away, and the pool's next use works", .scratchDatabase)
    func terminatedBackend() async throws {
        let pool = Pool(try ScratchDatabase.current.configuration, size: 1, logger: .silent)
        let other = try ScratchDatabase.current.pool
        // While idle: unseen by the next user.
        for _ in 0..<3 {
            let pid = try await pool.withConnection { $0.backendPID }
            try await other.execute("SELECT pg_terminate_backend(\(pid))")
            while try await !other.query("SELECT 1 FROM pg_stat_activity WHERE pid = \(pid)").isEmpty {}
            #expect(try await pool.query("SELECT 1").count == 1)
        }
        // During a statement.
        let error = await failure {
            try await pool.withConnection { connection in
                let sleeper = Task { await failure { try await connection.query("SELECT pg_sleep(3600)") } }
                while try await other.query(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = \(connection.backendPID) AND query LIKE '%sleep%'"
                ).isEmpty {}
                try await other.execute("SELECT pg_terminate_backend(\(connection.backendPID))")
                let error = await sleeper.value
                #expect(error?.code == .away)
                #expect(error?.sqlState == "57P01")
                #expect(connection.isBroken)
                _ = try await connection.query("SELECT 1")
            }
        }
        #expect(error?.code == .away)
        #expect(try await pool.query("SELECT 1").count == 1)
        await pool.close()
    }

    @Test("kill -9 of a backend takes every session down, and the pool comes back with the server")
    func killedBackend() async throws {
        let cluster = try await TestCluster.start()
        let pool = Pool(Configuration(conninfo: cluster.conninfo()), logger: .silent)
        try await pool.execute("CREATE TABLE t (n int)")
        try await pool.execute("INSERT INTO t VALUES (1)")
        let bystander = try await Connection.open(pool.configuration, logger: .silent)
        let error = await failure {
            try await pool.transaction { connection in
                try await connection.execute("INSERT INTO t VALUES (2)")
                kill(connection.backendPID, SIGKILL)
                _ = try await connection.query("SELECT pg_sleep(3600)")
            }
        }
        #expect(error?.code == .away)
        let collateral = await failure { try await bystander.query("SELECT pg_sleep(3600)") }
        #expect(collateral?.code == .away)
        #expect(bystander.isBroken)
        #expect(try await untilBack(pool)[0].get("n", as: Int.self) == 1)
        await pool.close()
        cluster.remove()
    }

    @Test("After a crash and a restart of the server, what was acknowledged is there and the pool works")
    func crashedServer() async throws {
        let cluster = try await TestCluster.start(fsync: true)
        let pool = Pool(Configuration(conninfo: cluster.conninfo()), logger: .silent)
        try await pool.execute("CREATE TABLE t (n int)")
        for round in 1...3 {
            try await pool.transaction { try await $0.execute("INSERT INTO t VALUES (\(round))") }
            let sleeper = Task { await failure { try await pool.query("SELECT pg_sleep(3600)") } }
            while try await pool.query(
                "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(3600)'"
            ).isEmpty {}
            try await cluster.crash()
            #expect(await sleeper.value?.code == .away)
            let down = await failure { try await pool.query("SELECT 1") }
            #expect(down?.code == .away)
            try await cluster.restart()
            #expect(try await untilBack(pool)[0].get("n", as: Int.self) == round)
        }
        await pool.close()
        cluster.remove()
    }

    @Test("An orderly stop reads as away, a start brings the pool back")
    func stoppedServer() async throws {
        let cluster = try await TestCluster.start()
        let pool = Pool(Configuration(conninfo: cluster.conninfo()), logger: .silent)
        try await pool.execute("CREATE TABLE t (n int)")
        try await cluster.shutDown()
        let down = await failure { try await pool.query("SELECT 1") }
        #expect(down?.code == .away)
        try await cluster.restart()
        #expect(try await pool.query("SELECT n FROM t").isEmpty)
        await pool.close()
        cluster.remove()
    }

    @Test("A frozen server does not hold a caller beyond the bound, nor its cancellation")
    func frozenServer() async throws {
        let cluster = try await TestCluster.start()
        var configuration = Configuration(conninfo: cluster.conninfo())
        configuration.statementTimeout = .milliseconds(200)
        configuration.tcpUserTimeout = .milliseconds(100)
        let connection = try await Connection.open(configuration, logger: .silent)
        configuration.statementTimeout = .zero
        let patient = try await Connection.open(configuration, logger: .silent)
        configuration.connectTimeout = .milliseconds(300)
        let postmaster = try #require(cluster.postmasterPID)
        kill(connection.backendPID, SIGSTOP)
        kill(patient.backendPID, SIGSTOP)
        kill(postmaster, SIGSTOP)
        let error = await failure { try await connection.query("SELECT 1") }
        #expect(error?.code == .away)
        #expect(connection.isBroken)
        let opening = await failure { try await Connection.open(configuration, logger: .silent) }
        #expect(opening?.code == .away)
        let waiting = Task { await failure { try await patient.query("SELECT 1") } }
        try await Task.sleep(for: .milliseconds(50))
        waiting.cancel()
        // Cancelled before it was sent on a slow day; else given up without the server's word.
        let outcome = await waiting.value?.code
        #expect(outcome == .away || outcome == .cancelled)
        kill(postmaster, SIGCONT)
        kill(connection.backendPID, SIGCONT)
        kill(patient.backendPID, SIGCONT)
        cluster.remove()
    }

    @Test("The cluster of a process is gone after it was told to go")
    func removal() async throws {
        let cluster = try await TestCluster.start()
        let postmaster = try #require(cluster.postmasterPID)
        cluster.remove()
        while kill(postmaster, 0) == 0 || access(cluster.folder, F_OK) == 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
