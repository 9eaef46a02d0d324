import Foundation

/// The form in which texts are compared when a person searches: `Découpe-laser`, `decoupe laser` and `DÉCOUPE LASER`
/// fold to the same. Never stored as a name, never shown.
package enum Folding {
    /// Lower case without accents, ligatures opened (œ, æ, ß), apostrophes, hyphens, underscores and any space as one
    /// space, none at either end. Other characters stay: `c++` and `n° 2` keep their signs.
    ///
    /// Works on Unicode's own tables, never on the locale, so that every machine folds alike.
    ///
    /// - Complexity: O(length).
    package static func fold(_ text: some StringProtocol) -> String {
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
