import Matching
import Postgres

/// What a batch of imported places says of skills.
extension PlaceBatchStore {
    /// Offers that the rows suggest; those of places that stood are remembered, to know which are made no more. One that
    /// is promised, or suggested already, stays as it is.
    func writeOffers() async throws {
        let offer = OfferInput(skill: "")
        try await connection.execute(
            """
            INSERT INTO offers (community_id, skill_id, level, capacity, suggested)
            SELECT p.community_id, s.id, \(offer.level)::integer, \(offer.capacity)::integer, true
            FROM incoming_places AS p CROSS JOIN LATERAL unnest(p.offers) AS i (skill)
            JOIN skills AS s ON s.slug = i.skill
            WHERE p.fate = 'new'
            ON CONFLICT (community_id, skill_id) DO NOTHING
            """)
        try await connection.execute(
            """
            INSERT INTO mentioned_offers
            SELECT p.community_id, s.id
            FROM incoming_places AS p CROSS JOIN LATERAL unnest(p.offers) AS i (skill)
            JOIN skills AS s ON s.slug = i.skill
            WHERE p.fate IN ('changed', 'open', 'again')
            ON CONFLICT DO NOTHING
            """)
        try await connection.execute(
            """
            WITH added AS (
              INSERT INTO offers (community_id, skill_id, level, capacity, suggested)
              SELECT p.community_id, s.id, \(offer.level)::integer, \(offer.capacity)::integer, true
              FROM incoming_places AS p CROSS JOIN LATERAL unnest(p.offers) AS i (skill)
              JOIN skills AS s ON s.slug = i.skill
              WHERE p.fate IN ('changed', 'open', 'again')
              ON CONFLICT (community_id, skill_id) DO NOTHING
              RETURNING community_id)
            UPDATE touched_places AS t SET outcome = 'updated'
            FROM added WHERE t.community_id = added.community_id AND t.outcome = 'unchanged'
            """)
    }

    /// Needs that the rows state. One that stands, open or met, stays as it is, and none is taken back: the table has no
    /// mark for those that a file brought.
    func writeNeeds() async throws {
        let need = NeedInput(skill: "")
        try await connection.execute(
            """
            INSERT INTO needs (community_id, skill_id, level_now, level, urgency, quantity)
            SELECT p.community_id, s.id, \(need.levelNow)::integer, \(need.level)::integer,
              \(need.urgency)::integer, \(need.quantity)::integer
            FROM incoming_places AS p CROSS JOIN LATERAL unnest(p.needs) AS i (skill)
            JOIN skills AS s ON s.slug = i.skill
            WHERE p.fate = 'new'
            ON CONFLICT (community_id, skill_id) DO NOTHING
            """)
        try await connection.execute(
            """
            WITH added AS (
              INSERT INTO needs (community_id, skill_id, level_now, level, urgency, quantity)
              SELECT p.community_id, s.id, \(need.levelNow)::integer, \(need.level)::integer,
                \(need.urgency)::integer, \(need.quantity)::integer
              FROM incoming_places AS p CROSS JOIN LATERAL unnest(p.needs) AS i (skill)
              JOIN skills AS s ON s.slug = i.skill
              WHERE p.fate IN ('changed', 'open', 'again')
              ON CONFLICT (community_id, skill_id) DO NOTHING
              RETURNING community_id)
            UPDATE touched_places AS t SET outcome = 'updated'
            FROM added WHERE t.community_id = added.community_id AND t.outcome = 'unchanged'
            """)
    }

    /// Takes back the suggestions that the file does not make any more of places that stood, a batch at a time.
    func takeBackOffers() async throws {
        let batches = try await connection.query(
            "SELECT DISTINCT batch FROM touched_places WHERE outcome IN ('unchanged', 'updated') ORDER BY batch"
        ).map { try $0.get("batch") as Int }
        if batches.count > 1 {
            try await connection.execute("CREATE INDEX ON touched_places (batch)")
            try await connection.execute("ANALYZE touched_places")
        }
        for batch in batches { try await takeBackOffers(batch) }
    }

    private func takeBackOffers(_ batch: Int) async throws {
        try await connection.execute(
            """
            WITH gone AS (
              DELETE FROM offers AS o USING touched_places AS t
              WHERE t.batch = \(batch) AND t.outcome IN ('unchanged', 'updated') AND o.community_id = t.community_id
                AND o.suggested AND NOT EXISTS (
                  SELECT FROM mentioned_offers AS m
                  WHERE m.community_id = o.community_id AND m.skill_id = o.skill_id)
              RETURNING o.community_id)
            UPDATE touched_places AS t SET outcome = 'updated'
            FROM gone WHERE t.community_id = gone.community_id AND t.outcome = 'unchanged'
            """)
    }
}
