/// Turns a file's bytes, which come in pieces, into UTF-8; a byte order mark goes.
///
/// What stands for no character becomes a byte that UTF-8 does not have, so that whoever reads the line refuses it
/// there, and no character is made up.
package struct TextDecoder: Sendable {
    private let encoding: TextEncoding
    /// Per byte from 128, its character in UTF-8.
    private let upper: [[UInt8]]
    private var isAtStart = true
    /// The first byte of a UTF-16 unit whose second is in the next piece.
    private var half: UInt8?
    private var highSurrogate: UInt16?

    private static let noCharacter: UInt8 = 0xFF

    /// A decoder that has read nothing.
    package init(_ encoding: TextEncoding) {
        self.encoding = encoding
        upper = (encoding.upperHalf ?? []).map { scalar in
            scalar == "\u{FFFD}" ? [Self.noCharacter] : Array(String(scalar).utf8)
        }
    }

    /// The next piece, of any length but empty only at the end.
    ///
    /// - Complexity: O(length).
    package mutating func decode(_ piece: [UInt8]) -> [UInt8] {
        switch encoding {
        case .utf8: utf8(piece)
        case .utf16LittleEndian, .utf16BigEndian: utf16(piece)
        default: singleBytes(piece)
        }
    }

    /// What is left when no piece follows.
    package mutating func finish() -> [UInt8] {
        defer {
            half = nil
            highSurrogate = nil
        }
        return half == nil && highSurrogate == nil ? [] : [Self.noCharacter]
    }

    private mutating func utf8(_ piece: [UInt8]) -> [UInt8] {
        defer { isAtStart = false }
        let mark = TextEncoding.utf8.byteOrderMark
        return isAtStart && piece.starts(with: mark) ? Array(piece.dropFirst(mark.count)) : piece
    }

    private func singleBytes(_ piece: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(piece.count + piece.count / 8)
        for byte in piece {
            if byte < 128 { text.append(byte) } else { text += upper[Int(byte) - 128] }
        }
        return text
    }

    private mutating func utf16(_ piece: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(piece.count)
        for byte in piece {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let unit =
                encoding == .utf16LittleEndian
                ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
            if isAtStart {
                isAtStart = false
                if unit == 0xFEFF { continue }
            }
            take(unit, into: &text)
        }
        return text
    }

    private mutating func take(_ unit: UInt16, into text: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if 0xDC00...0xDFFF ~= unit {
                let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00
                append(value, to: &text)
                return
            }
            text.append(Self.noCharacter)
        }
        switch unit {
        case 0xD800...0xDBFF: highSurrogate = unit
        case 0xDC00...0xDFFF: text.append(Self.noCharacter)
        case 0..<128: text.append(UInt8(unit))
        default: append(UInt32(unit), to: &text)
        }
    }

    private func append(_ value: UInt32, to text: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value) else { return text.append(Self.noCharacter) }
        text += Array(String(scalar).utf8)
    }
}

/// Turns UTF-8 back into a file's own bytes.
package struct TextEncoder: Sendable {
    private let encoding: TextEncoding
    private let bytes: [Unicode.Scalar: UInt8]

    /// An encoder; the byte order mark is the caller's to write.
    package init(_ encoding: TextEncoding) {
        self.encoding = encoding
        var bytes: [Unicode.Scalar: UInt8] = [:]
        for (index, scalar) in (encoding.upperHalf ?? []).enumerated() where scalar != "\u{FFFD}" {
            bytes[scalar] = UInt8(128 + index)
        }
        // The narrow no-break space of French typography is a newcomer: the older one stands for it.
        bytes["\u{202F}"] = bytes["\u{A0}"]
        self.bytes = bytes
    }

    /// The text in this encoding; `?` for what the encoding lacks. UTF-8 passes as it is, broken or not.
    package func encode(_ text: [UInt8]) -> [UInt8] {
        if encoding == .utf8 { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count * 2)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch encoding {
            case .utf16LittleEndian:
                for unit in UTF16.encode(scalar) ?? .init() {
                    result += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                }
            case .utf16BigEndian:
                for unit in UTF16.encode(scalar) ?? .init() {
                    result += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                }
            default:
                result.append(
                    scalar.isASCII ? UInt8(truncatingIfNeeded: scalar.value) : bytes[scalar] ?? 0x3F)
            }
        }
        return result
    }
}
