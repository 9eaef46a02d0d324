import EntraideCore
import HummingbirdCore
import Lines
import NIOCore

/// A list on its way to a client, page after page: one page in memory, no transaction held between two.
struct ListStream: Sendable {
    private let listing: Listing
    private let first: Listing.Page
    private let pageSize: Int
    private let exchange: Exchange
    private let log: AccessLog

    /// - Parameter first: the first page, read before anything was answered, so that what is wrong from the start has
    ///   a status of its own.
    init(_ listing: Listing, _ first: Listing.Page, pageSize: Int, exchange: Exchange, log: AccessLog) {
        self.listing = listing
        self.first = first
        self.pageSize = pageSize
        self.exchange = exchange
        self.log = log
    }

    /// Writes the list. When a page cannot be read, an `error` line ends what was written and the transfer breaks off:
    /// thrown out of here, the error closes the connection without the last chunk.
    ///
    /// - Throws: what reading or writing threw.
    func write(to writer: inout any ResponseBodyWriter) async throws {
        var bytes = 0
        do {
            var text = listing.header + first.text
            var next: Listing.Page? = first
            while let page = next {
                bytes += text.utf8.count
                try await writer.write(ByteBuffer(string: text))
                do {
                    next = try await self.page(after: page)
                } catch {
                    let reason = Task.isCancelled ? EntraideError.databaseBusy : EntraideError(any: error)
                    log.failed(reason, on: exchange.route)
                    try await writer.write(ByteBuffer(string: ErrorAnswer(reason).line(in: exchange.format)))
                    throw reason
                }
                text = next?.text ?? ""
            }
            try await writer.finish(nil)
        } catch {
            log.answered(
                exchange.method, exchange.route, status: 200, bytes: bytes, since: exchange.start,
                isWhole: false)
            throw error
        }
        log.answered(exchange.method, exchange.route, status: 200, bytes: bytes, since: exchange.start)
    }

    /// How many bytes ``write(to:)`` would write: what HEAD tells.
    func length() async throws -> Int {
        var length = listing.header.utf8.count + first.text.utf8.count
        var last = first
        while let page = try await page(after: last) {
            length += page.text.utf8.count
            last = page
        }
        return length
    }

    /// The page after another; nil at the end of the list.
    private func page(after page: Listing.Page) async throws -> Listing.Page? {
        guard page.count == pageSize, let end = page.end else { return nil }
        let next = try await listing.page(end, pageSize)
        return next.count == 0 ? nil : next
    }
}
