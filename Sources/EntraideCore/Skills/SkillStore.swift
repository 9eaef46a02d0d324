package import Postgres

/// Skills in the database.
package struct SkillStore: Sendable {
    private let connection: Connection

    /// The skills that `connection` sees, within its transaction if one is open.
    package init(connection: Connection) {
        self.connection = connection
    }

    /// The whole vocabulary, in memory.
    ///
    /// - Throws: `PostgresError`.
    package func vocabulary() async throws -> Vocabulary {
        Vocabulary(try await all())
    }

    /// Every skill by slug, in two queries whatever their number.
    ///
    /// - Throws: `PostgresError`.
    package func all() async throws -> [Skill] {
        var related: [String: [Skill.Related]] = [:]
        for row in try await connection.query(
            """
            SELECT skill.slug AS skill, related.slug AS related, strength
            FROM skill_relations
            JOIN skills AS skill ON skill.id = skill_id
            JOIN skills AS related ON related.id = related_id
            ORDER BY skill.slug, related.slug
            """)
        {
            let relation = Skill.Related(slug: try row.get("related"), strength: try row.get("strength"))
            related[try row.get("skill"), default: []].append(relation)
        }
        return try await connection.query(
            """
            SELECT skill.slug, skill.label_fr, skill.label_en, broader.slug AS broader, skill.synonyms_fr,
              skill.synonyms_en
            FROM skills AS skill
            LEFT JOIN skills AS broader ON broader.id = skill.broader_id
            ORDER BY skill.slug
            """
        ).map { row in
            let slug: String = try row.get("slug")
            return Skill(
                slug: slug, label: Bilingual(fr: try row.get("label_fr"), en: try row.get("label_en")),
                broader: try row.get("broader"), related: related[slug] ?? [],
                synonymsFR: try row.get("synonyms_fr"), synonymsEN: try row.get("synonyms_en"))
        }
    }

    /// Inserts the skill without its relations, unless its slug is taken; says whether it did.
    ///
    /// - Throws: `PostgresError`.
    package func insert(_ skill: Skill) async throws -> Bool {
        try await connection.execute(
            """
            INSERT INTO skills (slug, label_fr, label_en, synonyms_fr, synonyms_en)
            VALUES (\(skill.slug), \(skill.label.fr), \(skill.label.en), \(skill.synonymsFR), \(skill.synonymsEN))
            ON CONFLICT (slug) DO NOTHING
            """) == 1
    }

    /// Places `slug` under `broader`, which must both be there.
    ///
    /// - Throws: `PostgresError`.
    package func setBroader(_ broader: String, of slug: String) async throws {
        try await connection.execute(
            """
            UPDATE skills SET broader_id = broader.id FROM skills AS broader
            WHERE skills.slug = \(slug) AND broader.slug = \(broader)
            """)
    }

    /// States that who knows `slug` can help with the other, unless something is stated on that already.
    ///
    /// - Throws: `PostgresError`.
    package func relate(_ slug: String, to related: Skill.Related) async throws {
        try await connection.execute(
            """
            INSERT INTO skill_relations (skill_id, related_id, strength)
            SELECT skill.id, related.id, \(related.strength)
            FROM skills AS skill, skills AS related
            WHERE skill.slug = \(slug) AND related.slug = \(related.slug)
            ON CONFLICT (skill_id, related_id) DO NOTHING
            """)
    }
}
