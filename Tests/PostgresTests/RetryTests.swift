import Postgres
import PostgresTestSupport
import Synchronization
import Testing

/// Lets a fixed number of tasks through together, the first time only.
private actor Rendezvous {
    private let expected: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOver = false

    init(of expected: Int) { self.expected = expected }

    func meet() async {
        if isOver { return }
        if waiting.count + 1 == expected {
            isOver = true
            for waiter in waiting { waiter.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}

/// Two transactions that meet once. One of them loses, and comes back when the other has ended: while that one is still
/// ending, the loser could meet it again, and lose again.
private final class Duel: Sendable {
    private let rendezvous = Rendezvous(of: 2)
    private let end = Gate()
    private let attempts = Mutex([1: 0, 2: 0])

    /// Runs `body` in a transaction as 1 and as 2, at once; it calls its last argument where they meet. Returns how
    /// often each ran, the one that ran less first.
    func run(
        _ pool: Pool, _ isolation: Isolation,
        _ body: @escaping @Sendable (Connection, Int, _ meet: @Sendable () async -> Void) async throws -> Void
    ) async throws -> [Int] {
        let fight = { @Sendable [self] (id: Int) in
            do {
                try await pool.transaction(isolation) { connection in
                    await start(id)
                    try await body(connection, id) { await rendezvous.meet() }
                }
            } catch {
                await end.open()
                throw error
            }
            await end.open()
        }
        async let first: Void = fight(1)
        async let second: Void = fight(2)
        _ = try await (first, second)
        return attempts.withLock { $0.values.sorted() }
    }

    private func start(_ id: Int) async {
        let attempts = attempts.withLock { attempts in
            attempts[id, default: 0] += 1
            return attempts
        }
        // Should both have lost, there is nobody to wait for.
        if attempts.values.allSatisfy({ $0 > 1 }) { await end.open() }
        if attempts[id, default: 0] > 1 { await end.pass() }
    }
}

@Suite(
    "Transactions tried again",
    .scratchDatabase {
        try await $0.execute("CREATE TABLE account (id int PRIMARY KEY, amount int)")
        try await $0.execute("INSERT INTO account VALUES (1, 100), (2, 100)")
    })
struct RetryTests {
    private func amounts(_ pool: Pool) async throws -> [Int] {
        try await pool.query("SELECT amount FROM account ORDER BY id").map { try $0.get("amount") }
    }

    @Test("Of two serializable transactions that contradict each other, one is tried again and both end")
    func serialization() async throws {
        let pool = try ScratchDatabase.current.pool
        // Each reads the sum and takes it from one account: together they would take it twice (write skew). The first
        // to commit dooms the other.
        let attempts = try await Duel().run(pool, .serializable) { connection, id, meet in
            let sum: Int = try await connection.query("SELECT sum(amount) FROM account")[0].get("sum")
            await meet()
            if sum >= 200 {
                try await connection.execute("UPDATE account SET amount = amount - 200 WHERE id = \(id)")
            }
        }
        #expect(try await amounts(pool).reduce(0, +) == 0)
        #expect(attempts == [1, 2])
    }

    @Test("Of two transactions in deadlock, one is tried again and both take effect")
    func deadlock() async throws {
        let pool = try ScratchDatabase.current.pool
        // The one that finds the circle is the victim; the other then finds none.
        let attempts = try await Duel().run(pool, .readCommitted) { connection, id, meet in
            try await connection.execute("UPDATE account SET amount = amount - 10 WHERE id = \(id)")
            await meet()
            try await connection.execute("UPDATE account SET amount = amount + 20 WHERE id = \(3 - id)")
        }
        #expect(try await amounts(pool) == [110, 110])
        #expect(attempts == [1, 2])
    }

    @Test("Attempts are counted, and only a serialization failure is tried again")
    func bounded() async throws {
        let pool = try ScratchDatabase.current.pool
        let runs = Mutex(0)
        let fail = { @Sendable (sqlState: String) in
            try await pool.transaction(attempts: 3) { connection in
                runs.withLock { $0 += 1 }
                try await connection.script("DO $$ BEGIN RAISE SQLSTATE '\(sqlState)'; END $$")
            }
        }
        let serialization = await failure { try await fail("40001") }
        #expect(serialization?.code == .serialization)
        #expect(runs.withLock { $0 } == 3)
        for state in ["23505", "57014", "55P03", "40002", "P0001"] {
            runs.withLock { $0 = 0 }
            let error = await failure { try await fail(state) }
            #expect(error?.sqlState == state)
            #expect(runs.withLock { $0 } == 1)
        }
    }
}
