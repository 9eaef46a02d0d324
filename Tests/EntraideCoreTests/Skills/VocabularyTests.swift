import EntraideCore
import Matching
import Testing

@Suite("The vocabulary in memory")
struct VocabularyTests {
    private static let vocabulary = Vocabulary([
        Skill(
            slug: "impression-3d", label: Bilingual(fr: "impression 3D", en: "3D printing"),
            broader: "fabrication",
            synonymsFR: ["imprimante 3D", "prototypage"], synonymsEN: ["additive manufacturing"]),
        Skill(
            slug: "decoupe-laser", label: Bilingual(fr: "découpe laser", en: "laser cutting"),
            broader: "fabrication", related: [Skill.Related(slug: "impression-3d", strength: 500_000)],
            synonymsFR: ["découpeuse"]),
        Skill(slug: "fabrication", label: Bilingual(fr: "fabrication", en: "making")),
        Skill(
            slug: "comptabilite-associative",
            label: Bilingual(fr: "comptabilité associative", en: "bookkeeping"),
            synonymsFR: ["trésorerie"]),
    ])

    private func find(_ text: String) -> [String] { Self.vocabulary.find(text).map(\.slug) }
    private func nearest(_ text: String) -> [String] { Self.vocabulary.nearest(to: text).map(\.slug) }

    @Test("A skill is found by slug, label or synonym of either language, whatever the case and the accents")
    func finds() {
        #expect(find("DECOUPE LASER") == ["decoupe-laser"])
        #expect(find("Trésorerie") == ["comptabilite-associative"])
        #expect(find("additive") == ["impression-3d"])
        #expect(find("making") == ["fabrication"])
        #expect(find("laser") == ["decoupe-laser"])
        #expect(find("") == [])
        #expect(find("zzzzzz") == [])
    }

    @Test("The exact name comes first, then another form of it, then one that has it among others")
    func ranks() {
        let vocabulary = Vocabulary(
            [
                ("a-word", "le vent de mer"), ("c-begins", "ventes"), ("d-exact", "vent"),
                ("e-other", "vannerie"),
            ]
            .map { Skill(slug: $0.0, label: Bilingual(fr: $0.1, en: $0.1)) })
        #expect(vocabulary.find("Vent").map(\.slug) == ["d-exact", "c-begins", "a-word"])
        #expect(vocabulary.find("vannrie").map(\.slug) == ["e-other"])
    }

    @Test("A misspelt skill is refused with the three nearest, ties in the order of slugs")
    func refusesUnknown() throws {
        #expect(nearest("impresion-3d").first == "impression-3d")
        #expect(nearest("comptabilité").first == "comptabilite-associative")
        #expect(nearest("tresorrerie").first == "comptabilite-associative")
        // Nothing is meant: the likest slugs.
        #expect(nearest("x").count == 3)
        #expect(nearest("facrbicatoin").first == "fabrication")
        #expect(Self.vocabulary.nearest(to: "x", count: 0).isEmpty)
        let error = #expect(throws: EntraideError.self) { try Self.vocabulary.require("decoupe-lazer") }
        #expect(error?.code == .unknownSkill)
        #expect(error?.values["nearest"]?.hasPrefix("decoupe-laser, ") == true)
        #expect(try Self.vocabulary.require("decoupe-laser").label.en == "laser cutting")
        let twins = Vocabulary(["bb", "ba"].map { Skill(slug: $0, label: Bilingual(fr: $0, en: $0)) })
        #expect(twins.nearest(to: "bc").map(\.slug) == ["ba", "bb"])
    }

    @Test("Scoring reads slugs, broader skills and relations, in the order of slugs whatever the rows' order")
    func matchingEntries() {
        let entries = Self.vocabulary.matchingEntries
        #expect(
            entries.map(\.slug) == [
                "comptabilite-associative", "decoupe-laser", "fabrication", "impression-3d",
            ])
        #expect(entries[1].broader == "fabrication")
        #expect(entries[1].related == [VocabularyEntry.Related(slug: "impression-3d", strength: 500_000)])
        #expect(Vocabulary(Self.vocabulary.skills.reversed()).matchingEntries == entries)
    }
}
