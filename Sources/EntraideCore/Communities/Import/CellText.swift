import Lines

/// What a cell says, whatever program wrote it.
package enum CellText {
    /// How people and spreadsheets write that there is nothing.
    private static let nothing: Set<String> = [
        "#n/a", "#n/d", "n/a", "n/d", "n.a.", "n.d.", "na", "nd", "nc", "n.c.", "n/c", "nr", "n.r.", "n/r",
        "null",
        "nan", "none", "?", "??", "...", "…", "/", "--", "#ref!", "#valeur!", "#value!", "#nom?", "#name?",
        "#div/0!",
        "neant", "non renseigne", "non communique", "inconnu", "inconnue", "unknown", "sans objet", "s/o",
    ]

    private static let yes: Set<String> = [
        "oui", "o", "yes", "y", "x", "1", "vrai", "true", "v", "ok", "✓", "✔", "✅", "☑",
    ]
    private static let no: Set<String> = ["non", "n", "no", "0", "faux", "false", "f", "✗", "✘", "❌", "☐"]

    /// The text on one line: without white space around it, its line breaks and runs of spaces made one space each; nil when
    /// it says that there is nothing.
    package static func said(_ cell: String) -> String? {
        if cell.isEmpty { return nil }
        let text = CSVText.unguarded(onOneLine(cell))
        return isNothing(text) ? nil : text
    }

    /// Whether there is nothing to fold, by bytes alone, as in nearly all cells: no sign below a space, no two spaces, none at an
    /// end, and no beginning of a sign that may be a space of another kind.
    private static func isPlainLine(_ bytes: String.UTF8View) -> Bool {
        var last = UInt8(ascii: " ")
        for byte in bytes {
            switch byte {
            case 0..<0x20, 0x7F, 0xC2, 0xE1, 0xE2, 0xE3: return false
            case 0x20 where last == 0x20: return false
            default: last = byte
            }
        }
        return last != 0x20
    }

    /// The text with every run of white space that has a line break, a tab or several signs made one space, and none around
    /// it. One unbreakable space stays as it is.
    package static func onOneLine(_ cell: String) -> String {
        if isPlainLine(cell.utf8) { return cell }
        let text = spacingLineBreaks(in: cell).text.trimmingSpaces
        var result = String.UnicodeScalarView()
        var run = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                run.append(scalar)
                continue
            }
            if run.count == 1, run.first != "\t" { result.append(contentsOf: run) }
            if run.count > 1 || run.first == "\t" { result.append(" ") }
            run.removeAll()
            result.append(scalar)
        }
        return String(result)
    }

    /// The same with its line breaks, which separate the items of a list.
    static func list(_ cell: String) -> String? {
        if cell.isEmpty { return nil }
        let text = CSVText.unguarded(cell.trimmingSpaces)
        return isNothing(text) ? nil : text
    }

    private static func isNothing(_ text: String) -> Bool {
        guard text.utf8.count <= 16 else { return false }
        // Most cells begin with what none of these begins with.
        switch text.utf8.first ?? 0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "H"),
            UInt8(ascii: "J")...UInt8(ascii: "M"), UInt8(ascii: "O")...UInt8(ascii: "R"),
            UInt8(ascii: "a")...UInt8(ascii: "h"), UInt8(ascii: "j")...UInt8(ascii: "m"),
            UInt8(ascii: "o")...UInt8(ascii: "r"):
            return false
        default: break
        }
        // Folding makes a dash a space: a cell of dashes is empty.
        let folded = Folding.fold(text)
        return folded.isEmpty || nothing.contains(folded)
    }

    /// Yes or no; nil for any other word.
    package static func isYes(_ text: String) -> Bool? {
        guard text.utf8.count <= 8 else { return nil }
        let folded = Folding.fold(text)
        return yes.contains(folded) ? true : no.contains(folded) ? false : nil
    }

    /// The letters of a column, as spreadsheets name it: 0 is A, 26 is AA.
    package static func letters(_ column: Int) -> String {
        var rest = column
        var letters = ""
        while rest >= 0 {
            letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
            rest = rest / 26 - 1
        }
        return letters
    }
}
