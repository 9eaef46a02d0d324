import Foundation

/// The form in which texts are compared when a person searches: `Découpe-laser`, `decoupe laser` and `DÉCOUPE LASER`
/// fold to the same. Never stored as a name, never shown.
package enum Folding {
    /// Lower case without accents, ligatures opened (œ, æ, ß), apostrophes, hyphens, underscores and any space as one
    /// space, none at either end. Other characters stay: `c++` and `n° 2` keep their signs.
    ///
    /// Works on Unicode's own tables, never on the locale, so that every machine folds alike.
    ///
    /// - Complexity: O(length). Text of Latin letters, as nearly all is, takes a table in the place of Unicode's.
    package static func fold(_ text: some StringProtocol) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var spaceDue = false
        for scalar in text.unicodeScalars {
            var value = scalar.value
            // The apostrophes that typography wants fold as the typewriter's.
            if value == 0x2018 || value == 0x2019 { value = 0x27 }
            guard value < latinEnd else { return foldAny(text) }
            let start = Int(value) * latinStride
            for place in start + 1..<start + 1 + Int(latin[start]) {
                if latin[place] == 0x20 {
                    spaceDue = !result.isEmpty
                } else {
                    if spaceDue { result.append(0x20) }
                    spaceDue = false
                    result.append(latin[place])
                }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Scalars under this have their place in ``latin``.
    private static let latinEnd: UInt32 = 0x180
    private static let latinStride = 8

    /// What each scalar folds to, which never depends on its neighbours: the number of bytes, then the bytes, a space
    /// being 0x20.
    private static let latin: [UInt8] = {
        var table = [UInt8](repeating: 0, count: Int(latinEnd) * latinStride)
        for value in 0..<latinEnd {
            guard let scalar = Unicode.Scalar(value) else { continue }
            // Letters on both sides keep the spaces between them.
            let between = foldAny("x\(scalar)x").utf8.dropFirst().dropLast()
            let start = Int(value) * latinStride
            table[start] = UInt8(min(between.count, latinStride - 1))
            for (offset, byte) in between.prefix(latinStride - 1).enumerated() {
                table[start + 1 + offset] = byte
            }
        }
        return table
    }()

    /// The same of any text, by Unicode's tables.
    private static func foldAny(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var spaceDue = false
        for scalar in String(text).decomposedStringWithCompatibilityMapping.unicodeScalars {
            if isSpace(scalar) {
                spaceDue = !result.isEmpty
                continue
            }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .spacingMark, .format, .control: continue
            default: break
            }
            if spaceDue {
                result.append(" ")
                spaceDue = false
            }
            switch scalar {
            case "œ", "Œ": result.append(contentsOf: "oe".unicodeScalars)
            case "æ", "Æ": result.append(contentsOf: "ae".unicodeScalars)
            case "ß", "ẞ": result.append(contentsOf: "ss".unicodeScalars)
            case "ø", "Ø": result.append("o")
            case "ł", "Ł": result.append("l")
            default: result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(result)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "'", "’", "‘", "ʼ", "ʻ", "`", "_": true
        default:
            scalar.properties.isWhitespace || scalar.properties.generalCategory == .dashPunctuation
        }
    }
}
