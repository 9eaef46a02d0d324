/// A Swift value that can be a parameter.
///
/// A type whose raw value is encodable needs only to declare the conformance.
package protocol PostgresEncodable {
    /// OID that the parameter is declared with, for NULL too.
    static var postgresOID: UInt32 { get }
    /// Text form, or nil for NULL.
    var postgresText: [UInt8]? { get }
}

extension PostgresEncodable {
    /// This value as a parameter.
    package var postgresValue: PostgresValue { PostgresValue(oid: Self.postgresOID, text: postgresText) }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// OID of the raw value.
    package static var postgresOID: UInt32 { RawValue.postgresOID }
    /// Text form of the raw value.
    package var postgresText: [UInt8]? { rawValue.postgresText }
}

extension String: PostgresEncodable {
    /// `text`. SQL casts where another type is meant: `\(day)::date`.
    package static var postgresOID: UInt32 { PostgresValue.OID.text }
    /// The bytes as they are; no normalisation.
    package var postgresText: [UInt8]? { Array(utf8) }
}

extension Int: PostgresEncodable {
    /// `bigint`.
    package static var postgresOID: UInt32 { PostgresValue.OID.int8 }
    /// Decimal digits.
    package var postgresText: [UInt8]? { Array(String(self).utf8) }
}

extension Int64: PostgresEncodable {
    /// `bigint`.
    package static var postgresOID: UInt32 { PostgresValue.OID.int8 }
    /// Decimal digits.
    package var postgresText: [UInt8]? { Array(String(self).utf8) }
}

extension Int32: PostgresEncodable {
    /// `integer`.
    package static var postgresOID: UInt32 { PostgresValue.OID.int4 }
    /// Decimal digits.
    package var postgresText: [UInt8]? { Array(String(self).utf8) }
}

extension Bool: PostgresEncodable {
    /// `boolean`.
    package static var postgresOID: UInt32 { PostgresValue.OID.bool }
    /// `t` or `f`.
    package var postgresText: [UInt8]? { [self ? 0x74 : 0x66] }
}

extension Double: PostgresEncodable {
    /// `double precision`.
    package static var postgresOID: UInt32 { PostgresValue.OID.float8 }
    /// Shortest digits that read back as the same double.
    package var postgresText: [UInt8]? {
        if isNaN { return Array("NaN".utf8) }
        if isInfinite { return Array((self < 0 ? "-Infinity" : "Infinity").utf8) }
        return Array(description.utf8)
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// OID of the wrapped type.
    package static var postgresOID: UInt32 { Wrapped.postgresOID }
    /// NULL for nil.
    package var postgresText: [UInt8]? { flatMap(\.postgresText) }
}

/// An element whose array is one PostgreSQL value: `String` (text[]), `Int` (bigint[]) and `UInt8` (bytea).
package protocol PostgresArrayElement: Sendable {
    /// OID of the whole array.
    static var postgresArrayOID: UInt32 { get }
    /// Text form of the whole array.
    static func encodeArray(_ elements: [Self]) -> [UInt8]
    /// Name for error messages.
    static var postgresArrayName: String { get }
    /// OIDs that such an array is read from.
    static var readableArrayOIDs: [UInt32] { get }
    /// The array in `text`, or nil when the text is not one.
    static func decodeArray(_ text: ArraySlice<UInt8>) -> [Self]?
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    /// OID of the array.
    package static var postgresOID: UInt32 { Element.postgresArrayOID }
    /// Text form of the array.
    package var postgresText: [UInt8]? { Element.encodeArray(self) }
}
