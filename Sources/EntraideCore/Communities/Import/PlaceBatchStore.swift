import Lines
import Matching
import Postgres

/// Writes imported places, thousands at a time: a COPY into tables of the session, then one statement per thing that
/// happens to all of them.
///
/// What an import said of a place is remembered until its end, so that rows about one place in several batches add up,
/// and what the file no longer says is taken back once, after the last batch.
struct PlaceBatchStore {
    let connection: Connection
    /// Whether the whole import is within one transaction already.
    let isWithin: Bool

    /// A row that was not written.
    struct Refusal {
        /// Its place in the batch.
        let index: Int
        let error: EntraideError
    }

    /// A place to be written.
    struct Item {
        let place: ImportedPlace
        /// An earlier row of the file was about the same place: only what this one adds counts.
        let isAgain: Bool
        /// An earlier row of the batch takes the name as a slug.
        let isSlugTaken: Bool
    }

    /// Makes the session's tables.
    func prepare() async throws {
        try await connection.execute(
            """
            CREATE TEMPORARY TABLE incoming_rows (
              n integer, source text COLLATE "C", source_id text COLLATE "C", other_source text COLLATE "C",
              other_id text COLLATE "C", slug text COLLATE "C", other_slug text COLLATE "C", name text, kind text,
              closed boolean, territory text, latitude_e6 integer, longitude_e6 integer, updated_on date,
              again boolean, offers text[], needs text[])
            """)
        try await connection.execute(
            "CREATE TEMPORARY TABLE incoming_places (LIKE incoming_rows, community_id bigint, fate text)")
        try await connection.execute(
            """
            CREATE TEMPORARY TABLE touched_places (community_id bigint PRIMARY KEY, batch integer, outcome text)
            """)
        try await connection.execute(
            """
            CREATE TEMPORARY TABLE mentioned_offers (
              community_id bigint, skill_id bigint, PRIMARY KEY (community_id, skill_id))
            """)
    }

    /// Drops them, for the next user of the connection.
    func clear() async throws {
        try await connection.execute(
            "DROP TABLE IF EXISTS incoming_rows, incoming_places, touched_places, mentioned_offers")
    }

    /// Writes a batch, in one transaction, tried again when the server asks for it.
    func write(_ items: [Item], proposing skills: [Skill] = [], batch: Int) async throws -> [Refusal] {
        if isWithin { return try await writeAll(items, skills, batch) }
        var attempt = 1
        while true {
            do {
                return try await connection.transaction { _ in try await writeAll(items, skills, batch) }
            } catch let error as PostgresError where error.code == .serialization && attempt < 5 {
                attempt += 1
            }
        }
    }

    /// What of all that was added resembles what stands.
    func likelyDuplicates() async throws -> LikelyDuplicates {
        if isWithin { return try await LikelyDuplicates.find(connection) }
        return try await connection.transaction(readOnly: true) { try await LikelyDuplicates.find($0) }
    }

    private func writeAll(_ items: [Item], _ skills: [Skill], _ batch: Int) async throws -> [Refusal] {
        if !skills.isEmpty { try await SkillStore(connection: connection).propose(skills) }
        try await copy(items)
        // Another import would otherwise meet ours row by row, each holding what the other wants.
        try await connection.execute("LOCK TABLE sources, communities IN SHARE ROW EXCLUSIVE MODE")
        try await askIndexes(true)
        try await recognise()
        try await keepErasedAway(items)
        try await add()
        try await bring()
        try await touch(batch)
        try await writeOffers()
        try await writeNeeds()
        try await askIndexes(false)
        return try await connection.query(
            "SELECT n, fate, source_id, slug FROM incoming_places WHERE fate IN ('taken', 'clash', 'erased') ORDER BY n"
        ).map { row in
            let error =
                switch try row.get("fate") as String {
                case "clash":
                    EntraideError(.identifierTaken, ["value": excerpt(of: try row.get("source_id"))])
                case "erased": EntraideError(.erasedBefore)
                default: EntraideError(.duplicateCommunity, ["community": try row.get("slug")])
                }
            return Refusal(index: try row.get("n"), error: error)
        }
    }

    /// Makes each row of a batch ask an index, however large the tables grow: a join planned by its figures comes to read
    /// them whole for each batch.
    private func askIndexes(_ isAsked: Bool) async throws {
        try await connection.execute(
            """
            SELECT set_config('enable_hashjoin', \(isAsked ? "off" : "on"), true),
              set_config('enable_mergejoin', \(isAsked ? "off" : "on"), true)
            """)
    }

    /// New places that were erased at their own request stay away. They are known by where they came from: many a place
    /// has the name of another.
    private func keepErasedAway(_ items: [Item]) async throws {
        var names: [(index: Int, name: String)] = []
        for (index, item) in items.enumerated() {
            for identity in [item.place.identity, item.place.otherIdentity].compactMap({ $0 }) {
                names.append((index, "\(identity.source):\(identity.id)"))
            }
        }
        let erased = try await ErasureStore(connection: connection).erased(names.map(\.name)).map {
            names[$0].index
        }
        guard !erased.isEmpty else { return }
        try await connection.execute(
            "UPDATE incoming_places SET fate = 'erased' WHERE fate = 'new' AND n = ANY(\(erased))")
    }

    private func copy(_ items: [Item]) async throws {
        let nothing = (nil as String?).postgresValue
        try await connection.execute("TRUNCATE incoming_rows, incoming_places")
        _ = try await connection.copyIn(
            table: "incoming_rows",
            columns: [
                "n", "source", "source_id", "other_source", "other_id", "slug", "other_slug", "name", "kind",
                "closed", "territory", "latitude_e6", "longitude_e6", "updated_on", "again",
                "offers", "needs",
            ],
            rows: items.enumerated().map { index, item in
                let place = item.place
                return [
                    index.postgresValue, place.identity.source.postgresValue, place.identity.id.postgresValue,
                    place.otherIdentity?.source.postgresValue ?? nothing,
                    place.otherIdentity?.id.postgresValue ?? nothing,
                    (item.isSlugTaken ? place.otherSlug : place.slug).postgresValue,
                    place.otherSlug.postgresValue, place.name.postgresValue,
                    place.kind?.rawValue.postgresValue ?? nothing, place.isClosed.postgresValue,
                    place.territory.postgresValue, place.position?.latitudeE6.postgresValue ?? nothing,
                    place.position?.longitudeE6.postgresValue ?? nothing, place.updatedOn.postgresValue,
                    item.isAgain.postgresValue, place.offers.postgresValue, place.needs.postgresValue,
                ]
            })
    }

    /// Finds those that stand: by identity, else by the other one. `open` may be rewritten: not confirmed, and not put
    /// on pause by a person; `changed` says so and something else than what stands; `own` may not; a row older than what
    /// was last read changes nothing either. Another's name gives way to the slug that only this place would have. The
    /// number of a new one is taken here, so that no statement has to look for the row that the next one makes.
    ///
    /// Scalar subqueries rather than EXISTS, of which a plan may make a table of all that there is, for each row anew.
    private func recognise() async throws {
        try await connection.execute(
            """
            INSERT INTO incoming_places
            SELECT r.n, r.source, r.source_id, r.other_source, r.other_id, g.slug, r.other_slug, r.name, r.kind, r.closed,
              r.territory, r.latitude_e6, r.longitude_e6, r.updated_on, r.again, r.offers, r.needs,
              CASE WHEN NOT r.again
                THEN coalesce(f.id, nextval(pg_get_serial_sequence('communities', 'id'))) END,
              CASE WHEN r.again THEN NULL
                WHEN f.id IS NOT NULL THEN (
                  SELECT CASE
                    WHEN lower(c.name) <> lower(r.name) AND c.territory <> r.territory AND f.own_id IS NOT NULL
                      THEN 'clash'
                    WHEN c.confirmed_on IS NOT NULL OR c.status = 'active'
                      OR (SELECT true FROM pauses AS p WHERE p.community_id = c.id) OR r.updated_on IS NOT NULL
                      AND (SELECT true FROM sources AS s WHERE s.community_id = c.id
                        AND s.source IN (r.source, r.other_source) AND s.updated_on > r.updated_on LIMIT 1)
                      THEN 'own'
                    WHEN c.status <> 'unconfirmed'
                      AND (SELECT true FROM sources AS s WHERE s.community_id = c.id AND s.closed LIMIT 1) IS NULL
                      THEN 'own'
                    WHEN (r.name, coalesce(r.kind, c.kind), coalesce(r.territory, c.territory),
                        coalesce(r.latitude_e6, c.latitude_e6), coalesce(r.longitude_e6, c.longitude_e6), r.closed)
                      IS DISTINCT FROM
                        (c.name, c.kind, c.territory, c.latitude_e6, c.longitude_e6, c.status = 'paused')
                      THEN 'changed'
                    ELSE 'open' END
                  FROM communities AS c WHERE c.id = f.id)
                WHEN g.slug = r.other_slug AND (SELECT true FROM communities AS c WHERE c.slug = g.slug) THEN 'taken'
                ELSE 'new' END
            FROM incoming_rows AS r
            CROSS JOIN LATERAL (
              SELECT s.own_id, coalesce(s.own_id, CASE WHEN NOT r.again THEN (
                SELECT o.community_id FROM sources AS o
                WHERE o.source = r.other_source AND o.source_id = r.other_id) END) AS id
              FROM (SELECT CASE WHEN NOT r.again THEN (
                SELECT o.community_id FROM sources AS o
                WHERE o.source = r.source AND o.source_id = r.source_id) END AS own_id OFFSET 0) AS s OFFSET 0) AS f
            CROSS JOIN LATERAL (
              SELECT CASE WHEN f.id IS NULL AND NOT r.again
                AND (SELECT true FROM communities AS c WHERE c.slug = r.slug)
                THEN r.other_slug ELSE r.slug END AS slug OFFSET 0) AS g
            """)
    }

    private func add() async throws {
        let new = Community(slug: "", name: "", kind: .other)
        try await connection.execute(
            """
            INSERT INTO communities (id, slug, name, kind, status, territory, latitude_e6, longitude_e6, languages,
              modes, slots, max_km, give, receive, visibility)
            OVERRIDING SYSTEM VALUE
            SELECT community_id, slug, name, coalesce(kind, 'other'),
              CASE WHEN closed THEN 'paused' ELSE 'unconfirmed' END, territory, latitude_e6, longitude_e6,
              \(new.languages), \(new.modes.map(\.rawValue)), \(new.slots.map(\.rawValue)), \(new.maxKm), \(new.give),
              \(new.receive), \(new.visibility.rawValue)
            FROM incoming_places WHERE fate = 'new' ORDER BY n
            """)
        // The identities of places that stand too: a SIRET mended since is theirs from now on. One that says what it said
        // is not even locked.
        try await connection.execute(
            """
            INSERT INTO sources AS old (source, source_id, community_id, updated_on, closed)
            SELECT i.source, i.id, p.community_id, p.updated_on, p.closed
            FROM incoming_places AS p
            CROSS JOIN LATERAL (VALUES (p.source, p.source_id), (p.other_source, p.other_id)) AS i (source, id)
            WHERE p.fate IN ('new', 'open', 'changed') AND i.source IS NOT NULL
              AND (p.fate = 'new' OR (
                SELECT s.community_id = p.community_id AND s.closed = p.closed
                  AND coalesce(p.updated_on, s.updated_on) IS NOT DISTINCT FROM s.updated_on
                FROM sources AS s WHERE s.source = i.source AND s.source_id = i.id) IS DISTINCT FROM true)
            ON CONFLICT (source, source_id) DO UPDATE
            SET updated_on = coalesce(excluded.updated_on, old.updated_on), closed = excluded.closed
            WHERE old.community_id = excluded.community_id
              AND (coalesce(excluded.updated_on, old.updated_on), excluded.closed)
                IS DISTINCT FROM (old.updated_on, old.closed)
            """)
    }

    /// Rewrites those that may be. What a row does not say stays.
    private func bring() async throws {
        try await connection.execute(
            """
            UPDATE communities AS c
            SET name = p.name, kind = coalesce(p.kind, c.kind), territory = coalesce(p.territory, c.territory),
              latitude_e6 = coalesce(p.latitude_e6, c.latitude_e6),
              longitude_e6 = coalesce(p.longitude_e6, c.longitude_e6),
              status = CASE WHEN p.closed THEN 'paused' ELSE 'unconfirmed' END, updated_at = now()
            FROM incoming_places AS p
            WHERE p.fate = 'changed' AND c.id = p.community_id
            """)
    }

    /// Remembers what became of each, and finds those whose place an earlier row brought.
    private func touch(_ batch: Int) async throws {
        try await connection.execute(
            """
            INSERT INTO touched_places
            SELECT community_id, \(batch), CASE fate WHEN 'new' THEN 'added' WHEN 'changed' THEN 'updated'
              WHEN 'open' THEN 'unchanged' ELSE 'own' END
            FROM incoming_places WHERE fate IN ('new', 'changed', 'open', 'own') AND NOT again ORDER BY n
            ON CONFLICT (community_id) DO NOTHING
            """)
        try await connection.execute(
            """
            UPDATE incoming_places AS p SET (community_id, fate) = (
              SELECT t.community_id, 'again'
              FROM (VALUES (p.source, p.source_id), (p.other_source, p.other_id)) AS i (source, id)
              JOIN sources AS s ON s.source = i.source AND s.source_id = i.id
              JOIN touched_places AS t ON t.community_id = s.community_id AND t.outcome <> 'own'
              LIMIT 1)
            WHERE p.again
            """)
    }

    /// How many places were added, updated, left as they were; and how many stand on pause since the file says closed.
    func outcomes() async throws -> (added: Int, updated: Int, unchanged: Int, closed: Int) {
        let rows = try await connection.query(
            """
            SELECT count(*) FILTER (WHERE t.outcome = 'added') AS added,
              count(*) FILTER (WHERE t.outcome = 'updated') AS updated,
              count(*) FILTER (WHERE t.outcome IN ('unchanged', 'own')) AS unchanged,
              count(*) FILTER (WHERE t.outcome <> 'own' AND c.status = 'paused') AS closed
            FROM touched_places AS t JOIN communities AS c ON c.id = t.community_id
            """)
        guard let row = rows.first else { return (0, 0, 0, 0) }
        return (
            try row.get("added"), try row.get("updated"), try row.get("unchanged"), try row.get("closed")
        )
    }
}
