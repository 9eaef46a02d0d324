/// What one line gave.
package struct LineResult<R: LineRecord>: Sendable {
    /// The line it began on, from 1.
    package let line: Int
    /// The record, or why there is none, with line and, where known, column and field.
    package let record: Result<R, LineError>
    /// What was mended on the way, to be reported to whoever sent the file: `line-break-replaced`.
    package let notices: [LineError]
}

/// Reads records from text, ndjson or csv.
package enum LineReader {
    /// What one line may take by default, in bytes.
    package static let defaultMaxLineBytes = 1 << 20

    /// The records of a whole file, line by line; a bad line is an element of the sequence and does not end it, except
    /// `unclosed-quote` and a csv row `too-long`, after which nothing can be trusted.
    ///
    /// A byte order mark is passed over, and so are blank lines and csv rows of empty cells. A header may give the
    /// columns in any order and leave out those not required; csv always has one, text has one when every field of
    /// its first line is a column's name, the first column's among them.
    ///
    /// - Throws: what ends the reading before it begins: `unreadable-format` for a table; in csv what is wrong with
    ///   the header: `unknown-key`, `duplicate-key`, `missing-key`, or that it cannot be read.
    package static func read<R: LineRecord>(
        _ type: R.Type, bytes: [UInt8], format: LineFormat, dialect: CSVDialect = .standard,
        maxLineBytes: Int = LineReader.defaultMaxLineBytes
    ) throws(LineError) -> RecordSequence<R> {
        switch format {
        case .text:
            RecordSequence(text: TextLineSource(bytes, columns: R.columns, maxLineBytes: maxLineBytes))
        case .ndjson:
            RecordSequence(json: JSONLineSource(bytes, columns: R.columns, maxLineBytes: maxLineBytes))
        case .csv:
            RecordSequence(
                csv: try CSVLineSource(
                    bytes, columns: R.columns, dialect: dialect, maxLineBytes: maxLineBytes))
        case .table:
            throw LineError(.unreadableFormat)
        }
    }
}

/// The records of a file, read one at a time.
package struct RecordSequence<R: LineRecord>: Sequence, IteratorProtocol, Sendable {
    private enum Source: Sendable {
        case text(TextLineSource)
        case json(JSONLineSource)
        case csv(CSVLineSource)
    }

    private var source: Source

    init(text source: TextLineSource) { self.source = .text(source) }
    init(json source: JSONLineSource) { self.source = .json(source) }
    init(csv source: CSVLineSource) { self.source = .csv(source) }

    /// What the next line gives, nil at the end.
    package mutating func next() -> LineResult<R>? {
        let raw: RawLine?
        switch source {
        case .text(var lines):
            raw = lines.next()
            source = .text(lines)
        case .json(var lines):
            raw = lines.next()
            source = .json(lines)
        case .csv(var lines):
            raw = lines.next()
            source = .csv(lines)
        }
        guard let raw else { return nil }
        let result = Result { () throws(LineError) in try record(raw) }
        return LineResult(line: raw.line, record: result, notices: raw.notices)
    }

    private func record(_ raw: RawLine) throws(LineError) -> R {
        let fields = try raw.fields.get()
        do {
            return try R(fields: fields)
        } catch {
            let place = R.columns.firstIndex { $0.name == error.field }.flatMap { raw.places[$0] }
            throw place?.placing(error) ?? error.at(line: raw.line, column: nil)
        }
    }
}

/// A line taken apart, not yet a record.
struct RawLine: Sendable {
    /// Where the field of a column was found.
    struct Place: Sendable {
        let line: Int
        let column: Int
        /// True when a column counted inside the value can be added to this one: nothing was quoted or escaped.
        let isVerbatim: Bool

        /// The error, whose column is counted inside the value, as an error of the file.
        func placing(_ error: LineError) -> LineError {
            error.at(line: line, column: column + (isVerbatim ? (error.column ?? 1) - 1 : 0))
        }
    }

    let line: Int
    /// One field per column, in the record's order.
    let fields: Result<[Field], LineError>
    /// Where each was found, one per column of the record; nil for those that were not there.
    var places: [Place?] = []
    var notices: [LineError] = []
}
