/// The rules that every text value of a line obeys, whatever its format.
///
/// Values are taken as they are: this module cannot normalise (Unicode normalisation is not public in the standard
/// library), so a caller that stores text brings it to NFC first.

extension Unicode.Scalar {
    /// True for what no line may hold: C0, DEL, C1, U+2028, U+2029 (they break lines or drive terminals) and the
    /// bidirectional controls U+202A–E and U+2066–9 (they make a line read as something else).
    package var isRefusedInLines: Bool {
        // Most text is printable ASCII: one comparison settles it.
        if value >= 0x20 && value < 0x7F { return false }
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: return true
        default: return false
        }
    }
}

/// Refuses a value that holds a control character.
///
/// - Throws: `control-character`, its column counted in scalars from the value's beginning.
/// - Complexity: O(length).
package func refuseControls(_ value: String, field: String? = nil) throws(LineError) {
    var column = 0
    for scalar in value.unicodeScalars {
        column += 1
        if scalar.isRefusedInLines {
            throw LineError(.controlCharacter, column: column, field: field, excerpt: excerpt(of: value))
        }
    }
}

/// Refuses what cannot be the value of a text column: nothing at all, a lone `-`, control characters, more than
/// `maxBytes` bytes of UTF-8 (bytes, since one character may hold thousands of combining marks).
///
/// - Throws: `empty-text`, `too-long`, `bare-dash` or `control-character`.
/// - Complexity: O(length).
package func checkText(_ value: String, maxBytes: Int = .max, field: String? = nil) throws(LineError) {
    let size = value.utf8.count
    if size == 0 { throw LineError(.emptyText, field: field) }
    if size > maxBytes { throw LineError(.tooLong, field: field, excerpt: excerpt(of: value)) }
    if size == 1, value == "-" { throw LineError(.bareDash, field: field, excerpt: value) }
    try refuseControls(value, field: field)
}

/// The value with what no line may hold shown as `\u{…}`: safe on a terminal.
package func escapingControls(_ value: String) -> String {
    guard value.unicodeScalars.contains(where: \.isRefusedInLines) else { return value }
    var result = ""
    for scalar in value.unicodeScalars {
        if scalar.isRefusedInLines {
            result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// The beginning of a value for a message: controls shown, at most 40 characters and 160 bytes, the last one `…` when
/// something was cut.
package func excerpt(of value: String) -> String {
    let maxCharacters = 40
    // One character may be huge, so the cut is by scalars first.
    let head = String(String.UnicodeScalarView(value.unicodeScalars.prefix(maxCharacters)))
    let cut = head.unicodeScalars.count < value.unicodeScalars.count
    let shown = escapingControls(head)
    if !cut && shown.count <= maxCharacters { return shown }
    return String(shown.prefix(maxCharacters - 1)) + "…"
}

/// The value with every line break (CRLF, LF, CR, NEL, U+2028, U+2029) turned into one space, and how many there were:
/// for cells of imported spreadsheets, whose author is told.
package func spacingLineBreaks(in value: String) -> (text: String, replaced: Int) {
    // Only these bytes begin a line break.
    guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0xC2 || $0 == 0xE2 }) else { return (value, 0) }
    var result = String.UnicodeScalarView()
    var replaced = 0
    var afterCR = false
    for scalar in value.unicodeScalars {
        switch scalar.value {
        case 0x0A where afterCR:
            afterCR = false
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029:
            result.append(" ")
            replaced += 1
            afterCR = scalar.value == 0x0D
        default:
            result.append(scalar)
            afterCR = false
        }
    }
    return replaced == 0 ? (value, 0) : (String(result), replaced)
}

/// The place of the first byte that is not UTF-8, in scalars from 1; nil when all are.
func firstInvalidColumn(in bytes: some Sequence<UInt8>) -> Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var column = 1
    while true {
        switch parser.parseScalar(from: &iterator) {
        case .valid: column += 1
        case .error: return column
        case .emptyInput: return nil
        }
    }
}
