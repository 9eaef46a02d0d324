import EntraideCore
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Lines
import NIOCore

/// Answers every request: takes it apart, finds its route, format, language and audience, and writes records or the
/// error that says why not. It never throws for what a client or the database did.
struct LineResponder: HTTPResponder {
    typealias Context = LineContext

    /// Most bytes of a request's body, which nothing here reads.
    static let longestBody = 64 << 10

    let routes: Routes
    let defaultLanguage: Language
    let log: AccessLog
    let budget: AnswerBudget
    let limiter: RequestLimiter

    /// - Throws: only what the connection itself threw while a body was read.
    func respond(to request: Request, context: LineContext) async throws -> Response {
        var exchange = Exchange(request, defaultLanguage: defaultLanguage)
        do {
            if !exchange.isProbe { try limiter.admit(context.peer, exchange.fields) }
        } catch {
            // Told in the format that the address asks for, if it can be read.
            _ = try? exchange.findTarget()
            return answer(error, exchange)
        }
        do {
            try await Self.discardBody(of: request)
        } catch let error as EntraideError {
            return answer(error, exchange)
        }
        do {
            return try await answer(&exchange)
        } catch {
            return answer(EntraideError(any: error), exchange)
        }
    }

    // MARK: What is asked

    private func answer(_ exchange: inout Exchange) async throws -> Response {
        if exchange.method == .options, exchange.text == "*" { return options(exchange) }
        let target = try exchange.findTarget()
        let route = try exchange.findRoute(of: target)
        switch exchange.method {
        case .get, .head: break
        case .options: return options(exchange)
        default: throw EntraideError(.methodNotAllowed, ["allowed": Route.methods])
        }
        guard route.hasRecords else { return try await answer(route, target, exchange) }
        let choice = try exchange.findFormat(of: target)
        let audience = try await Authorization(database: routes.database, limiter: limiter).audience(
            of: exchange.fields, for: route.scope)
        let parameters = try ParameterReader(target.items, allowed: route.parameters)
        let header = try parameters.flag("header")
        if header == true, choice.format == .ndjson { throw ParameterReader.bad("header", expected: "false") }
        let paging = try Paging(parameters)
        let writer = LineWriter(choice.format, header: header)
        var fields = exchange.commonFields
        fields[.contentType] =
            choice.format == .csv && header == false
            ? "text/csv; charset=utf-8; header=absent" : choice.contentType
        switch try await routes.records(of: route, parameters, for: audience, by: writer) {
        case .whole(let text): return try whole(text, fields, exchange)
        case .list(let listing): return try await list(listing, paging, target, fields, exchange)
        }
    }

    /// The pages for people and for supervisors: always text.
    private func answer(_ route: Route, _ target: RequestTarget, _ exchange: Exchange) async throws
        -> Response
    {
        _ = try ParameterReader(target.items, allowed: route.parameters)
        var fields = exchange.commonFields
        fields[.contentType] = LineFormat.text.contentType
        switch route {
        case .readiness:
            do {
                try await routes.requireReadiness()
            } catch {
                return answer(EntraideError(any: error), exchange, status: 503)
            }
            return try whole("ok\n", fields, exchange)
        case .help:
            fields[.vary] = "Accept, Accept-Encoding, Accept-Language, Authorization"
            fields[.contentLanguage] = exchange.language.rawValue
            return try whole(HelpPage(host: exchange.host).text(in: exchange.language), fields, exchange)
        default: return try whole("ok\n", fields, exchange)
        }
    }

    /// Takes a body, which no route has a use for, up to what is bearable.
    ///
    /// - Throws: `request-too-large`; what the connection throws.
    private static func discardBody(of request: Request) async throws {
        guard request.headers.contains(.contentLength) || request.headers.contains(.transferEncoding) else {
            return
        }
        if let length = request.headers[.contentLength], Int(length) ?? .max > longestBody {
            throw EntraideError(.requestTooLarge)
        }
        var bytes = 0
        for try await piece in request.body {
            bytes += piece.readableBytes
            if bytes > longestBody { throw EntraideError(.requestTooLarge) }
        }
    }

    // MARK: What is answered

    private func options(_ exchange: Exchange) -> Response {
        var fields = exchange.commonFields
        fields[.allow] = Route.methods
        log.answered(exchange.method, exchange.route, status: 204, bytes: 0, since: exchange.start)
        return Response(status: .noContent, headers: fields)
    }

    /// An answer whose bytes are all there.
    ///
    /// - Parameter held: the share of the budget that was taken for it already.
    private func whole(
        _ text: String, _ fields: HTTPFields, _ exchange: Exchange, status: Int = 200,
        held: AnswerBudget.Share? = nil
    ) throws(EntraideError) -> Response {
        let buffer = ByteBuffer(string: text)
        var share = held
        if share == nil, exchange.method != .head { share = try budget.share(buffer.readableBytes) }
        var fields = fields
        fields[.contentLength] = String(buffer.readableBytes)
        let sent = exchange.method == .head ? 0 : buffer.readableBytes
        log.answered(exchange.method, exchange.route, status: status, bytes: sent, since: exchange.start)
        let body: ResponseBody
        if exchange.method == .head {
            body = ResponseBody()
        } else if let share {
            body = ResponseBody(contentLength: buffer.readableBytes) { writer in
                try await writer.write(buffer)
                try await writer.finish(nil)
                // From here on the connection's guard counts what its reader has not taken.
                withExtendedLifetime(share) {}
            }
        } else {
            body = ResponseBody(byteBuffer: buffer)
        }
        return Response(status: .init(code: status), headers: fields, body: body)
    }

    /// A page with the link to the next, or the whole list: at once if it is short, else streamed.
    private func list(
        _ listing: Listing, _ paging: Paging, _ target: RequestTarget, _ fields: HTTPFields,
        _ exchange: Exchange
    ) async throws -> Response {
        let size = paging.limit ?? routes.pageSize
        let first = try await listing.page(paging.after, size)
        let isShort = first.count < size
        guard paging.limit == nil else {
            // Taken before the look ahead, which may have to wait.
            let share = try budget.share(listing.header.utf8.count + first.text.utf8.count)
            var fields = fields
            if !isShort, let end = first.end, let link = HTTPField.Name("Link"),
                try await listing.page(end, 1).count > 0
            {
                fields[link] = Paging.link(after: end, of: target)
            }
            return try whole(listing.header + first.text, fields, exchange, held: share)
        }
        if isShort { return try whole(listing.header + first.text, fields, exchange) }
        let stream = ListStream(
            listing, first, pageSize: size, exchange: exchange, log: log,
            share: try budget.growingShare(first.text.utf8.count))
        if exchange.method == .head {
            var fields = fields
            fields[.contentLength] = String(try await stream.length())
            log.answered(exchange.method, exchange.route, status: 200, bytes: 0, since: exchange.start)
            return Response(status: .ok, headers: fields)
        }
        return Response(
            status: .ok, headers: fields, body: ResponseBody { writer in try await stream.write(to: &writer) }
        )
    }

    private func answer(_ error: EntraideError, _ exchange: Exchange, status: Int? = nil) -> Response {
        let answer = ErrorAnswer(error, status: status)
        if answer.status >= 500 { log.failed(error, on: exchange.route) }
        var fields = exchange.commonFields
        for field in answer.fields { fields[field.name] = field.value }
        let text: String
        if exchange.errorFormat == .ndjson {
            fields[.contentType] = "application/problem+json"
            fields[.contentLanguage] = exchange.language.rawValue
            fields[.vary] = "Accept, Accept-Encoding, Accept-Language, Authorization"
            text = answer.problem(in: exchange.language)
        } else {
            fields[.contentType] = LineFormat.text.contentType
            text = answer.line(in: .text)
        }
        let body = ByteBuffer(string: text)
        fields[.contentLength] = String(body.readableBytes)
        let isHead = exchange.method == .head
        log.answered(
            exchange.method, exchange.route, status: answer.status, bytes: isHead ? 0 : body.readableBytes,
            since: exchange.start)
        return Response(
            status: .init(code: answer.status), headers: fields,
            body: isHead ? ResponseBody() : ResponseBody(byteBuffer: body))
    }
}
