package import Logging
import Synchronization

/// One session with the server, on a thread of its own.
///
/// Statements of several tasks queue up; a transaction belongs to whoever opened it, so share a `Pool`, not a
/// connection. A cancelled task's statement is cancelled on the server, and the connection stays usable.
package final class Connection: Sendable {
    /// Process id of the backend, as in `pg_stat_activity`.
    package let backendPID: Int32
    /// Version of the server: 150004 for 15.4.
    package let serverVersion: Int
    let session: Session

    private init(session: Session, backendPID: Int32, serverVersion: Int) {
        self.session = session
        self.backendPID = backendPID
        self.serverVersion = serverVersion
    }

    /// Connects.
    ///
    /// - Throws: `away`, `authentication`, `undefinedObject` (no such database), `misuse` (unreadable
    ///   conninfo), `nulByte`, `cancelled`.
    package static func open(
        _ configuration: Configuration, logger: Logger
    ) async throws(PostgresError) -> Connection {
        let session = try Session(configuration, logger: logger)
        let (pid, version) = try await session.cancellable { flag async throws(PostgresError) in
            try await session.connect(cancellation: flag)
        }
        return Connection(session: session, backendPID: pid, serverVersion: version)
    }

    /// Runs one statement and returns its rows.
    ///
    /// Outside a transaction, `away` leaves unknown whether the statement took effect: writes belong in one.
    package func query(_ query: Query) async throws(PostgresError) -> [Row] {
        try await run(query).rows
    }

    /// Runs one statement and returns how many rows it affected, or returned.
    @discardableResult
    package func execute(_ query: Query) async throws(PostgresError) -> Int {
        try await run(query).affected
    }

    /// Runs several statements, separated by `;`, without parameters. Outside a transaction they form one.
    package func script(_ sql: String) async throws(PostgresError) {
        let session = session
        _ = try await session.cancellable { flag async throws(PostgresError) in
            try await session.run(script: sql, cancellation: flag)
        }
    }

    /// Writes rows through COPY; returns how many.
    ///
    /// - Parameters:
    ///   - table: a name, or `schema.name`; each part is quoted.
    ///   - columns: their names, quoted; at least one.
    ///   - rows: values in the order of `columns`. All or none are written.
    /// - Throws: `misuse` when a row has not as many values as there are columns.
    /// - Complexity: linear in the bytes; the whole text is held in memory.
    package func copyIn(
        table: String, columns: [String], rows: [[PostgresValue]]
    ) async throws(PostgresError) -> Int {
        let text = try CopyText.encode(rows, width: columns.count)
        let sql = try CopyText.statement(table: table, columns: columns)
        let session = session
        return try await session.cancellable { flag async throws(PostgresError) in
            try await session.copy(sql, text: text, cancellation: flag)
        }
    }

    /// Ends the session; later calls throw `away`.
    package func close() async {
        await session.disconnect()
    }

    /// Whether the connection is lost or closed, as far as the last statement could tell.
    package var isBroken: Bool { session.standing == .broken }

    private func run(_ query: Query) async throws(PostgresError) -> ResultTable {
        let session = session
        return try await session.cancellable { flag async throws(PostgresError) in
            try await session.run(query, cancellation: flag)
        }
    }
}

extension Session {
    /// Runs `body` with a flag that the cancellation of the current task raises.
    nonisolated func cancellable<R: Sendable>(
        _ body: (CancellationFlag) async throws(PostgresError) -> R
    ) async throws(PostgresError) -> R {
        let flag = CancellationFlag(wake: wake)
        let result: Result<R, PostgresError> = await withTaskCancellationHandler {
            do throws(PostgresError) {
                return .success(try await body(flag))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            flag.raise()
        }
        return try result.get()
    }
}
