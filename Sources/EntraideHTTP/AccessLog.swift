import EntraideCore
import HTTPTypes
import Logging

/// One log entry per answer: method, pattern of the route, status, bytes, duration. Nothing in it is a client's own
/// text: no token, no parameter, no path.
struct AccessLog: Sendable {
    private let logger: Logger

    init(_ logger: Logger) {
        self.logger = logger
    }

    /// An answer that is out, or that broke off.
    func answered(
        _ method: HTTPRequest.Method, _ route: Route?, status: Int, bytes: Int,
        since start: ContinuousClock.Instant,
        isWhole: Bool = true
    ) {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        logger.log(
            level: .info, isWhole ? "answered" : "broken off",
            metadata: [
                "method": "\(Self.name(method))", "route": "\(route?.pattern ?? "-")", "status": "\(status)",
                "bytes": "\(bytes)", "ms": "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)",
            ])
    }

    /// What went wrong inside: codes and names of our own, never a server's or a client's words.
    func failed(_ error: EntraideError, on route: Route?) {
        logger.error(
            "failed",
            metadata: [
                "route": "\(route?.pattern ?? "-")", "code": "\(error.code.rawValue)",
                "what": "\(error.values["what"] ?? "-")",
            ])
    }

    private static func name(_ method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .options, .post, .put, .delete, .patch, .trace, .connect: method.rawValue
        default: "other"
        }
    }
}
