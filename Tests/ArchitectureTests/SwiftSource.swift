/// One Swift file: its text, and the same text without comments and without what stands inside string literals.
struct SwiftSource {
    /// From the root of the repository.
    let path: String
    let lines: [String]
    /// As `lines`, one for one; comments and the text of literals are blank, interpolations are not.
    let code: [String]
    /// Every literal, in order; those within an interpolation come before the one around them.
    let literals: [Literal]

    /// The text of a string literal.
    struct Literal {
        /// From 1.
        let line: Int
        /// Labels of the arguments that it stands in, the nearest last: `["message", "fr"]`.
        let labels: [String]
        /// Whether it stands in parentheses of its own behind its label: `fr: ("one", "several")`.
        let isInTuple: Bool
        /// As written, `⟦expression⟧` for what is interpolated.
        let text: String
    }

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var scanner = Scanner(text: Array(text.utf8))
        scanner.code(until: nil)
        literals = scanner.literals
        code = String(decoding: scanner.kept, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The module that the file belongs to, by its folder.
    var module: String {
        let parts = path.split(separator: "/")
        return parts.first == "sql" ? "Schema" : parts.count > 2 ? String(parts[1]) : ""
    }
}

/// Walks over Swift text and keeps the code alone. Knows comments, nested ones too, and literals, raw ones too.
private struct Scanner {
    let text: [UInt8]
    var at = 0
    var kept: [UInt8] = []
    var literals: [SwiftSource.Literal] = []
    /// Where the innermost interpolation began: what stands before it says nothing of what stands in it.
    var floor = 0

    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let backslash = UInt8(ascii: "\\")
    private static let slash = UInt8(ascii: "/")
    private static let star = UInt8(ascii: "*")
    private static let opening = UInt8(ascii: "(")
    private static let closing = UInt8(ascii: ")")

    init(text: [UInt8]) {
        self.text = text
        kept.reserveCapacity(text.count)
    }

    private func stands(_ bytes: UInt8..., from start: Int) -> Bool {
        guard start + bytes.count <= text.count else { return false }
        return bytes.indices.allSatisfy { text[start + $0] == bytes[$0] }
    }

    private mutating func keep(_ count: Int = 1) {
        let end = min(at + count, text.count)
        kept += text[at..<end]
        at = end
    }

    /// A byte of a longer character becomes a space too: what counts is which line it stands on.
    private mutating func blank(_ count: Int = 1) {
        let end = min(at + count, text.count)
        for byte in text[at..<end] { kept.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " ")) }
        at = end
    }

    /// Code up to the end, or up to the parenthesis that closes an interpolation.
    mutating func code(until end: UInt8?) {
        var depth = 0
        while at < text.count {
            switch text[at] {
            case Self.slash where stands(Self.slash, Self.slash, from: at):
                while at < text.count, text[at] != UInt8(ascii: "\n") { blank() }
            case Self.slash where stands(Self.slash, Self.star, from: at):
                blockComment()
            case Self.quote, Self.hash:
                if let hashes = literalAhead { literal(hashes: hashes) } else { keep() }
            case Self.opening:
                depth += 1
                keep()
            case Self.closing:
                if depth == 0, end == Self.closing { return }
                depth -= 1
                keep()
            default:
                keep()
            }
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if stands(Self.slash, Self.star, from: at) {
                depth += 1
                blank(2)
            } else if stands(Self.star, Self.slash, from: at) {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && at < text.count
    }

    private func hashes(from start: Int) -> Int {
        text[start...].prefix { $0 == Self.hash }.count
    }

    /// How many `#` stand before the quote that opens a literal here; nil where none opens.
    private var literalAhead: Int? {
        let count = hashes(from: at)
        return at + count < text.count && text[at + count] == Self.quote ? count : nil
    }

    /// The labels of the arguments that what comes next stands in, the nearest last. Read backwards from here: a label
    /// before a comma is that of another argument.
    private var labels: (names: [String], isInTuple: Bool) {
        var labels: [String] = []
        var isInTuple = false
        var opened = 0
        var depth = 0
        var isOwn = true
        var place = kept.count - 1
        let least = max(floor, kept.count - 4000)
        while place >= least {
            switch kept[place] {
            case Self.closing, UInt8(ascii: "]"), UInt8(ascii: "}"): depth += 1
            case Self.opening, UInt8(ascii: "["):
                if depth == 0 {
                    isOwn = true
                    if labels.isEmpty { opened += 1 }
                } else {
                    depth -= 1
                }
            case UInt8(ascii: "{"):
                if depth == 0 { return (labels.reversed(), isInTuple) }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0: isOwn = false
            case UInt8(ascii: ":") where depth == 0 && isOwn:
                let name = kept[..<place].reversed().prefix { $0.isLetter }.reversed()
                let before = kept[..<(place - name.count)].last { $0 != 0x20 && $0 != 0x0A }
                if !name.isEmpty, before == Self.opening || before == UInt8(ascii: ",") {
                    if labels.isEmpty { isInTuple = opened > 0 }
                    labels.append(String(decoding: name, as: UTF8.self))
                    isOwn = false
                }
            default: break
            }
            place -= 1
        }
        return (labels.reversed(), isInTuple)
    }

    private mutating func literal(hashes count: Int) {
        let labels = labels
        let line = kept.count { $0 == UInt8(ascii: "\n") } + 1
        var said: [UInt8] = []
        defer {
            literals.append(
                SwiftSource.Literal(
                    line: line, labels: labels.names, isInTuple: labels.isInTuple,
                    text: String(decoding: said, as: UTF8.self)))
        }
        keep(count)
        let quotes = stands(Self.quote, Self.quote, Self.quote, from: at) ? 3 : 1
        keep(quotes)
        while at < text.count {
            switch text[at] {
            case Self.quote:
                let end = at + quotes
                let closes =
                    end <= text.count && text[at..<end].allSatisfy { $0 == Self.quote }
                    && hashes(from: end) >= count
                if closes {
                    keep(quotes + count)
                    return
                }
                said.append(text[at])
                blank()
            case Self.backslash where hashes(from: at + 1) >= count:
                guard stands(Self.opening, from: at + 1 + count) else {
                    said += text[at..<min(at + count + 2, text.count)]
                    blank(count + 2)
                    continue
                }
                keep(count + 2)
                let start = at
                let outer = floor
                floor = kept.count
                code(until: Self.closing)
                floor = outer
                said += Array("⟦".utf8) + text[start..<at] + Array("⟧".utf8)
                keep()
            default:
                said.append(text[at])
                blank()
            }
        }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
