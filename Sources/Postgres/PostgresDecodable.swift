/// One field of a row as the server sent it.
package struct Cell: Sendable {
    /// OID of the column's type (of the base type, for a domain).
    package let oid: UInt32
    /// UTF-8 text, nil for NULL. Indices are arbitrary: use the slice's own.
    package let text: ArraySlice<UInt8>?

    /// A field; made by `Row`, and by tests.
    package init(oid: UInt32, text: ArraySlice<UInt8>?) {
        self.oid = oid
        self.text = text
    }

    /// The field does not hold what was asked for. Says nothing of the content.
    package enum Mismatch: Error { case null, type, text }

    /// The text when the field is not NULL and of one of the types `oids`.
    package func text(ofType oids: [UInt32]) throws(Mismatch) -> ArraySlice<UInt8> {
        guard let text else { throw .null }
        guard oids.contains(oid) else { throw .type }
        return text
    }
}

/// A Swift value that a field can be read as.
///
/// Types are checked: a `text` column does not read as `Int`, though it may hold digits. `String` reads any
/// type but bytea. A type whose raw value is decodable needs only to declare the conformance.
package protocol PostgresDecodable {
    /// Name for error messages, in SQL's words.
    static var postgresName: String { get }
    /// Reads the field.
    init(cell: Cell) throws(Cell.Mismatch)
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Name of the Swift type, which says more than that of its raw value.
    package static var postgresName: String { "\(Self.self)" }
    /// Reads the raw value; one that the type does not know is a mismatch.
    package init(cell: Cell) throws(Cell.Mismatch) {
        guard let value = Self(rawValue: try RawValue(cell: cell)) else { throw .text }
        self = value
    }
}

extension String: PostgresDecodable {
    /// `text`.
    package static var postgresName: String { "text" }
    /// Any type but bytea, in its text form.
    package init(cell: Cell) throws(Cell.Mismatch) {
        guard let text = cell.text else { throw .null }
        guard cell.oid != PostgresValue.OID.bytea else { throw .type }
        guard let string = String(validating: text, as: UTF8.self) else { throw .text }
        self = string
    }
}

/// Integer types, and numeric where it holds a whole number: `sum(bigint)` is numeric.
private let integerOIDs = [
    PostgresValue.OID.int8, PostgresValue.OID.int4, PostgresValue.OID.int2, PostgresValue.OID.oid,
    PostgresValue.OID.numeric,
]

extension FixedWidthInteger {
    fileprivate init(integerCell cell: Cell) throws(Cell.Mismatch) {
        let text = try cell.text(ofType: integerOIDs)
        guard let value = Self(String(decoding: text, as: UTF8.self)) else { throw .text }
        self = value
    }
}

extension Int: PostgresDecodable {
    /// `bigint`.
    package static var postgresName: String { "bigint" }
    /// Any integer type, or a whole numeric that fits.
    package init(cell: Cell) throws(Cell.Mismatch) { try self.init(integerCell: cell) }
}

extension Int64: PostgresDecodable {
    /// `bigint`.
    package static var postgresName: String { "bigint" }
    /// Any integer type, or a whole numeric that fits.
    package init(cell: Cell) throws(Cell.Mismatch) { try self.init(integerCell: cell) }
}

extension Int32: PostgresDecodable {
    /// `integer`.
    package static var postgresName: String { "integer" }
    /// Any integer type, or a whole numeric that fits.
    package init(cell: Cell) throws(Cell.Mismatch) { try self.init(integerCell: cell) }
}

extension Bool: PostgresDecodable {
    /// `boolean`.
    package static var postgresName: String { "boolean" }
    /// `boolean` only.
    package init(cell: Cell) throws(Cell.Mismatch) {
        switch try cell.text(ofType: [PostgresValue.OID.bool]) {
        case [0x74]: self = true
        case [0x66]: self = false
        default: throw .text
        }
    }
}

extension Double: PostgresDecodable {
    /// `double precision`.
    package static var postgresName: String { "double precision" }
    /// Floating point and numeric types, NaN and infinities included.
    package init(cell: Cell) throws(Cell.Mismatch) {
        let text = try cell.text(ofType: [
            PostgresValue.OID.float8, PostgresValue.OID.float4, PostgresValue.OID.numeric,
        ])
        guard let value = Double(String(decoding: text, as: UTF8.self)) else { throw .text }
        self = value
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Name of the wrapped type.
    package static var postgresName: String { Wrapped.postgresName }
    /// nil for NULL.
    package init(cell: Cell) throws(Cell.Mismatch) {
        self = cell.text == nil ? nil : try Wrapped(cell: cell)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    /// Name of the array type.
    package static var postgresName: String { Element.postgresArrayName }
    /// One-dimensional array without NULL elements, or bytea.
    package init(cell: Cell) throws(Cell.Mismatch) {
        let text = try cell.text(ofType: Element.readableArrayOIDs)
        guard let elements = Element.decodeArray(text) else { throw .text }
        self = elements
    }
}
