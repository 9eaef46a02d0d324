/// What a JSON value is.
package indirect enum JSONContent: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it was written: no precision is lost, and `1e400` is no accident.
    case number(String)
    /// A string, escapes resolved.
    case string(String)
    /// An array.
    case array([JSONNode])
    /// An object, its members in the order of the text, no key twice.
    case object([(key: String, value: JSONNode)])
}

/// A JSON value and where it began, so that whoever refuses it can say where.
package struct JSONNode: Sendable {
    /// The value.
    package let content: JSONContent
    /// The line it begins on, from 1.
    package let line: Int
    /// The place in that line, from 1, in Unicode scalars.
    package let column: Int

    /// How deep arrays and objects may nest.
    package static let maxDepth = 64

    /// A value placed by hand; 1:1 suits values that come from no text.
    package init(_ content: JSONContent, line: Int = 1, column: Int = 1) {
        self.content = content
        self.line = line
        self.column = column
    }

    /// Reads one JSON text as RFC 8259 has it, white space around it allowed and nothing else.
    ///
    /// Refused beyond the grammar: a key twice in one object (also when the two are only canonically equal), lone
    /// surrogates, bytes that are not UTF-8, more than 64 levels. `firstLine` is the line that `bytes` begin on.
    ///
    /// - Throws: `bad-json`, `duplicate-key`, `too-deep`, `invalid-utf8` or `control-character`, with line and column.
    /// - Complexity: O(length).
    package static func parse(_ bytes: [UInt8], firstLine: Int = 1) throws(LineError) -> JSONNode {
        try parse(bytes[...], firstLine: firstLine)
    }

    /// As `parse(_:firstLine:)`, of a part of a larger text.
    package static func parse(_ bytes: ArraySlice<UInt8>, firstLine: Int = 1) throws(LineError) -> JSONNode {
        var parser = JSONParser(bytes, firstLine: firstLine)
        return try parser.parseDocument()
    }

    /// An error about this value.
    package func error(_ code: LineError.Code, field: String? = nil, excerpt: String? = nil) -> LineError {
        LineError(code, line: line, column: column, field: field, excerpt: excerpt)
    }

    /// True for `null`.
    package var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// The string, or nil when this is something else.
    package var string: String? {
        if case .string(let value) = content { value } else { nil }
    }

    /// The truth value, or nil when this is something else.
    package var bool: Bool? {
        if case .bool(let value) = content { value } else { nil }
    }

    /// The elements of an array, or nil when this is something else.
    package var elements: [JSONNode]? {
        if case .array(let value) = content { value } else { nil }
    }

    /// The members of an object in order, or nil when this is something else.
    package var members: [(key: String, value: JSONNode)]? {
        if case .object(let value) = content { value } else { nil }
    }

    /// The member of that key, or nil when there is none or this is no object. O(members).
    package subscript(key: String) -> JSONNode? {
        members?.first { $0.key == key }?.value
    }

    /// The integer that this number spells.
    ///
    /// - Throws: `wrong-type` when this is no number, `bad-integer` when it has a fraction or an exponent,
    ///   `out-of-range` when an `Int` does not hold it.
    package func integer(field: String? = nil) throws(LineError) -> Int {
        guard case .number(let raw) = content else { throw error(.wrongType, field: field) }
        guard
            raw.utf8.allSatisfy({
                $0 == UInt8(ascii: "-") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
            })
        else { throw error(.badInteger, field: field, excerpt: Lines.excerpt(of: raw)) }
        guard let value = Int(raw) else {
            throw error(.outOfRange, field: field, excerpt: Lines.excerpt(of: raw))
        }
        return value
    }

    /// The decimal that this number spells.
    ///
    /// - Throws: `wrong-type` when this is no number, `bad-decimal` when it has an exponent, is more precise than
    ///   `places` or too large.
    package func decimal(places: Int, field: String? = nil) throws(LineError) -> FixedDecimal {
        guard case .number(let raw) = content else { throw error(.wrongType, field: field) }
        guard let value = FixedDecimal(parsing: raw, places: places) else {
            throw error(.badDecimal, field: field, excerpt: Lines.excerpt(of: raw))
        }
        return value
    }
}
