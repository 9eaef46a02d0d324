import Postgres

/// The error that `body` ends with, or nil when it does not fail, or fails with another type.
nonisolated(nonsending) func failure<R>(
    of body: nonisolated(nonsending) () async throws -> R
) async -> PostgresError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}
