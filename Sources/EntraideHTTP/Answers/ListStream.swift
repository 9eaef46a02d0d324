import EntraideCore
import HummingbirdCore
import Lines
import NIOCore
import Synchronization

/// A list on its way to a client, page after page: one page in memory, no transaction held between two.
///
/// A page is handed to the connection a slice at a time, and the next is read once the connection took the last slice: a slow
/// reader makes us hold one page and what the connection queues, never two pages. The page counts in the answers' budget, its
/// room kept for the next one until the list ends.
final class ListStream: Sendable {
    /// Where a page ended.
    private struct End {
        let place: String

        /// Nil for the last page.
        init?(_ page: Listing.Page, size: Int) {
            guard page.count == size, let end = page.end else { return nil }
            place = end
        }
    }

    /// How much is handed to the connection at a time. It queues 64 KiB before it makes us wait.
    static let slice = 64 << 10

    private let listing: Listing
    /// The first page, until it is taken to be written.
    private let first: Mutex<Listing.Page?>
    private let pageSize: Int
    private let exchange: Exchange
    private let log: AccessLog
    private let share: AnswerBudget.Share

    /// - Parameters:
    ///   - first: the first page, read before anything was answered, so that what is wrong from the start has a status of
    ///     its own.
    ///   - share: what it takes of the budget.
    init(
        _ listing: Listing, _ first: Listing.Page, pageSize: Int, exchange: Exchange, log: AccessLog,
        share: AnswerBudget.Share
    ) {
        self.listing = listing
        self.first = Mutex(first)
        self.pageSize = pageSize
        self.exchange = exchange
        self.log = log
        self.share = share
    }

    /// Writes the list. When a page cannot be read, an `error` line ends what was written and the transfer breaks off:
    /// thrown out of here, the error closes the connection without the last chunk.
    ///
    /// - Throws: what reading or writing threw.
    func write(to writer: inout any ResponseBodyWriter) async throws {
        var bytes = 0
        do {
            try await write(listing.header, to: &writer, &bytes)
            var end = try await write(takeFirst(), to: &writer, &bytes)
            while let last = end {
                let page: Listing.Page
                do {
                    page = try await listing.page(last.place, pageSize)
                } catch {
                    let reason = Task.isCancelled ? EntraideError.databaseBusy : EntraideError(any: error)
                    log.failed(reason, on: exchange.route)
                    try await writer.write(ByteBuffer(string: ErrorAnswer(reason).line(in: exchange.format)))
                    throw reason
                }
                end = try await write(page, to: &writer, &bytes)
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
        var length = listing.header.utf8.count
        var end = count(takeFirst(), &length)
        while let last = end { end = count(try await listing.page(last.place, pageSize), &length) }
        return length
    }

    private func takeFirst() -> Listing.Page {
        first.withLock { first in
            defer { first = nil }
            return first ?? Listing.Page(text: "", count: 0)
        }
    }

    /// Writes one page, which nobody holds any more afterwards; where it ended.
    private func write(
        _ page: Listing.Page, to writer: inout any ResponseBodyWriter, _ bytes: inout Int
    ) async throws -> End? {
        share.resize(to: page.text.utf8.count)
        try await write(page.text, to: &writer, &bytes)
        return End(page, size: pageSize)
    }

    /// Writes a text in slices, each with memory of its own: one that waits for its reader keeps none of the others.
    private func write(_ text: String, to writer: inout any ResponseBodyWriter, _ bytes: inout Int)
        async throws
    {
        var rest = text.utf8[...]
        while !rest.isEmpty {
            let slice = rest.prefix(Self.slice)
            rest = rest.dropFirst(slice.count)
            bytes += slice.count
            try await writer.write(ByteBuffer(bytes: slice))
        }
    }

    private func count(_ page: Listing.Page, _ length: inout Int) -> End? {
        length += page.text.utf8.count
        return End(page, size: pageSize)
    }
}
