import EntraideCore
import Lines
import Testing

@Suite("The rows of a file of skills")
struct SkillRowsTests {
    private static let known = [
        Skill(slug: "metiers", label: Bilingual(fr: "métiers", en: "crafts")),
        Skill(slug: "vannerie", label: Bilingual(fr: "vannerie", en: "basketry"), broader: "metiers"),
    ]

    private func line(_ slug: String, _ more: String = "") -> String {
        #"{"skill":"\#(slug)","label_fr":"x","label_en":"x"\#(more.isEmpty ? "" : ",\(more)")}"#
    }

    /// Slugs that come in, and what is refused as `line: field: code`.
    private func outcome(_ lines: [String], beside known: [Skill] = known) throws -> (
        slugs: [String], refused: [String]
    ) {
        var rows = try SkillRows(Array(lines.joined(separator: "\n").utf8), file: "f")
        let slugs = rows.accept(beside: known).map(\.slug)
        for refusal in rows.refused { expectReadable(refusal.error) }
        return (
            slugs,
            rows.refused.map { "\($0.row): \($0.error.place.field ?? "-"): \($0.error.code.rawValue)" }
        )
    }

    @Test("ndjson, text and csv with commas or semicolons are told apart by what they hold")
    func formats() throws {
        let wanted = Skill(
            slug: "osier", label: Bilingual(fr: "osier", en: "willow"), broader: "vannerie",
            related: [Skill.Related(slug: "metiers", strength: 500_000)], synonymsFR: ["brins", "saule"])
        let files = [
            #"{"skill":"osier","label_fr":"osier","label_en":"willow","broader":"vannerie","related":["metiers:500000"],"synonyms_fr":["brins","saule"]}"#,
            "osier\tosier\twillow\tvannerie\tmetiers:500000\tbrins,saule\t-\t-",
            "label_en,label_fr,skill,synonyms_fr,broader,related\nwillow,osier,osier,\"brins,saule\",vannerie,metiers:500000",
            "\u{FEFF}skill;label_fr;label_en;broader;related;synonyms_fr\r\nosier;osier;willow;vannerie;metiers:500000;brins,saule\r\n",
        ]
        for file in files {
            var rows = try SkillRows(Array(file.utf8), file: "f")
            #expect(rows.accept(beside: Self.known) == [wanted], "\(file) \(rows.refused)")
        }
    }

    @Test("Each thing that is wrong is told with its line and field, and the other rows come in")
    func refusals() throws {
        let long = String(repeating: "é", count: 101)
        let (slugs, refused) = try outcome([
            line("un"), line("Deux"), line("trois", #""broader":"rien""#),
            line("quatre", #""related":["un:500000","rien:500000"]"#),
            line("cinq", #""related":["cinq:500000"]"#), line("six", #""related":["un:1","un:2"]"#),
            line("sept", #""related":["un"]"#), line("huit", #""synonyms_fr":["a,b"]"#),
            line("neuf", #""synonyms_en":["a","\#(long)"]"#), line("dix", #""esco":"http://x""#),
            line("un"), line("onze", #""wrong":1"#), "not json", line("douze", #""broader":"douze""#),
            #"{"skill":"treize","label_fr":" ","label_en":"x"}"#, line("dernier", #""broader":"un""#),
        ])
        #expect(slugs == ["un", "dernier"])
        #expect(
            refused == [
                "2: skill: bad-slug", "3: broader: unknown-skill", "4: related[1]: unknown-skill",
                "5: related[0]: malformed", "6: related[1]: duplicate-in-file", "7: related: malformed",
                "8: synonyms_fr: malformed", "9: synonyms_en[1]: too-long", "10: esco: wrong-type",
                "11: skill: duplicate-in-file", "12: -: unknown-field", "13: -: malformed",
                "14: broader: malformed", "15: label_fr: bad-text",
            ])
    }

    @Test("A row that is refused takes with it those that need it, unless its skill is there already")
    func chains() throws {
        let (slugs, refused) = try outcome([
            line("c", #""broader":"b""#), line("b", #""broader":"a""#), line("a", #""broader":"rien""#),
            line("vannerie", #""broader":"rien""#), line("d", #""broader":"vannerie""#),
        ])
        #expect(slugs == ["d"])
        #expect(
            refused == [
                "1: broader: unknown-skill", "2: broader: unknown-skill", "3: broader: unknown-skill",
                "4: broader: unknown-skill",
            ])
    }

    @Test("Every row of a circle is refused, one through skills that are there included, and none beside it")
    func circles() throws {
        let (slugs, refused) = try outcome([
            line("a", #""broader":"c""#), line("b", #""broader":"a""#), line("c", #""broader":"b""#),
            line("metiers", #""broader":"vannerie""#), line("e", #""broader":"metiers""#),
            line("f", #""broader":"a""#),
        ])
        #expect(slugs == ["e"])
        #expect(
            refused == [
                "1: broader: malformed", "2: broader: malformed", "3: broader: malformed",
                "4: broader: malformed", "6: broader: unknown-skill",
            ])
        // Turned over as a whole, there is no circle.
        let turned = try outcome([line("metiers", #""broader":"vannerie""#), line("vannerie")])
        #expect(turned.slugs == ["metiers", "vannerie"] && turned.refused == [])
    }

    @Test("A long chain of rows that need the next is refused in no time")
    func longChain() throws {
        let lines = (0..<5000).map { line("s\($0)", #""broader":"s\#($0 + 1)""#) }
        let outcome = try outcome(lines)
        #expect(outcome.slugs == [] && outcome.refused.count == 5000)
    }

    @Test("A file without rows, or with another header, is refused as a whole")
    func wholeFile() throws {
        for (text, code) in [
            ("", ErrorCode.emptyFile), ("\n\n", .emptyFile), ("skill,label_fr,label_en\n", .emptyFile),
            ("slug,label_fr,label_en\na,b,c", .unknownField), ("skill,label_fr\na,b", .missingField),
        ] {
            let error = #expect(throws: EntraideError.self) { try SkillRows(Array(text.utf8), file: "f") }
            #expect(error?.code == code, "\(text)")
            #expect(error?.place.file == "f")
        }
    }

    @Test("A line break inside a cell becomes a space, and is told")
    func mended() throws {
        var rows = try SkillRows(Array("skill,label_fr,label_en\na,\"b\nc\",d\n".utf8), file: "f")
        #expect(rows.accept(beside: []).map(\.label.fr) == ["b c"])
        #expect(rows.mended.map(\.description) == ["f:2:3: label_fr"])
    }
}
