import Foundation
import NIOCore

/// Keeps the listening socket open when one connection cannot be accepted.
///
/// Such an error travels to the end of the server's pipeline, where it would end the server: a client that hung up
/// while queued, or a moment without free descriptors, would stop the service.
final class AcceptGuard: ChannelInboundHandler, Sendable {
    typealias InboundIn = Channel

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, Self.passing.contains(error.errnoCode) { return }
        context.fireErrorCaught(error)
    }

    /// What the next attempt may not meet again.
    private static let passing = [ECONNABORTED, EMFILE, ENFILE, ENOBUFS, ENOMEM]
}
