/// How many terminal cells a text takes.
///
/// Follows what terminals do rather than one table: combining marks and format characters take none, East Asian wide
/// characters and emoji two, an emoji sequence (joined, with a skin tone, a flag) two in all, everything else one.
package enum DisplayWidth {
    /// The cells of a text. O(length).
    package static func of(_ text: String) -> Int {
        var total = 0
        for character in text { total += of(character) }
        return total
    }

    /// The lines of `text` of at most `cells` cells, broken at plain spaces alone: an unbreakable one holds.
    /// A word that is wider stands on a line of its own.
    package static func wrap(_ text: String, to cells: Int) -> [String] {
        var lines: [String] = []
        var width = 0
        for word in text.split(separator: " ").map(String.init) {
            let own = of(word)
            if let last = lines.last, width + 1 + own <= cells {
                lines[lines.count - 1] = last + " " + word
                width += 1 + own
            } else {
                lines.append(word)
                width = own
            }
        }
        return lines
    }

    /// The cells of one character.
    static func of(_ character: Character) -> Int {
        var total = 0
        for scalar in character.unicodeScalars {
            // Variation selector 16, a joiner or a regional indicator makes the whole character one emoji.
            if scalar.value == 0xFE0F || scalar.value == 0x200D && total == 2 || isRegionalIndicator(scalar) {
                return 2
            }
            total += of(scalar)
        }
        return total
    }

    /// The longest beginning of `text` that fits in `cells`, with `…` in place of what was cut.
    static func cut(_ text: String, to cells: Int) -> String {
        guard cells > 0 else { return "" }
        var taken = 0
        // The end of the longest beginning that leaves room for the ellipsis, in case it is needed.
        var fitting = text.startIndex
        for index in text.indices {
            taken += of(text[index])
            if taken > cells { return text[..<fitting] + "…" }
            if taken < cells { fitting = text.index(after: index) }
        }
        return text
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value >= 0x20 && value < 0x7F { return 1 }
        if value == 0xAD { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        // The vowels and finals of Korean syllables join the wide consonant before them; a skin tone its emoji.
        if (0x1160...0x11FF).contains(value) || (0x1F3FB...0x1F3FF).contains(value) { return 0 }
        return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
    }

    private static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F1E6...0x1F1FF).contains(scalar.value)
    }

    /// The wide and full-width blocks of Unicode's East Asian Width, by block.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6,
            0x17000...0x18DFF, 0x1B000...0x1B2FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD:
            true
        default: false
        }
    }
}
