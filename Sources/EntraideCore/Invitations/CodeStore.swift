import Lines
import Postgres

/// What a one-time code is for.
enum CodePurpose: String, Sendable {
    /// To answer an invitation: yes, not now, or never.
    case invitation
}

/// One-time codes and refused tries: SQL beside the decoding of its rows.
struct CodeStore {
    let connection: Connection

    /// A community about to be given a code, with what its letter says of it.
    struct Invited: Sendable {
        let slug: String
        let name: String
        let held: HeldSummary
    }

    // MARK: Giving codes

    /// What is held on the communities that `condition` selects (on `communities AS c`), in the order of slugs.
    func invited(where condition: Query, limit: Int) async throws -> [Invited] {
        try await connection.query(
            """
            SELECT c.slug, c.name, c.kind, c.status, c.territory, t.name AS place,
              ARRAY(SELECT s.label_fr FROM offers AS o JOIN skills AS s ON s.id = o.skill_id
                WHERE o.community_id = c.id ORDER BY s.slug) AS offers_fr,
              ARRAY(SELECT s.label_en FROM offers AS o JOIN skills AS s ON s.id = o.skill_id
                WHERE o.community_id = c.id ORDER BY s.slug) AS offers_en,
              ARRAY(SELECT s.label_fr FROM needs AS n JOIN skills AS s ON s.id = n.skill_id
                WHERE n.community_id = c.id AND n.closed_at IS NULL ORDER BY s.slug) AS needs_fr,
              ARRAY(SELECT s.label_en FROM needs AS n JOIN skills AS s ON s.id = n.skill_id
                WHERE n.community_id = c.id AND n.closed_at IS NULL ORDER BY s.slug) AS needs_en,
              EXISTS (SELECT FROM contacts AS k WHERE k.community_id = c.id) AS has_contact,
              ARRAY(SELECT DISTINCT s.source FROM sources AS s WHERE s.community_id = c.id ORDER BY 1) AS sources
            FROM communities AS c LEFT JOIN territories AS t ON t.code = c.territory
            WHERE \(condition) ORDER BY c.slug LIMIT \(limit)
            """
        ).map { row in
            Invited(
                slug: try row.get("slug"), name: try row.get("name"),
                held: HeldSummary(
                    kind: try row.code("kind"), status: try row.code("status"),
                    territory: try row.get("territory"), place: try row.get("place"),
                    offers: zip(try row.get("offers_fr") as [String], try row.get("offers_en") as [String])
                        .map { Bilingual(fr: $0, en: $1) },
                    needs: zip(try row.get("needs_fr") as [String], try row.get("needs_en") as [String])
                        .map { Bilingual(fr: $0, en: $1) },
                    hasContact: try row.get("has_contact"), sources: try row.get("sources")))
        }
    }

    /// Nobody has a code to answer with: the communities still to be confirmed, after `slug`.
    static func uninvited(after slug: String) -> Query {
        """
        c.slug > \(slug) AND c.status = 'unconfirmed' AND NOT EXISTS (
          SELECT FROM one_time_codes AS k WHERE k.community_id = c.id AND k.purpose = 'invitation'
            AND k.used_at IS NULL AND k.revoked_at IS NULL AND k.expires_at > now())
        """
    }

    /// Who was invited and has not answered, on `communities AS c`: the unconfirmed, whether or not there is still time to;
    /// the others as long as their code works, unless they confirmed or paused on a later day without it.
    static let unanswered: Query = """
        EXISTS (
          SELECT FROM one_time_codes AS k WHERE k.community_id = c.id AND k.purpose = 'invitation'
            AND k.used_at IS NULL AND k.revoked_at IS NULL
            AND (c.status = 'unconfirmed' OR k.expires_at > now() AND coalesce(
              greatest(c.confirmed_on, (SELECT r.since FROM pauses AS r WHERE r.community_id = c.id))
                <= (k.created_at AT TIME ZONE 'UTC')::date, true)))
        """

    /// Gives each community its code, in the place of the one it had.
    ///
    /// - Parameter expiry: when they stop working.
    func insert(_ codes: [(slug: String, code: OneTimeCode)], for purpose: CodePurpose, expiry: String)
        async throws
    {
        let slugs = codes.map(\.slug)
        try await connection.execute(
            """
            UPDATE one_time_codes AS k SET revoked_at = now() FROM communities AS c
            WHERE c.id = k.community_id AND c.slug = ANY(\(slugs)) AND k.purpose = \(purpose.rawValue)
              AND k.used_at IS NULL AND k.revoked_at IS NULL
            """)
        try await connection.execute(
            """
            INSERT INTO one_time_codes (community_id, purpose, handle, secret, expires_at)
            SELECT c.id, \(purpose.rawValue), g.handle, decode(g.secret, 'hex'), \(expiry)::timestamptz
            FROM unnest(\(slugs), \(codes.map(\.code.handle)), \(codes.map(\.code.hash.hexadecimal))) AS g (slug, handle, secret)
            JOIN communities AS c ON c.slug = g.slug
            """)
    }

    /// When a code given now for some days, or one given until the end of a day, expires.
    func expiry(_ expiry: CodeExpiry) async throws -> String {
        let moment: Query =
            switch expiry {
            case .days(let days): "now() + make_interval(days => \(days)::int)"
            case .through(let day): "(\(day)::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 second'"
            }
        let row = try await connection.query(
            """
            SELECT to_char(x AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
              x BETWEEN now() AND now() + make_interval(days => \(CodeExpiry.longest)::int) AS is_fitting
            FROM (SELECT \(moment) AS x) AS moment
            """
        ).first
        guard let row, try row.get("is_fitting") else {
            throw EntraideError(
                .outOfRange, ["range": "1–\(CodeExpiry.longest)"], at: Place(field: "--expires"))
        }
        return try row.get("at")
    }

    // MARK: Using them

    /// Marks a code as used and tells whose it was. Nil when it is unknown, expired, used or revoked: which of these, no
    /// time or word tells.
    func use(_ code: OneTimeCode, for purpose: CodePurpose) async throws -> String? {
        let rows = try await connection.query(
            """
            SELECT k.id, k.secret, c.slug FROM one_time_codes AS k JOIN communities AS c ON c.id = k.community_id
            WHERE k.handle = \(code.handle) AND k.purpose = \(purpose.rawValue)
              AND k.used_at IS NULL AND k.revoked_at IS NULL AND k.expires_at > now()
            FOR UPDATE OF k
            """)
        let hash = code.hash
        var found: (id: Int, slug: String)?
        for row in rows where hash.matchesInConstantTime(try row.get("secret")) {
            found = (try row.get("id"), try row.get("slug"))
        }
        guard let found else { return nil }
        try await connection.execute("UPDATE one_time_codes SET used_at = now() WHERE id = \(found.id)")
        return found.slug
    }

    // MARK: Refused tries

    /// Writes a try down before it is made, as one that is refused; ``forgetTry(by:)`` takes it back.
    ///
    /// - Parameter community: whom the caller is confined to, if anyone: each has a count of its own.
    /// - Returns: false when as many as `limit` were refused in this hour.
    func recordTry(by community: String?, limit: Int) async throws -> Bool {
        try await connection.execute(
            """
            INSERT INTO code_guesses AS g (hour, community_id, guesses)
            VALUES (date_trunc('hour', now()), (SELECT id FROM communities WHERE slug = \(community)), 1)
            ON CONFLICT (hour, community_id) DO UPDATE SET guesses = g.guesses + 1 WHERE g.guesses < \(limit)
            """) == 1
    }

    func forgetTry(by community: String?) async throws {
        // Of a caller that the code erased there is no count left, and the others' stays as it is.
        let own: Query =
            community.map { "community_id = (SELECT id FROM communities WHERE slug = \($0))" }
            ?? "community_id IS NULL"
        try await connection.execute(
            """
            UPDATE code_guesses SET guesses = guesses - 1
            WHERE guesses > 0 AND hour = date_trunc('hour', now()) AND \(own)
            """)
    }

    // MARK: Telling

    /// The codes that a community was given, without what they were, as JSON.
    func told(of slug: String) async throws -> [String] {
        try await connection.query(
            """
            SELECT k.purpose, to_char(k.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_at,
              to_char(k.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS expires_at,
              to_char(k.used_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS used_at,
              to_char(k.revoked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS revoked_at
            FROM one_time_codes AS k JOIN communities AS c ON c.id = k.community_id WHERE c.slug = \(slug) ORDER BY k.id
            """
        ).map { row in
            var object = ObjectWriting()
            for name in ["purpose", "created_at", "expires_at", "used_at", "revoked_at"] {
                object.add(name, try row.get(name) as String?)
            }
            return object.text
        }
    }
}
