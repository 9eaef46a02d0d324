package import Postgres

/// How a rehearsed write leaves its transaction: with what it would have answered.
private struct Rehearsal<Result: Sendable>: Error {
    let result: Result
}

extension Database {
    /// One transaction, retried on serialization failures and deadlocks. With `dryRun` everything is done and
    /// checked, then rolled back.
    ///
    /// - Throws: ``EntraideError``, whatever went wrong below.
    package func write<Result: Sendable>(
        dryRun: Bool = false, _ body: @Sendable (Connection) async throws -> Result
    ) async throws -> Result {
        do {
            return try await pool.transaction { connection in
                let result = try await body(connection)
                if dryRun { throw Rehearsal(result: result) }
                return result
            }
        } catch let rehearsal as Rehearsal<Result> {
            return rehearsal.result
        } catch {
            throw EntraideError(any: error)
        }
    }

    /// Several reads of one snapshot.
    package func read<Result: Sendable>(
        _ body: @Sendable (Connection) async throws -> Result
    ) async throws -> Result {
        do {
            return try await pool.transaction(.repeatableRead, readOnly: true, body)
        } catch {
            throw EntraideError(any: error)
        }
    }
}
