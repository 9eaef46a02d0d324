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

    @Test("Two serializable transactions that contradict each other both end, one at its second attempt")
    func serialization() async throws {
        let pool = try ScratchDatabase.current.pool
        let rendezvous = Rendezvous(of: 2)
        let runs = Mutex(0)
        // Each reads the sum and takes it from one account: together they would take it twice (write skew).
        let take = { @Sendable (id: Int) in
            try await pool.transaction(.serializable) { connection in
                runs.withLock { $0 += 1 }
                let sum: Int = try await connection.query("SELECT sum(amount) FROM account")[0].get("sum")
                await rendezvous.meet()
                if sum >= 200 {
                    try await connection.execute("UPDATE account SET amount = amount - 200 WHERE id = \(id)")
                }
            }
        }
        async let first: Void = take(1)
        async let second: Void = take(2)
        _ = try await (first, second)
        #expect(try await amounts(pool).reduce(0, +) == 0)
        #expect(runs.withLock { $0 } == 3)
    }

    @Test("Of two transactions in deadlock, one is tried again and both take effect")
    func deadlock() async throws {
        let pool = try ScratchDatabase.current.pool
        let rendezvous = Rendezvous(of: 2)
        let runs = Mutex(0)
        let move = { @Sendable (from: Int, to: Int) in
            try await pool.transaction { connection in
                runs.withLock { $0 += 1 }
                try await connection.execute("UPDATE account SET amount = amount - 10 WHERE id = \(from)")
                await rendezvous.meet()
                try await connection.execute("UPDATE account SET amount = amount + 20 WHERE id = \(to)")
            }
        }
        async let first: Void = { _ = try await move(1, 2) }()
        async let second: Void = { _ = try await move(2, 1) }()
        _ = try await (first, second)
        #expect(try await amounts(pool) == [110, 110])
        // Three runs as a rule; the second attempt of one may itself lose to the other.
        #expect((3...6).contains(runs.withLock { $0 }))
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
