/// How the bytes of a text file stand for characters. Raw values are the names that IANA registers, in lower case.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    /// Western Windows: what a French Excel saves as CSV.
    case windows1252 = "windows-1252"
    case latin1 = "iso-8859-1"
    /// Latin-1 with the euro and the œ.
    case latin9 = "iso-8859-15"
    /// Old Macs: Excel's "CSV (Macintosh)".
    case macintosh
    /// Western DOS: Excel's "CSV (MS-DOS)".
    case dos850 = "ibm850"

    /// The encoding of that name, as people write it: `UTF8`, `cp1252`, `Latin-1`, `MacRoman`.
    package init?(name: String) {
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        switch plain {
        case "utf8", "utf8sig": self = .utf8
        case "utf16le", "utf16", "unicode", "ucs2": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "windows1252", "cp1252", "win1252", "ansi": self = .windows1252
        case "iso88591", "latin1": self = .latin1
        case "iso885915", "latin9": self = .latin9
        case "macintosh", "macroman", "mac": self = .macintosh
        case "ibm850", "cp850", "dos850", "dos": self = .dos850
        default: return nil
        }
    }

    /// What a file of this encoding may begin with to say so; empty where there is no such mark.
    package var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        default: []
        }
    }

    /// The characters of bytes 128…255, for encodings of one byte per character; U+FFFD where there is none.
    ///
    /// Tables: unicode.org/Public/MAPPINGS (CP1252, CP850, ROMAN, 8859-1, 8859-15).
    var upperHalf: [Unicode.Scalar]? {
        switch self {
        case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
        case .latin1: Self.latin1Half
        case .latin9:
            Self.latin1Half.map { Self.latin9Changes[$0] ?? $0 }
        case .windows1252:
            Array("€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)
                + Self.latin1Half.dropFirst(32)
        case .macintosh:
            Array(
                ("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
                    + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ")
                    .unicodeScalars)
        case .dos850:
            Array(
                ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
                    + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}")
                    .unicodeScalars)
        }
    }

    private static let latin1Half = (UInt8(128)...255).map { Unicode.Scalar($0) }

    private static let latin9Changes: [Unicode.Scalar: Unicode.Scalar] = [
        "¤": "€", "¦": "Š", "¨": "š", "´": "Ž", "¸": "ž", "¼": "Œ", "½": "œ", "¾": "Ÿ",
    ]
}
