import Postgres

/// The role `entraide_reader`, which the HTTP endpoint takes. A role belongs to the whole server, not to one
/// database: migrations cannot own it, and two databases may be made at once.
enum ReaderRole {
    /// Creates the role when it is missing, and makes the current user one who may take it.
    ///
    /// - Throws: `reader-role-missing` when this takes an administrator; `PostgresError` when the server goes away.
    static func ensure(on connection: Connection) async throws {
        // Another program may be doing the same at this moment; PostgreSQL refuses the later of two creations or
        // grants. What counts is how things stand afterwards.
        for attempt in 1...5 {
            do {
                if try await isReady(on: connection) { return }
                if try await !exists(on: connection) {
                    try await connection.execute("CREATE ROLE entraide_reader NOLOGIN")
                }
                if try await !mayTake(on: connection) {
                    try await connection.execute("GRANT entraide_reader TO CURRENT_USER")
                }
            } catch let error as PostgresError {
                switch error.code {
                case .permissionDenied:
                    let rows = try await connection.query("SELECT current_user::text AS name")
                    let name: String = try rows.first?.get("name") ?? "?"
                    throw EntraideError(.readerRoleMissing, ["user": name])
                case .uniqueViolation where attempt < 5, .server where attempt < 5:
                    try await Task.sleep(for: .milliseconds(20 * attempt))
                default: throw error
                }
            }
        }
        if try await !isReady(on: connection) { throw EntraideError(.readerRoleMissing, ["user": "<user>"]) }
    }

    /// True when the role exists and the current user may take it.
    static func isReady(on connection: Connection) async throws -> Bool {
        guard try await exists(on: connection) else { return false }
        return try await mayTake(on: connection)
    }

    private static func exists(on connection: Connection) async throws -> Bool {
        let rows = try await connection.query(
            "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = \(Migrator.readerRole)) AS found")
        return try rows.first?.get("found") ?? false
    }

    /// Since PostgreSQL 16 membership and the right to take the role are two things.
    private static func mayTake(on connection: Connection) async throws -> Bool {
        let privilege = connection.serverVersion >= 160_000 ? "SET" : "MEMBER"
        let rows = try await connection.query(
            "SELECT pg_has_role(current_user, \(Migrator.readerRole)::name, \(privilege)) AS member")
        return try rows.first?.get("member") ?? false
    }
}
