import Lines
import Testing

@Suite("Encodings of text files")
struct TextEncodingTests {
    private static let french = "Châtillon, l’Œil : 12 € — « déjà » ÇÉÀù\r\n"

    private func decoded(_ bytes: [UInt8], _ encoding: TextEncoding, by length: Int) -> [UInt8] {
        var decoder = TextDecoder(encoding)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: length) {
            text += decoder.decode(Array(bytes[start..<min(start + length, bytes.count)]))
        }
        return text + decoder.finish()
    }

    @Test("What an encoding writes it reads, whatever the pieces", arguments: TextEncoding.allCases)
    func roundTrip(encoding: TextEncoding) {
        // Signs that the poorer encodings lack are left out there.
        let text =
            switch encoding {
            case .latin1, .dos850: "Châtillon : «déjà» ÇÉÀù 12 ½"
            case .latin9: "Châtillon : «déjà» ÇÉÀù Œœ 12 €"
            default: Self.french
            }
        let bytes = encoding.byteOrderMark + TextEncoder(encoding).encode(Array(text.utf8))
        #expect(encoding == .utf8 || !bytes.elementsEqual(text.utf8))
        for length in [1, 2, 3, 7, 1000] where encoding != .utf8 || length > 2 {
            #expect(decoded(bytes, encoding, by: length) == Array(text.utf8), "\(length)")
        }
    }

    @Test(
        "Bytes known from each table are the characters that Unicode's mappings give",
        arguments: [
            (TextEncoding.windows1252, [0x80, 0x92, 0x9C, 0xE9, 0xA0] as [UInt8], "€’œé\u{A0}"),
            (.latin1, [0xA4, 0xBD, 0xFF], "¤½ÿ"), (.latin9, [0xA4, 0xBD, 0xBE], "€œŸ"),
            (.macintosh, [0x8E, 0x88, 0xD5, 0xCF, 0xDB, 0xFF], "éà’œ€ˇ"),
            (.dos850, [0x82, 0x85, 0x87, 0xD5, 0xFF], "éàçı\u{A0}"),
        ])
    func tables(encoding: TextEncoding, bytes: [UInt8], text: String) {
        #expect(String(decoding: decoded(bytes, encoding, by: 100), as: UTF8.self) == text)
    }

    @Test(
        "A narrow no-break space is written as the plain one where there is none, and no other sign is made up"
    )
    func narrowSpace() {
        for encoding in TextEncoding.allCases {
            let written = TextEncoder(encoding).encode(Array("«\u{202F}a\u{202F};\u{2009}".utf8))
            let isPoorer = ![.utf8, .utf16LittleEndian, .utf16BigEndian].contains(encoding)
            #expect(
                String(decoding: decoded(written, encoding, by: 100), as: UTF8.self)
                    == (isPoorer ? "«\u{A0}a\u{A0};?" : "«\u{202F}a\u{202F};\u{2009}"), "\(encoding)")
        }
    }

    @Test("The encoding is told from the bytes alone", arguments: TextEncoding.allCases)
    func guess(encoding: TextEncoding) {
        let bytes = TextEncoder(encoding).encode(Array("Déjà à l'Étang;élevé;À Ève;çà et là\n".utf8))
        var guess = EncodingGuess()
        for byte in bytes { guess.take([byte]) }
        // The three Windows and ISO ones write these letters alike.
        let expected: TextEncoding = [.latin1, .latin9].contains(encoding) ? .windows1252 : encoding
        #expect(guess.encoding == expected)
        #expect(!guess.hasStrayZeros)
    }

    @Test("A mark decides, plain ASCII is UTF-8, and one broken byte among UTF-8 does not change the rest")
    func guesses() {
        func guess(_ bytes: [UInt8]) -> TextEncoding {
            var guess = EncodingGuess()
            guess.take(bytes)
            return guess.encoding
        }
        #expect(guess([]) == .utf8)
        #expect(guess(Array("nom;ville\n".utf8)) == .utf8)
        #expect(guess([0xFF, 0xFE, 0xE9, 0x00]) == .utf16LittleEndian)
        #expect(guess([0xFE, 0xFF, 0x00, 0xE9]) == .utf16BigEndian)
        #expect(guess([0xEF, 0xBB, 0xBF, 0xE9]) == .utf8)
        #expect(guess(Array("é à è".utf8) + [0xE9]) == .utf8)
        #expect(guess([0x61, 0xE9, 0x62]) == .windows1252)
        #expect(guess(Array("é".utf8.prefix(1))) == .windows1252)
        var zeros = EncodingGuess()
        zeros.take([0x61, 0, 0, 0, 0x62, 0x63, 0x64, 0x65])
        #expect(zeros.hasStrayZeros)
    }

    @Test("Half a character, or a byte that stands for none, becomes a byte that no reader takes for text")
    func broken() {
        #expect(decoded([0xFF, 0xFE, 0x61, 0x00, 0x62], .utf16LittleEndian, by: 100) == [0x61, 0xFF])
        #expect(decoded([0x3D, 0xD8, 0x61, 0x00], .utf16LittleEndian, by: 100) == [0xFF, 0x61])
        #expect(decoded([0x81], .windows1252, by: 1) == [0xFF])
        #expect(decoded([0x3D, 0xD8, 0x00, 0xDE], .utf16LittleEndian, by: 1) == Array("😀".utf8))
    }

    @Test("Names are read as people write them, and what is none is refused")
    func names() {
        for (name, encoding) in [
            ("UTF8", TextEncoding.utf8), ("cp1252", .windows1252), ("Windows-1252", .windows1252),
            ("Latin-1", .latin1), ("MacRoman", .macintosh), ("CP850", .dos850),
            ("utf-16", .utf16LittleEndian),
        ] { #expect(TextEncoding(name: name) == encoding, "\(name)") }
        for encoding in TextEncoding.allCases { #expect(TextEncoding(name: encoding.rawValue) == encoding) }
        #expect(TextEncoding(name: "ebcdic") == nil)
    }
}
