/// What is wrong with a line, and where; never the offending value, except in `excerpt`.
package struct LineError: Error, Sendable, Hashable {
    /// What is wrong. Raw values are stable, greppable, and never reused.
    package enum Code: String, Sendable, CaseIterable {
        /// A control character (C0, DEL, C1), a line or paragraph separator, or a bidirectional control.
        case controlCharacter = "control-character"
        /// A value that is just `-`, which is how an absent value is written.
        case bareDash = "bare-dash"
        /// An empty text where a value stands: absent values are `-`, `null` or an empty csv cell.
        case emptyText = "empty-text"
        /// Bytes that are not UTF-8.
        case invalidUTF8 = "invalid-utf8"
        /// More or fewer fields than the record or the header has.
        case wrongFieldCount = "wrong-field-count"
        /// Not of the form `-?digits` without superfluous zeros.
        case badInteger = "bad-integer"
        /// Not of the form `-?digits(.digits)?`, or too precise, or too large.
        case badDecimal = "bad-decimal"
        /// A well-formed number beyond what is held.
        case outOfRange = "out-of-range"
        /// Not `[a-z0-9]+(-[a-z0-9]+)*` of at most 63 bytes.
        case badSlug = "bad-slug"
        /// Not a code: letters, digits and `_ . : / * -`, at most 127 bytes.
        case badCode = "bad-code"
        /// A list with an empty element, an element holding a comma, or one of another shape than its column's.
        case badList = "bad-list"
        /// Not a day of the calendar as `YYYY-MM-DD`.
        case badDate = "bad-date"
        /// Not an instant as `YYYY-MM-DDTHH:MM:SSZ`.
        case badTimestamp = "bad-timestamp"
        /// Not JSON as RFC 8259 has it.
        case badJSON = "bad-json"
        /// JSON nested deeper than 64 levels.
        case tooDeep = "too-deep"
        /// A key or a csv column given twice.
        case duplicateKey = "duplicate-key"
        /// A key or a csv column that the record does not have.
        case unknownKey = "unknown-key"
        /// A required key or csv column that is not there at all.
        case missingKey = "missing-key"
        /// A required value that is `-`, `null` or an empty cell.
        case missingValue = "missing-value"
        /// A value of another type than its column's: a JSON string for a number, say.
        case wrongType = "wrong-type"
        /// A quote where RFC 4180 allows none.
        case badCSV = "bad-csv"
        /// A quoted csv cell that never ends.
        case unclosedQuote = "unclosed-quote"
        /// More bytes than the limit.
        case tooLong = "too-long"
        /// Not an error: a line break inside an imported cell that became a space.
        case lineBreakReplaced = "line-break-replaced"
        /// A format that is written and never read: the table.
        case unreadableFormat = "unreadable-format"
    }

    /// What is wrong.
    package var code: Code
    /// The line it is on, from 1, where known. For a csv row that spans lines: where the cell begins.
    package var line: Int?
    /// The place in that line, from 1, in Unicode scalars (a bad byte counts as one), where known.
    package var column: Int?
    /// The name of the record's column, where known.
    package var field: String?
    /// The beginning of the offending value, at most 40 characters, its controls shown as `\u{…}`. May hold personal
    /// data: for the person who sent the file, never for a log.
    package var excerpt: String?

    /// An error; everything but its code may be added later.
    package init(
        _ code: Code, line: Int? = nil, column: Int? = nil, field: String? = nil, excerpt: String? = nil
    ) {
        self.code = code
        self.line = line
        self.column = column
        self.field = field
        self.excerpt = excerpt
    }

    /// The same error, placed.
    package func at(line: Int, column: Int?) -> LineError {
        var placed = self
        placed.line = line
        placed.column = column
        return placed
    }

    /// The same error, said to be in `field` unless a field is already named.
    package func inside(field: String) -> LineError {
        var named = self
        named.field = self.field ?? field
        return named
    }

    /// The same error with the beginning of `value`, unless an excerpt is already there.
    package func quoting(_ value: String) -> LineError {
        var quoted = self
        quoted.excerpt = excerpt ?? Lines.excerpt(of: value)
        return quoted
    }
}

extension LineError: CustomStringConvertible {
    /// Code and place, without the value: safe for logs.
    package var description: String {
        var parts = [code.rawValue]
        if let line { parts.append("line=\(line)") }
        if let column { parts.append("column=\(column)") }
        if let field { parts.append("field=\(field)") }
        return parts.joined(separator: " ")
    }
}
