import Lines
package import Matching
import Postgres

/// A profile as it stands in the store, with what only the store knows.
package struct StoredProfile: Sendable, Equatable {
    package var profile: Profile
    /// Its own position, else its territory's.
    package var resolvedPosition: Position?
    /// The day on which it was last confirmed.
    package var confirmedOn: String?
    /// What was said of its pause, when something was.
    package var pause: Pause?
    /// Needs that are met: they stay in the store and out of `profile`.
    package var closedNeeds: [Need] = []
}

/// Communities, their offers and needs: SQL beside the decoding of its rows.
struct CommunityStore {
    let connection: Connection

    // MARK: Reading

    /// Whole profiles of the communities that `condition` selects (on `communities AS c`), by slug. Offers and needs are
    /// read in one query each, whatever the number of communities.
    func profiles(where condition: Query = "true") async throws -> [StoredProfile] {
        let rows = try await connection.query(
            """
            SELECT c.slug, c.name, c.kind, c.status, c.stage, p.slug AS parent, c.territory, c.latitude_e6,
              c.longitude_e6, coalesce(c.latitude_e6, t.latitude_e6) AS resolved_latitude_e6,
              coalesce(c.longitude_e6, t.longitude_e6) AS resolved_longitude_e6, c.languages, c.modes, c.slots,
              c.max_km, c.give, c.receive, c.visibility, c.confirmed_on::text AS confirmed_on, k.contact,
              r.since::text AS paused_since, r.until::text AS paused_until, r.reason AS pause_reason,
              (SELECT min(source || ':' || source_id) FROM sources WHERE community_id = c.id) AS source_id,
              ARRAY(SELECT purpose FROM consents WHERE community_id = c.id AND granted) AS granted,
              ARRAY(SELECT purpose FROM consents WHERE community_id = c.id AND NOT granted) AS refused
            FROM communities AS c
            LEFT JOIN communities AS p ON p.id = c.parent_id
            LEFT JOIN territories AS t ON t.code = c.territory
            LEFT JOIN contacts AS k ON k.community_id = c.id
            LEFT JOIN pauses AS r ON r.community_id = c.id AND c.status = 'paused'
            WHERE \(condition) ORDER BY c.slug
            """)
        var stored = try rows.map(storedProfile)
        var offers = try await offers(where: condition)[...]
        var needs = try await needs(where: condition)[...]
        // All three lists are in the order of slugs, so one pass puts them together.
        for i in stored.indices {
            let slug = stored[i].profile.community.slug
            while let next = offers.first, next.community == slug {
                stored[i].profile.offers.append(next.offer)
                offers.removeFirst()
            }
            while let next = needs.first, next.community == slug {
                if next.isClosed {
                    stored[i].closedNeeds.append(next.need)
                } else {
                    stored[i].profile.needs.append(next.need)
                }
                needs.removeFirst()
            }
            stored[i].profile = stored[i].profile.canonical
        }
        return stored
    }

    func profile(_ slug: String) async throws -> StoredProfile? {
        try await profiles(where: "c.slug = \(slug)").first
    }

    /// The community that an import brought from `id` of `source`.
    func profile(source: String, id: String) async throws -> StoredProfile? {
        try await profiles(
            where: """
                c.id = (SELECT community_id FROM sources WHERE source = \(source) AND source_id = \(id))
                """
        ).first
    }

    /// Keeps others from writing about a community until the transaction ends: what is read after this is what will be
    /// replaced.
    ///
    /// - Returns: false when there is no such community.
    func lock(_ slug: String) async throws -> Bool {
        try await !connection.query("SELECT FROM communities WHERE slug = \(slug) FOR UPDATE").isEmpty
    }

    /// The slugs among `slugs` that exist.
    func existing(_ slugs: [String]) async throws -> Set<String> {
        Set(
            try await connection.query("SELECT slug FROM communities WHERE slug = ANY(\(slugs))")
                .map { try $0.get("slug") as String })
    }

    private func storedProfile(_ row: Row) throws -> StoredProfile {
        var community = Community(
            slug: try row.get("slug"), name: try row.get("name"), kind: try row.code("kind"))
        community.status = try row.code("status")
        community.stage = try row.optionalCode("stage")
        community.parent = try row.get("parent")
        community.territory = try row.get("territory")
        community.position = try row.position("latitude_e6", "longitude_e6")
        community.languages = try row.get("languages")
        community.modes = try row.codes("modes")
        community.slots = try row.codes("slots")
        community.maxKm = try row.get("max_km")
        community.give = try row.get("give")
        community.receive = try row.get("receive")
        community.visibility = try row.code("visibility")
        var profile = Profile(community: community)
        profile.contact = try row.get("contact")
        profile.sourceID = try row.get("source_id")
        for purpose in try row.codes("granted", as: Purpose.self) { profile.consent[purpose] = true }
        for purpose in try row.codes("refused", as: Purpose.self) { profile.consent[purpose] = false }
        return StoredProfile(
            profile: profile,
            resolvedPosition: try row.position("resolved_latitude_e6", "resolved_longitude_e6"),
            confirmedOn: try row.get("confirmed_on"), pause: try Pause(row))
    }

    /// One page of the community records that an audience sees, by slug, after `after`. A parent that it does not see is
    /// absent, and so are networks that it does not know.
    func records(
        where condition: Query, for audience: Audience, after: String?, limit: Int
    ) async throws -> [CommunityRecord] {
        try await connection.query(Self.page(where: condition, for: audience, after: after, limit: limit)).map
        {
            row in
            let position = try row.position("latitude_e6", "longitude_e6")
            return CommunityRecord(
                community: try row.get("slug"), name: try row.get("name"), kind: try row.get("kind"),
                status: try row.get("status"), stage: try row.get("stage"), parent: try row.get("parent"),
                territory: try row.get("territory"),
                latitude: position.map { FixedDecimal(microdegrees: $0.latitudeE6) },
                longitude: position.map { FixedDecimal(microdegrees: $0.longitudeE6) },
                languages: try row.get("languages"), modes: try row.get("modes"), slots: try row.get("slots"),
                maxKm: try row.get("max_km"), give: try row.get("give"), receive: try row.get("receive"),
                visibility: try row.get("visibility"), networks: try row.get("networks"),
                offers: try row.get("offers"),
                needs: try row.get("needs"))
        }
    }

    /// The query of a page. Without a token, or with one for all networks, an index holds what is shown in its order.
    static func page(where condition: Query, for audience: Audience, after: String?, limit: Int) -> Query {
        """
        SELECT c.slug, c.name, c.kind, c.status, c.stage, c.territory,
          CASE WHEN \(audience.sees("p")) THEN p.slug END AS parent,
          coalesce(c.latitude_e6, t.latitude_e6) AS latitude_e6,
          coalesce(c.longitude_e6, t.longitude_e6) AS longitude_e6, c.languages, c.modes, c.slots, c.max_km,
          c.give, c.receive, c.visibility,
          ARRAY(SELECT s.slug::text FROM offers AS o JOIN skills AS s ON s.id = o.skill_id
                WHERE o.community_id = c.id AND NOT o.suggested ORDER BY s.slug) AS offers,
          ARRAY(SELECT s.slug::text FROM needs AS n JOIN skills AS s ON s.id = n.skill_id
                WHERE n.community_id = c.id AND n.closed_at IS NULL ORDER BY s.slug) AS needs,
          ARRAY(SELECT w.slug::text FROM memberships AS m JOIN networks AS w ON w.id = m.network_id
                WHERE m.community_id = c.id AND \(audience.seesNetwork("w")) ORDER BY w.slug) AS networks
        FROM communities AS c
        LEFT JOIN communities AS p ON p.id = c.parent_id
        LEFT JOIN territories AS t ON t.code = c.territory
        WHERE c.slug > \(after ?? "") AND \(condition) AND \(audience.sees("c")) ORDER BY c.slug LIMIT \(limit)
        """
    }

    // MARK: Writing

    /// Adds a community with all of its profile, confirmed on `confirmedOn` or not at all.
    ///
    /// - Throws: `duplicate-community`, `bad-parent`, and what ``Profile/validate()`` does.
    func insert(_ profile: Profile, confirmedOn: String?, channel: Channel) async throws {
        try profile.validate()
        let c = profile.community
        let parent = try await parentID(of: c)
        let inserted = try await connection.execute(
            """
            INSERT INTO communities (slug, name, kind, status, stage, parent_id, territory, latitude_e6, longitude_e6,
              languages, modes, slots, max_km, give, receive, visibility, confirmed_on)
            VALUES (\(c.slug), \(c.name), \(c.kind.rawValue), \(c.status.rawValue), \(c.stage?.rawValue),
              \(parent), \(c.territory), \(c.position?.latitudeE6), \(c.position?.longitudeE6),
              \(c.languages), \(c.modes.map(\.rawValue)), \(c.slots.map(\.rawValue)), \(c.maxKm), \(c.give),
              \(c.receive), \(c.visibility.rawValue), \(confirmedOn)::date)
            ON CONFLICT (slug) DO NOTHING
            """)
        guard inserted == 1 else { throw EntraideError(.duplicateCommunity, ["community": c.slug]) }
        try await writeRest(of: profile, channel: channel)
    }

    /// Puts `profile` in the place of the one that stands. Status and confirmation stay as they are, and so do closed
    /// needs that the profile does not open again.
    ///
    /// - Throws: `unknown-community`, `bad-parent`, and what ``Profile/validate()`` does.
    func replace(with profile: Profile, channel: Channel) async throws {
        try profile.validate()
        let c = profile.community
        let parent = try await parentID(of: c)
        let updated = try await connection.execute(
            """
            UPDATE communities SET name = \(c.name), kind = \(c.kind.rawValue), stage = \(c.stage?.rawValue),
              parent_id = \(parent), territory = \(c.territory),
              latitude_e6 = \(c.position?.latitudeE6), longitude_e6 = \(c.position?.longitudeE6),
              languages = \(c.languages), modes = \(c.modes.map(\.rawValue)), slots = \(c.slots.map(\.rawValue)),
              max_km = \(c.maxKm), give = \(c.give), receive = \(c.receive), visibility = \(c.visibility.rawValue),
              updated_at = now()
            WHERE slug = \(c.slug)
            """)
        guard updated == 1 else { throw EntraideError(.unknownCommunity, ["community": c.slug]) }
        let id: Query = "(SELECT id FROM communities WHERE slug = \(c.slug))"
        try await connection.execute("DELETE FROM offers WHERE community_id = \(id)")
        try await connection.execute("DELETE FROM needs WHERE community_id = \(id) AND closed_at IS NULL")
        try await connection.execute("DELETE FROM contacts WHERE community_id = \(id)")
        try await writeRest(of: profile, channel: channel)
    }

    private func writeRest(of profile: Profile, channel: Channel) async throws {
        let slug = profile.community.slug
        for offer in profile.offers {
            guard try await add(offer, to: slug) else {
                throw EntraideError(.duplicateOffer, ["community": slug, "skill": offer.terms.skill])
            }
        }
        for need in profile.needs {
            guard try await add(need, to: slug) else {
                throw EntraideError(.duplicateNeed, ["community": slug, "skill": need.terms.skill])
            }
        }
        if let contact = profile.contact {
            try await connection.execute(
                """
                INSERT INTO contacts (community_id, contact)
                SELECT id, \(contact) FROM communities WHERE slug = \(slug)
                """)
        }
        if let sourceID = profile.sourceID { try await link(slug, to: sourceID) }
        for purpose in Purpose.allCases {
            guard let granted = profile.consent[purpose] else { continue }
            try await record(purpose, granted: granted, by: slug, channel: channel)
        }
    }

    /// Remembers where a community came from; `sourceID` is `source:id`.
    private func link(_ slug: String, to sourceID: String) async throws {
        let parts = sourceID.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw EntraideError(.wrongType, ["expected": "source:id"], at: Place(field: "source_id"))
        }
        try await connection.execute(
            """
            INSERT INTO sources (source, source_id, community_id)
            SELECT \(parts[0]), \(parts[1]), id FROM communities WHERE slug = \(slug)
            ON CONFLICT (source, source_id) DO NOTHING
            """)
        guard try await isLinked(slug, to: sourceID) else {
            throw EntraideError(.sourceTaken, at: Place(field: "source_id"))
        }
    }

    /// Whether a community is known to have come from `sourceID`.
    func isLinked(_ slug: String, to sourceID: String) async throws -> Bool {
        try await connection.query(
            """
            SELECT FROM sources AS s JOIN communities AS c ON c.id = s.community_id
            WHERE c.slug = \(slug) AND s.source || ':' || s.source_id = \(sourceID)
            """
        ).isEmpty == false
    }

    /// The version of the text that a consent refers to: changes when the wording does.
    static let consentText = "2026-11"

    /// Writes a consent down unless it says already what it said.
    ///
    /// - Parameter isAsked: whether it was asked again: its word then takes the place of what a file or a coordinator said.
    func record(
        _ purpose: Purpose, granted: Bool, by slug: String, channel: Channel, isAsked: Bool = false
    ) async throws {
        let unsaid = isAsked && channel.isItsWord ? Channel.allCases.filter { !$0.isItsWord } : []
        try await connection.execute(
            """
            INSERT INTO consents AS old (community_id, purpose, granted, text_version, channel)
            SELECT id, \(purpose.rawValue), \(granted), \(Self.consentText), \(channel.rawValue)
            FROM communities WHERE slug = \(slug)
            ON CONFLICT (community_id, purpose) DO UPDATE
            SET granted = excluded.granted, text_version = excluded.text_version, channel = excluded.channel,
              given_at = now()
            WHERE (old.granted, old.text_version) IS DISTINCT FROM (excluded.granted, excluded.text_version)
              OR old.channel = ANY(\(unsaid.map(\.rawValue)))
            """)
    }

    /// The row of a community's parent, which must stand already and not be one of its own descendants.
    private func parentID(of community: Community) async throws -> Int? {
        guard let parent = community.parent else { return nil }
        let rows = try await connection.query(
            """
            WITH RECURSIVE up AS (
              SELECT id, slug, parent_id FROM communities WHERE slug = \(parent)
              UNION SELECT c.id, c.slug, c.parent_id FROM communities AS c JOIN up ON c.id = up.parent_id)
            SELECT (SELECT id FROM up WHERE slug = \(parent)) AS id,
              EXISTS (SELECT FROM up WHERE slug = \(community.slug)) AS is_circle
            """)
        guard let row = rows.first, let id = try row.get("id") as Int?, try !row.get("is_circle") else {
            throw EntraideError(.badParent, ["parent": parent], at: Place(field: "parent"))
        }
        return id
    }

    /// Active unless on pause, its suggested offers promised.
    func confirm(_ slug: String, on day: String) async throws {
        try await change(
            slug,
            """
            status = CASE WHEN status = 'paused' THEN status ELSE 'active' END, confirmed_on = \(day)::date
            """)
        try await connection.execute(
            """
            UPDATE offers SET suggested = false
            WHERE suggested AND community_id = (SELECT id FROM communities WHERE slug = \(slug))
            """)
    }

    func change(_ slug: String, _ assignment: Query) async throws {
        let changed = try await connection.execute(
            "UPDATE communities AS c SET \(assignment), updated_at = now() WHERE c.slug = \(slug)")
        guard changed == 1 else { throw EntraideError(.unknownCommunity, ["community": slug]) }
    }
}
