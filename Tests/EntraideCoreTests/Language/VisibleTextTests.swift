import EntraideCore
import Testing

@Suite("What nobody sees in a text")
struct VisibleTextTests {
    @Test("Every character that shows nothing is taken out of a name, wherever it stands")
    func taken() throws {
        let names: [ClosedRange<UInt32>] = [
            0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
            0x200B...0x200F,
            0x2060...0x2065, 0x206A...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF,
            0xFFA0...0xFFA0,
            0xE0000...0xE007F, 0xE0100...0xE01EF,
        ]
        var count = 0
        for scalar in names.joined().compactMap(Unicode.Scalar.init) {
            count += 1
            for text in [
                "\(scalar)L\(scalar)e Phare d’\(scalar)Été\(scalar)",
                "Le Phare d’E\u{301}te\u{301}\(scalar)\(scalar)",
            ] {
                let read = try FieldCheck.text(text, limit: 200, field: "name")
                #expect(read.unicodeScalars.elementsEqual("Le Phare d’Été".unicodeScalars), "\(scalar.value)")
            }
        }
        #expect(count == 416, "\(count)")
        #expect(throws: EntraideError.self) { try FieldCheck.text("\u{2063}\u{200B}", limit: 200, field: "") }
        #expect(throws: EntraideError.self) { try FieldCheck.text("-\u{2063}", limit: 200, field: "") }
        for scalar in "\u{202A}\u{202E}\u{2066}\u{2069}".unicodeScalars {
            #expect(throws: EntraideError.self) { try FieldCheck.text("a\(scalar)b", limit: 200, field: "") }
        }
    }

    @Test(
        "What shapes its neighbours stays",
        arguments: [
            "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}", "\u{915}\u{94D}\u{200D}\u{937}",
            "\u{915}\u{94D}\u{200C}\u{937}", "\u{DC1}\u{DCA}\u{200D}\u{DBB}\u{DD3}", "\u{1820}\u{180B}",
            "\u{1F469}\u{200D}\u{1F527}", "\u{1F469}\u{1F3FD}\u{200D}\u{1F527}", "\u{2764}\u{FE0F}",
            "\u{2764}\u{FE0F}\u{200D}\u{1F525}", "1\u{FE0F}\u{20E3}", "Le Phare d’Été", "日本語", "한국어",
        ])
    func shaping(_ text: String) {
        #expect(VisibleText.of(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test("Taking it out twice changes nothing more, and leaves nothing of it between Latin letters")
    func twice() {
        let pieces = [
            "a", "é", "1", "\u{200C}", "\u{200D}", "\u{2063}", "\u{FE0F}", "\u{1F469}", "\u{645}", "\u{180B}",
            " ",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let once = VisibleText.of(text)
            #expect(
                VisibleText.of(once).unicodeScalars.elementsEqual(once.unicodeScalars),
                "\(text.unicodeScalars.map(\.value))")
            #expect(!once.contains("a\u{200D}") && !once.contains("\u{200C}a"))
        }
    }
}
