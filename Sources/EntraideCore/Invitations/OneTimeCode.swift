import Crypto

/// A code that lets one community answer once: `7K2MP-9XQ4R-…`, five groups of five symbols to be written by hand and read
/// aloud. The first four find it, all that come before the last prove it, and the last tells a slip of the pen.
///
/// 120 random bits, 100 of them beyond what finds it; the store keeps a SHA-256 only.
struct OneTimeCode: Sendable, Equatable {
    /// Values of the symbols but the last, each under 32.
    private let values: [UInt8]

    /// Crockford's base 32: digits and letters without I, L, O and U.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 24
    private static let handleLength = 4
    private static let groupLength = 5
    /// Longer than any way of writing a code.
    private static let longestText = 200

    private init(values: [UInt8]) { self.values = values }

    /// A new one from the system's generator.
    static func random() -> OneTimeCode {
        var generator = SystemRandomNumberGenerator()
        return OneTimeCode(
            values: (0..<length).map { _ in UInt8.random(in: 0..<32, using: &generator) })
    }

    /// Reads what a person wrote: any case, with or without hyphens and spaces, O for 0, I or L for 1.
    ///
    /// - Throws: `code-mistyped` for what no code is. This tells nothing of the codes that exist: the check is arithmetic.
    init(parsing text: String) throws(EntraideError) {
        guard text.utf8.count <= Self.longestText else { throw EntraideError(.codeMistyped) }
        var values: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .dashPunctuation {
                continue
            }
            guard let value = Self.value(of: scalar) else { throw EntraideError(.codeMistyped) }
            values.append(value)
        }
        guard values.count == Self.length + 1, let last = values.popLast(), last == Self.check(values) else {
            throw EntraideError(.codeMistyped)
        }
        self.init(values: values)
    }

    private static func value(of scalar: Unicode.Scalar) -> UInt8? {
        guard scalar.isASCII else { return nil }
        var byte = UInt8(truncatingIfNeeded: scalar.value)
        if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) { byte &= 0xDF }
        switch byte {
        case UInt8(ascii: "O"): byte = UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): byte = UInt8(ascii: "1")
        default: break
        }
        return alphabet.firstIndex(of: byte).map { UInt8(truncatingIfNeeded: $0) }
    }

    /// What comes last: the value at 2 of the polynomial whose coefficients are the others, over the field of 32 elements
    /// x⁵ + x² + 1. As 2 has order 31, and a code has 25 symbols, one wrong symbol or two exchanged, wherever they stand, always show.
    private static func check(_ values: [UInt8]) -> UInt8 {
        values.reduce(0) { doubled($0 ^ $1) }
    }

    private static func doubled(_ value: UInt8) -> UInt8 {
        let shifted = value << 1
        return shifted & 0x20 == 0 ? shifted : shifted ^ 0x25
    }

    private static func letters(_ values: some Sequence<UInt8>) -> String {
        String(decoding: values.map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// As it is written to people.
    var text: String {
        let all = values + [Self.check(values)]
        return stride(from: 0, to: all.count, by: Self.groupLength)
            .map { Self.letters(all[$0..<min($0 + Self.groupLength, all.count)]) }
            .joined(separator: "-")
    }

    /// What finds it, and proves nothing.
    var handle: String { Self.letters(values.prefix(Self.handleLength)) }
    var hash: [UInt8] { Array(SHA256.hash(data: Array(Self.letters(values).utf8))) }
}
