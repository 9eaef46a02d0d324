import EntraideCore
import Lines

/// What a request asks for, taken apart and decoded: segments of the path, items of the query.
///
/// Decoding is strict. What is not clean is refused, never repaired: two spellings that a proxy and we read
/// differently are how caches are poisoned.
struct RequestTarget: Sendable, Equatable {
    /// An item of the query, decoded.
    struct Item: Sendable, Equatable {
        var name: String
        var value: String
    }

    /// The path as it was sent, without the query.
    let path: String
    /// The decoded segments: none for `/`.
    let segments: [String]
    let items: [Item]

    /// Most bytes of a target.
    static let longest = 8 << 10

    /// - Throws: `uri-too-long`; `bad-request` for what is no path, holds bytes outside of visible ASCII, a `%` that is
    ///   not followed by two hexadecimal digits, or does not decode to UTF-8 without control characters.
    init(_ text: String) throws(EntraideError) {
        guard text.utf8.count <= Self.longest else { throw EntraideError(.uriTooLong) }
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            // A fragment is the client's own affair; sent, it is a mistake.
            !bytes.contains(UInt8(ascii: "#"))
        else { throw EntraideError(.badRequest) }
        let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        path = String(decoding: bytes[..<mark], as: UTF8.self)
        var segments: [String] = []
        if mark > 1 {
            for segment in bytes[1..<mark].split(
                separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            {
                segments.append(try Self.decoded(segment, plusIsSpace: false))
            }
        }
        self.segments = segments
        var items: [Item] = []
        for item in bytes[mark...].dropFirst().split(separator: UInt8(ascii: "&")) {
            let equals = item.firstIndex(of: UInt8(ascii: "=")) ?? item.endIndex
            items.append(
                Item(
                    name: try Self.decoded(item[..<equals], plusIsSpace: true),
                    value: try Self.decoded(item[equals...].dropFirst(), plusIsSpace: true)))
        }
        self.items = items
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(EntraideError) -> String
    {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit),
                    let low = rest.popFirst().flatMap(hexDigit)
                else { throw EntraideError(.badRequest) }
                result.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: result.append(UInt8(ascii: " "))
            default: result.append(byte)
            }
        }
        guard let text = String(validating: result, as: UTF8.self),
            !text.unicodeScalars.contains(where: \.isRefusedInLines)
        else { throw EntraideError(.badRequest) }
        return text
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// A text as a query may hold it: all but letters, digits and `- . _ ~` percent-encoded.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += encodedByte(byte)
            }
        }
        return result
    }

    /// `%` and two hexadecimal digits.
    static func encodedByte(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
    }
}
