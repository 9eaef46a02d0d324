import Postgres
import PostgresTestSupport
import Testing

@Suite(
    "Transactions",
    .scratchDatabase { try await $0.execute("CREATE TABLE t (n int PRIMARY KEY)") })
struct TransactionTests {
    struct Refusal: Error {}

    private func stored(_ pool: Pool) async throws -> [Int] {
        try await pool.query("SELECT n FROM t ORDER BY n").map { try $0.get("n") }
    }

    @Test("A transaction commits when its body returns, and gives its value")
    func commits() async throws {
        let pool = try ScratchDatabase.current.pool
        let count = try await pool.transaction { try await $0.execute("INSERT INTO t VALUES (1), (2)") }
        #expect(count == 2)
        #expect(try await stored(pool) == [1, 2])
    }

    @Test("A transaction rolls back when its body throws, and the error comes out as it was")
    func rollsBack() async throws {
        let pool = try ScratchDatabase.current.pool
        await #expect(throws: Refusal.self) {
            try await pool.transaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                throw Refusal()
            }
        }
        #expect(try await stored(pool) == [])
        let error = await failure {
            try await pool.transaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                try await connection.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.code == .uniqueViolation)
        #expect(try await stored(pool) == [])
    }

    @Test("A body that swallowed a failed statement does not commit in silence")
    func swallowed() async throws {
        let pool = try ScratchDatabase.current.pool
        let error = await failure {
            try await pool.transaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                _ = try? await connection.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.code == .misuse)
        #expect(error?.sqlState == "25P02")
        #expect(try await stored(pool) == [])
    }

    @Test("A transaction within a transaction is an error, and the outer one rolls back")
    func nested() async throws {
        let pool = try ScratchDatabase.current.pool
        let error = await failure {
            try await pool.transaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                try await connection.transaction { try await $0.execute("INSERT INTO t VALUES (2)") }
            }
        }
        #expect(error?.code == .misuse)
        #expect(try await stored(pool) == [])
    }

    @Test("Of two tasks that begin on one connection, one is refused and the other commits")
    func simultaneous() async throws {
        let pool = try ScratchDatabase.current.pool
        let connection = try await Connection.open(pool.configuration, logger: .silent)
        // Whoever begins first waits within its transaction for the other's refusal.
        let refused = Gate()
        let begin = { @Sendable (number: Int) in
            let error = await failure {
                try await connection.transaction { connection in
                    await refused.pass()
                    try await connection.execute("INSERT INTO t VALUES (\(number))")
                }
            }
            await refused.open()
            return error?.code
        }
        async let first = begin(1)
        async let second = begin(2)
        let codes = await [first, second].compactMap { $0 }
        #expect(codes == [.misuse])
        #expect(try await stored(pool).count == 1)
        await connection.close()
    }

    @Test("A body that commits by hand is told so")
    func committedByHand() async throws {
        let pool = try ScratchDatabase.current.pool
        let error = await failure { try await pool.transaction { try await $0.script("COMMIT") } }
        #expect(error?.code == .misuse)
    }

    @Test("A failure that only COMMIT finds is thrown")
    func deferred() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.execute(
            "CREATE TABLE child (n int REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
        let error = await failure {
            try await pool.transaction { try await $0.execute("INSERT INTO child VALUES (7)") }
        }
        #expect(error?.code == .foreignKeyViolation)
        #expect(error?.constraint == "child_n_fkey")
        #expect(error?.table == "child")
    }

    @Test("An error that speaks of another connection does not break this one, nor blur its COMMIT")
    func otherConnection() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.withConnection { connection in
            try await connection.script(
                """
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE SQLSTATE ''08006''; END';
                CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
                """)
            let error = await failure {
                try await connection.transaction { try await $0.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(error?.code == .server)
            #expect(error?.sqlState == "08006")
            #expect(!connection.isBroken)
        }
        #expect(try await stored(pool) == [])
    }

    @Test("A read-only transaction refuses a write", arguments: Isolation.allCases)
    func readOnly(isolation: Isolation) async throws {
        let pool = try ScratchDatabase.current.pool
        let error = await failure {
            try await pool.transaction(isolation, readOnly: true) {
                try await $0.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.code == .readOnly)
    }

    @Test("A transaction runs at the isolation asked for", arguments: Isolation.allCases)
    func isolation(isolation: Isolation) async throws {
        let level: String = try await ScratchDatabase.current.pool.transaction(isolation) { connection in
            try await connection.query("SHOW transaction_isolation")[0].get("transaction_isolation")
        }
        #expect(level.uppercased() == isolation.rawValue)
    }

    @Test("A connection given back with a transaction open is not lent again")
    func leftOpen() async throws {
        let scratch = try ScratchDatabase.current
        let pool = Pool(scratch.configuration, size: 1, logger: .silent)
        let first = try await pool.withConnection { connection in
            try await connection.script("BEGIN; INSERT INTO t VALUES (1)")
            return connection.backendPID
        }
        let second = try await pool.withConnection { connection in
            _ = try await connection.query("SELECT 1")
            return connection.backendPID
        }
        #expect(first != second)
        #expect(try await stored(pool) == [])
        await pool.close()
    }

    @Test("A script runs several statements, all or none")
    func scripts() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.withConnection { connection in
            try await connection.script("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);")
        }
        let error = await failure {
            try await pool.withConnection {
                try await $0.script("INSERT INTO t VALUES (3); SELECT 1/0; SELECT 1")
            }
        }
        #expect(error?.sqlState == "22012")
        #expect(error?.code == .server)
        #expect(try await stored(pool) == [1, 2])
    }

    @Test("The body runs in the isolation of its caller")
    @MainActor
    func callerIsolation() async throws {
        var seen: [Int] = []
        try await ScratchDatabase.current.pool.transaction { connection in
            _ = try await connection.query("SELECT 1")
            MainActor.assertIsolated()
            seen.append(1)
        }
        #expect(seen == [1])
    }
}
