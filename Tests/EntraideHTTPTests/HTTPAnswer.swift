/// The bytes of one answer taken apart by a reader of our own, strict about framing.
struct HTTPAnswer: Sendable {
    let bytes: [UInt8]
    let status: Int
    /// Names in lower case.
    let fields: [(name: String, value: String)]
    /// Without its transfer coding, as far as it came.
    let body: [UInt8]
    /// Whether the body came whole: as long as announced, or with its last chunk.
    let isComplete: Bool
    /// Bytes after the answer's end: there must be none before the next request's.
    let rest: [UInt8]

    init(_ bytes: [UInt8], isHead: Bool = false) {
        self.bytes = bytes
        let end = Self.firstIndex(of: "\r\n\r\n", in: bytes[...]) ?? bytes.count
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        status = words.count > 1 && words[0] == "HTTP/1.1" ? Int(words[1]) ?? 0 : 0
        fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            let value = line[colon...].dropFirst().drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        let content = bytes[min(end + 4, bytes.count)...]
        let length = fields.first { $0.name == "content-length" }.flatMap { Int($0.value) }
        if isHead || status == 204 {
            (body, rest, isComplete) = ([], Array(content), end < bytes.count)
        } else if fields.contains(where: { $0.name == "transfer-encoding" && $0.value == "chunked" }) {
            (body, rest, isComplete) = Self.dechunked(content)
        } else {
            let wanted = length ?? content.count
            body = Array(content.prefix(wanted))
            rest = Array(content.dropFirst(wanted))
            isComplete = body.count == wanted && end < bytes.count
        }
    }

    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The lines of the body, without their ends.
    var lines: [String] {
        // By bytes: CR and LF together are one character.
        body.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
    }

    private static func firstIndex(of text: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - wanted.count)).first {
            bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
        }
    }

    private static func dechunked(_ bytes: ArraySlice<UInt8>) -> ([UInt8], [UInt8], Bool) {
        var body: [UInt8] = []
        var rest = bytes
        while let end = firstIndex(of: "\r\n", in: rest.prefix(20)) {
            let digits = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
            guard let size = Int(digits, radix: 16) else { break }
            rest = rest[(end + 2)...]
            if size == 0 {
                guard rest.starts(with: "\r\n".utf8) else { break }
                return (body, Array(rest.dropFirst(2)), true)
            }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return (body, [], false)
    }
}
