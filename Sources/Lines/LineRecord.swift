/// A record type, defined once; its text, ndjson, csv and table renderings follow from its columns.
package protocol LineRecord: Sendable, Equatable {
    /// What the record is called: `community`, `match`.
    static var name: String { get }
    /// The columns in their order. Append-only: scripts count on the places of those that exist.
    static var columns: [Column] { get }
    /// The values, one per column, in the same order.
    var fields: [Field] { get }
    /// The record of these values. Implementations go through `FieldCursor`, which checks every field.
    ///
    /// - Throws: what the first wrong field has, with the field's name.
    init(fields: [Field]) throws(LineError)
}

/// Takes the fields of a record one after the other, each checked against its column.
package struct FieldCursor {
    private let fields: [Field]
    private let columns: [Column]
    private var index = 0

    /// - Throws: `wrong-field-count` when there is not one field per column.
    package init(_ fields: [Field], of columns: [Column]) throws(LineError) {
        if fields.count != columns.count { throw LineError(.wrongFieldCount) }
        self.fields = fields
        self.columns = columns
    }

    /// The next field, a required text.
    package mutating func text() throws(LineError) -> String {
        let (field, column) = try next()
        guard case .text(let value) = field else { throw LineError(.wrongType, field: column.name) }
        return value
    }

    /// The next field, a text or absent.
    package mutating func optionalText() throws(LineError) -> String? {
        let (field, column) = try next()
        switch field {
        case .absent: return nil
        case .text(let value): return value
        default: throw LineError(.wrongType, field: column.name)
        }
    }

    /// The next field, a required integer.
    package mutating func integer() throws(LineError) -> Int {
        let (field, column) = try next()
        guard case .integer(let value) = field else { throw LineError(.wrongType, field: column.name) }
        return value
    }

    /// The next field, an integer or absent.
    package mutating func optionalInteger() throws(LineError) -> Int? {
        let (field, column) = try next()
        switch field {
        case .absent: return nil
        case .integer(let value): return value
        default: throw LineError(.wrongType, field: column.name)
        }
    }

    /// The next field, a decimal or absent.
    package mutating func optionalDecimal() throws(LineError) -> FixedDecimal? {
        let (field, column) = try next()
        switch field {
        case .absent: return nil
        case .decimal(let value): return value
        default: throw LineError(.wrongType, field: column.name)
        }
    }

    /// The next field, a list.
    package mutating func list() throws(LineError) -> [String] {
        let (field, column) = try next()
        guard case .list(let value) = field else { throw LineError(.wrongType, field: column.name) }
        return value
    }

    private mutating func next() throws(LineError) -> (Field, Column) {
        // A record that takes more fields than it has columns contradicts itself; saying so beats trapping.
        guard index < fields.count else { throw LineError(.wrongFieldCount) }
        defer { index += 1 }
        try columns[index].check(fields[index])
        return (fields[index], columns[index])
    }
}
