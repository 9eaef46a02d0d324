import Matching
import Postgres

extension CommunityStore {
    /// Needs of the communities that `condition` selects (on `communities AS c`), by community and skill.
    func needs(where condition: Query) async throws -> [(community: String, need: Need, isClosed: Bool)] {
        try await connection.query(
            """
            SELECT c.slug, s.slug AS skill, n.level_now, n.level, n.urgency, n.quantity, n.needed_by::text AS needed_by,
              n.posture, n.formats, n.modes, n.languages, n.slots, n.closed_at IS NOT NULL AS is_closed
            FROM needs AS n JOIN communities AS c ON c.id = n.community_id JOIN skills AS s ON s.id = n.skill_id
            WHERE \(condition) ORDER BY c.slug, s.slug
            """
        ).map { row in
            var need = Need(
                terms: NeedInput(
                    skill: try row.get("skill"), levelNow: try row.get("level_now"),
                    level: try row.get("level"),
                    urgency: try row.get("urgency"), quantity: try row.get("quantity"),
                    posture: try row.optionalCode("posture"), formats: try row.codes("formats"),
                    modes: try row.codes("modes"), languages: try row.get("languages"),
                    slots: try row.codes("slots")))
            need.neededBy = try row.get("needed_by")
            return (try row.get("slug"), need, try row.get("is_closed"))
        }
    }

    /// Adds a need, or opens again one that was closed, or that is past its date on `day`. False when the community has
    /// that need open already.
    func add(_ need: Need, to slug: String, on day: String? = nil) async throws -> Bool {
        let t = need.terms
        return try await connection.execute(
            """
            INSERT INTO needs AS old (community_id, skill_id, level_now, level, urgency, quantity, needed_by, posture,
              formats, modes, languages, slots)
            SELECT c.id, s.id, \(t.levelNow), \(t.level), \(t.urgency), \(t.quantity), \(need.neededBy)::date,
              \(t.posture?.rawValue), \(t.formats.map(\.rawValue)), \(t.modes.map(\.rawValue)), \(t.languages),
              \(t.slots.map(\.rawValue))
            FROM communities AS c, skills AS s WHERE c.slug = \(slug) AND s.slug = \(t.skill)
            ON CONFLICT (community_id, skill_id) DO UPDATE
            SET level_now = excluded.level_now, level = excluded.level, urgency = excluded.urgency,
              quantity = excluded.quantity, needed_by = excluded.needed_by, posture = excluded.posture,
              formats = excluded.formats, modes = excluded.modes, languages = excluded.languages,
              slots = excluded.slots, closed_at = NULL
            WHERE old.closed_at IS NOT NULL OR old.needed_by < \(day)::date
            """) == 1
    }

    /// Removes a need. False when there was none.
    func removeNeed(_ skill: String, from slug: String) async throws -> Bool {
        try await connection.execute(
            """
            DELETE FROM needs AS n USING communities AS c, skills AS s
            WHERE c.id = n.community_id AND s.id = n.skill_id AND c.slug = \(slug) AND s.slug = \(skill)
            """) == 1
    }

    /// Marks a need as met. False when there is none open.
    func closeNeed(_ skill: String, of slug: String) async throws -> Bool {
        try await connection.execute(
            """
            UPDATE needs AS n SET closed_at = now() FROM communities AS c, skills AS s
            WHERE c.id = n.community_id AND s.id = n.skill_id AND c.slug = \(slug) AND s.slug = \(skill)
              AND n.closed_at IS NULL
            """) == 1
    }
}
