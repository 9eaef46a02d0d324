import EntraideCore
import HTTPTypes
import HummingbirdCore
import Lines
import Logging
import NIOCore
import PostgresTestSupport
import Synchronization
import Testing

@testable import EntraideHTTP

@Suite("A list on its way")
struct ListStreamTests {
    /// What happened, in order, and what was written.
    private final class Journal: Sendable {
        let events = Mutex<[String]>([])
        let text = Mutex("")
        func note(_ event: String) { events.withLock { $0.append(event) } }
    }

    /// A reader that tells what comes, and how much of the budget is left as it does.
    private struct Writer: ResponseBodyWriter {
        let journal: Journal
        let budget: AnswerBudget
        let size: Int

        mutating func write(_ buffer: ByteBuffer) async throws {
            #expect(buffer.readableBytes <= ListStream.slice)
            journal.text.withLock { $0 += String(buffer: buffer) }
            journal.note("write \(buffer.readableBytes)")
            // The page at hand, and no other, is counted while it is written.
            #expect(throws: EntraideError.databaseBusy) { try budget.share(size - 100_000 + 1) }
            #expect(throws: Never.self) { try budget.share(size - 100_000) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws { journal.note("end") }
    }

    /// A list of three pages of 100,000 bytes, two records each but the last.
    private func stream(_ journal: Journal, _ budget: AnswerBudget) async throws -> ListStream {
        let exchange = Exchange(
            Request(
                head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/v1/rounds"),
                body: RequestBody(buffer: ByteBuffer())), defaultLanguage: .en)
        let listing = Listing(header: "") { after, limit in
            let number = after.flatMap { Int($0) } ?? 0
            journal.note("read \(number)")
            return Listing.Page(
                text: String(repeating: "\(number)", count: 100_000), count: number < 2 ? limit : 1,
                end: "\(number + 1)")
        }
        let first = try await listing.page(nil, 2)
        return ListStream(
            listing, first, pageSize: 2, exchange: exchange, log: AccessLog(.silent),
            share: try budget.growingShare(first.text.utf8.count))
    }

    @Test(
        "A page is read once the one before was taken; its room in the budget is one page's, and comes back")
    func onePage() async throws {
        let (journal, budget) = (Journal(), AnswerBudget(bytes: 1_000_000))
        do {
            let stream = try await stream(journal, budget)
            var writer: any ResponseBodyWriter = Writer(journal: journal, budget: budget, size: 1_000_000)
            try await stream.write(to: &writer)
            #expect(throws: EntraideError.databaseBusy) { try budget.share(1_000_000) }
            withExtendedLifetime(stream) {}
        }
        let slices = ["write 65536", "write 34464"]
        #expect(
            journal.events.withLock { $0 } == ["read 0"] + slices + ["read 1"] + slices + ["read 2"] + slices
                + ["end"])
        #expect(journal.text.withLock { $0 } == "012".map { String(repeating: $0, count: 100_000) }.joined())
        #expect(try budget.share(1_000_000) != nil)
    }

    @Test("Its length is that of all its pages")
    func length() async throws {
        #expect(try await stream(Journal(), AnswerBudget(bytes: 1_000_000)).length() == 300_000)
    }
}

@Suite("The budget of answers")
struct AnswerBudgetTests {
    @Test(
        "Small answers have room always and are not counted; one alone has room; the next has it once that is gone"
    )
    func shares() throws {
        let budget = AnswerBudget(bytes: 100_000)
        #expect(try budget.share(AnswerBudget.free) == nil)
        var large = try budget.share(1_000_000)
        #expect(large != nil)
        #expect(throws: EntraideError.databaseBusy) { try budget.share(AnswerBudget.free + 1) }
        large = nil
        #expect(try budget.share(AnswerBudget.free + 1) != nil)
    }

    @Test("A share that grows is counted as it stands: never refused once begun, it leaves others less")
    func growing() throws {
        let budget = AnswerBudget(bytes: 200_000)
        var list: AnswerBudget.Share? = try budget.growingShare(10)
        #expect(throws: Never.self) { try budget.share(199_990) }
        list?.resize(to: 150_000)
        #expect(throws: EntraideError.databaseBusy) { try budget.share(100_000) }
        #expect(throws: EntraideError.databaseBusy) { try budget.growingShare(100_000) }
        list?.resize(to: 500_000)
        list?.resize(to: 100_000)
        #expect(try budget.share(100_000) != nil)
        list = nil
        #expect(try budget.share(200_000) != nil)
    }
}
