import Foundation
import NIOCore

/// Decides on each connection before anything is set up for it.
///
/// One that cannot be accepted leaves the listening socket open: such an error travels to the end of the server's pipeline,
/// where it would end the server: a client that hung up while queued, or a moment without free descriptors, would stop the
/// service. One too many of its address is closed at once, without an answer: to wait for its request would let silent ones
/// hold their places.
final class AcceptGuard: ChannelInboundHandler, Sendable {
    typealias InboundIn = Channel
    typealias InboundOut = Channel

    private let connections: AddressConnections

    init(_ connections: AddressConnections) {
        self.connections = connections
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        let address = ClientAddress(channel.remoteAddress)
        guard connections.open(address) else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { [connections] _ in connections.close(address) }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, Self.passing.contains(error.errnoCode) { return }
        context.fireErrorCaught(error)
    }

    /// What the next attempt may not meet again.
    private static let passing = [ECONNABORTED, EMFILE, ENFILE, ENOBUFS, ENOMEM]
}
