import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Proposed skills", .core)
struct ProposedSkillsTests {
    private func load(_ lines: [String], proposing: Bool = true) async throws -> ImportReport {
        try await Core().communities.importProfiles(
            Array(lines.joined(separator: "\n").utf8), file: "f", by: .itself, on: Core.day,
            proposing: proposing)
    }

    private static let lines = [
        line("a", offers: ["Soudure d’alu", "couture"]), line("b", needs: ["soudure-d-alu"]),
        line("c", offers: ["???"]),
    ]

    @Test("Unknown words of an import are kept when asked, in their words, and refused otherwise")
    func keeps() async throws {
        let refused = try await load(Self.lines, proposing: false)
        #expect(refused.refused.map(\.error.code) == [.unknownSkill, .unknownSkill, .unknownSkill])
        let report = try await load(Self.lines)
        #expect(report.added == 2 && report.refused.map(\.row) == [3], "\(report)")
        #expect(report.proposed == ["soudure-d-alu"])
        let proposals = try await Skills(Core().database).proposals()
        #expect(proposals.map(\.skill) == ["soudure-d-alu"])
        #expect(proposals.map(\.labelFR) == ["Soudure d’alu"])
        #expect(proposals.map(\.offers) == [1] && proposals.map(\.needs) == [1])
        #expect(proposals.first?.nearest.contains("soudure-metal") == true, "\(proposals)")
        #expect(try await load(Self.lines).unchanged == 2)
    }

    @Test("One file proposes no more than a table may, and what it proposed may be named on in any words")
    func bounded() async throws {
        let core = try Core()
        let many = (0..<30).map { row in
            line("lieu-\(row)", offers: (0..<20).map { "Art Inconnu \(row) \($0)" })
        }
        let report = try await load(many + [line("dernier", needs: ["art-inconnu-3-4", "ART inconnu 5 6"])])
        #expect(report.proposed.count == SkillLimits.proposals && report.added == 26, "\(report)")
        #expect(report.refused.map(\.row) == [26, 27, 28, 29, 30])
        #expect(report.refused.allSatisfy { $0.error.code == .unknownSkill })
        #expect(try await core.communities.profile("dernier").profile.needs.count == 2)
        #expect(try await load(many).unchanged == 25)
    }

    @Test("They match themselves at once, and stay out of the vocabulary that is listed and searched")
    func matches() async throws {
        let core = try Core()
        _ = try await load(Self.lines)
        try await core.run("printemps")
        let matches = try await core.allMatches("printemps")
        #expect(matches.map(\.need) == ["soudure-d-alu"] && matches.map(\.provider) == ["a"])
        let vocabulary = try await core.communities.vocabulary()
        #expect(!vocabulary.skills.contains { $0.slug == "soudure-d-alu" })
        #expect(!vocabulary.find("soudure d’alu").contains { $0.slug == "soudure-d-alu" })
        #expect(try vocabulary.require("soudure-d-alu").label.fr == "Soudure d’alu")
    }

    @Test("An accepted one takes its labels and its place, once")
    func accepts() async throws {
        let core = try Core()
        _ = try await load(Self.lines)
        let skills = Skills(core.database)
        for (slug, broader, code) in [
            ("couture", nil, ErrorCode.notProposed), ("rien", nil, .unknownSkill),
            ("soudure-d-alu", "rien", .unknownSkill), ("soudure-d-alu", "soudure-d-alu", .unknownSkill),
        ] {
            let error = await refusal { try await skills.accept(slug, under: broader) }
            #expect(error?.code == code, "\(slug)")
        }
        try await skills.accept(
            "soudure-d-alu", labelFR: "soudure de l’aluminium", labelEN: "aluminium welding",
            under: "bois-metal")
        let skill = try #require(try await core.communities.vocabulary().find("aluminium").first)
        #expect(skill.label == Bilingual(fr: "soudure de l’aluminium", en: "aluminium welding"))
        #expect(skill.slug == "soudure-d-alu" && skill.broader == "bois-metal")
        #expect(try await skills.proposals() == [])
        #expect(await refusal { try await skills.accept("soudure-d-alu") }?.code == .notProposed)
    }

    @Test("A merged one leaves its offers, needs and words to the other, and its slug goes on meaning that")
    func merges() async throws {
        let core = try Core()
        _ = try await load(Self.lines + [line("d", needs: ["soudure-d-alu:3", "soudure-metal:1"])])
        try await core.run("printemps")
        let before = try await core.allMatches("printemps")
        let skills = Skills(core.database)
        #expect(await refusal { try await skills.merge("couture", into: "textile") }?.code == .notProposed)
        #expect(
            await refusal { try await skills.merge("soudure-d-alu", into: "rien") }?.code == .unknownSkill)
        try await skills.merge("soudure-d-alu", into: "soudure-metal")
        let offers = try await core.column(
            "SELECT s.slug AS x FROM offers JOIN skills AS s ON s.id = skill_id ORDER BY s.slug")
        #expect(offers == ["couture", "soudure-metal"])
        // The community that needed both keeps its own word on the one that stays.
        let needs = try await core.column(
            """
            SELECT c.slug || ' ' || s.slug || ' ' || urgency AS x FROM needs
            JOIN skills AS s ON s.id = skill_id JOIN communities AS c ON c.id = community_id ORDER BY 1
            """)
        #expect(needs == ["b soudure-metal 2", "d soudure-metal 1"])
        let vocabulary = try await core.communities.vocabulary()
        #expect(try vocabulary.require("soudure-d-alu").slug == "soudure-metal")
        #expect(vocabulary.find("soudure d’alu").first?.slug == "soudure-metal")
        #expect(vocabulary["soudure-metal"]?.synonymsFR.last == "Soudure d’alu")
        #expect(try await skills.proposals() == [])
        // What a round said stays said, and the same file again changes nothing.
        #expect(try await core.allMatches("printemps") == before)
        #expect(try await load(Self.lines).unchanged == 2)
        let offer = Offer(terms: OfferInput(skill: "soudure-d-alu"))
        try await core.communities.add(offer, to: "d")
        #expect(try await core.communities.vocabulary()["soudure-d-alu"] == nil)
    }

    @Test("A file of skills that names a proposed or merged slug makes it a skill of its own")
    func takenBack() async throws {
        let core = try Core()
        _ = try await load(Self.lines)
        let skills = Skills(core.database)
        let row = #"{"skill":"soudure-d-alu","label_fr":"soudure de l’alu","label_en":"aluminium"}"#
        #expect(try await skills.importSkills(Array(row.utf8), file: "f").added == 1)
        #expect(try await core.communities.vocabulary()["soudure-d-alu"]?.label.en == "aluminium")
        #expect(try await skills.importSkills(Array(row.utf8), file: "f").unchanged == 1)
    }

    @Test(
        "A slug is made of any words that hold a letter or a digit",
        arguments: [
            ("Soudure d’alu", "soudure-d-alu", "Soudure d’alu"),
            ("soudure-alu", "soudure-alu", "soudure alu"),
            ("Œuvre d'été n° 2", "oeuvre-d-ete-n-2", "Œuvre d'été n° 2"), ("C++", "c", "C++"),
        ])
    func slugs(word: String, slug: String, label: String) throws {
        let skill = try #require(Skill.proposed(by: word))
        #expect(skill.slug == slug && skill.label.en == label, "\(skill)")
        #expect(Skill.proposed(by: "???") == nil)
        #expect(Skill.proposed(by: String(repeating: "mot ", count: 50))?.slug.utf8.count ?? 99 <= 63)
    }
}
