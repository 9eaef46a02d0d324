import EntraideCore
import Lines
import Matching
import Testing

/// Where `§` stands in a text is where the refusal must point at.
private func marked(_ text: String) -> (text: String, line: Int?, column: Int?) {
    guard let mark = text.firstRange(of: "§") else { return (text, nil, nil) }
    let before = text[..<mark.lowerBound]
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return (text.replacing("§", with: ""), lines.count, (lines.last?.unicodeScalars.count ?? 0) + 1)
}

@Suite("Refusing profiles")
struct ProfileRefusalTests {
    private static let head = #"{"community":"a","name":"A","kind":"fablab","#
    private static let yamlHead = "community: a\nname: A\nkind: fablab\n"

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let code: ErrorCode
        let field: String?

        init(_ text: String, _ code: ErrorCode, _ field: String? = nil) {
            self.text = text
            self.code = code
            self.field = field
        }

        var testDescription: String { "\(code.rawValue) \(field ?? "")" }
    }

    private func expectRefusal(_ it: Case) throws {
        let (text, line, column) = marked(it.text)
        let error = try #require(
            #expect(throws: EntraideError.self) { try read([text], file: "p.txt") })
        expectReadable(error)
        #expect(error.code == it.code)
        #expect(error.place.file == "p.txt")
        #expect(error.place.field == it.field)
        #expect(error.place.line != nil)
        if let line { #expect(error.place.line == line) }
        if let column { #expect(error.place.column == column) }
        #expect(error.exitStatus == 65)
        for language in Language.allCases { #expect(error.message(in: language).hasPrefix("p.txt:")) }
    }

    @Test(
        "A line of ndjson that is wrong is refused with its place",
        arguments: [
            Case(head + #""offers":[{"skill":§"decoupe-lazer"}]}"#, .unknownSkill, "offers[0].skill"),
            Case(head + #""needs":[{"skill":"video"},{"skill":§"x"}]}"#, .unknownSkill, "needs[1].skill"),
            Case(head + #""offers":[{"skill":"video","level":§5}]}"#, .outOfRange, "offers[0].level"),
            Case(head + #""offers":[{"skill":"video","level":§0}]}"#, .outOfRange, "offers[0].level"),
            Case(head + #""offers":[{"skill":"video","level":§-1}]}"#, .outOfRange, "offers[0].level"),
            Case(head + #""needs":[{"skill":"video","level_now":§9}]}"#, .outOfRange, "needs[0].level_now"),
            Case(head + #""needs":[{"skill":"video","urgency":§4}]}"#, .outOfRange, "needs[0].urgency"),
            Case(head + #""needs":[{"skill":"video","quantity":§0}]}"#, .outOfRange, "needs[0].quantity"),
            Case(head + #""give":§1001}"#, .outOfRange, "give"),
            Case(head + #""max_km":§99999999999999999999}"#, .outOfRange, "max_km"),
            Case(head + #""give":§2.5}"#, .wrongType, "give"),
            Case(head + #""give":§"3"}"#, .wrongType, "give"),
            Case(head + #""languages":§"fr"}"#, .wrongType, "languages"),
            Case(head + #""consent":{"matching":§"yes"}}"#, .wrongType, "consent.matching"),
            Case(head + #""consent":{"cookies":§true}}"#, .unknownField, "consent.cookies"),
            Case(head + #""offers":§{}}"#, .wrongType, "offers"),
            Case(head + #""offers":[§3]}"#, .wrongType, "offers[0]"),
            Case(head + #""offers":[{"skill":"video","levle":§3}]}"#, .unknownField, "offers[0].levle"),
            Case(head + #""needs":[{"skill":"video","capacity":§3}]}"#, .unknownField, "needs[0].capacity"),
            Case(head + #""status":§"active"}"#, .unknownField, "status"),
            Case(head + #""offers":[§{"level":3}]}"#, .missingField, "offers[0].skill"),
            Case(#"§{"community":"a","kind":"fablab"}"#, .missingField, "name"),
            Case(#"{"community":"a","name":"A","kind":§"fabrab"}"#, .unknownCode, "kind"),
            Case(head + #""modes":§["fax"]}"#, .unknownCode, "modes"),
            Case(head + #""languages":§["french"]}"#, .unknownCode, "languages"),
            Case(head + #""languages":§[]}"#, .missingField, "languages"),
            Case(#"{"community":§"A b","name":"A","kind":"fablab"}"#, .badSlug, "community"),
            Case(head + #""parent":§"a"}"#, .badParent, "parent"),
            Case(#"{"community":"a","name":§"-","kind":"fablab"}"#, .badText, "name"),
            Case(#"{"community":"a","name":§"   ","kind":"fablab"}"#, .badText, "name"),
            Case(#"{"community":"a","name":§"A\u0007B","kind":"fablab"}"#, .controlCharacter, "name"),
            Case(#"{"community":"a","name":§"A\nB","kind":"fablab"}"#, .controlCharacter, "name"),
            Case(#"{"community":"a","name":§"A\u0000B","kind":"fablab"}"#, .controlCharacter, "name"),
            Case(#"{"community":"a","name":§"A\u202EB","kind":"fablab"}"#, .controlCharacter, "name"),
            Case(
                #"{"community":"a","name":§"\#(String(repeating: "é", count: 101))","kind":"fablab"}"#,
                .tooLong, "name"),
            Case(head + #""contact":§"\#(String(repeating: "c", count: 201))"}"#, .tooLong, "contact"),
            Case(head + #""territory":§"12345678901234567"}"#, .wrongType, "territory"),
            Case(head + #""territory":§"59 183"}"#, .wrongType, "territory"),
            Case(head + #""offers":[{"skill":"video","until":§"2027-02-29"}]}"#, .badDate, "offers[0].until"),
            Case(
                head + #""needs":[{"skill":"video","needed_by":§"tomorrow"}]}"#, .badDate,
                "needs[0].needed_by"),
            Case(head + #""latitude":§48.1}"#, .badCoordinates, "latitude"),
            Case(head + #""latitude":§90.1,"longitude":2}"#, .badCoordinates, "latitude"),
            Case(
                head + #""offers":[{"skill":"video"},{"skill":§"video"}]}"#, .duplicateInFile,
                "offers[1].skill"),
            Case(
                head + #""needs":[{"skill":"video"},{"skill":§"video"}]}"#, .duplicateInFile, "needs[1].skill"
            ),
            Case(line("z") + "\n" + head + #""give":§1001}"#, .outOfRange, "give"),
        ])
    func ndjson(it: Case) throws { try expectRefusal(it) }

    @Test(
        "A YAML document that is wrong is refused with its place",
        arguments: [
            Case(yamlHead + "offers:\n  - {skill: §decoupe-lazer}", .unknownSkill, "offers[0].skill"),
            Case(yamlHead + "offers:\n  - skill: video\n    level: §7", .outOfRange, "offers[0].level"),
            Case(yamlHead + "give: §many", .wrongType, "give"),
            Case(yamlHead + "giev: §3", .unknownField, "giev"),
            Case(yamlHead + "consent: {matching: §maybe}", .wrongType, "consent.matching"),
            Case(yamlHead + "languages: §fr", .wrongType, "languages"),
            Case("community: a\nname: §\"x\\ny\"\nkind: fablab", .controlCharacter, "name"),
            Case(yamlHead + "---\ncommunity: b\nname: B\nkind: §no", .unknownCode, "kind"),
            Case("- community: a", .wrongType),
        ])
    func yaml(it: Case) throws { try expectRefusal(it) }

    @Test("An unknown skill is refused with the three nearest")
    func nearest() throws {
        let error = try #require(
            #expect(throws: EntraideError.self) { try read([line("a", offers: ["decoupe-lazer"])]) })
        let nearest = error.values["nearest"]?.split(separator: ", ").map(String.init) ?? []
        #expect(nearest.count == 3)
        #expect(nearest.first == "decoupe-laser")
        #expect(error.message(in: .fr).contains("decoupe-laser"))
        #expect(error.message(in: .fr).contains("decoupe-lazer"))
    }

    @Test("A control character is named, and the text around it is not repeated")
    func namesTheCharacter() throws {
        let error = #expect(throws: EntraideError.self) {
            try read([#"{"community":"a","name":"A","kind":"fablab","contact":"secret@x.example\u0007"}"#])
        }
        #expect(error?.values["character"] == "\\u{7}")
    }

    @Test(
        "What is not ndjson at all is refused with line and column",
        arguments: [
            (#"{"community":"a""#, ErrorCode.malformed), (#"{"community":"a",}"#, .malformed),
            ("{'a':1}", .malformed),
            (#"{"a":1}{"b":2}"#, .malformed), (#"{"community":"a","community":"b"}"#, .duplicateInFile),
            (#"{"offers":[{"skill":"video","skill":"video"}]}"#, .duplicateInFile),
            ("{\"name\":\"\u{7}\"}", .controlCharacter),
            (
                "{\"a\":" + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + "}",
                .malformed
            ),
        ])
    func malformedLines(text: String, code: ErrorCode) throws {
        let error = #expect(throws: EntraideError.self) { try read([line("ok"), text], file: "f") }
        #expect(error?.code == code)
        #expect(error?.place.file == "f")
        #expect(error?.place.line == 2)
        #expect(error?.place.column != nil)
    }

    @Test(
        "What is not YAML at all is refused with its line",
        arguments: [
            ("community: a\n name: b", ErrorCode.malformed, 2), ("community: [a\nname: b", .malformed, 2),
            ("community: a\n\tname: b", .malformed, 2), ("a: \"b", .malformed, 1),
            ("a: !<x> b: c", .malformed, 1),
            ("kind: fablab\nname: a\nname: b", .duplicateInFile, 2), ("a: *nobody", .malformed, 1),
            ("? [a]\n: b", .malformed, 1), ("%YAML 3.0\n---\na: b", .malformed, 1),
        ])
    func malformedYAML(text: String, code: ErrorCode, line: Int) throws {
        let error = #expect(throws: EntraideError.self) { try read([text], file: "f") }
        #expect(error?.code == code, "\(String(describing: error))")
        #expect(error?.place.file == "f")
        let found = try #require(error?.place.line)
        #expect(abs(found - line) <= 1)
    }

    @Test("Bytes that are not UTF-8 are refused with their line, in YAML and in ndjson")
    func invalidUTF8() throws {
        let reading = ProfileReading(vocabulary: try bundledVocabulary(), file: "f")
        for bytes: [UInt8] in [
            Array("community: a\nname: ".utf8) + [0xE9, 0x0A],
            Array((line("a") + "\n{\"name\":\"").utf8) + [0xC3, 0x28] + Array("\"}".utf8),
        ] {
            let error = #expect(throws: EntraideError.self) { try reading.profiles(bytes) }
            #expect(error?.code == .invalidUTF8)
            #expect(error?.place.file == "f" && error?.place.line == 2)
        }
    }

    @Test("A control character in YAML is refused", arguments: ["\u{7}", "\u{0}", "\u{1B}", "\u{7F}"])
    func controlInYAML(character: String) throws {
        let error = #expect(throws: EntraideError.self) {
            try read(["community: a\nname: A\(character)B\nkind: fablab"])
        }
        #expect(error?.code == .controlCharacter)
        #expect(error?.place.line == 2)
    }

    @Test(
        "A file with nothing in it is refused",
        arguments: ["", "  \n\t\r\n ", "# only a comment\n", "\u{FEFF}"])
    func empty(text: String) throws {
        let error = #expect(throws: EntraideError.self) { try read([text], file: "f") }
        #expect(error?.code == .emptyFile && error?.place.file == "f")
    }
}
