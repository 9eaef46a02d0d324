import Foundation
import Lines

/// A mail as a mail program saves it (RFC 5322, RFC 2045 to 2046): its texts, decoded. Nothing else of it is kept, least
/// of all who wrote it.
struct MailMessage {
    /// One text of a message: there may be several, the same twice or an answer beside what it answers.
    struct Body: Equatable {
        var text: String
        /// Whether lines that end with a space go on in the next one (RFC 3676), and whether that space goes.
        var isFlowed = false
        var dropsSpace = false
        /// Which message it is of, of those that a mail carries: 0 is the mail itself.
        var message = 0
    }

    /// In the order of the message.
    private(set) var bodies: [Body] = []
    /// When it says that it was sent, in seconds since 1970; nil when it does not say it clearly.
    private(set) var date: Int?
    private var parts = 0
    private var messages = 0
    private var room = MailLimits.text

    /// The message that these bytes are; nil when they do not begin with a mail's header.
    ///
    /// - Complexity: O(length · depth).
    /// - Throws: `mail-too-large`.
    init?(_ bytes: [UInt8]) throws(EntraideError) {
        guard Self.begins(bytes) else { return nil }
        let message = Self.afterEnvelope(bytes)
        date = Self.headers(of: message.prefix(1 << 16)).0["date"].flatMap(MailDate.seconds)
        try read(message, depth: 0, of: 0)
    }

    /// Whether bytes begin as a mailbox does: a file of messages, each after a line of its own.
    static func isMailbox(_ bytes: [UInt8]) -> Bool { bytes.starts(with: envelope) && begins(bytes) }

    private static let envelope = Array("From ".utf8)

    /// Where the messages of a mailbox begin: at a line that begins with `From `, that is the first or follows an empty
    /// one, and that the header of a mail follows. A sentence that begins so is none.
    ///
    /// - Complexity: O(length).
    static func starts(inMailbox bytes: [UInt8]) -> [Int] {
        var starts: [Int] = []
        var line = 0
        var isAfterEmpty = true
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
            if isAfterEmpty, bytes[line..<end].starts(with: envelope), end < bytes.count,
                isHeader(bytes[(end + 1)...])
            {
                starts.append(line)
            }
            isAfterEmpty = bytes[line..<end].allSatisfy { $0 == 0x0D }
            line = end + 1
        }
        return starts
    }

    /// Whether bytes begin with a mail's header.
    static func begins(_ bytes: [UInt8]) -> Bool { isHeader(afterEnvelope(bytes)) }

    /// Without the line that begins each message of a mailbox.
    private static func afterEnvelope(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard bytes.starts(with: envelope), let end = bytes.firstIndex(of: 0x0A) else {
            return bytes[...]
        }
        return bytes[(end + 1)...]
    }

    // MARK: Headers

    /// Names that tell a mail from any other text of `Name: value` lines.
    private static let telling: Set = [
        "from", "to", "subject", "date", "received", "return-path", "delivered-to", "message-id",
        "mime-version",
        "content-type", "content-transfer-encoding", "reply-to", "x-mozilla-status", "dkim-signature",
        "envelope-to",
    ]

    private static func isHeader(_ bytes: ArraySlice<UInt8>) -> Bool {
        let (headers, _) = headers(of: bytes.prefix(1 << 16))
        // Two at least: a line that a person wrote may begin with "Date:" or "To:".
        return headers.keys.count { telling.contains($0) } > 1
    }

    /// The headers by lower-case name, the first of each, and what follows the empty line.
    private static func headers(of bytes: ArraySlice<UInt8>) -> ([String: String], ArraySlice<UInt8>) {
        var headers: [String: String] = [:]
        var name: String?
        var rest = bytes
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            var line = rest[..<end]
            if line.last == 0x0D { line = line.dropLast() }
            let next = end == rest.endIndex ? end : end + 1
            if line.isEmpty { return (headers, rest[next...]) }
            if line.first == 0x20 || line.first == 0x09 {
                if let name { headers[name, default: ""] += " " + text(of: line) }
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            {
                let found = text(of: line[..<colon]).lowercased()
                name = found
                if headers[found] == nil {
                    headers[found] = text(of: line[(colon + 1)...])
                } else {
                    name = nil
                }
            } else {
                // No header: the body began without an empty line, or this is no mail.
                return (headers, rest)
            }
            rest = rest[next...]
        }
        return (headers, rest)
    }

    private static func text(of bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }

    /// A value such as `text/plain; charset="utf-8"; format=flowed`: what comes first, then the parameters by name.
    private static func parameters(_ value: String) -> (String, [String: String]) {
        var pieces: [String] = [""]
        var isQuoted = false
        for character in value {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        var parameters: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let sign = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<sign].trimmingCharacters(in: .whitespaces).lowercased()
            parameters[name] = piece[piece.index(after: sign)...]
                .trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
        }
        return (pieces[0].trimmingCharacters(in: .whitespaces).lowercased(), parameters)
    }

    // MARK: Parts

    private mutating func read(
        _ bytes: ArraySlice<UInt8>, depth: Int, of message: Int
    ) throws(EntraideError) {
        parts += 1
        guard depth < MailLimits.depth, parts <= MailLimits.parts else { throw MailLimits.error }
        let (headers, body) = Self.headers(of: bytes)
        let (type, parameters) = Self.parameters(headers["content-type"] ?? "text/plain")
        let encoding = Self.parameters(headers["content-transfer-encoding"] ?? "").0
        if type.hasPrefix("multipart/"), let boundary = parameters["boundary"], !boundary.isEmpty {
            for part in Self.split(body, at: boundary) { try read(part, depth: depth + 1, of: message) }
        } else if type == "message/rfc822" {
            messages += 1
            guard let bytes = MailCoding.decoded(body, as: encoding, most: .max) else {
                throw MailLimits.error
            }
            try read(bytes, depth: depth + 1, of: messages)
        } else if type == "text/plain" || type == "text/html" {
            // A page may be large for the text that it says, which has its own bound. UTF-16 takes two bytes for one of text.
            let most = type == "text/html" ? Int.max : 2 * room
            guard let bytes = MailCoding.decoded(body, as: encoding, most: most) else {
                throw MailLimits.error
            }
            let text = Self.text(of: Array(bytes), charset: parameters["charset"])
            if type == "text/html" {
                bodies.append(Body(text: try MailLimits.page(text, &room), message: message))
            } else {
                room -= text.utf8.count
                guard room >= 0 else { throw MailLimits.error }
                try MailLimits.check(text)
                bodies.append(
                    Body(
                        text: text, isFlowed: parameters["format"]?.lowercased() == "flowed",
                        dropsSpace: parameters["delsp"]?.lowercased() == "yes", message: message))
            }
        }
    }

    /// What stands between the lines that begin with `--` and the boundary. A last one that is missing is as if it stood
    /// at the end.
    private static func split(_ body: ArraySlice<UInt8>, at boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var line = body.startIndex
        while line < body.endIndex {
            let end = body[line...].firstIndex(of: 0x0A) ?? body.endIndex
            if body[line..<end].starts(with: mark) {
                let rest = body[(line + mark.count)..<end]
                let isLast = rest.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")])
                // A longer boundary that begins in the same way is another one.
                if isLast || rest.allSatisfy({ $0 <= 0x20 }) {
                    if let start { parts.append(body[start..<line]) }
                    start = isLast ? nil : min(end + 1, body.endIndex)
                    if isLast { break }
                }
            }
            line = end + 1
        }
        if let start, start <= body.endIndex { parts.append(body[start...]) }
        return parts
    }

    // MARK: Characters

    /// Bytes as characters: by the name that the message gives, unless the bytes themselves say otherwise.
    static func text(of bytes: [UInt8], charset: String? = nil) -> String {
        var guess = EncodingGuess()
        guess.take(bytes)
        let named = charset.flatMap { TextEncoding(name: $0) }
        // Programs say Latin-1 where they write Windows-1252, whose signs have no place in Latin-1.
        let encoding: TextEncoding =
            switch named {
            case .latin1: .windows1252
            case .utf8 where String(validating: bytes, as: UTF8.self) == nil: guess.encoding
            case let named?: named
            case nil: guess.encoding
            }
        var decoder = TextDecoder(encoding)
        let text = decoder.decode(bytes) + decoder.finish()
        return String(decoding: text, as: UTF8.self)
    }
}
