/// A look at YAML bytes before they are parsed.
///
/// The parser unfolds an alias wherever it stands, and hashes it whole where it serves as a key: nine short lines would
/// keep it busy for days. It also nests one call in another for each level, and its own bound on that is not ours to
/// rely on. What a profile needs is far below these limits. Signs within quotes are counted as if they were structure,
/// which errs on the side of refusing.
enum YAMLOutline {
    /// Brackets and braces open at once.
    static let flowDepth = 64
    /// Bytes before the first word of a line: each level of a block costs at least one of them.
    static let indentation = 256
    /// Aliases in a file; sixteen unfold to a few hundred values at most.
    static let aliases = 16

    /// The first line, from 1, that goes past a limit.
    ///
    /// - Complexity: O(bytes).
    static func excessiveLine(of bytes: [UInt8]) -> Int? {
        var line = 1
        var depth = 0
        var aliasCount = 0
        var lead = 0
        var inLead = true
        // The last byte of the line that is not a space: an alias begins a value, so it stands after one of these.
        var previous = UInt8(ascii: "\n")
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if byte == UInt8(ascii: "\n") { line += 1 }
                lead = 0
                inLead = true
                previous = UInt8(ascii: "\n")
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "*") where beginsValue(after: previous): aliasCount += 1
            default: break
            }
            if inLead {
                inLead = isLead(byte)
                if inLead { lead += 1 }
            }
            if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { previous = byte }
            if depth > flowDepth || lead > indentation || aliasCount > aliases { return line }
        }
        return nil
    }

    /// The line, from 1, on which the first document of more than `most` bytes begins. Documents part at lines that begin with
    /// `---` or `...`, which no value may hold.
    ///
    /// - Complexity: O(bytes).
    static func longDocument(of bytes: [UInt8], most: Int) -> Int? {
        var start = (line: 1, place: 0)
        var line = 1
        for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            line += 1
            if place + 1 - start.place > most { return start.line }
            if beginsDocument(bytes[(place + 1)...].prefix(4)) { start = (line, place + 1) }
        }
        return bytes.count - start.place > most ? start.line : nil
    }

    /// Whether a line is a mark between documents and not the beginning of a word.
    private static func beginsDocument(_ head: ArraySlice<UInt8>) -> Bool {
        guard head.prefix(3).elementsEqual("---".utf8) || head.prefix(3).elementsEqual("...".utf8) else {
            return false
        }
        return head.count == 3 || head.last.map(" \t\r\n".utf8.contains) ?? true
    }

    /// White space, and the signs that open a level of a block.
    private static func isLead(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private static func beginsValue(after byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","),
            UInt8(ascii: "["), UInt8(ascii: "{"):
            true
        default: false
        }
    }
}
