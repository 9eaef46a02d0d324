import EntraideCore
import Lines

/// Records of one type as lines: a list read page by page, so that no answer holds it whole.
struct Listing: Sendable {
    /// Some lines that follow one another.
    struct Page: Sendable, Equatable {
        var text: String
        /// How many records; fewer than asked for when the list ends here.
        var count: Int
        /// Where the page ends; nil when it is empty.
        var end: String?
    }

    /// The line before the first record; empty when there is none.
    let header: String
    /// At most `limit` records after a place.
    let page: @Sendable (_ after: String?, _ limit: Int) async throws -> Page

    init(header: String, page: @escaping @Sendable (_ after: String?, _ limit: Int) async throws -> Page) {
        self.header = header
        self.page = page
    }

    /// The list that `read` gives piece by piece, written by `writer`.
    init<R: LineRecord>(
        _ type: R.Type, by writer: LineWriter,
        read:
            @escaping @Sendable (_ after: String?, _ limit: Int) async throws -> (records: [R], end: String?)
    ) {
        header = writer.header(for: type) ?? ""
        page = { after, limit in
            let (records, end) = try await read(after, limit)
            return Page(text: try Self.lines(records, by: writer), count: records.count, end: end)
        }
    }

    /// A list that is short enough to be read at once; `key` names the place of each record.
    init<R: LineRecord>(
        _ type: R.Type, by writer: LineWriter, key: @escaping @Sendable (R) -> String,
        read: @escaping @Sendable () async throws -> [R]
    ) {
        self.init(type, by: writer) { after, limit in
            var rest = try await read()[...]
            if let after {
                // What the cursor stood on may be gone since: no guess where the page before ended.
                guard let place = rest.firstIndex(where: { key($0) == after }) else { throw Paging.badCursor }
                rest = rest[(place + 1)...]
            }
            let records = Array(rest.prefix(limit))
            return (records, records.last.map(key))
        }
    }

    /// One record, or the few that belong together, always given whole.
    static func whole<R: LineRecord>(_ records: [R], by writer: LineWriter) throws -> String {
        (writer.header(for: R.self) ?? "") + (try lines(records, by: writer))
    }

    private static func lines<R: LineRecord>(_ records: [R], by writer: LineWriter) throws -> String {
        var text = ""
        do {
            for record in records { text += try writer.line(record) }
        } catch {
            // The fault is in what is stored, not in what was asked.
            throw EntraideError(.internalFailure, ["what": "\(R.name): \(error.code.rawValue)"])
        }
        return text
    }
}
