import Matching
import Postgres

extension CommunityStore {
    /// Offers of the communities that `condition` selects (on `communities AS c`), by community and skill.
    func offers(where condition: Query) async throws -> [(community: String, offer: Offer)] {
        try await connection.query(
            """
            SELECT c.slug, s.slug AS skill, o.level, o.capacity, o.posture, o.formats, o.modes, o.languages, o.slots,
              o.group_max, o.until::text AS until, o.suggested
            FROM offers AS o JOIN communities AS c ON c.id = o.community_id JOIN skills AS s ON s.id = o.skill_id
            WHERE \(condition) ORDER BY c.slug, s.slug
            """
        ).map { row in
            var offer = Offer(
                terms: OfferInput(
                    skill: try row.get("skill"), level: try row.get("level"),
                    capacity: try row.get("capacity"),
                    posture: try row.optionalCode("posture"), formats: try row.codes("formats"),
                    modes: try row.codes("modes"), languages: try row.get("languages"),
                    slots: try row.codes("slots")))
            offer.groupMax = try row.get("group_max")
            offer.until = try row.get("until")
            offer.suggested = try row.get("suggested")
            return (try row.get("slug"), offer)
        }
    }

    /// Adds an offer, or promises again one that is past its last day on `day`. False when the community offers that
    /// skill already.
    func add(_ offer: Offer, to slug: String, on day: String? = nil) async throws -> Bool {
        let t = offer.terms
        return try await connection.execute(
            """
            INSERT INTO offers AS old (community_id, skill_id, level, capacity, posture, formats, modes, languages, slots,
              group_max, until, suggested)
            SELECT c.id, s.id, \(t.level), \(t.capacity), \(t.posture?.rawValue), \(t.formats.map(\.rawValue)),
              \(t.modes.map(\.rawValue)), \(t.languages), \(t.slots.map(\.rawValue)), \(offer.groupMax),
              \(offer.until)::date, \(offer.suggested)
            FROM communities AS c, skills AS s WHERE c.slug = \(slug) AND s.slug = \(t.skill)
            ON CONFLICT (community_id, skill_id) DO UPDATE
            SET level = excluded.level, capacity = excluded.capacity, posture = excluded.posture,
              formats = excluded.formats, modes = excluded.modes, languages = excluded.languages,
              slots = excluded.slots, group_max = excluded.group_max, until = excluded.until,
              suggested = excluded.suggested
            WHERE old.until < \(day)::date
            """) == 1
    }

    /// Removes an offer. False when there was none.
    func removeOffer(_ skill: String, from slug: String) async throws -> Bool {
        try await connection.execute(
            """
            DELETE FROM offers AS o USING communities AS c, skills AS s
            WHERE c.id = o.community_id AND s.id = o.skill_id AND c.slug = \(slug) AND s.slug = \(skill)
            """) == 1
    }
}
