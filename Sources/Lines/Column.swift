/// A column of a record: its key for machines, its titles for people, and what its values look like.
package struct Column: Sendable, Hashable {
    /// What a column holds.
    package enum Kind: Sendable, Hashable {
        /// Free text on one line.
        case text
        /// `[a-z0-9]+(-[a-z0-9]+)*`, at most 63 bytes.
        case slug
        /// A word of a closed list (kept elsewhere), an identifier, a digest.
        case code
        /// A count.
        case integer
        /// An amount in parts per million: tables show 873000 as 0.873.
        case ppm
        /// A number with exactly this many places.
        case decimal(places: Int)
        /// Slugs, codes or short words, none holding a comma.
        case list
        /// `YYYY-MM-DD`.
        case date
        /// `YYYY-MM-DDTHH:MM:SSZ`.
        case timestamp

        /// True for what a spreadsheet reads as a number and a table aligns to the right.
        package var isNumeric: Bool {
            switch self {
            case .integer, .ppm, .decimal: true
            case .text, .slug, .code, .list, .date, .timestamp: false
            }
        }
    }

    /// The key: English, the same in every format and language.
    package let name: String
    /// What the values look like.
    package let kind: Kind
    /// True when the value cannot be absent. Lists are never required: they may be empty.
    package let isRequired: Bool
    /// The title above a table in French.
    package let titleFR: String
    /// The title above a table in English.
    package let titleEN: String

    /// A column whose values may be absent unless `required`.
    package init(_ name: String, _ kind: Kind, required: Bool = false, fr: String, en: String) {
        self.name = name
        self.kind = kind
        self.isRequired = required
        self.titleFR = fr
        self.titleEN = en
    }

    /// The title in a language.
    package func title(in language: Language) -> String {
        switch language {
        case .fr: titleFR
        case .en: titleEN
        }
    }

    /// What stands for no value in this column.
    package var emptyField: Field { kind == .list ? .list([]) : .absent }

    /// Refuses a field that this column cannot hold.
    ///
    /// - Throws: `missing-value`, `wrong-type`, or what is wrong with the value, with this column's name.
    package func check(_ field: Field) throws(LineError) {
        switch (kind, field) {
        case (.list, .list(let elements)):
            for element in elements { try checkElement(element) }
        case (_, .absent):
            if isRequired { throw LineError(.missingValue, field: name) }
            if kind == .list { throw LineError(.wrongType, field: name) }
        case (.text, .text(let value)):
            try checkText(value, field: name)
        case (.slug, .text(let value)):
            try require(Slug.isValid(value), or: .badSlug, value)
        case (.code, .text(let value)):
            try require(Code.isValid(value), or: .badCode, value)
        case (.date, .text(let value)):
            try require(CalendarText.isDate(value), or: .badDate, value)
        case (.timestamp, .text(let value)):
            try require(CalendarText.isTimestamp(value), or: .badTimestamp, value)
        case (.integer, .integer), (.ppm, .integer):
            break
        case (.decimal(let places), .decimal(let value)):
            if value.places != places { throw LineError(.wrongType, field: name) }
        default:
            throw LineError(.wrongType, field: name)
        }
    }

    /// The field that a text or csv cell spells, shape checked for numbers only: `check` does the rest.
    ///
    /// - Throws: `bad-integer`, `out-of-range` or `bad-decimal`.
    func field(spelledBy cell: String) throws(LineError) -> Field {
        switch kind {
        case .text, .slug, .code, .date, .timestamp:
            return .text(cell)
        case .integer, .ppm:
            return .integer(try integer(spelledBy: cell))
        case .decimal(let places):
            guard let value = FixedDecimal(parsing: cell, places: places) else {
                throw LineError(.badDecimal, field: name, excerpt: excerpt(of: cell))
            }
            return .decimal(value)
        case .list:
            // Split by bytes: a combining mark after a comma would hide it from a split by characters.
            let elements = cell.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            return .list(elements.map { String(Substring($0)) })
        }
    }

    /// The integer that a cell or a JSON number spells, in the one spelling it has.
    func integer(spelledBy cell: String) throws(LineError) -> Int {
        var digits = Array(cell.utf8)[...]
        if digits.first == UInt8(ascii: "-"), cell != "-0" { digits = digits.dropFirst() }
        let wellFormed =
            !digits.isEmpty && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            && (digits.count == 1 || digits.first != UInt8(ascii: "0"))
        if !wellFormed { throw LineError(.badInteger, field: name, excerpt: excerpt(of: cell)) }
        guard let value = Int(cell) else {
            throw LineError(.outOfRange, field: name, excerpt: excerpt(of: cell))
        }
        return value
    }

    private func checkElement(_ element: String) throws(LineError) {
        if element.isEmpty { throw LineError(.badList, field: name) }
        // By bytes, for the reason given where lists are split.
        try require(!element.utf8.contains(UInt8(ascii: ",")), or: .badList, element)
        do {
            try checkText(element, field: name)
        } catch {
            // Its place in the element is not its place in the list.
            throw LineError(error.code, field: error.field, excerpt: error.excerpt)
        }
    }

    private func require(_ holds: Bool, or code: LineError.Code, _ value: String) throws(LineError) {
        if !holds { throw LineError(code, field: name, excerpt: excerpt(of: value)) }
    }
}
