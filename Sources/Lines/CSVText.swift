/// How cells are written in csv, and how what a spreadsheet must not run is kept from running.
package enum CSVText {
    /// The cell of a text: guarded, and quoted when needed.
    package static func cell(_ value: String, delimiter: UInt8) -> String {
        quoted(guarded(value), delimiter: delimiter)
    }

    /// The value in quotes when it holds the delimiter, a quote or a line end, or begins or ends with a space (which
    /// some readers would trim).
    package static func quoted(_ value: String, delimiter: UInt8) -> String {
        let bytes = value.utf8
        let needsQuotes =
            bytes.first == UInt8(ascii: " ") || bytes.last == UInt8(ascii: " ")
            || bytes.contains {
                $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
                    || $0 == UInt8(ascii: "\r")
            }
        guard needsQuotes else { return value }
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { result.append(byte) }
            result.append(byte)
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }

    /// A row of values, none guarded, without its line end.
    package static func row(_ values: [String], delimiter: UInt8) -> [UInt8] {
        Array(
            values.map { quoted($0, delimiter: delimiter) }
                .joined(separator: String(UnicodeScalar(delimiter))).utf8)
    }

    /// The value behind a `'` when a spreadsheet would run it as a formula, or when it begins with `'` itself.
    static func guarded(_ value: String) -> String {
        guard let first = value.utf8.first, isGuarded(first) else { return value }
        return "'" + value
    }

    /// What `guarded` was given. A `'` before anything else was typed by someone (`'t Hooft`) and stays.
    package static func unguarded(_ cell: String) -> String {
        let bytes = cell.utf8
        guard bytes.first == UInt8(ascii: "'"), let second = bytes.dropFirst().first, isGuarded(second) else {
            return cell
        }
        return String(Substring(bytes.dropFirst()))
    }

    // By bytes, not by characters: `=` followed by a combining mark is still a formula to a spreadsheet.
    private static func isGuarded(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "'"):
            true
        default: false
        }
    }
}
