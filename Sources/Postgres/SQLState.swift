extension PostgresError.Code {
    /// The code of a five-character SQLSTATE.
    ///
    /// 57014 (query_canceled) reads as a statement timeout: the caller knows when it asked for the
    /// cancellation itself, and an administrator's `pg_cancel_backend` cannot be told apart without reading a
    /// message that the server may have translated.
    init(sqlState: String) {
        switch sqlState {
        case "40001", "40P01": self = .serialization
        case "23505", "23P01": self = .uniqueViolation
        case "23503": self = .foreignKeyViolation
        case "23514", "23502": self = .checkViolation
        case "42501": self = .permissionDenied
        case "25006": self = .readOnly
        case "57014": self = .statementTimeout
        case "55P03": self = .lockTimeout
        // table, column, function, object, database, schema
        case "42P01", "42703", "42883", "42704", "3D000", "3F000": self = .undefinedObject
        // admin shutdown, crash shutdown, starting up, database dropped, idle too long, too many connections
        case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "53300": self = .away
        default:
            if sqlState.hasPrefix("28") {
                self = .authentication
            } else if sqlState.hasPrefix("08") {
                self = .away
            } else {
                self = .server
            }
        }
    }
}

/// The SQLSTATE in a verbose libpq message (`FATAL:  28P01: …`), the only place it appears when a connection
/// is refused: libpq makes no result object then. The severity word is translated; the two spaces are not.
///
/// - Complexity: linear in the message.
func sqlState(inVerboseMessage message: String) -> String? {
    let bytes = Array(message.utf8)
    let isStateByte = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) }
    // ":  " + five bytes + ":"
    guard bytes.count >= 9 else { return nil }
    for start in 0...(bytes.count - 9)
    where bytes[start] == 0x3A && bytes[start + 1] == 0x20 && bytes[start + 2] == 0x20 {
        let state = bytes[(start + 3)..<(start + 8)]
        if bytes[start + 8] == 0x3A && state.allSatisfy(isStateByte) {
            return String(decoding: state, as: UTF8.self)
        }
    }
    return nil
}
