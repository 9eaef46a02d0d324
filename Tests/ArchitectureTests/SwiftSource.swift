/// One Swift file: its text, and the same text without comments and without what stands inside string literals.
struct SwiftSource {
    /// From the root of the repository.
    let path: String
    let lines: [String]
    /// As `lines`, one for one; comments and the text of literals are blank, interpolations are not.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var scanner = Scanner(text: Array(text))
        scanner.code(until: nil)
        code = String(scanner.kept).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The module that the file belongs to, by its folder.
    var module: String {
        let parts = path.split(separator: "/")
        return parts.first == "sql" ? "Schema" : parts.count > 2 ? String(parts[1]) : ""
    }
}

/// Walks over Swift text and keeps the code alone. Knows comments, nested ones too, and literals, raw ones too.
private struct Scanner {
    let text: [Character]
    var at = 0
    var kept: [Character] = []

    init(text: [Character]) {
        self.text = text
    }

    private func stands(_ words: String) -> Bool {
        text[at...].starts(with: Array(words))
    }

    private mutating func keep(_ count: Int = 1) {
        kept += text[at..<min(at + count, text.count)]
        at += count
    }

    private mutating func blank(_ count: Int = 1) {
        for character in text[at..<min(at + count, text.count)] { kept.append(character == "\n" ? "\n" : " ") }
        at += count
    }

    /// Code up to the end, or up to the parenthesis that closes an interpolation.
    mutating func code(until end: Character?) {
        var depth = 0
        while at < text.count {
            if stands("//") {
                while at < text.count, text[at] != "\n" { blank() }
            } else if stands("/*") {
                blockComment()
            } else if let hashes = literalAhead {
                literal(hashes: hashes)
            } else {
                if text[at] == "(" { depth += 1 }
                if text[at] == ")" {
                    if depth == 0, end == ")" { return }
                    depth -= 1
                }
                keep()
            }
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if stands("/*") {
                depth += 1
                blank(2)
            } else if stands("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && at < text.count
    }

    /// How many `#` stand before the quote that opens a literal here; nil where none opens.
    private var literalAhead: Int? {
        var ahead = at
        while ahead < text.count, text[ahead] == "#" { ahead += 1 }
        guard ahead < text.count, text[ahead] == "\"" else { return nil }
        return ahead - at
    }

    private mutating func literal(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        keep(hashes)
        let quote = stands("\"\"\"") ? "\"\"\"" : "\""
        keep(quote.count)
        while at < text.count {
            if stands(quote + marks) {
                keep(quote.count + hashes)
                return
            }
            if stands("\\" + marks + "(") {
                keep(hashes + 2)
                code(until: ")")
                if at < text.count { keep() }
            } else if stands("\\" + marks) {
                blank(hashes + 2)
            } else {
                blank()
            }
        }
    }
}
