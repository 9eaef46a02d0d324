import Postgres

extension SkillStore {
    /// Keeps proposed skills; those whose slug is there in any way are passed over.
    ///
    /// - Throws: `PostgresError`.
    func propose(_ skills: [Skill]) async throws {
        try await connection.execute(
            """
            INSERT INTO skills (slug, label_fr, label_en, standing)
            SELECT slug, label_fr, label_en, 'proposed'
            FROM unnest(\(skills.map(\.slug)), \(skills.map(\.label.fr)), \(skills.map(\.label.en)))
              AS given (slug, label_fr, label_en)
            ON CONFLICT (slug) DO NOTHING
            """)
    }

    /// How many communities offer and need each proposed skill, by slug.
    ///
    /// - Throws: `PostgresError`.
    func usesOfProposed() async throws -> [String: (offers: Int, needs: Int)] {
        let rows = try await connection.query(
            """
            SELECT slug, (SELECT count(*) FROM offers WHERE skill_id = skills.id) AS offers,
              (SELECT count(*) FROM needs WHERE skill_id = skills.id) AS needs
            FROM skills WHERE standing = 'proposed'
            """)
        var uses: [String: (offers: Int, needs: Int)] = [:]
        for row in rows { uses[try row.get("slug")] = (try row.get("offers"), try row.get("needs")) }
        return uses
    }

    /// Moves what is stated of one skill to another and marks it merged.
    ///
    /// - Parameter synonym: what the other is called from now on too, in French.
    /// - Throws: `PostgresError`.
    func merge(_ slug: String, into target: String, synonym: String?) async throws {
        try await connection.execute(
            """
            UPDATE offers AS stated SET skill_id = target.id
            FROM skills AS old, skills AS target
            WHERE old.slug = \(slug) AND target.slug = \(target) AND stated.skill_id = old.id
              AND NOT EXISTS (SELECT FROM offers AS own
                WHERE own.community_id = stated.community_id AND own.skill_id = target.id)
            """)
        try await connection.execute(
            """
            UPDATE needs AS stated SET skill_id = target.id
            FROM skills AS old, skills AS target
            WHERE old.slug = \(slug) AND target.slug = \(target) AND stated.skill_id = old.id
              AND NOT EXISTS (SELECT FROM needs AS own
                WHERE own.community_id = stated.community_id AND own.skill_id = target.id)
            """)
        // What is left was stated of both: the community's own word on the skill that stays holds.
        try await connection.execute(
            "DELETE FROM offers USING skills AS old WHERE old.slug = \(slug) AND skill_id = old.id")
        try await connection.execute(
            "DELETE FROM needs USING skills AS old WHERE old.slug = \(slug) AND skill_id = old.id")
        try await connection.execute(
            """
            UPDATE skills AS old SET standing = 'merged', merged_id = target.id
            FROM skills AS target WHERE old.slug = \(slug) AND target.slug = \(target)
            """)
        if let synonym {
            try await connection.execute(
                "UPDATE skills SET synonyms_fr = synonyms_fr || \([synonym]) WHERE slug = \(target)")
        }
    }
}
