/// How much is read of a mail. A form has some two hundred lines and ten thousand bytes; a long thread quotes it a few times.
enum MailLimits {
    /// Parts within parts: ours has two or three levels, and a forwarded one a few more.
    static let depth = 12
    static let parts = 200
    /// Bytes of all its texts, decoded: pages count as the text that is read of them.
    static let text = 4 << 20
    static let lines = 20_000
    /// Bytes of one answer: fifty skills said at length.
    static let answer = 4_000

    static let error = EntraideError(
        .mailTooLarge,
        ["parts": "\(parts)", "depth": "\(depth)", "size": "\(text >> 20)", "lines": "\(lines)"])

    /// - Throws: `mail-too-large`.
    static func check(_ text: String) throws(EntraideError) {
        guard text.utf8.count <= Self.text, text.utf8.count(where: { $0 == 0x0A || $0 == 0x0D }) <= 2 * lines
        else { throw error }
        // CRLF counts twice above: only a text that is near needs to be cut.
        let cut = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard cut.utf8.count(where: { $0 == 0x0A }) < lines else { throw error }
    }

    /// The text of a page, taken off the room that is left.
    ///
    /// - Throws: `mail-too-large`.
    static func page(_ html: String, _ room: inout Int) throws(EntraideError) -> String {
        guard let text = HTMLText.plain(html, most: room) else { throw error }
        room -= text.utf8.count
        try check(text)
        return text
    }
}
