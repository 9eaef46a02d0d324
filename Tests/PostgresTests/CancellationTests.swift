import Postgres
import PostgresTestSupport
import Testing

@Suite("Cancellation and timeouts", .scratchDatabase)
struct CancellationTests {
    /// Waits until the backend runs a statement that contains `text`.
    private func untilRunning(_ pid: Int32, _ text: String) async throws {
        let pool = try ScratchDatabase.current.pool
        while try await pool.query(
            """
            SELECT 1 FROM pg_stat_activity
            WHERE pid = \(pid) AND state = 'active' AND query LIKE '%' || \(text) || '%'
            """
        ).isEmpty {}
    }

    @Test("Cancelling the task cancels the statement on the server, and the connection works after")
    func cancelsOnServer() async throws {
        let scratch = try ScratchDatabase.current
        let connection = try await Connection.open(scratch.configuration, logger: .silent)
        for _ in 0..<3 {
            let task = Task { await failure { try await connection.query("SELECT pg_sleep(3600)") } }
            try await untilRunning(connection.backendPID, "pg_sleep")
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled)
            #expect(error?.sqlState == "57014")
            #expect(!connection.isBroken)
            #expect(try await connection.query("SELECT 7 AS n")[0].get("n", as: Int.self) == 7)
        }
        await connection.close()
    }

    @Test("A task cancelled before it starts sends nothing")
    func cancelledBefore() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("CREATE TABLE t (n int)")
        let connection = try await Connection.open(try ScratchDatabase.current.configuration, logger: .silent)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return [
                await failure { try await connection.execute("INSERT INTO t VALUES (1)") },
                await failure { try await connection.script("INSERT INTO t VALUES (1)") },
                await failure {
                    try await connection.copyIn(table: "t", columns: ["n"], rows: [[1.postgresValue]])
                },
                await failure { try await connection.transaction { _ in 1 } },
                await failure { try await pool.execute("INSERT INTO t VALUES (1)") },
                await failure { try await Connection.open(pool.configuration, logger: .silent) },
            ]
        }
        #expect(await task.value.map { $0?.code } == Array(repeating: .cancelled, count: 6))
        #expect(try await connection.query("SELECT n FROM t").isEmpty)
        await connection.close()
    }

    @Test("Cancellation in a transaction rolls it back")
    func inTransaction() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("CREATE TABLE t (n int)")
        let connection = try await Connection.open(try ScratchDatabase.current.configuration, logger: .silent)
        let task = Task {
            await failure {
                try await connection.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    _ = try await connection.query("SELECT pg_sleep(3600)")
                }
            }
        }
        try await untilRunning(connection.backendPID, "pg_sleep")
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(try await connection.query("SELECT n FROM t").isEmpty)
        #expect(try await connection.transaction { try await $0.execute("INSERT INTO t VALUES (2)") } == 1)
        await connection.close()
    }

    @Test("A task cancelled by the end of its body does not commit")
    func cancelledBeforeCommit() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("CREATE TABLE t (n int)")
        let task = Task {
            await failure {
                try await pool.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
        }
        #expect(await task.value?.code == .cancelled)
        #expect(try await pool.query("SELECT n FROM t").isEmpty)
    }

    @Test("Cancellations at any moment leave the connection in step with the server")
    func storm() async throws {
        let connection = try await Connection.open(try ScratchDatabase.current.configuration, logger: .silent)
        var outcomes: Set<PostgresError.Code?> = []
        for number in 0..<300 {
            let task = Task { await failure { try await connection.query("SELECT pg_sleep(0.0005)") } }
            for _ in 0..<(number % 30) { await Task.yield() }
            task.cancel()
            outcomes.insert(await task.value?.code)
            // The answer is that of this statement, and no late cancel request strikes it.
            #expect(
                try await connection.query("SELECT \(number) AS n FROM pg_sleep(0.003)")[0].get(
                    "n", as: Int.self) == number)
        }
        #expect(outcomes.isSubset(of: [nil, .cancelled]))
        await connection.close()
    }

    @Test("A statement that runs too long ends with statementTimeout")
    func statementTimeout() async throws {
        var configuration = try ScratchDatabase.current.configuration
        // The second statement below has this long too, on however busy a machine.
        configuration.statementTimeout = .seconds(1)
        let connection = try await Connection.open(configuration, logger: .silent)
        let error = await failure { try await connection.query("SELECT pg_sleep(3600)") }
        #expect(error?.code == .statementTimeout)
        #expect(try await connection.query("SELECT 1").count == 1)
        await connection.close()
    }

    @Test("A lock that does not come ends with lockTimeout")
    func lockTimeout() async throws {
        let scratch = try ScratchDatabase.current
        var configuration = scratch.configuration
        configuration.lockTimeout = .milliseconds(50)
        let impatient = Pool(configuration, logger: .silent)
        try await scratch.pool.execute("CREATE TABLE t (n int)")
        let error = try await scratch.pool.transaction { holder in
            try await holder.execute("LOCK TABLE t")
            return await failure { try await impatient.query("SELECT n FROM t") }
        }
        #expect(error?.code == .lockTimeout)
        #expect(try await impatient.query("SELECT n FROM t").isEmpty)
        await impatient.close()
    }

    @Test("A transaction left idle too long is ended by the server, and reads as away")
    func idleInTransaction() async throws {
        var configuration = try ScratchDatabase.current.configuration
        configuration.idleInTransactionTimeout = .milliseconds(20)
        let pool = Pool(configuration, logger: .silent)
        let observer = try ScratchDatabase.current.pool
        let error = await failure {
            try await pool.transaction { connection in
                while try await !observer.query(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = \(connection.backendPID)"
                ).isEmpty {}
                _ = try await connection.query("SELECT 1")
            }
        }
        #expect(error?.code == .away)
        #expect(try await pool.query("SELECT 1").count == 1)
        await pool.close()
    }

    @Test("A session left idle too long is ended by the server, and the pool opens another when it is asked")
    func idleSession() async throws {
        var configuration = try ScratchDatabase.current.configuration
        configuration.idleSessionTimeout = .milliseconds(1500)
        let pool = Pool(configuration, size: 1, logger: .silent)
        let observer = try ScratchDatabase.current.pool
        let id = try await pool.query("SELECT pg_backend_pid() AS pid")[0].get("pid") as Int
        while try await !observer.query("SELECT 1 FROM pg_stat_activity WHERE pid = \(id)").isEmpty {}
        #expect(try await pool.query("SELECT pg_backend_pid() AS pid")[0].get("pid") as Int != id)
        // A transaction has its own bound, and a statement too.
        try await pool.transaction { connection in
            _ = try await connection.query("SELECT pg_sleep(0.1)")
            try await Task.sleep(for: .milliseconds(100))
            _ = try await connection.query("SELECT 1")
        }
        await pool.close()
    }

    @Test("Every timeout of the configuration reaches the session")
    func settings() async throws {
        var configuration = try ScratchDatabase.current.configuration
        configuration.statementTimeout = .milliseconds(1500)
        configuration.lockTimeout = .seconds(2)
        configuration.idleInTransactionTimeout = .zero
        configuration.idleSessionTimeout = .seconds(600)
        configuration.applicationName = "own name"
        let connection = try await Connection.open(configuration, logger: .silent)
        let names = [
            "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "application_name", "client_encoding", "TimeZone", "bytea_output",
        ]
        var values: [String] = []
        for name in names {
            values.append(
                try await connection.query("SELECT current_setting(\(name)) AS value")[0].get("value"))
        }
        #expect(values == ["1500ms", "2s", "0", "10min", "own name", "UTF8", "UTC", "hex"])
        #expect(connection.serverVersion >= 150_000)
        #expect(
            try await connection.query("SELECT pg_backend_pid() AS pid")[0].get("pid")
                == connection.backendPID)
        await connection.close()
    }
}
