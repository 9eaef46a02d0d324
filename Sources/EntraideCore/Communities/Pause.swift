import Matching
import Postgres

/// Why a community rests.
package enum PauseReason: String, CodeList {
    case season, workload, moving, people, other

    package static let field = "reason"
    package var label: Bilingual {
        switch self {
        case .season: Bilingual(fr: "saison creuse", en: "season")
        case .workload: Bilingual(fr: "trop à faire", en: "workload")
        case .moving: Bilingual(fr: "déménagement ou travaux", en: "moving or works")
        case .people: Bilingual(fr: "équipe qui change", en: "people changing")
        case .other: Bilingual(fr: "autre raison", en: "another reason")
        }
    }
}

/// What a community said of its pause. Days are `YYYY-MM-DD`.
package struct Pause: Sendable, Equatable {
    /// When it began.
    package var since: String
    /// Its last day; without one it lasts until the community resumes.
    package var until: String?
    package var reason: PauseReason?

    package init(since: String, until: String? = nil, reason: PauseReason? = nil) {
        self.since = since
        self.until = until
        self.reason = reason
    }

    /// What the columns of a row say, when they say something.
    init?(_ row: Row) throws {
        guard let since = try row.get("paused_since") as String? else { return nil }
        self.init(
            since: since, until: try row.get("paused_until"), reason: try row.optionalCode("pause_reason"))
    }
}

extension StoredProfile {
    /// Its status as a round on `day` takes it: a pause that is over by then has ended, whether or not `tick` wrote it.
    func status(on day: String) -> CommunityStatus {
        guard profile.community.status == .paused, let until = pause?.until, until < day else {
            return profile.community.status
        }
        return confirmedOn == nil ? .unconfirmed : .active
    }
}

/// Pauses: SQL beside the decoding of its rows.
extension CommunityStore {
    /// What a community goes back to after its pause: what it was before.
    static let awake: Query = "CASE WHEN c.confirmed_on IS NULL THEN 'unconfirmed' ELSE 'active' END"

    /// Puts a community on pause. One that is on pause already stays so since the same day, by what is said now.
    func pause(_ slug: String, _ pause: Pause) async throws {
        try await change(slug, "status = 'paused'")
        try await connection.execute(
            """
            INSERT INTO pauses (community_id, since, until, reason)
            SELECT id, \(pause.since)::date, \(pause.until)::date, \(pause.reason?.rawValue)
            FROM communities WHERE slug = \(slug)
            ON CONFLICT (community_id) DO UPDATE SET until = excluded.until, reason = excluded.reason
            """)
    }

    /// Ends a pause; of a community that is not on one, changes nothing.
    func resume(_ slug: String) async throws {
        try await change(
            slug, "status = CASE WHEN c.status <> 'paused' THEN c.status ELSE \(Self.awake) END")
        try await connection.execute(
            "DELETE FROM pauses WHERE community_id = (SELECT id FROM communities WHERE slug = \(slug))")
    }

    /// Ends the pauses whose last day is before `day`.
    ///
    /// - Returns: the slugs of the communities that are back, in order.
    func endPauses(on day: String) async throws -> [String] {
        let back = try await connection.query(
            """
            UPDATE communities AS c SET status = \(Self.awake), updated_at = now() FROM pauses AS r
            WHERE r.community_id = c.id AND c.status = 'paused' AND r.until < \(day)::date RETURNING c.slug
            """
        ).map { try $0.get("slug") as String }
        try await connection.execute("DELETE FROM pauses WHERE until < \(day)::date")
        return back.sorted(by: precedes)
    }
}
