/// A recursive descent through RFC 8259, one byte ahead.
///
/// Invariant: `index` never passes `bytes.endIndex`; every byte is looked at a bounded number of times; recursion is
/// bounded by `JSONNode.maxDepth`.
struct JSONParser {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var line: Int
    private var columns: ColumnCounter

    init(_ bytes: ArraySlice<UInt8>, firstLine: Int) {
        self.bytes = bytes
        self.index = bytes.startIndex
        self.line = firstLine
        self.columns = ColumnCounter(lineStart: bytes.startIndex)
    }

    mutating func parseDocument() throws(LineError) -> JSONNode {
        skipWhiteSpace()
        let node = try value(depth: 0)
        skipWhiteSpace()
        if index < bytes.endIndex { throw problem() }
        return node
    }

    private mutating func value(depth: Int) throws(LineError) -> JSONNode {
        guard let byte = peek() else { throw problem() }
        let line = line
        let column = column(at: index)
        let content: JSONContent
        switch byte {
        case UInt8(ascii: "{"):
            content = .object(try object(depth: depth))
        case UInt8(ascii: "["):
            content = .array(try array(depth: depth))
        case UInt8(ascii: "\""):
            content = .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            content = .number(try number())
        case UInt8(ascii: "t"):
            try word("true")
            content = .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            content = .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            content = .null
        default:
            throw problem()
        }
        return JSONNode(content, line: line, column: column)
    }

    private mutating func object(depth: Int) throws(LineError) -> [(key: String, value: JSONNode)] {
        try enter(depth)
        var members: [(key: String, value: JSONNode)] = []
        // Membership only: its order is never seen.
        var keys: Set<String> = []
        if take(UInt8(ascii: "}")) { return members }
        while true {
            skipWhiteSpace()
            let keyIndex = index
            guard peek() == UInt8(ascii: "\"") else { throw problem() }
            let key = try string()
            if !keys.insert(key).inserted {
                throw problem(.duplicateKey, at: keyIndex).quoting(key)
            }
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw problem() }
            skipWhiteSpace()
            members.append((key, try value(depth: depth + 1)))
            skipWhiteSpace()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw problem() }
        }
    }

    private mutating func array(depth: Int) throws(LineError) -> [JSONNode] {
        try enter(depth)
        var elements: [JSONNode] = []
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            skipWhiteSpace()
            elements.append(try value(depth: depth + 1))
            skipWhiteSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw problem() }
        }
    }

    /// Steps over an opening bracket and the white space behind it.
    private mutating func enter(_ depth: Int) throws(LineError) {
        if depth >= JSONNode.maxDepth { throw problem(.tooDeep, at: index) }
        index += 1
        skipWhiteSpace()
    }

    private mutating func number() throws(LineError) -> String {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() throws(LineError) {
        let start = index
        while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
        if index == start { throw problem() }
    }

    private mutating func word(_ word: String) throws(LineError) {
        for byte in word.utf8 {
            guard take(byte) else { throw problem() }
        }
    }

    private mutating func string() throws(LineError) -> String {
        let opening = index
        index += 1
        var start = index
        // What precedes the last escape; most strings have none.
        var pieces = ""
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                let last = try text(bytes[start..<index], beganAt: start)
                index += 1
                return pieces.isEmpty ? last : pieces + last
            case UInt8(ascii: "\\"):
                pieces += try text(bytes[start..<index], beganAt: start)
                pieces.unicodeScalars.append(try escape(beganAt: index))
                start = index
            case 0x00..<0x20:
                throw problem(.controlCharacter, at: index)
            default:
                index += 1
            }
        }
        throw problem(at: opening)
    }

    private mutating func escape(beganAt start: Int) throws(LineError) -> Unicode.Scalar {
        index += 1
        guard let byte = peek() else { throw problem(at: start) }
        index += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw problem(at: start)
        }
        let unit = try hexadecimal(escapeStart: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // A surrogate: only a high one with its low one behind it makes a character.
        guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw problem(at: start)
        }
        let low = try hexadecimal(escapeStart: start)
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw problem(at: start) }
        return scalar
    }

    /// Four hexadecimal digits: at most 0xFFFF.
    private mutating func hexadecimal(escapeStart: Int) throws(LineError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem(at: escapeStart)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func text(_ content: ArraySlice<UInt8>, beganAt start: Int) throws(LineError) -> String {
        if let text = String(validating: content, as: UTF8.self) { return text }
        var error = problem(.invalidUTF8, at: start)
        if let column = error.column, let inside = firstInvalidColumn(in: content) {
            error.column = column + inside - 1
        }
        throw error
    }

    private func peek() -> UInt8? {
        index < bytes.endIndex ? bytes[index] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                index += 1
            case UInt8(ascii: "\n"):
                index += 1
                line += 1
                columns = ColumnCounter(lineStart: index)
            default:
                return
            }
        }
    }

    private mutating func problem(_ code: LineError.Code = .badJSON, at place: Int? = nil) -> LineError {
        LineError(code, line: line, column: column(at: place ?? index))
    }

    private mutating func column(at place: Int) -> Int { columns.column(of: place, in: bytes) }
}
