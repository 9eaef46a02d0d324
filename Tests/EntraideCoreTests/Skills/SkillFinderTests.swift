import EntraideCore
import Testing

@Suite("Finding a skill")
struct SkillFinderTests {
    private static let finder = SkillFinder([
        Skill(
            slug: "comptabilite-associative",
            label: Bilingual(fr: "comptabilité associative", en: "nonprofit accounting"),
            synonymsFR: ["compta", "bilan"], synonymsEN: ["bookkeeping"]),
        Skill(
            slug: "decoupe-laser", label: Bilingual(fr: "découpe laser", en: "laser cutting"),
            synonymsFR: ["découpeuse laser"], synonymsEN: ["laser cutter"]),
        Skill(
            slug: "facilitation",
            label: Bilingual(fr: "facilitation de réunions", en: "meeting facilitation"),
            synonymsFR: ["réunions trop longues"]),
        Skill(
            slug: "impression-3d", label: Bilingual(fr: "impression 3D", en: "3D printing"),
            synonymsFR: ["imprimante 3D"]),
        Skill(
            slug: "reparation-velos", label: Bilingual(fr: "réparation de vélos", en: "bicycle repair"),
            synonymsFR: ["crevaison"]),
    ])

    private func found(_ text: String) -> [String] { Self.finder.find(text).map(\.skill.slug) }

    @Test(
        "A name is found whatever the case, the accents, the plural, the form and the order of its words",
        arguments: [
            ("DECOUPE LASER", "decoupe-laser"), ("laser découpe", "decoupe-laser"),
            ("lasers", "decoupe-laser"), ("réparer un vélo", "reparation-velos"),
            ("réparations de vélos", "reparation-velos"), ("Cut with a laser", "decoupe-laser"),
            ("accountant", "comptabilite-associative"), ("bilans", "comptabilite-associative"),
        ])
    func forms(text: String, slug: String) {
        #expect(found(text).first == slug)
    }

    @Test(
        "A word may be misspelt, cut short, written in two, or stand in a sentence",
        arguments: [
            ("découpe lazer", "decoupe-laser"), ("comptabilté", "comptabilite-associative"),
            ("compt", "comptabilite-associative"), ("book keeping", "comptabilite-associative"),
            ("imprimante 3 D", "impression-3d"), ("impresion", "impression-3d"),
            ("est-ce que quelqu’un saurait nous montrer l’imprimante ?", "impression-3d"),
            ("nos réunions sont beaucoup trop longues", "facilitation"),
        ])
    func slips(text: String, slug: String) {
        #expect(found(text).first == slug)
    }

    @Test("A text that is a name scores 1000000, and says which name and which words")
    func why() throws {
        let exact = try #require(Self.finder.find("Compta").first)
        #expect(exact.score == 1_000_000)
        #expect(exact.name == "compta")
        let near = try #require(Self.finder.find("lazer cuter").first)
        #expect(near.name == "laser cutting")
        #expect(near.words.map { "\($0.typed)=\($0.met)" } == ["lazer=laser", "cuter=cutting"])
        #expect((1..<1_000_000).contains(near.score))
    }

    @Test("What is said in words that no skill has finds nothing, and so does a text without words")
    func nothing() {
        for text in ["", "  ", "?!", "xylophone", "\u{301}", "de la"] {
            #expect(found(text) == [], "\(text)")
        }
    }

    @Test("A text in another alphabet, or a very long one, is read without harm")
    func hostile() {
        #expect(found("3D печать") == ["impression-3d"])
        #expect(found(String(repeating: "é", count: 100_000)) == [])
        #expect(found("laser " + String(repeating: "zzzzzzzz ", count: 10_000)).first == "decoupe-laser")
    }

    @Test("The order in which skills are given decides between equals, and nothing else does")
    func order() {
        let twins = ["bb", "ba"].map { Skill(slug: $0, label: Bilingual(fr: "atelier", en: "workshop")) }
        #expect(SkillFinder(twins).find("atelier").map(\.skill.slug) == ["bb", "ba"])
        #expect(SkillFinder(twins.reversed()).find("atelier").map(\.skill.slug) == ["ba", "bb"])
        #expect(SkillFinder([]).find("atelier") == [])
        #expect(Self.finder.find("laser", limit: 0) == [])
        #expect(Self.finder.find("laser", limit: -1) == [])
    }
}
