import Foundation

/// One line of an answer that came back, without what mail programs put around it.
struct FormLine: Equatable {
    /// From 1, in the text that was read.
    let number: Int
    /// How many times it was quoted.
    let depth: Int
    var text: String
    /// How long it was when it came, quote signs included: a long one may go on in the next.
    let length: Int
}

/// The lines of a text, told apart from their quote signs and with one way to write a space, a dash or a tick.
enum FormLines {
    /// - Complexity: O(length).
    static func all(of body: MailMessage.Body) -> [FormLine] {
        var lines: [FormLine] = []
        let text = body.text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        var goesOn = false
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var (depth, rest) = unquoted(cleaned(raw), isFlowed: body.isFlowed)
            let isSignature = rest == "-- "
            let isSoft = body.isFlowed && !isSignature && rest.hasSuffix(" ")
            if isSoft, body.dropsSpace { rest.removeLast() }
            if goesOn, let last = lines.last, last.depth == depth, !isSignature, !FormSheet.begins(rest) {
                lines[lines.count - 1].text += rest
            } else {
                lines.append(
                    FormLine(number: index + 1, depth: depth, text: rest, length: raw.unicodeScalars.count))
            }
            goesOn = isSoft
        }
        return lines
    }

    /// The line without its quote signs, and how many there were.
    private static func unquoted(_ line: String, isFlowed: Bool) -> (depth: Int, rest: String) {
        var depth = 0
        var rest = Substring(line)
        while true {
            // Between two signs, and before the first where a program moved the text to the right.
            let next = rest.drop { $0 == " " || $0 == "\t" }
            guard next.first == ">" else { break }
            depth += 1
            rest = next.dropFirst()
        }
        if (depth > 0 || isFlowed), rest.first == " " { rest = rest.dropFirst() }
        return (depth, String(rest))
    }

    /// One form of each character that programs write in several ways; those that nobody sees are gone.
    private static func cleaned(_ line: Substring) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            switch scalar.value {
            case 0x09, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: scalars.append(" ")
            // Programs put these around names and addresses.
            case 0x202A...0x202E, 0x2066...0x2069: break
            // Full-width signs of some keyboards.
            case 0xFF1A: scalars.append(":")
            case 0xFF3B: scalars.append("[")
            case 0xFF3D: scalars.append("]")
            case 0xFF1E: scalars.append(">")
            default: scalars.append(scalar)
            }
        }
        return VisibleText.of(String(scalars))
    }
}

/// What a person wrote, in one form whatever the program made of it.
enum FormWords {
    /// One space between words; curly or straight quotes and dots made the same; rules left for writing on are gone.
    static func tidy(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x201B, 0x02BC, 0x2032: result.append("\u{2019}")
            case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033: result.append("\"")
            case 0x2010, 0x2011: result.append("-")
            case 0x2026: result.append(contentsOf: "...".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result).precomposedStringWithCanonicalMapping
            .split { $0.isWhitespace }
            .filter { word in !(word.utf8.count > 2 && word.allSatisfy { $0 == "_" || $0 == "." }) }
            .map { $0.replacing("...", with: "\u{2026}") }
            .joined(separator: " ")
    }

    private static let nothing: Set = [
        "", "-", "/", "rien", "aucun", "aucune", "neant", "none", "nothing", "n/a", "?", "x",
    ]

    /// Whether a text says that there is nothing.
    static func isNothing(_ text: String) -> Bool {
        text.utf8.count < 12 && nothing.contains(Folding.fold(text))
    }

    /// An address without what a program added to make a link of it.
    static func address(_ text: String) -> String {
        // `a@b <mailto:a@b>` is one address.
        var met: Set<Substring> = []
        return tidy(text).split(separator: " ").compactMap { word in
            var bare = word.hasPrefix("<") && word.hasSuffix(">") ? word.dropFirst().dropLast() : word
            if bare.lowercased().hasPrefix("mailto:") { bare = bare.dropFirst(7) }
            guard bare.contains("@") || bare.contains("://") else { return word }
            return met.insert(bare).inserted ? bare : nil
        }.joined(separator: " ")
    }

    private static let numbers = [
        "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
        "huit": 8, "neuf": 9, "dix": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10,
    ]

    /// The one number of a text, in digits or as a word: `80`, `80 km`, `deux`.
    static func number(_ text: String) -> Int? {
        let found = numbers(in: text)
        return found.count == 1 ? found[0] : nil
    }

    /// The smaller of the two numbers of a text: `2 ou 3`, `2-3`.
    static func smaller(_ text: String) -> Int? {
        let found = numbers(in: text)
        return found.count == 2 ? found.min() : nil
    }

    private static func numbers(in text: String) -> [Int] {
        // Less than nothing is no answer; a dash before a space is only one.
        if let sign = text.first, "-−".contains(sign), text.dropFirst().first?.isNumber == true { return [] }
        // `1 000` is one number.
        let joined = text.replacing(#/(\d{1,3}) (\d{3})(?!\d)/#) { "\($0.1)\($0.2)" }
        let words = Folding.fold(joined).split { !($0.isLetter || $0.isNumber) }
        var digits: [Int] = []
        var named: [Int] = []
        for word in words {
            let figures = word.prefix { $0.isASCII && $0.isNumber }
            if !figures.isEmpty {
                digits.append(figures.utf8.count < 9 ? Int(figures) ?? Int.max : Int.max)
            } else if let number = numbers[String(word)] {
                named.append(number)
            }
        }
        // "One" is an article too (`une trentaine`): it counts on its own, or before what is counted.
        let counted: Set<Substring> = ["communaute", "community", "fois", "km", "seule", "seul", "only"]
        if words.count > 1, !counted.contains(words[1]) { named.removeAll { $0 == 1 } }
        return digits + named
    }
}
