/// Writes records as lines of text, ndjson or csv.
///
/// A table cannot be written line by line, since its widths depend on all rows: asked for one, the writer writes text.
/// Every field is checked against its column on the way out, so that one record is always one line.
package struct LineWriter: Sendable {
    /// The rendering: never `table`.
    package let format: LineFormat
    /// The csv dialect; without effect on text and ndjson.
    package let dialect: CSVDialect
    private let hasHeader: Bool

    /// - Parameter header: whether `header(for:)` gives one: by default csv only; ndjson never has one.
    package init(_ format: LineFormat, header: Bool? = nil, dialect: CSVDialect = .standard) {
        self.format = format == .table ? .text : format
        self.dialect = dialect
        switch self.format {
        case .text, .table: hasHeader = header ?? false
        case .csv: hasHeader = header ?? true
        case .ndjson: hasHeader = false
        }
    }

    /// The first line, with its line end (and byte order mark in excel-fr); nil when there is none.
    package func header<R: LineRecord>(for type: R.Type) -> String? {
        guard hasHeader else { return nil }
        let names = R.columns.map(\.name)
        switch format {
        case .text, .table, .ndjson:
            return names.joined(separator: "\t") + "\n"
        case .csv:
            let mark = dialect == .excelFR ? "\u{FEFF}" : ""
            return mark + names.joined(separator: delimiter) + "\r\n"
        }
    }

    /// The line of a record, with its line end: LF, or CRLF in csv.
    ///
    /// - Throws: what is wrong with the first field that its column cannot hold, with the field's name.
    package func line<R: LineRecord>(_ record: R) throws(LineError) -> String {
        let fields = record.fields
        let columns = R.columns
        if fields.count != columns.count { throw LineError(.wrongFieldCount) }
        var result = ""
        for index in columns.indices {
            let column = columns[index]
            try column.check(fields[index])
            if index > 0 { result += separator }
            switch format {
            case .text, .table: result += Self.text(fields[index])
            case .ndjson:
                result += "\""
                result += column.name
                result += "\":"
                JSONText.append(fields[index], to: &result)
            case .csv: result += cell(fields[index])
            }
        }
        switch format {
        case .text, .table: return result + "\n"
        case .ndjson: return "{" + result + "}\n"
        case .csv: return result + "\r\n"
        }
    }

    private var separator: String {
        switch format {
        case .text, .table: "\t"
        case .ndjson: ","
        case .csv: delimiter
        }
    }

    private var delimiter: String { String(Unicode.Scalar(dialect.delimiter)) }

    private static func text(_ field: Field) -> String {
        switch field {
        case .absent: "-"
        case .text(let value): value
        case .integer(let value): String(value)
        case .decimal(let value): value.description
        case .list(let values): values.isEmpty ? "-" : values.joined(separator: ",")
        }
    }

    private func cell(_ field: Field) -> String {
        switch field {
        case .absent: ""
        case .text(let value): CSVText.cell(value, delimiter: dialect.delimiter)
        case .integer(let value): String(value)
        case .decimal(let value):
            dialect == .excelFR
                ? value.description.split(separator: ".").joined(separator: ",") : value.description
        case .list(let values): CSVText.cell(values.joined(separator: ","), delimiter: dialect.delimiter)
        }
    }
}
