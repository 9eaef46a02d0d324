/// What a transaction sees of others that run beside it.
package enum Isolation: String, Sendable, CaseIterable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// Every statement sees what was committed before the first; a write that lost a race fails (40001).
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after another; any of them may fail (40001).
    case serializable = "SERIALIZABLE"
}

extension Connection {
    /// Runs `body` in a transaction: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// A body that swallowed a failed statement cannot commit: `misuse` is thrown, with SQLSTATE 25P02. A
    /// task cancelled before COMMIT is rolled back; COMMIT itself is never cancelled.
    ///
    /// - Throws: what `body` throws; `misuse` for a transaction in a transaction; `outcomeUnknown` when the
    ///   connection is lost during COMMIT (`away` if `readOnly`: there was nothing to lose).
    @discardableResult
    package nonisolated(nonsending) func transaction<R: Sendable>(
        _ isolation: Isolation = .readCommitted, readOnly: Bool = false,
        _ body: nonisolated(nonsending) (Connection) async throws -> R
    ) async throws -> R {
        let begin = "BEGIN ISOLATION LEVEL \(isolation.rawValue)" + (readOnly ? " READ ONLY" : "")
        let session = session
        try await session.cancellable { flag async throws(PostgresError) in
            try await session.begin(begin, cancellation: flag)
        }
        let value: R
        do {
            value = try await body(self)
            try requireCommittable()
        } catch {
            // Seen through even when the task is cancelled; if it fails, the server rolls back by itself.
            _ = try? await session.run(script: "ROLLBACK", cancellation: nil)
            throw error
        }
        try await commit(readOnly: readOnly)
        return value
    }

    private func requireCommittable() throws(PostgresError) {
        guard !Task.isCancelled else { throw PostgresError(.cancelled) }
        switch session.standing {
        case .inTransaction: return
        case .broken: throw PostgresError(.away, detail: "lost within the transaction")
        case .inFailedTransaction:
            throw PostgresError(
                .misuse, sqlState: "25P02", detail: "a failed statement was swallowed in a transaction")
        case .idle:
            throw PostgresError(.misuse, detail: "the transaction was ended by its own body")
        }
    }

    private func commit(readOnly: Bool) async throws(PostgresError) {
        do throws(PostgresError) {
            let table = try await session.run(script: "COMMIT", cancellation: nil)
            // A deferred failure would have thrown; this is PostgreSQL's polite answer to an aborted
            // transaction.
            guard table.tag == "COMMIT" else {
                throw PostgresError(.misuse, sqlState: "25P02", detail: "COMMIT rolled back")
            }
        } catch {
            throw error.code == .away && !readOnly ? error.recoded(.outcomeUnknown) : error
        }
    }
}
