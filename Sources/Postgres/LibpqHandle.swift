import CLibpq
import Dispatch
import Logging

/// Owns one `PGconn`: finished when the last reference goes.
///
/// Not Sendable: it lives inside its `Session` actor.
final class LibpqHandle {
    let connection: OpaquePointer
    /// Held for the notice callback, which knows it by address only.
    private let notices: NoticeLog

    /// Takes the connection over.
    init(_ connection: OpaquePointer, logger: Logger) {
        self.connection = connection
        self.notices = NoticeLog(logger: logger)
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context else { return }
                Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue().receive(result)
            }, Unmanaged.passUnretained(notices).toOpaque())
    }

    deinit { PQfinish(connection) }

    /// What libpq last had to say; may quote data.
    var message: String { PQerrorMessage(connection).map { String(cString: $0) } ?? "" }
}

/// Server notices: their text may quote data, so only the SQLSTATE is logged, at debug level.
private final class NoticeLog {
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func receive(_ result: OpaquePointer?) {
        logger.debug(
            "postgres notice",
            metadata: ["sqlstate": "\(diagnostic(result, LIBPQ_DIAG_SQLSTATE) ?? "none")"])
    }
}

/// One field of the server's report on an error or notice.
func diagnostic(_ result: OpaquePointer?, _ field: Int32) -> String? {
    PQresultErrorField(result, field).map { String(cString: $0) }
}

/// A cancel request on its way to the server, over a connection of its own as the protocol wants.
///
/// `PQcancel` blocks until the server hangs up, which a frozen server never does: so it runs on a thread that
/// may be left behind, and whoever goes on with the session waits for it first. Once it returned, the signal
/// has reached the backend, and cannot hit a later statement.
struct CancelRequest {
    private let finished = DispatchSemaphore(value: 0)

    /// Sends the request for the statement that `connection` is running.
    init?(for connection: OpaquePointer) {
        guard let cancel = PQgetCancel(connection) else { return nil }
        // A pointer is not Sendable; its address is. Only the block below uses it from here on.
        let address = UInt(bitPattern: cancel)
        let finished = finished
        DispatchQueue.global().async {
            let cancel = OpaquePointer(bitPattern: address)
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(cancel, &message, Int32(message.count))
            PQfreeCancel(cancel)
            finished.signal()
        }
    }

    /// Waits until the server took the request; false when it did not within `milliseconds`.
    func wait(milliseconds: Int32) -> Bool {
        finished.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success
    }
}
