import EntraideCore
import HTTPTypes
import Lines
import NIOCore
import NIOHTTPTypes

/// Gives the answer to what is no request the error line that every refusal has. Hummingbird itself answers it, before
/// any route, with a status and nothing else; every 400 of ours has a body.
///
/// What the client accepts or speaks was not read either: the line is text, which depends on no language.
final class UnreadableRequest: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.contentLength] == "0"
        else { return context.write(data, promise: promise) }
        let line = ErrorAnswer(EntraideError(.badRequest)).line(in: .text)
        head.headerFields[.contentType] = LineFormat.text.contentType
        head.headerFields[.contentLength] = String(line.utf8.count)
        context.write(wrapOutboundOut(.head(head)), promise: promise)
        context.write(wrapOutboundOut(.body(context.channel.allocator.buffer(string: line))), promise: nil)
    }
}
