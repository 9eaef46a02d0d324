/// Why a call to PostgreSQL failed.
///
/// `description` is safe to log and to show: code, SQLSTATE, names of constraint, table and column. What the
/// server said quotes the data it refused, so it appears in `debugDescription` alone.
package struct PostgresError: Error, Sendable, Equatable {
    /// What a caller can act on. Several SQLSTATEs share a code; `sqlState` tells them apart.
    package enum Code: String, Sendable, CaseIterable {
        /// The server cannot be reached, or the connection was lost. In a transaction: it was rolled back.
        /// On a bare statement outside a transaction nothing is known of its effect.
        case away
        /// The connection was lost while COMMIT was under way: committed or not, only reading back can tell.
        case outcomeUnknown = "outcome-unknown"
        /// No connection became free within the pool's acquire timeout.
        case poolTimeout = "pool-timeout"
        /// The statement ran longer than `statement_timeout`, or an administrator cancelled it.
        case statementTimeout = "statement-timeout"
        /// A lock was not obtained within `lock_timeout`, or at once under NOWAIT.
        case lockTimeout = "lock-timeout"
        /// The calling task was cancelled. Nothing was sent, or the server gave the statement up.
        case cancelled
        /// Serialization failure or deadlock: running the whole transaction again may succeed.
        case serialization
        /// A unique or exclusion constraint refused a row.
        case uniqueViolation = "unique-violation"
        /// A foreign key refused a row.
        case foreignKeyViolation = "foreign-key-violation"
        /// A CHECK, domain or NOT NULL constraint refused a row.
        case checkViolation = "check-violation"
        /// The role may not do this.
        case permissionDenied = "permission-denied"
        /// A write in a read-only transaction or session.
        case readOnly = "read-only"
        /// The server refused who we said we are.
        case authentication
        /// No such database, schema, table, column, function, type or role.
        case undefinedObject = "undefined-object"
        /// A value or text holds U+0000, which PostgreSQL cannot store. Nothing was sent.
        case nulByte = "nul-byte"
        /// A column is absent, ambiguous, NULL where a value is needed, or of another type.
        case decoding
        /// The calling code broke a rule of this module; `detail` says which.
        case misuse
        /// Any other refusal by the server.
        case server
    }

    /// The kind of failure.
    package let code: Code
    /// The five characters that the server gave, when it answered.
    package let sqlState: String?
    /// Name of the constraint that refused, when there is one.
    package let constraint: String?
    /// Name of the table concerned, when the server says.
    package let table: String?
    /// Name of the column concerned: of the table for the server's errors, of the result for `decoding`.
    package let column: String?
    /// Our own words, made of names and types, never of values.
    package let detail: String?
    /// The server's or libpq's words. May quote personal data; kept out of `description`.
    let serverMessage: String?

    /// An error with its code and whatever else is known.
    ///
    /// - Parameter detail: shown in `description`, so never a value, SQL or a server's message.
    package init(
        _ code: Code, sqlState: String? = nil, constraint: String? = nil, table: String? = nil,
        column: String? = nil, detail: String? = nil
    ) {
        self.init(
            code, sqlState: sqlState, constraint: constraint, table: table, column: column, detail: detail,
            serverMessage: nil)
    }

    init(
        _ code: Code, sqlState: String? = nil, constraint: String? = nil, table: String? = nil,
        column: String? = nil, detail: String? = nil, serverMessage: String?
    ) {
        self.code = code
        self.sqlState = sqlState
        self.constraint = constraint
        self.table = table
        self.column = column
        self.detail = detail
        self.serverMessage = serverMessage
    }

    /// The same failure under another code, as when a lost connection turns out to have carried COMMIT.
    func recoded(_ code: Code) -> PostgresError {
        PostgresError(
            code, sqlState: sqlState, constraint: constraint, table: table, column: column, detail: detail,
            serverMessage: serverMessage)
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Code and names only.
    package var description: String {
        var text = "postgres: \(code.rawValue)"
        if let sqlState { text += " sqlstate=\(sqlState)" }
        if let table { text += " table=\(table)" }
        if let column { text += " column=\(column)" }
        if let constraint { text += " constraint=\(constraint)" }
        if let detail { text += " (\(detail))" }
        return text
    }

    /// `description`, then the server's message. For a developer's eyes, not for logs.
    package var debugDescription: String {
        guard let serverMessage else { return description }
        return "\(description): \(serverMessage)"
    }
}
