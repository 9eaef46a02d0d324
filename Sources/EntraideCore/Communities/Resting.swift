package import Lines
import Postgres

/// Why a community does not take part in rounds, or takes part by half.
package enum RestReason: String, CodeList {
    case unconfirmed, paused
    case noConsent = "no_consent"
    case stale
    case needsOver = "needs_over"
    case offersOver = "offers_over"
    case empty

    package static let field = "reason"
    package var label: Bilingual {
        switch self {
        case .unconfirmed: Bilingual(fr: "profil à confirmer", en: "unconfirmed")
        case .paused: Bilingual(fr: "en pause", en: "on pause")
        case .noConsent: Bilingual(fr: "sans accord pour participer", en: "no consent to taking part")
        case .stale: Bilingual(fr: "profil non confirmé depuis un an", en: "not confirmed for a year")
        case .needsOver: Bilingual(fr: "besoins tous fermés ou passés", en: "needs all closed or past")
        case .offersOver: Bilingual(fr: "offres toutes terminées", en: "offers all ended")
        case .empty: Bilingual(fr: "ni offre ni besoin", en: "neither offer nor need")
        }
    }
}

/// One reason why one community rests.
package struct Rest: Sendable, Equatable {
    package let community: String
    package let reason: RestReason
    /// The day that the reason is about.
    package let on: String?
    /// Why it is on pause.
    let pauseReason: PauseReason?
    /// Whether it was asked to take part, and said no.
    let isRefusal: Bool
    /// Through what its answer about taking part reached us, if it gave one.
    let channel: Channel?
    /// Whether it agreed to take part.
    let consents: Bool
    /// Slug of a skill that it needed or offered last.
    let skill: String?
    /// Offers that only its confirmation would make promises.
    let suggested: Int

    /// The command that would wake it. Nobody is asked twice who said no.
    package var wake: String? {
        let confirm = "entraide community confirm \(community) --on-behalf --channel CHANNEL"
        return switch reason {
        case .unconfirmed where !consents: isRefusal ? nil : "entraide community invite \(community)"
        case .unconfirmed, .noConsent: isRefusal ? nil : confirm
        case .stale: confirm
        case .paused: "entraide community resume \(community)"
        case .needsOver: "entraide need add \(community) \(skill ?? "SKILL")"
        case .offersOver: "entraide offer add \(community) \(skill ?? "SKILL")"
        case .empty:
            suggested > 0 ? confirm : "entraide need add \(community) SKILL"
        }
    }

    /// What a person reads, after the community's name.
    package var sentence: Bilingual {
        let day = Bilingual(fr: on.map(Language.fr.day) ?? "-", en: on.map(Language.en.day) ?? "-")
        switch reason {
        case .unconfirmed where isRefusal:
            return switch channel {
            case .file:
                Bilingual(
                    fr: "profil jamais confirmé ; elle ne veut pas participer, d’après un fichier",
                    en: "never confirmed its profile; it does not want to take part, according to a file")
            case .coordinator:
                Bilingual(
                    fr: "profil jamais confirmé ; elle ne veut pas participer, d’après la coordination",
                    en:
                        "never confirmed its profile; it does not want to take part, according to the coordinator"
                )
            default:
                Bilingual(
                    fr: "profil jamais confirmé ; elle a dit ne pas vouloir participer",
                    en: "never confirmed its profile; it said that it does not want to take part")
            }
        case .unconfirmed:
            return Bilingual(
                fr: consents
                    ? "elle n’a pas encore confirmé son profil"
                    : "elle n’a encore ni confirmé son profil, ni dit vouloir participer",
                en: consents
                    ? "has not confirmed its profile yet"
                    : "has neither confirmed its profile nor agreed to take part yet")
        case .paused:
            let why = pauseReason?.label
            let (fr, en) = (why.map { " (\($0.fr))" } ?? "", why.map { " (\($0.en))" } ?? "")
            return on == nil
                ? Bilingual(
                    fr: "en pause jusqu’à nouvel ordre\(fr)", en: "on pause until further notice\(en)")
                : Bilingual(
                    fr: "en pause jusqu’au \(day.fr) inclus\(fr)", en: "on pause through \(day.en)\(en)")
        case .noConsent where isRefusal:
            let source =
                switch channel {
                case .file: Bilingual(fr: "lu dans un fichier le", en: "read in a file on")
                case .coordinator:
                    Bilingual(fr: "noté par la coordination le", en: "noted by the coordinator on")
                default: Bilingual(fr: "dit le", en: "said on")
                }
            return Bilingual(
                fr: "elle ne veut pas participer aux sessions (\(source.fr) \(day.fr))",
                en: "does not want to take part in rounds (\(source.en) \(day.en))")
        case .noConsent:
            return Bilingual(
                fr: "elle n’a pas encore dit vouloir participer", en: "has not agreed to take part yet")
        case .stale:
            return Bilingual(
                fr: "profil confirmé le \(day.fr), il y a plus d’un an",
                en: "confirmed on \(day.en), over a year ago")
        case .needsOver:
            return Bilingual(
                fr: "ses besoins sont tous fermés ou passés, le dernier le \(day.fr)",
                en: "its needs are all closed or past, the last one on \(day.en)")
        case .offersOver:
            return Bilingual(
                fr: "ses offres sont toutes terminées, la dernière le \(day.fr)",
                en: "its offers have all ended, the last one on \(day.en)")
        case .empty:
            return suggested > 0
                ? Bilingual(
                    fr: "ses offres ne sont que suggérées : elle ne les a pas confirmées",
                    en: "its offers are suggestions only: it has not confirmed them")
                : Bilingual(fr: "elle n’a ni offre ni besoin", en: "has neither an offer nor a need")
        }
    }

    package var record: RestRecord {
        var pairs: [String] = []
        if let pauseReason { pairs.append("pause=\(pauseReason.rawValue)") }
        if isRefusal { pairs.append("answer=no") }
        if reason == .unconfirmed, !consents, !isRefusal { pairs.append("consent=missing") }
        if reason == .needsOver || reason == .offersOver, let skill { pairs.append("skill=\(skill)") }
        if reason == .empty, suggested > 0 { pairs.append("suggested=\(suggested)") }
        return RestRecord(
            community: community, reason: reason.rawValue, on: on,
            detail: pairs.isEmpty ? nil : pairs.joined(separator: " "), wake: wake)
    }
}

extension Communities {
    /// Why communities rest on `day`, by slug and reason: one page of communities; an empty page ends the list.
    ///
    /// - Parameter after: the last slug of the page before.
    /// - Throws: `unknown-skill`, `unknown-network` for a filter on what does not exist.
    package func resting(
        _ filter: CommunityFilter, on day: String, after: String? = nil, limit: Int = page
    ) async throws -> [Rest] {
        try await database.read { connection in
            if after == nil {
                try await Self.require(
                    filter, for: .coordinator, isFirst: true, from: connection, database.vocabulary)
            }
            return try await RestStore(connection: connection).rests(
                where: filter.condition, on: day, after: after, limit: limit)
        }
    }
}

/// What rests: SQL beside the decoding of its rows.
struct RestStore {
    let connection: Connection

    /// Why each community rests, with what is told of it. A pause is told alone: what else lacks waits for its end. What
    /// has no effect before consent (needs, offers) is told once that is there.
    private func reasons(on day: String) -> Query {
        """
        SELECT x.*, array_remove(ARRAY[
            CASE WHEN x.standing = 'unconfirmed' THEN 'unconfirmed' END,
            CASE WHEN x.standing = 'paused' THEN 'paused' END,
            CASE WHEN x.standing = 'active' AND NOT x.consents THEN 'no_consent' END,
            CASE WHEN x.standing = 'active' AND x.confirmed_on < \(day)::date - \(Rounds.freshDays)::int THEN 'stale' END,
            CASE WHEN x.standing = 'active' AND x.consents AND x.needs > 0 AND x.open_needs = 0 THEN 'needs_over' END,
            CASE WHEN x.standing = 'active' AND x.consents AND x.ended > 0 AND x.open_offers = 0 THEN 'offers_over' END,
            CASE WHEN x.standing = 'active' AND x.consents AND x.needs = 0 AND x.ended = 0 AND x.open_offers = 0
              THEN 'empty' END], NULL) AS reasons
        FROM (
          SELECT c.id, c.slug, c.confirmed_on, r.until AS paused_until, r.reason AS pause_reason,
            CASE WHEN c.status = 'paused' AND r.until < \(day)::date THEN \(CommunityStore.awake) ELSE c.status END AS standing,
            coalesce(k.granted, false) AS consents, k.granted IS FALSE AS refuses, k.given_at, k.channel, n.needs, n.open_needs,
            n.need_on, n.need_skill, o.ended, o.open_offers, o.suggested, o.offer_on, o.offer_skill
          FROM communities AS c
          LEFT JOIN pauses AS r ON r.community_id = c.id AND c.status = 'paused'
          LEFT JOIN consents AS k ON k.community_id = c.id AND k.purpose = 'matching'
          CROSS JOIN LATERAL (
            SELECT count(*) AS needs,
              count(*) FILTER (WHERE closed_at IS NULL AND (needed_by IS NULL OR needed_by >= \(day)::date)) AS open_needs,
              max(least((closed_at AT TIME ZONE 'UTC')::date, needed_by)) AS need_on,
              (array_agg(skill_id ORDER BY least((closed_at AT TIME ZONE 'UTC')::date, needed_by) DESC, skill_id))[1]
                AS need_skill
            FROM needs WHERE community_id = c.id) AS n
          CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE until < \(day)::date) AS ended,
              count(*) FILTER (WHERE NOT suggested AND (until IS NULL OR until >= \(day)::date)) AS open_offers,
              count(*) FILTER (WHERE suggested AND (until IS NULL OR until >= \(day)::date)) AS suggested,
              max(until) FILTER (WHERE until < \(day)::date) AS offer_on,
              (array_agg(skill_id ORDER BY until DESC, skill_id) FILTER (WHERE until < \(day)::date))[1] AS offer_skill
            FROM offers WHERE community_id = c.id) AS o) AS x
        """
    }

    /// - Complexity: linear in the communities from `after` to the end of the page, their offers and needs.
    func rests(where condition: Query, on day: String, after: String?, limit: Int) async throws -> [Rest] {
        try await connection.query(
            """
            SELECT y.slug, y.reasons, y.pause_reason, y.channel, y.consents, y.refuses, y.suggested, y.paused_until::text,
              y.confirmed_on::text, y.need_on::text, y.offer_on::text,
              to_char(y.given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS given_on,
              (SELECT slug FROM skills WHERE id = y.need_skill) AS need_skill,
              (SELECT slug FROM skills WHERE id = y.offer_skill) AS offer_skill
            FROM (\(reasons(on: day))) AS y JOIN communities AS c ON c.id = y.id
            WHERE c.slug > \(after ?? "") AND cardinality(y.reasons) > 0 AND \(condition)
            ORDER BY c.slug LIMIT \(limit)
            """
        ).flatMap(rests)
    }

    private func rests(_ row: Row) throws -> [Rest] {
        try row.codes("reasons", as: RestReason.self).map { reason in
            let refuses: Bool = try row.get("refuses")
            let on: String? =
                switch reason {
                case .unconfirmed, .empty: nil
                case .paused: try row.get("paused_until")
                case .noConsent: refuses ? try row.get("given_on") : nil
                case .stale: try row.get("confirmed_on")
                case .needsOver: try row.get("need_on")
                case .offersOver: try row.get("offer_on")
                }
            return Rest(
                community: try row.get("slug"), reason: reason, on: on,
                pauseReason: reason == .paused ? try row.optionalCode("pause_reason") : nil,
                isRefusal: refuses && (reason == .noConsent || reason == .unconfirmed),
                channel: try row.optionalCode("channel"), consents: try row.get("consents"),
                skill: try row.get(reason == .offersOver ? "offer_skill" : "need_skill"),
                suggested: try row.get("suggested"))
        }
    }

    /// How many communities rest, and how many for each reason.
    func counts(on day: String) async throws -> (communities: Int, reasons: [RestReason: Int]) {
        var communities = 0
        var reasons: [RestReason: Int] = [:]
        for row in try await connection.query(
            """
            SELECT reason, count(*) AS n FROM (\(self.reasons(on: day))) AS y, unnest(y.reasons) AS reason GROUP BY reason
            UNION ALL
            SELECT '', count(*) FROM (\(self.reasons(on: day))) AS y WHERE cardinality(y.reasons) > 0
            """)
        {
            let count: Int = try row.get("n")
            if let reason = RestReason(rawValue: try row.get("reason")) {
                reasons[reason] = count
            } else {
                communities = count
            }
        }
        return (communities, reasons)
    }
}
