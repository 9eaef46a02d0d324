import Lines
import Testing

@Suite("Text values")
struct TextTests {
    @Test("The refused scalars are the control, line-breaking and bidirectional ones, and no others")
    func refusedScalars() {
        var refused: [UInt32] = []
        for value in UInt32(0)...0x10FFFF {
            if let scalar = Unicode.Scalar(value), scalar.isRefusedInLines { refused.append(value) }
        }
        let ranges: [ClosedRange<UInt32>] = [0...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069]
        let expected = ranges.flatMap { Array($0) }
        #expect(refused == expected)
    }

    @Test("A refused character is reported at its place, counted in scalars")
    func place() {
        #expect(
            throws: LineError(.controlCharacter, column: 4, field: "name", excerpt: "e\u{301}a\\u{1B}[31m")
        ) {
            try refuseControls("e\u{301}a\u{1B}[31m", field: "name")
        }
    }

    @Test("A text is not empty, not a lone dash, and not longer than its bytes allow")
    func limits() throws {
        #expect(throws: LineError(.emptyText)) { try checkText("") }
        #expect(throws: LineError(.bareDash, excerpt: "-")) { try checkText("-") }
        #expect(throws: LineError(.tooLong, field: "name", excerpt: "été")) {
            try checkText("été", maxBytes: 4, field: "name")
        }
        try checkText("été", maxBytes: 5)
        try checkText("--")
        try checkText(" ")
    }

    @Test("One character of many combining marks is measured in bytes")
    func combiningMarks() {
        let text = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(text.count == 1)
        #expect(throws: LineError.self) { try checkText(text, maxBytes: 200) }
        #expect(excerpt(of: text).utf8.count < 100)
    }

    @Test("An excerpt shows controls and has at most forty characters")
    func excerpts() {
        #expect(excerpt(of: "bonjour") == "bonjour")
        #expect(excerpt(of: "a\u{0}\u{202E}b") == "a\\u{0}\\u{202E}b")
        let forty = String(repeating: "é", count: 40)
        #expect(excerpt(of: forty) == forty)
        #expect(excerpt(of: forty + "é") == String(repeating: "é", count: 39) + "…")
        #expect(excerpt(of: String(repeating: "\u{7}", count: 40)).count == 40)
    }

    @Test("A line break inside an imported cell becomes one space, whatever its kind")
    func lineBreaks() {
        let (text, replaced) = spacingLineBreaks(in: "a\r\nb\nc\rd\u{85}e\u{2028}f\u{2029}g\n\nh")
        #expect(text == "a b c d e f g  h")
        #expect(replaced == 8)
        #expect(spacingLineBreaks(in: "a b").replaced == 0)
    }

    @Test("The description of an error names code and place, never the value")
    func description() {
        let error = LineError(.badSlug, line: 3, column: 7, field: "skill", excerpt: "Secret")
        #expect(error.description == "bad-slug line=3 column=7 field=skill")
        #expect(LineError(.badJSON).description == "bad-json")
    }
}
