/// The four renderings of a record.
package enum LineFormat: String, Sendable, CaseIterable {
    /// Fields separated by one TAB, LF after every line.
    case text
    /// One JSON object per line.
    case ndjson
    /// RFC 4180.
    case csv
    /// Aligned for a terminal; written, never read.
    case table

    /// The media type that HTTP answers with.
    package var contentType: String {
        switch self {
        case .text, .table: "text/plain; charset=utf-8"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }

    /// The suffix of files and of paths, without its dot.
    package var fileSuffix: String {
        switch self {
        case .text, .table: "txt"
        case .ndjson: "ndjson"
        case .csv: "csv"
        }
    }
}

/// How a csv file separates cells and writes decimals.
package enum CSVDialect: String, Sendable, CaseIterable {
    /// RFC 4180: commas, decimal dots, no byte order mark.
    case standard
    /// What a French Excel opens without asking: byte order mark, semicolons, decimal commas.
    case excelFR = "excel-fr"

    /// The byte between two cells.
    package var delimiter: UInt8 {
        switch self {
        case .standard: UInt8(ascii: ",")
        case .excelFR: UInt8(ascii: ";")
        }
    }

    /// The dialect that the first line of `bytes` suggests: excel-fr when it holds more semicolons than commas.
    package static func suggested(by bytes: [UInt8]) -> CSVDialect {
        var balance = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: ";"): balance += 1
            case UInt8(ascii: ","): balance -= 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return balance > 0 ? .excelFR : .standard
            default: break
            }
        }
        return balance > 0 ? .excelFR : .standard
    }
}

/// The language of what people read. Machine formats never depend on it.
package enum Language: String, Sendable, CaseIterable {
    /// Français.
    case fr
    /// English.
    case en
}
