/// COPY's text format: TAB between fields, LF after each row, `\N` for NULL, backslash escapes.
enum CopyText {
    /// The bytes of `rows`.
    ///
    /// - Throws: `misuse` for a row of another width; `nulByte`.
    /// - Complexity: linear in the bytes.
    static func encode(_ rows: [[PostgresValue]], width: Int) throws(PostgresError) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            guard row.count == width else {
                throw PostgresError(.misuse, detail: "a row of \(row.count) values for \(width) columns")
            }
            for (column, value) in row.enumerated() {
                if column > 0 { bytes.append(0x09) }
                guard let text = value.text else {
                    bytes += [0x5C, 0x4E]
                    continue
                }
                for byte in text {
                    switch byte {
                    case 0: throw PostgresError(.nulByte, detail: "in a copied row")
                    case 0x5C: bytes += [0x5C, 0x5C]
                    case 0x09: bytes += [0x5C, 0x74]
                    case 0x0A: bytes += [0x5C, 0x6E]
                    case 0x0D: bytes += [0x5C, 0x72]
                    default: bytes.append(byte)
                    }
                }
            }
            bytes.append(0x0A)
        }
        return bytes
    }

    /// `COPY "schema"."table" ("a", "b") FROM STDIN`.
    static func statement(table: String, columns: [String]) throws(PostgresError) -> String {
        guard !columns.isEmpty else { throw PostgresError(.misuse, detail: "COPY without columns") }
        var parts: [String] = []
        for part in table.split(separator: ".", omittingEmptySubsequences: false) {
            parts.append(try quotedIdentifier(String(part)))
        }
        var names: [String] = []
        for column in columns { names.append(try quotedIdentifier(column)) }
        return "COPY \(parts.joined(separator: ".")) (\(names.joined(separator: ", "))) FROM STDIN"
    }
}
