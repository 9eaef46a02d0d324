import Postgres
import PostgresTestSupport
import Synchronization
import Testing

/// Cuts the line at one message, by its number, and remembers whether COMMIT had been sent by then.
private final class Cutter: Sendable {
    private struct State {
        var cutAt = Int.max
        var sawCommit = false
        var didCut = false
    }
    private let state = Mutex(State())

    func arm(cutAt: Int) { state.withLock { $0 = State(cutAt: cutAt) } }
    var didCut: Bool { state.withLock { $0.didCut } }
    var sawCommit: Bool { state.withLock { $0.sawCommit } }

    func judge(_ message: FaultProxy.Message) -> FaultProxy.Verdict {
        state.withLock { state in
            if message.isCommit { state.sawCommit = true }
            guard message.number == state.cutAt else { return .pass }
            state.didCut = true
            return .cut
        }
    }
}

extension FaultProxy.Message {
    /// Whether the client asks for COMMIT. The whole text: BEGIN … READ COMMITTED holds the word too.
    fileprivate var isCommit: Bool {
        sender == .client && type == UInt8(ascii: "Q") && body == Array("COMMIT\0".utf8)
    }
}

/// Through a proxy that reads the protocol, on the shared cluster.
@Suite("Lost replies")
struct LostReplyTests {
    /// A database on the shared cluster, seen directly and through a proxy with `rule`.
    private func behind(
        _ rule: @escaping @Sendable (FaultProxy.Message) -> FaultProxy.Verdict,
        _ body: (_ direct: Pool, _ throughProxy: Pool) async throws -> Void
    ) async throws {
        let cluster = try await TestCluster.shared()
        let database = "lost_\(UInt64.random(in: 0...UInt64.max))"
        let server = Pool(Configuration(conninfo: cluster.conninfo()), logger: .silent)
        try await server.execute("CREATE DATABASE \(unsafeSQL: database)")
        let proxy = try FaultProxy(to: cluster.socketPath, rule: rule)
        let direct = Pool(Configuration(conninfo: cluster.conninfo(database: database)), logger: .silent)
        let through = Pool(Configuration(conninfo: proxy.conninfo(database: database)), logger: .silent)
        try await direct.execute("CREATE TABLE t (n int PRIMARY KEY)")
        try await body(direct, through)
        await through.close()
        await direct.close()
        proxy.stop()
        try await server.execute("DROP DATABASE \(unsafeSQL: database) WITH (FORCE)")
        await server.close()
    }

    @Test("A COMMIT whose reply is lost is outcomeUnknown, is not tried again, and did take effect")
    func lostReply() async throws {
        let committing = Mutex(false)
        try await behind { message in
            committing.withLock { committing in
                if message.isCommit { committing = true }
                return committing && message.sender == .server ? .cut : .pass
            }
        } _: { direct, through in
            let runs = Mutex(0)
            let error = await failure {
                try await through.transaction { connection in
                    runs.withLock { $0 += 1 }
                    try await connection.execute("INSERT INTO t VALUES (1)")
                }
            }
            #expect(error?.code == .outcomeUnknown)
            #expect(runs.withLock { $0 } == 1)
            let stored = try await direct.query("SELECT n FROM t")
            #expect(stored.count == 1)
        }
    }

    @Test("A COMMIT that never arrived is outcomeUnknown too, and did not take effect")
    func lostRequest() async throws {
        try await behind { message in
            message.isCommit ? .cut : .pass
        } _: { direct, through in
            let error = await failure {
                try await through.transaction { try await $0.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(error?.code == .outcomeUnknown)
            let stored = try await direct.query("SELECT n FROM t")
            #expect(stored.isEmpty)
        }
    }

    @Test("A read-only transaction that loses its COMMIT is merely away")
    func lostReadOnly() async throws {
        try await behind { message in
            message.isCommit ? .cut : .pass
        } _: { _, through in
            let error = await failure {
                try await through.transaction(readOnly: true) { try await $0.query("SELECT n FROM t") }
            }
            #expect(error?.code == .away)
        }
    }

    @Test(
        "Cut at every message of a transaction: success is committed, away is not, and only COMMIT is unknown"
    )
    func everyMessage() async throws {
        let cutter = Cutter()
        try await behind {
            cutter.judge($0)
        } _: { direct, through in
            var codes: [PostgresError.Code?] = []
            var number = 0
            repeat {
                number += 1
                cutter.arm(cutAt: number)
                // A pool for each cut: messages are counted from the start of its connection.
                let pool = Pool(through.configuration, size: 1, logger: .silent)
                let value = number
                let error = await failure {
                    try await pool.transaction { connection in
                        try await connection.execute("INSERT INTO t VALUES (\(value))")
                        _ = try await connection.query("SELECT n FROM t WHERE n = \(value)")
                    }
                }
                await pool.close()
                let isStored = try await !direct.query("SELECT 1 FROM t WHERE n = \(value)").isEmpty
                switch error?.code {
                case nil: #expect(isStored)
                case .away: #expect(!isStored && !cutter.sawCommit)
                case .outcomeUnknown: #expect(cutter.sawCommit)
                default: Issue.record("\(String(describing: error))")
                }
                codes.append(error?.code)
            } while cutter.didCut
            #expect(codes.contains(.away))
            #expect(codes.contains(.outcomeUnknown))
            #expect(codes.last == .some(nil))
        }
    }
}
