package import Postgres

/// Skills in the database.
package struct SkillStore: Sendable {
    let connection: Connection

    /// The skills that `connection` sees, within its transaction if one is open.
    package init(connection: Connection) {
        self.connection = connection
    }

    /// A text that differs when anything of the vocabulary does: which versions of which rows there are. PostgreSQL gives a
    /// row a new version each time it writes it.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: linear in the skills and relations, of which nothing is read.
    func version() async throws -> String {
        try await connection.query(
            """
            SELECT (SELECT coalesce(md5(string_agg(ctid::text || ' ' || xmin::text, ',' ORDER BY ctid)), '') FROM skills)
              || (SELECT coalesce(md5(string_agg(ctid::text || ' ' || xmin::text, ',' ORDER BY ctid)), '')
                FROM skill_relations) AS version
            """
        ).first?.get("version") ?? ""
    }

    /// The whole vocabulary, in memory: what is proposed and what was merged too.
    ///
    /// - Parameter onIndex: called when its index of words is made.
    /// - Throws: `PostgresError`.
    package func vocabulary(onIndex: (@Sendable () -> Void)? = nil) async throws -> Vocabulary {
        let rows = try await connection.query(
            """
            SELECT skill.slug, skill.label_fr, skill.label_en, target.slug AS target
            FROM skills AS skill
            LEFT JOIN skills AS target ON target.id = skill.merged_id
            WHERE skill.standing <> 'accepted'
            ORDER BY skill.slug
            """)
        var proposed: [Skill] = []
        var merged: [String: String] = [:]
        for row in rows {
            let slug: String = try row.get("slug")
            if let target: String = try row.get("target") {
                merged[slug] = target
            } else {
                let label = Bilingual(fr: try row.get("label_fr"), en: try row.get("label_en"))
                proposed.append(Skill(slug: slug, label: label))
            }
        }
        return Vocabulary(try await all(), proposed: proposed, merged: merged, onIndex: onIndex)
    }

    /// Every accepted skill by slug, in two queries whatever their number.
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
              skill.synonyms_en, skill.esco
            FROM skills AS skill
            LEFT JOIN skills AS broader ON broader.id = skill.broader_id
            WHERE skill.standing = 'accepted'
            ORDER BY skill.slug
            """
        ).map { row in
            let slug: String = try row.get("slug")
            return Skill(
                slug: slug, label: Bilingual(fr: try row.get("label_fr"), en: try row.get("label_en")),
                broader: try row.get("broader"), related: related[slug] ?? [],
                synonymsFR: try row.get("synonyms_fr"), synonymsEN: try row.get("synonyms_en"),
                esco: try row.get("esco"))
        }
    }

    /// Inserts the skills without their places and relations, except those whose slug is taken; says how many came in.
    /// What was proposed or merged under that slug becomes the skill that is given.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: one statement, linear in the skills.
    package func insert(_ skills: [Skill]) async throws -> Int {
        // A list of lists must be a rectangle in SQL: each skill's synonyms travel as the text of their array.
        try await connection.execute(
            """
            INSERT INTO skills (slug, label_fr, label_en, synonyms_fr, synonyms_en, esco)
            SELECT slug, label_fr, label_en, synonyms_fr::text[], synonyms_en::text[], nullif(esco, '')
            FROM unnest(\(skills.map(\.slug)), \(skills.map(\.label.fr)), \(skills.map(\.label.en)),
              \(skills.map { $0.synonymsFR.arrayText }), \(skills.map { $0.synonymsEN.arrayText }),
              \(skills.map { $0.esco ?? "" }))
              AS given (slug, label_fr, label_en, synonyms_fr, synonyms_en, esco)
            ON CONFLICT (slug) DO UPDATE
            SET label_fr = excluded.label_fr, label_en = excluded.label_en, synonyms_fr = excluded.synonyms_fr,
              synonyms_en = excluded.synonyms_en, esco = excluded.esco, standing = 'accepted', merged_id = NULL
            WHERE skills.standing <> 'accepted'
            """)
    }

    /// Brings the skills to what is given, their slugs aside, but for their places and relations; the slugs that are
    /// not there are passed over.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: one statement, linear in the skills.
    package func update(_ skills: [Skill]) async throws {
        try await connection.execute(
            """
            UPDATE skills
            SET label_fr = given.label_fr, label_en = given.label_en, synonyms_fr = given.synonyms_fr::text[],
              synonyms_en = given.synonyms_en::text[], esco = nullif(given.esco, ''), broader_id = NULL
            FROM unnest(\(skills.map(\.slug)), \(skills.map(\.label.fr)), \(skills.map(\.label.en)),
              \(skills.map { $0.synonymsFR.arrayText }), \(skills.map { $0.synonymsEN.arrayText }),
              \(skills.map { $0.esco ?? "" }))
              AS given (slug, label_fr, label_en, synonyms_fr, synonyms_en, esco)
            WHERE skills.slug = given.slug
            """)
    }

    /// Takes back every relation that one of these skills states.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: one statement, linear in the relations.
    package func unrelate(_ slugs: [String]) async throws {
        try await connection.execute(
            """
            DELETE FROM skill_relations USING skills
            WHERE skills.id = skill_id AND skills.slug = ANY (\(slugs))
            """)
    }

    /// Places each skill under its broader one, if it has one; both must be there.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: one statement, linear in the skills.
    package func place(_ skills: [Skill]) async throws {
        let placed = skills.filter { $0.broader != nil }
        try await connection.execute(
            """
            UPDATE skills SET broader_id = broader.id
            FROM unnest(\(placed.map(\.slug)), \(placed.compactMap(\.broader))) AS given (slug, broader)
            JOIN skills AS broader ON broader.slug = given.broader
            WHERE skills.slug = given.slug
            """)
    }

    /// States that who knows one skill can help with another, unless something is stated on these two already: of
    /// two relations between them, the first counts. Both skills must be there.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: one statement, linear in the relations.
    package func relate(_ relations: [(skill: String, related: Skill.Related)]) async throws {
        try await connection.execute(
            """
            INSERT INTO skill_relations (skill_id, related_id, strength)
            SELECT skill.id, related.id, given.strength
            FROM unnest(\(relations.map(\.skill)), \(relations.map(\.related.slug)),
              \(relations.map(\.related.strength))) WITH ORDINALITY AS given (skill, related, strength, n)
            JOIN skills AS skill ON skill.slug = given.skill
            JOIN skills AS related ON related.slug = given.related
            ORDER BY n
            ON CONFLICT (skill_id, related_id) DO NOTHING
            """)
    }
}

extension [String] {
    /// The text form of a `text[]`, to be cast by the statement.
    fileprivate var arrayText: String { String(decoding: postgresText ?? [], as: UTF8.self) }
}
