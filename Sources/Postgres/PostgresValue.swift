/// One parameter as it travels: the OID of its type and its text form, or NULL.
///
/// Printing one shows its type, never its content.
package struct PostgresValue: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// OIDs of the types that this module encodes, fixed since PostgreSQL's first releases.
    package enum OID {
        package static let bool: UInt32 = 16
        package static let bytea: UInt32 = 17
        package static let int8: UInt32 = 20
        package static let int2: UInt32 = 21
        package static let int4: UInt32 = 23
        package static let text: UInt32 = 25
        package static let oid: UInt32 = 26
        package static let float4: UInt32 = 700
        package static let float8: UInt32 = 701
        package static let int2Array: UInt32 = 1005
        package static let int4Array: UInt32 = 1007
        package static let textArray: UInt32 = 1009
        package static let varcharArray: UInt32 = 1015
        package static let int8Array: UInt32 = 1016
        package static let nameArray: UInt32 = 1003
        package static let numeric: UInt32 = 1700
    }

    /// OID of the type; 0 lets the server infer it.
    package let oid: UInt32
    /// UTF-8 text as PostgreSQL's input function of that type reads it; nil is NULL.
    package let text: [UInt8]?

    /// A parameter of the type `oid`, in text form.
    package init(oid: UInt32, text: [UInt8]?) {
        self.oid = oid
        self.text = text
    }

    /// Type and length only.
    package var description: String {
        "value(oid \(oid), " + (text.map { "\($0.count) bytes" } ?? "null") + ")"
    }

    /// As little as `description` shows.
    package var customMirror: Mirror {
        Mirror(self, children: ["oid": oid, "isNull": text == nil], displayStyle: .struct)
    }
}
