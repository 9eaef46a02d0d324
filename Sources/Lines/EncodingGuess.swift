/// Says which encoding a file has, from all of its bytes, given in pieces.
///
/// A byte order mark says it. Else zero bytes at every other place are UTF-16. Else what is UTF-8 all through, or has
/// more characters of several bytes than bytes that break UTF-8, is UTF-8: chance makes such sequences rarely. Else it
/// is the encoding of one byte per character in which the most bytes are letters and signs that French and English
/// write; Windows-1252 where they are level.
///
/// - Complexity: O(bytes); 300 bytes of memory.
package struct EncodingGuess: Sendable {
    private var head: [UInt8] = []
    private var counts = [Int](repeating: 0, count: 128)
    private var sequences = 0
    private var broken = 0
    /// Bytes that a character begun still wants.
    private var wanted = 0

    private static let headLength = 4096

    /// A guess from nothing: UTF-8.
    package init() {}

    /// The next piece.
    package mutating func take(_ piece: [UInt8]) {
        if head.count < Self.headLength { head += piece.prefix(Self.headLength - head.count) }
        for byte in piece {
            if byte < 128 {
                if wanted > 0 {
                    broken += 1
                    wanted = 0
                }
                continue
            }
            counts[Int(byte) - 128] += 1
            if byte < 0xC0, wanted > 0 {
                wanted -= 1
                if wanted == 0 { sequences += 1 }
                continue
            }
            if wanted > 0 { broken += 1 }
            switch byte {
            case 0xC2...0xDF: wanted = 1
            case 0xE0...0xEF: wanted = 2
            case 0xF0...0xF4: wanted = 3
            default:
                broken += 1
                wanted = 0
            }
        }
    }

    /// The encoding, as far as the pieces tell.
    package var encoding: TextEncoding {
        for marked in [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian]
        where head.starts(with: marked.byteOrderMark) {
            return marked
        }
        if let unmarked = utf16ByZeros { return unmarked }
        let broken = broken + (wanted > 0 ? 1 : 0)
        if broken == 0 || sequences > broken { return .utf8 }
        var best = (encoding: TextEncoding.windows1252, score: score(.windows1252))
        for other in [TextEncoding.macintosh, .dos850] {
            let score = score(other)
            if score > best.score { best = (other, score) }
        }
        return best.encoding
    }

    /// Whether it holds zero bytes where no text has any.
    package var hasStrayZeros: Bool {
        switch encoding {
        case .utf16LittleEndian, .utf16BigEndian: false
        default: head.contains(0)
        }
    }

    private var utf16ByZeros: TextEncoding? {
        var zeros = [0, 0]
        for (index, byte) in head.enumerated() where byte == 0 { zeros[index % 2] += 1 }
        let most = head.count / 4
        if zeros[1] > most, zeros[0] * 8 < zeros[1] { return .utf16LittleEndian }
        if zeros[0] > most, zeros[1] * 8 < zeros[0] { return .utf16BigEndian }
        return nil
    }

    private static let expected = Set(
        "éèêëàâäîïôöùûüçœæÉÈÊËÀÂÎÏÔÙÛÇŒ’‘“”«»–—…°€§·\u{A0}".unicodeScalars)

    private func score(_ encoding: TextEncoding) -> Int {
        var score = 0
        for (index, scalar) in (encoding.upperHalf ?? []).enumerated() {
            score += Self.expected.contains(scalar) ? counts[index] : -counts[index]
        }
        return score
    }
}
