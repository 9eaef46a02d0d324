/// Reads the objects of a JSON list that comes in pieces, one at a time: of a top-level array, or of the first array
/// among the members of a top-level object.
///
/// Only brackets and quotes are looked at here; what an element holds is read by ``JSONNode``. Holds one element.
package struct JSONElements<Pieces> {
    /// Where the pieces come from.
    package private(set) var source: Pieces
    private let pull: (inout Pieces) throws -> [UInt8]?
    private let maxElementBytes: Int
    private var piece: [UInt8] = []
    private var index = 0
    private var line = 1
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Whether an array holds the elements, and at which depth they stand; nil until the first bracket tells.
    private var elementDepth: Int?
    /// Whether nothing follows.
    package private(set) var isOver = false

    /// The bytes of the element last given.
    package private(set) var bytes: [UInt8] = []
    /// The line that it begins on.
    package private(set) var firstLine = 1

    /// A reader of pieces of UTF-8; each call of `pull` gives the next, nil at the end.
    package init(
        _ pieces: Pieces, maxElementBytes: Int = CSVReader.defaultMaxRowBytes,
        pull: @escaping (inout Pieces) throws -> [UInt8]?
    ) {
        source = pieces
        self.pull = pull
        self.maxElementBytes = maxElementBytes
    }

    /// The next element, nil at the end.
    ///
    /// - Throws: `LineError`: `bad-json` at the line where the text ends before it is whole, or begins with no bracket;
    ///   `too-long`; what is wrong with the element, after which the next call goes on. What `pull` throws.
    package mutating func next() throws -> JSONNode? {
        bytes = []
        while !isOver {
            while index < piece.count {
                let byte = piece[index]
                index += 1
                if byte == UInt8(ascii: "\n") { line += 1 }
                if try take(byte) { return try JSONNode.parse(bytes, firstLine: firstLine) }
            }
            index = 0
            if let next = try pull(&source) { piece = next } else { isOver = true }
        }
        if depth > 0 || isInString { throw LineError(.badJSON, line: line) }
        return nil
    }

    /// Whether `byte` ends an element.
    private mutating func take(_ byte: UInt8) throws(LineError) -> Bool {
        let isInside = elementDepth.map { depth > $0 } ?? false
        if isInside { bytes.append(byte) }
        if bytes.count > maxElementBytes {
            isOver = true
            depth = 0
            isInString = false
            throw LineError(.tooLong, line: firstLine)
        }
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            if !isInside, byte == UInt8(ascii: "{"), depth == elementDepth {
                bytes = [byte]
                firstLine = line
            } else if elementDepth == nil, byte == UInt8(ascii: "[") {
                elementDepth = depth + 1
            }
            depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            depth -= 1
            if depth < 0 {
                isOver = true
                depth = 0
                throw LineError(.badJSON, line: line)
            }
            if isInside, depth == elementDepth { return true }
            // The list is over: what stands after it, a count or a link to the next page, is no element.
            if let place = elementDepth, depth < place {
                guard byte == UInt8(ascii: "]") || place == .max else {
                    throw LineError(.badJSON, line: line)
                }
                elementDepth = .max
            }
        default: break
        }
        return false
    }
}
