import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Keeps one connection within its limits, whatever its client does: sends its head or body drop by drop, sends
/// without end, reads too slowly or not at all, or just stays.
///
/// Sits between the HTTP codec and the application. Everything happens on the channel's event loop, which wakes it at
/// the earliest bound; a bound passed closes the connection. What it adds to HTTP: `Connection: close` is understood in
/// any case and among other words, and an answer given before its request was read whole ends the connection.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How much of an answer is written at a time, in bytes. Taking one slice is what counts as a reader's progress.
    static let slice = 16 << 10

    private let limits: ConnectionLimits

    /// Requests whose head came in, and those whose answer is out. A client may send the next before the answer.
    private var begun = 0
    private var answered = 0
    /// When the head of the request to be answered came, or the last answer ended, or the connection began.
    private var since = NIODeadline.now()
    /// When the head of the request being read came; nil between requests.
    private var readingSince: NIODeadline?
    private var bodyBytes = 0
    /// Per request not yet answered, whether the client wants the connection closed after it.
    private var wantsClose = CircularBuffer<Bool>()
    private var isStopping = false
    /// Whether the answer being written is the connection's last.
    private var isLast = false
    private var unwritten = 0
    private var lastProgress = NIODeadline.now()
    /// Set once the last answer is out while its client still sends.
    private var lingeringUntil: NIODeadline?
    /// Who waits for the connection to close once all is written.
    private var closing: [EventLoopPromise<Void>?] = []
    private var isCancelled = false
    private var alarm: Scheduled<Void>?

    private let budget: AnswerBudget

    init(_ limits: ConnectionLimits, _ budget: AnswerBudget) {
        self.limits = limits
        self.budget = budget
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        since = .now()
        setAlarm(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { isStopping = true }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: What the client sends

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if lingeringUntil != nil {
            if case .body(let bytes) = part { bodyBytes += bytes.readableBytes }
            if bodyBytes > limits.body { context.close(promise: nil) }
            return
        }
        switch part {
        case .head(let head):
            if begun == answered { since = .now() }
            begun += 1
            bodyBytes = 0
            readingSince = .now()
            wantsClose.append(Self.wantsClose(head.headerFields))
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
            // The application counts too and answers 413; it may be done with this request already.
            if bodyBytes > limits.body, begun == answered { return context.close(promise: nil) }
        case .end:
            readingSince = nil
        }
        context.fireChannelRead(data)
        setAlarm(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // Nobody behind us asks for more any longer.
        if lingeringUntil != nil { context.read() }
    }

    private static func wantsClose(_ fields: HTTPFields) -> Bool {
        fields[values: .connection].contains { value in
            value.split(separator: ",").contains { word in
                word.filter { $0 != " " && $0 != "\t" }.lowercased() == "close"
            }
        }
    }

    // MARK: What we answer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            isLast =
                isStopping || (wantsClose.first ?? true) || (readingSince != nil && begun == answered + 1)
            if isLast { head.headerFields[.connection] = "close" }
            track(context, .head(head), promise)
        case .body(var bytes):
            while bytes.readableBytes > Self.slice, let piece = bytes.readSlice(length: Self.slice) {
                track(context, .body(piece), nil)
            }
            track(context, .body(bytes), promise)
        case .end(let trailers):
            endAnswer(context, trailers, promise)
        }
        setAlarm(context)
    }

    /// Writes on, and counts what the system has not taken yet.
    private func track(
        _ context: ChannelHandlerContext, _ part: HTTPResponsePart, _ promise: EventLoopPromise<Void>?
    ) {
        let promise = promise ?? context.eventLoop.makePromise()
        if unwritten == 0 { lastProgress = .now() }
        unwritten += 1
        let size = if case .body(let bytes) = part { bytes.readableBytes } else { 0 }
        budget.queue(size)
        promise.futureResult.assumeIsolated().whenComplete { [budget] _ in
            budget.release(size)
            self.unwritten -= 1
            self.lastProgress = .now()
            self.closeIfWritten(context)
        }
        context.write(wrapOutboundOut(part), promise: promise)
    }

    private func endAnswer(
        _ context: ChannelHandlerContext, _ trailers: HTTPFields?, _ promise: EventLoopPromise<Void>?
    ) {
        answered += 1
        if !wantsClose.isEmpty { wantsClose.removeFirst() }
        since = .now()
        guard isLast else { return track(context, .end(trailers), promise) }
        let written = promise ?? context.eventLoop.makePromise()
        track(context, .end(trailers), written)
        context.flush()
        if readingSince == nil {
            written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        } else {
            lingeringUntil = .now() + limits.linger
            bodyBytes = 0
            written.futureResult.assumeIsolated().whenComplete { _ in
                context.close(mode: .output, promise: nil)
                context.read()
            }
        }
    }

    /// Closing throws away what the system has not taken yet. When all answers were given, a close waits for them to be
    /// out; when one was broken off, or the server is done with waiting, it does not.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // The input is closed from behind us when the task that serves this connection is cancelled.
        if mode == .input {
            isCancelled = true
            if !closing.isEmpty { context.close(promise: nil) }
        }
        guard mode == .all, unwritten > 0, begun <= answered, !isCancelled else {
            return context.close(mode: mode, promise: promise)
        }
        closing.append(promise)
    }

    private func closeIfWritten(_ context: ChannelHandlerContext) {
        guard unwritten == 0, !closing.isEmpty else { return }
        let promises = closing
        closing = []
        for promise in promises { context.close(promise: promise) }
    }

    // MARK: Bounds

    /// The bound that is passed first as things stand.
    private var deadline: NIODeadline {
        if let lingeringUntil { return lingeringUntil }
        var first = since + (begun > answered ? limits.request : limits.idle)
        if let readingSince { first = min(first, readingSince + limits.read) }
        if unwritten > 0 { first = min(first, lastProgress + limits.write) }
        return first
    }

    /// Wakes us at the earliest bound. An alarm set for earlier than needed is left to ring and be set again.
    private func setAlarm(_ context: ChannelHandlerContext) {
        let due = deadline
        if let alarm {
            if alarmDue <= due { return }
            alarm.cancel()
        }
        alarmDue = due
        alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.alarm = nil
            if NIODeadline.now() >= self.deadline {
                context.close(promise: nil)
            } else {
                self.setAlarm(context)
            }
        }
    }

    private var alarmDue = NIODeadline.distantFuture
}
