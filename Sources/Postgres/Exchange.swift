import CLibpq

/// What is known of the statement under way.
struct Exchange {
    let cancellation: CancellationFlag?
    /// Whether COPY FROM STDIN is expected.
    var acceptsCopy = false
    var isCopying = false
    var isCancelled = false
    var cancelRequest: CancelRequest?
    var failure: PostgresError?
    var table: ResultTable?

    init(cancellation: CancellationFlag?, acceptsCopy: Bool = false) {
        self.cancellation = cancellation
        self.acceptsCopy = acceptsCopy
    }
}

extension PostgresError {
    /// The server's refusal in `result`.
    ///
    /// - Parameter isCancelled: whether we had asked the server to cancel, which makes 57014 our own doing.
    init(_ result: OpaquePointer, isCancelled: Bool) {
        let state = diagnostic(result, LIBPQ_DIAG_SQLSTATE)
        var code = state.map(Code.init(sqlState:)) ?? .server
        if isCancelled && state == "57014" { code = .cancelled }
        let severity = diagnostic(result, LIBPQ_DIAG_SEVERITY)
        // After FATAL or PANIC the backend is gone, even if its socket is not closed yet.
        if severity == "FATAL" || severity == "PANIC" {
            code = .away
        } else if code == .away {
            // A mere ERROR of class 08 is about some other connection, a foreign server's for one.
            code = .server
        }
        self.init(
            code, sqlState: state, constraint: diagnostic(result, LIBPQ_DIAG_CONSTRAINT),
            table: diagnostic(result, LIBPQ_DIAG_TABLE), column: diagnostic(result, LIBPQ_DIAG_COLUMN),
            serverMessage: diagnostic(result, LIBPQ_DIAG_MESSAGE)
                ?? PQresultErrorMessage(result).map { String(cString: $0) })
    }
}
