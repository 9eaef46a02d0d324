/// Reads numbers that are names, which spreadsheets take for quantities.
package enum IdentifierReading {
    /// What a cell of an identifier holds.
    package enum Found: Equatable {
        case whole(String)
        /// Whole again once the zero that a spreadsheet ate was put back.
        case mended(String)
        /// `1,23457E+13`: the digits after the sixth are gone for good.
        case lostDigits
        case unreadable
    }

    /// The 14 digits of a French establishment.
    package static func siret(_ text: String) -> Found {
        let plain = text.filter { !$0.isWhitespace && $0 != "\u{A0}" }
        if let whole = fromScientific(plain, digits: 14) { return whole }
        let digits = withoutDecimals(plain)
        guard isDigits(digits) else { return .unreadable }
        return switch digits.utf8.count {
        case 14: .whole(String(digits))
        case 13: .mended("0" + digits)
        default: .unreadable
        }
    }

    /// A French postcode, or a commune's code that stands in its place (`2A004`).
    package static func postcode(_ text: String) -> Found {
        let plain = text.filter { !$0.isWhitespace && $0 != "\u{A0}" }
        let bare = plain.hasPrefix("F-") || plain.hasPrefix("f-") ? plain.dropFirst(2) : plain[...]
        let digits = withoutDecimals(String(bare))
        if isDigits(digits) {
            return switch digits.utf8.count {
            case 5: .whole(String(digits))
            case 4: .mended("0" + digits)
            default: .unreadable
            }
        }
        return insee(String(digits))
    }

    /// The code of a French commune: five digits, or `2A`, `2B` and three.
    package static func insee(_ text: String) -> Found {
        let code = withoutDecimals(text.filter { !$0.isWhitespace && $0 != "\u{A0}" }.uppercased())
        let isCorsican = code.hasPrefix("2A") || code.hasPrefix("2B")
        guard isDigits(isCorsican ? code.dropFirst(2) : code[...]) else { return .unreadable }
        switch code.utf8.count {
        case 5: return .whole(String(code))
        case 4 where !isCorsican: return .mended("0" + code)
        default: return .unreadable
        }
    }

    /// What scientific notation has kept of a number of so many digits; nil when this is none.
    private static func fromScientific(_ text: String, digits: Int) -> Found? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "E" || $0 == "e" }
        guard parts.count == 2 else { return nil }
        let mantissa = parts[0].filter { $0 != "." && $0 != "," }
        let exponent = parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]
        guard isDigits(mantissa), isDigits(exponent) else { return nil }
        return mantissa.utf8.count == digits && Int(exponent) == digits - 1 ? .mended(mantissa) : .lostDigits
    }

    /// `29200.0`, as a program writes a column of numbers with a hole in it.
    private static func withoutDecimals(_ text: String) -> Substring {
        text.hasSuffix(".0") || text.hasSuffix(",0") ? text.dropLast(2) : text[...]
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    }
}
