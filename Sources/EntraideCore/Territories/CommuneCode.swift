/// The form of the codes that official lists give communes.
package enum CommuneCode {
    /// Whether `code` has the form of INSEE's codes: a département (01 to 95 but 20, 2A or 2B, overseas 971 to 978 and
    /// 984 to 989, 99 abroad) and digits, five signs in all; or that of another country's, its letters first (BE-21004).
    package static func isWellFormed(_ code: String) -> Bool {
        let signs = Array(code.utf8)
        if signs.count > 3, signs.count <= 16, signs[2] == UInt8(ascii: "-") {
            return !code.hasPrefix("FR-") && signs[..<2].allSatisfy(isLetter)
                && signs[3...].allSatisfy { isDigit($0) || isLetter($0) }
        }
        guard signs.count == 5, signs[2...].allSatisfy(isDigit) else { return false }
        switch code.prefix(2) {
        case "2A", "2B", "99": return true
        case "97": return ("1"..."8").contains(code.dropFirst(2).prefix(1))
        case "98": return "46789".contains(code.dropFirst(2).prefix(1))
        case let departement:
            return Int(departement).map { (1...95).contains($0) && $0 != 20 } ?? false
        }
    }

    /// The codes that a malformed one may have been, nearest first: with the zero that a spreadsheet removed, without the
    /// decimals that it added or the spaces in it, with O and I read as digits, of either half of Corsica.
    package static func near(_ code: String) -> [String] {
        var plain = code.uppercased()
        for ending in [".0", ".00"] where plain.hasSuffix(ending) {
            plain = String(plain.dropLast(ending.count))
        }
        plain = String(plain.filter { !$0.isWhitespace && !".-".contains($0) })
        plain = plain.replacing("O", with: "0").replacing("I", with: "1").replacing("L", with: "1")
        if plain.hasPrefix("FR") { plain.removeFirst(2) }
        if plain.utf8.count == 4 { plain = "0" + plain }
        var found = [plain]
        if plain.hasPrefix("20") { found += ["2A", "2B"].map { $0 + plain.dropFirst(2) } }
        return found.filter { isWellFormed($0) && $0 != code }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
