import EntraideCore
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Importing the vocabulary")
struct ImportVocabularyTests {
    private static let lines = [
        #"{"skill":"a","label_fr":"A","label_en":"A","broader":null,"related":["b:500000"],"synonyms_fr":["premier"],"synonyms_en":[]}"#,
        #"{"skill":"b","label_fr":"B","label_en":"B","broader":"a","related":[],"synonyms_fr":[],"synonyms_en":[]}"#,
        #"{"skill":"c","label_fr":"C","label_en":"C","broader":"b","related":["a:450000"],"synonyms_fr":[],"synonyms_en":[]}"#,
    ]

    private func read(_ lines: [String]) throws -> [Skill] {
        try ImportVocabulary.read(Array(lines.joined(separator: "\n").utf8), file: "v.ndjson")
    }

    private func line(_ slug: String, broader: String? = nil, related: String? = nil) -> String {
        let broader = broader.map { "\"\($0)\"" } ?? "null"
        let related = related.map { "\"\($0)\"" } ?? ""
        return """
            {"skill":"\(slug)","label_fr":"x","label_en":"x","broader":\(broader),"related":[\(related)],\
            "synonyms_fr":[],"synonyms_en":[]}
            """
    }

    @Test("The vocabulary that comes with the program is sound, and says the same words of no two skills")
    func bundled() throws {
        let skills = try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson")
        #expect(skills.count >= 220)
        var owners: [String: String] = [:]
        for skill in skills {
            #expect(skill.synonymsFR.count >= 2, "\(skill.slug)")
            #expect(skill.synonymsEN.count >= 1, "\(skill.slug)")
            let names = [skill.label.fr, skill.label.en] + skill.synonymsFR + skill.synonymsEN
            for name in Set(names.map(Folding.fold)) {
                let other = owners.updateValue(skill.slug, forKey: name)
                #expect(other == nil, "\(name): \(other ?? "") and \(skill.slug)")
            }
            #expect(!names.contains { $0.contains("'") || $0.contains("  ") }, "\(skill.slug)")
        }
    }

    @Test("It has families of two or three levels, and relations strong enough to count")
    func levels() throws {
        let vocabulary = try bundledVocabulary()
        let families = vocabulary.skills.filter { $0.broader == nil }
        #expect((8...12).contains(families.count))
        for skill in vocabulary.skills {
            let parent = skill.broader.flatMap { vocabulary[$0] }
            let grandparent = parent?.broader.flatMap { vocabulary[$0] }
            #expect(grandparent?.broader == nil, "\(skill.slug)")
            #expect(skill.related.allSatisfy { $0.strength >= Parameters.standard.floor }, "\(skill.slug)")
        }
        let parents = Set(vocabulary.skills.compactMap(\.broader))
        #expect(families.allSatisfy { parents.contains($0.slug) })
    }

    @Test("A file that contradicts itself is refused with the line and what is wrong")
    func refuses() throws {
        let cases: [([String], ErrorCode, Int)] = [
            ([line("a"), line("a")], .duplicateInFile, 2),
            ([line("a"), line("b", broader: "zz")], .unknownSkill, 2),
            ([line("a", related: "zz:500000")], .unknownSkill, 1),
            ([line("a", related: "a:500000")], .malformed, 1),
            ([line("a", broader: "b"), line("b", broader: "a")], .malformed, 1),
            ([line("a"), line("b", broader: "b")], .malformed, 2),
            ([line("A")], .badSlug, 1),
            ([line("a"), "{"], .malformed, 2),
        ]
        for (lines, code, number) in cases {
            let error = #expect(throws: EntraideError.self) { try read(lines) }
            #expect(error?.code == code)
            #expect(error?.place.line == number)
            #expect(error?.place.file == "v.ndjson")
        }
    }

    @Test("All comes in, and a second import adds nothing", .scratchDatabase { try await prepare($0) })
    func twice() async throws {
        let skills = try read(Self.lines)
        let pool = try ScratchDatabase.current.pool
        let first = try await pool.transaction { try await ImportVocabulary.insert(skills, on: $0) }
        #expect((first.read, first.added) == (3, 3))
        let stored = try await pool.withConnection { try await SkillStore(connection: $0).all() }
        #expect(stored == skills)
        let second = try await pool.transaction { try await ImportVocabulary.insert(skills, on: $0) }
        #expect((second.read, second.added) == (3, 0))
        #expect(try await pool.withConnection { try await SkillStore(connection: $0).all() } == skills)
    }

    @Test(
        "Words come in as they are written, and of two relations to one skill the first counts",
        .scratchDatabase { try await prepare($0) })
    func awkward() async throws {
        let words = ["l’un", "dit \"gros\"", "{a}", "\\N", "NULL", "é e\u{301}", " "]
        let skills = [
            Skill(
                slug: "a", label: Bilingual(fr: "'; --", en: "\\"),
                related: [
                    Skill.Related(slug: "b", strength: 500_000), Skill.Related(slug: "b", strength: 600_000),
                ], synonymsFR: words, synonymsEN: []),
            Skill(slug: "b", label: Bilingual(fr: "b", en: "b"), synonymsEN: words.reversed()),
        ]
        let pool = try ScratchDatabase.current.pool
        _ = try await pool.transaction { try await ImportVocabulary.insert(skills, on: $0) }
        var stored = skills
        stored[0].related.removeLast()
        #expect(try await pool.withConnection { try await SkillStore(connection: $0).all() } == stored)
    }

    @Test(
        "However many skills come in, three statements write them", .scratchDatabase { try await prepare($0) }
    )
    func fewStatements() async throws {
        let skills = try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson")
        let pool = try ScratchDatabase.current.pool
        _ = try await pool.transaction { try await ImportVocabulary.insert(skills, on: $0) }
        // cmin numbers the statement that wrote the row, within its transaction.
        let statements = try await pool.query(
            "SELECT cmin::text FROM skills UNION SELECT cmin::text FROM skill_relations")
        #expect(statements.count == 3)
    }

    @Test(
        "Who imports while another does waits for it, longer than for other locks",
        .scratchDatabase { try await prepare($0) })
    func waits() async throws {
        let scratch = try ScratchDatabase.current
        let skills = try read(Self.lines)
        var impatient = scratch.configuration
        impatient.lockTimeout = .milliseconds(50)
        let second = Pool(impatient, logger: .silent)
        let imported = try await scratch.pool.transaction { connection in
            _ = try await ImportVocabulary.insert(skills, on: connection)
            let imported = Task {
                try await second.transaction { try await ImportVocabulary.insert(skills, on: $0) }
            }
            var isWaiting = false
            for _ in 0..<1000 where !isWaiting {
                let rows = try await scratch.pool.query(
                    """
                    SELECT 1 FROM pg_stat_activity
                    WHERE datname = \(scratch.name) AND wait_event_type = 'Lock'
                      AND clock_timestamp() - query_start > '200ms'
                    """)
                isWaiting = !rows.isEmpty
                try await Task.sleep(for: .milliseconds(10))
            }
            return imported
        }
        #expect(try await imported.value.added == 0)
        await second.close()
    }

    @Test("What a coordinator changed or removed stays so", .scratchDatabase { try await prepare($0) })
    func keepsEdits() async throws {
        let pool = try ScratchDatabase.current.pool
        let two = try read(Array(Self.lines.prefix(2)))
        _ = try await pool.transaction { try await ImportVocabulary.insert(two, on: $0) }
        try await pool.execute("UPDATE skills SET label_fr = 'mien', broader_id = NULL")
        try await pool.execute("DELETE FROM skill_relations")
        let all = try read(Self.lines)
        let report = try await pool.transaction { try await ImportVocabulary.insert(all, on: $0) }
        #expect(report.added == 1)
        let vocabulary = try await pool.withConnection { try await SkillStore(connection: $0).vocabulary() }
        #expect(vocabulary["a"]?.label.fr == "mien")
        #expect(vocabulary["a"]?.related == [])
        #expect(vocabulary["b"]?.broader == nil)
        #expect(vocabulary["c"]?.broader == "b")
        #expect(vocabulary["c"]?.related == [Skill.Related(slug: "a", strength: 450_000)])
    }
}

/// An empty database at the current schema.
@Sendable func prepare(_ pool: Pool) async throws {
    _ = try await pool.withConnection { try await Migrator().migrate(on: $0) }
}
