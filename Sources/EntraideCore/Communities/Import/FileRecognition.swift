import Lines

/// What the first bytes of a file say that it is, whatever its name.
package enum FileRecognition: Equatable {
    /// Lines of text: a table, as far as can be told.
    case text
    /// Begins as JSON does.
    case json
    /// No text at all, with the error that says what to do about it.
    case unusable(EntraideError)

    /// Recognises a file by its first few kilobytes.
    ///
    /// Signatures: PKWARE APPNOTE (zip), ECMA-376 (xlsx and docx parts), ODF 1.2 part 3 (`mimetype` first), MS-CFB,
    /// PDF 32000, RFC 1952 (gzip).
    ///
    /// - Parameter hasStrayZeros: whether zero bytes stand where text has none.
    package init(head: [UInt8], hasStrayZeros: Bool) {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = .unusable(Self.zip(head))
        } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .unusable(EntraideError(.spreadsheetFile, ["format": "xls"]))
        } else if head.starts(with: Array("%PDF-".utf8)) {
            self = .unusable(EntraideError(.documentFile, ["format": "PDF"]))
        } else if head.starts(with: Array("{\\rtf".utf8)) {
            self = .unusable(EntraideError(.documentFile, ["format": "RTF"]))
        } else if head.starts(with: [0x1F, 0x8B]) {
            self = .unusable(EntraideError(.archiveFile, ["format": "gzip"]))
        } else if hasStrayZeros || Self.isMostlyControls(head) {
            self = .unusable(EntraideError(.binaryFile))
        } else {
            self = Self.text(head)
        }
    }

    private static func text(_ head: [UInt8]) -> FileRecognition {
        let text = head.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        switch text.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        case UInt8(ascii: "<"): break
        default: return .text
        }
        let start = String(decoding: text.prefix(512), as: UTF8.self).lowercased()
        if start.hasPrefix("<!doctype html") || start.contains("<html") || start.contains("<head") {
            return .unusable(EntraideError(.webPage))
        }
        // A header may begin with `<`; markup has its name right after.
        return start.hasPrefix("<?xml") || start.hasPrefix("<!")
            ? .unusable(EntraideError(.documentFile, ["format": "XML"])) : .text
    }

    private static func zip(_ head: [UInt8]) -> EntraideError {
        let names = String(decoding: head.prefix(4096), as: UTF8.self)
        if names.contains("opendocument.spreadsheet") {
            return EntraideError(.spreadsheetFile, ["format": "ods"])
        }
        if names.contains("opendocument.text") { return EntraideError(.documentFile, ["format": "odt"]) }
        if names.contains("word/") { return EntraideError(.documentFile, ["format": "docx"]) }
        if names.contains("xl/") || names.contains("[Content_Types].xml") {
            return EntraideError(.spreadsheetFile, ["format": "xlsx"])
        }
        return EntraideError(.archiveFile, ["format": "zip"])
    }

    private static func isMostlyControls(_ head: [UInt8]) -> Bool {
        let start = head.prefix(4096)
        let controls = start.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        return controls * 10 > start.count
    }
}
