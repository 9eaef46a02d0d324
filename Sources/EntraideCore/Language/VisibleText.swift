/// Text without the characters that nobody sees: two names that read the same are the same.
package enum VisibleText {
    /// The text without what Unicode says to show nothing of (Default_Ignorable_Code_Point): soft hyphens, spaces of no
    /// width, marks of direction, tags, fillers. What shapes its neighbours stays where it does: joiners between letters of
    /// scripts that want them, and what makes one picture of several.
    ///
    /// Controls of direction that turn a line around are left for ``FieldCheck/text(_:limit:field:)``, which refuses them.
    ///
    /// - Complexity: O(length).
    package static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isInvisible) else { return text }
        let scalars = Array(text.unicodeScalars)
        var kept = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            if !isInvisible(scalar) || isShaping(scalar, after: kept.last, before: next) {
                kept.append(scalar)
            }
        }
        return String(kept)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        // Nearly all text is under this.
        if scalar.value < 0x300 { return scalar.value == 0xAD }
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069: return false
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func isShaping(
        _ scalar: Unicode.Scalar, after last: Unicode.Scalar?, before next: Unicode.Scalar?
    ) -> Bool {
        guard let last else { return false }
        switch scalar.value {
        case 0x200C, 0x200D:
            guard let next else { return false }
            return isJoined(last) && isJoined(next)
                || scalar.value == 0x200D && (isPicture(last) || last.value == 0xFE0F) && isPicture(next)
        case 0xFE0E, 0xFE0F:
            return isPicture(last) || next?.value == 0x20E3 && last.properties.isEmoji
        case 0x180B...0x180F: return (0x1800...0x18AF).contains(last.value) && isJoined(last)
        default: return false
        }
    }

    /// A letter or mark of a script in which a joiner changes how its neighbours look: Arabic and its neighbours, those of
    /// India and Sri Lanka, Burmese, Khmer, Mongolian.
    private static func isJoined(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0600...0x0DFF, 0x1000...0x109F, 0x1780...0x18AF:
            scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
        default: false
        }
    }

    /// A picture, or what colours one. Digits, which may be part of one, are none.
    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0xA9 && (scalar.properties.isEmoji || scalar.properties.isEmojiModifier)
    }
}
