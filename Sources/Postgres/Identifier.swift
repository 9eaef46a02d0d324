/// `name` as a quoted SQL identifier.
///
/// - Throws: `nulByte`; `misuse` for an empty name.
package func quotedIdentifier(_ name: String) throws(PostgresError) -> String {
    guard !name.isEmpty else { throw PostgresError(.misuse, detail: "empty identifier") }
    guard !name.utf8.contains(0) else { throw PostgresError(.nulByte, detail: "in an identifier") }
    var quoted = "\""
    // By scalar, not by Character: a combining mark after the quote would hide it in one grapheme.
    for scalar in name.unicodeScalars {
        if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
        quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
}
