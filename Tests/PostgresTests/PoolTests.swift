import Postgres
import PostgresTestSupport
import Testing

@Suite("Pool", .scratchDatabase)
struct PoolTests {
    private actor Served {
        var numbers: [Int] = []
        func append(_ number: Int) { numbers.append(number) }
    }

    /// A pool of one whose connection is taken until the gate opens.
    private func takenPool(
        acquireTimeout: Duration
    ) async throws -> (pool: Pool, gate: Gate, holder: Task<Void, any Error>) {
        let pool = Pool(
            try ScratchDatabase.current.configuration, size: 1, acquireTimeout: acquireTimeout,
            logger: .silent)
        let gate = Gate()
        let taken = Gate()
        let holder = Task {
            try await pool.withConnection { connection in
                _ = try await connection.query("SELECT 1")
                await taken.open()
                await gate.pass()
            }
        }
        await taken.pass()
        return (pool, gate, holder)
    }

    @Test("Waiting for a connection ends with poolTimeout")
    func boundedWait() async throws {
        let (pool, gate, holder) = try await takenPool(acquireTimeout: .milliseconds(50))
        let error = await failure { try await pool.query("SELECT 1") }
        #expect(error?.code == .poolTimeout)
        await gate.open()
        try await holder.value
        #expect(try await pool.query("SELECT 1").count == 1)
        await pool.close()
    }

    @Test("Whoever waits longest is served first")
    func fifo() async throws {
        let (pool, gate, holder) = try await takenPool(acquireTimeout: .seconds(30))
        let order = Served()
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<8 {
            tasks.append(
                Task {
                    try await pool.withConnection { connection in
                        await order.append(number)
                        _ = try await connection.query("SELECT 1")
                    }
                })
            while pool.waitingCount <= number { await Task.yield() }
        }
        await gate.open()
        try await holder.value
        for task in tasks { try await task.value }
        #expect(await order.numbers == Array(0..<8))
        await pool.close()
    }

    @Test("A cancelled wait ends at once and takes no place")
    func cancelledWait() async throws {
        let (pool, gate, holder) = try await takenPool(acquireTimeout: .seconds(3600))
        let waiter = Task { await failure { try await pool.query("SELECT 1") } }
        while pool.waitingCount == 0 { await Task.yield() }
        waiter.cancel()
        #expect(await waiter.value?.code == .cancelled)
        #expect(pool.waitingCount == 0)
        await gate.open()
        try await holder.value
        #expect(try await pool.query("SELECT 1").count == 1)
        await pool.close()
    }

    @Test("No more connections than its size, however many ask")
    func bounded() async throws {
        let pool = Pool(
            try ScratchDatabase.current.configuration, size: 3, acquireTimeout: .seconds(60), logger: .silent)
        let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.withConnection { connection in
                        _ = try await connection.query("SELECT pg_sleep(0.001)")
                        return connection.backendPID
                    }
                }
            }
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        #expect(pids.count <= 3)
        await pool.close()
    }

    @Test("A failed opening gives its place back")
    func failedOpening() async throws {
        var configuration = try ScratchDatabase.current.configuration
        configuration.role = "nobody_of_that_name"
        let pool = Pool(configuration, size: 1, acquireTimeout: .milliseconds(200), logger: .silent)
        for _ in 0..<3 {
            let error = await failure { try await pool.query("SELECT 1") }
            #expect(error != nil)
            #expect(error?.code != .poolTimeout)
        }
    }

    @Test("A closed pool refuses who waits and who comes, and ends what is lent when it is back")
    func closing() async throws {
        let (pool, gate, holder) = try await takenPool(acquireTimeout: .seconds(3600))
        let waiter = Task { await failure { try await pool.query("SELECT 1") } }
        while pool.waitingCount == 0 { await Task.yield() }
        await pool.close()
        #expect(await waiter.value?.code == .away)
        let late = await failure { try await pool.query("SELECT 1") }
        #expect(late?.code == .away)
        await gate.open()
        try await holder.value
        let name = try ScratchDatabase.current.name
        var left = 1
        while left > 0 {
            left = try await ScratchDatabase.current.pool.query(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = \(name) AND pid <> pg_backend_pid()"
            )[0].get("count")
        }
    }

    @Test("An idle connection is used again")
    func reuse() async throws {
        let pool = try ScratchDatabase.current.pool
        var pids: Set<Int32> = []
        for _ in 0..<10 { pids.insert(try await pool.withConnection { $0.backendPID }) }
        #expect(pids.count == 1)
    }
}
