package import Logging
import Synchronization

/// Up to `size` connections, opened when needed, lent one task at a time, first come first served.
///
/// A connection that broke, that heard from its server while idle (a restart, a shutdown), or that came back
/// with a transaction open is closed, and the next one to ask opens another.
package final class Pool: Sendable {
    /// What every connection is opened with.
    package let configuration: Configuration
    private let logger: Logger
    fileprivate let queue: PoolQueue<Connection>

    /// A pool; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - size: most connections at a time, at least 1.
    ///   - acquireTimeout: longest wait for a connection to become free. Opening one has its own bound.
    package init(
        _ configuration: Configuration, size: Int = 4, acquireTimeout: Duration = .seconds(5), logger: Logger
    ) {
        self.configuration = configuration
        self.logger = logger
        queue = PoolQueue(size: max(1, size), acquireTimeout: acquireTimeout)
    }

    /// Lends a connection to `body`. What it sets on the session (SET, LISTEN, session locks) it must undo.
    ///
    /// - Throws: what `body` throws; `poolTimeout`; `cancelled`; what `Connection.open` throws; `away` when
    ///   closed.
    @discardableResult
    package nonisolated(nonsending) func withConnection<R: Sendable>(
        _ body: nonisolated(nonsending) (Connection) async throws -> R
    ) async throws -> R {
        let connection = try await acquire()
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Runs one statement on any connection; see `Connection.query`.
    package func query(_ query: Query) async throws -> [Row] {
        try await withConnection { try await $0.query(query) }
    }

    /// Runs one statement on any connection; see `Connection.execute`.
    @discardableResult
    package func execute(_ query: Query) async throws -> Int {
        try await withConnection { try await $0.execute(query) }
    }

    /// Runs `body` in a transaction, again when the server asks for it.
    ///
    /// Only `serialization` (40001, 40P01) is tried again, from a new BEGIN, after 5, 20, 80, 320… ms: the
    /// server said that nothing was kept. A lost COMMIT is `outcomeUnknown`, and never tried again here.
    ///
    /// - Parameter attempts: most runs of `body`, at least 1. It must not keep what an earlier run told it.
    @discardableResult
    package nonisolated(nonsending) func transaction<R: Sendable>(
        _ isolation: Isolation = .readCommitted, readOnly: Bool = false, attempts: Int = 5,
        _ body: nonisolated(nonsending) (Connection) async throws -> R
    ) async throws -> R {
        var pause = Duration.milliseconds(5)
        var attempt = 1
        while true {
            do {
                return try await withConnection { connection in
                    try await connection.transaction(isolation, readOnly: readOnly, body)
                }
            } catch let error as PostgresError where error.code == .serialization && attempt < attempts {
                attempt += 1
                do { try await Task.sleep(for: pause) } catch { throw PostgresError(.cancelled) }
                pause = min(pause * 4, .seconds(2))
            }
        }
    }

    /// Refuses whoever waits or comes, closes what is idle, and what is lent as it comes back.
    package func close() async {
        for connection in queue.close() { await connection.close() }
    }

    private func acquire() async throws(PostgresError) -> Connection {
        if case .idle(let connection) = try await queue.acquire() {
            if await connection.session.isQuiet() { return connection }
            await connection.close()
        }
        // The place is ours, with nothing in it any more.
        return try await open()
    }

    private func open() async throws(PostgresError) -> Connection {
        do {
            return try await Connection.open(configuration, logger: logger)
        } catch {
            queue.vacate()
            throw error
        }
    }

    private func giveBack(_ connection: Connection) async {
        if connection.session.standing == .idle, queue.giveBack(connection) { return }
        await connection.close()
        queue.vacate()
    }
}

extension Pool {
    /// How many tasks wait for a connection: a figure to watch.
    package var waitingCount: Int { queue.waitingCount }
}
