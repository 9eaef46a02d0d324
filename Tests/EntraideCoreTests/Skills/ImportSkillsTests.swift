import EntraideCore
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("Importing a coordinator's skills", .core)
struct ImportSkillsTests {
    private static let lines = [
        #"{"skill":"vannerie","label_fr":"vannerie","label_en":"basketry","broader":"fabrication","related":["couture:500000"],"synonyms_fr":["osier"],"esco":"skill/2afb2b59-c9a3-4cf3-b1dd-1a2fad51e583"}"#,
        #"{"skill":"couture","label_fr":"couture à la main","label_en":"hand sewing","broader":"vannerie"}"#,
    ]

    @discardableResult
    private func load(_ lines: [String], dryRun: Bool = false) async throws -> Skills.ImportReport {
        try await Skills(try Core().database, dryRun: dryRun).importSkills(
            Array(lines.joined(separator: "\n").utf8), file: "s.ndjson")
    }

    private func vocabulary() async throws -> Vocabulary { try await Core().communities.vocabulary() }

    @Test("New skills are added, others are brought to what their row says, and the rest stays")
    func addsAndUpdates() async throws {
        let before = try await vocabulary()
        let report = try await load(Self.lines)
        #expect(report.read == 2 && report.added == 1 && report.changed == ["couture"], "\(report)")
        let after = try await vocabulary()
        #expect(after["vannerie"]?.related == [Skill.Related(slug: "couture", strength: 500_000)])
        #expect(after["vannerie"]?.esco == "skill/2afb2b59-c9a3-4cf3-b1dd-1a2fad51e583")
        let couture = try #require(after["couture"])
        #expect(couture.label.fr == "couture à la main" && couture.broader == "vannerie")
        #expect(couture.related == [] && couture.synonymsFR == [] && couture.esco == nil)
        let others = after.skills.filter { !["vannerie", "couture"].contains($0.slug) }
        #expect(others == before.skills.filter { $0.slug != "couture" })
    }

    @Test("The same file again changes nothing, and the program's own vocabulary overwrites nothing")
    func again() async throws {
        let core = try Core()
        try await load(Self.lines)
        let before = try await core.snapshot()
        let again = try await load(Self.lines)
        #expect(again.unchanged == 2 && again.added == 0 && again.changed == [], "\(again)")
        let bundled = try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson")
        _ = try await core.database.write { try await ImportVocabulary.insert(bundled, on: $0) }
        #expect(try await core.snapshot() == before)
    }

    @Test("What is exported, in any format, is imported unchanged, and makes the same vocabulary elsewhere")
    func roundTrip() async throws {
        let core = try Core()
        try await load(Self.lines)
        let exported = try await vocabulary().skills
        for format in [LineFormat.ndjson, .csv, .text] {
            let writer = LineWriter(format)
            let text =
                try (writer.header(for: SkillRecord.self) ?? "")
                + exported.map { try writer.line($0.record) }.joined()
            let report = try await Skills(core.database).importSkills(Array(text.utf8), file: "f")
            #expect(report.unchanged == exported.count && report.refused == [], "\(format) \(report)")
            // Into an empty one: what refers to later rows comes in too.
            try await core.pool.execute("TRUNCATE skills CASCADE")
            let fresh = try await Skills(core.database).importSkills(Array(text.utf8), file: "f")
            #expect(fresh.added == exported.count && fresh.refused == [], "\(format) \(fresh)")
            #expect(try await vocabulary().skills == exported)
        }
    }

    @Test("A rehearsal reports what would happen and stores nothing")
    func dryRun() async throws {
        let core = try Core()
        let before = try await core.snapshot()
        let report = try await load(Self.lines, dryRun: true)
        #expect(report.added == 1 && report.changed == ["couture"])
        #expect(try await core.snapshot() == before)
    }

    @Test("Rows that are wrong are listed, and the others come in")
    func refused() async throws {
        let report = try await load(
            Self.lines + [#"{"skill":"osier","label_fr":"x","label_en":"x","broader":"osiers"}"#])
        #expect(report.read == 3 && report.added == 1)
        #expect(report.refused.map(\.row) == [3])
        #expect(report.refused.first?.error.place.description == "s.ndjson:3: broader")
        #expect(try await vocabulary()["osier"] == nil)
    }
}
