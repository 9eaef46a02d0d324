import Crypto
import Postgres

/// Taking a community out of every table: SQL beside the decoding of its rows.
struct ErasureStore {
    let connection: Connection

    /// Removes a community, and its name wherever else it stands, inside the caller's transaction.
    ///
    /// - Returns: how many rounds it was in, and in how many matches.
    /// - Complexity: reads the frozen profiles, meetings and exclusions of every round.
    func erase(_ slug: String) async throws -> (rounds: Int, matches: Int) {
        let id: Query = "(SELECT id FROM communities WHERE slug = \(slug))"
        try await connection.execute(
            """
            DELETE FROM match_reasons AS x USING matches AS m
            WHERE (m.round_id, m.number) = (x.round_id, x.number) AND \(id) IN (m.provider_id, m.receiver_id)
            """)
        let matches = try await connection.execute(
            """
            UPDATE matches SET status = \(MatchStatus.erased.rawValue), distance_hm = NULL
            WHERE \(id) IN (provider_id, receiver_id)
            """)
        try await connection.execute(
            "UPDATE round_prices SET subject = NULL, skill = NULL WHERE subject = \(slug)")
        let rounds = try await eraseFrozenLines(of: slug)
        for name in try await names(of: slug) { try await bury(name) }
        try await connection.execute("UPDATE communities SET parent_id = NULL WHERE parent_id = \(id)")
        try await connection.execute("DELETE FROM communities WHERE slug = \(slug)")
        try await AuditStore(connection: connection).forget(slug)
        return (rounds, matches)
    }

    /// Removes the lines of frozen inputs that name a community. The profile of another that names it as parent stays,
    /// without that; either counts as erased, since the input digest no longer fits.
    private func eraseFrozenLines(of slug: String) async throws -> Int {
        var lines: [Int: Int] = [:]
        for row in try await connection.query(
            """
            WITH gone AS (
              DELETE FROM round_inputs
              WHERE kind IN ('profile', 'absentee') AND subject = \(slug)
                OR kind IN ('meeting', 'exclusion')
                  AND \(slug) IN (line::jsonb ->> 'provider', line::jsonb ->> 'receiver')
              RETURNING round_id)
            SELECT round_id, count(*) AS lines FROM gone GROUP BY round_id
            """)
        {
            lines[try row.get("round_id"), default: 0] += try row.get("lines") as Int
        }
        let children = try await connection.query(
            """
            SELECT round_id, n, kind, subject, line FROM round_inputs
            WHERE CASE WHEN kind = 'profile' THEN line::jsonb ->> 'parent' = \(slug) ELSE false END
            """)
        for row in children {
            let round: Int = try row.get("round_id")
            let line = FrozenLine(kind: .profile, subject: try row.get("subject"), text: try row.get("line"))
            let orphan = try FrozenInput.withoutParent(line)
            try await connection.execute(
                """
                UPDATE round_inputs SET line = \(orphan.text), digest = \(LineDigest.of([orphan.digested]))
                WHERE (round_id, n) = (\(round), \(try row.get("n") as Int))
                """)
            lines[round, default: 0] += 1
        }
        for (round, count) in lines.sorted(by: { $0.key < $1.key }) {
            try await connection.execute("UPDATE rounds SET erased = erased + \(count) WHERE id = \(round)")
        }
        return lines.count
    }

    // MARK: Tombstones

    /// What a community is known by: its slug, and where it came from.
    private func names(of slug: String) async throws -> [String] {
        [slug]
            + (try await connection.query(
                """
                SELECT s.source || ':' || s.source_id AS name FROM sources AS s
                JOIN communities AS c ON c.id = s.community_id WHERE c.slug = \(slug) ORDER BY 1
                """
            ).map { try $0.get("name") as String })
    }

    private func bury(_ name: String) async throws {
        let tombstone = Self.tombstone(name, try await key())
        try await connection.execute(
            "INSERT INTO erasures (tombstone) VALUES (\(tombstone)) ON CONFLICT (tombstone) DO NOTHING")
    }

    /// The key of this database: what is signed with it, nobody else can sign.
    func standingKey() async throws -> [UInt8]? {
        try await connection.query("SELECT key FROM erasure_key").first?.get("key")
    }

    static func randomKey() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    /// The same, made by whoever needs it first; whoever comes second takes that one.
    func key() async throws -> [UInt8] {
        let made = Self.randomKey()
        try await connection.execute(
            "INSERT INTO erasure_key (id, key) VALUES (1, \(made)) ON CONFLICT (id) DO NOTHING")
        return try await standingKey() ?? made
    }

    /// Whether what is known by this name was erased at its own request: an import does not bring it back.
    func isErased(_ name: String) async throws -> Bool { try await !erased([name]).isEmpty }

    /// Which of some names were erased, by their places. One query, and none while nothing was ever erased.
    func erased(_ names: [String]) async throws -> [Int] {
        guard let key = try await standingKey() else { return [] }
        let tombstones = names.map { Self.tombstone($0, key).hexadecimal }
        let found = Set(
            try await connection.query(
                """
                SELECT encode(tombstone, 'hex') AS x FROM erasures
                WHERE tombstone = ANY(\(tombstones.map { "\\x" + $0 })::bytea[])
                """
            ).map { try $0.get("x") as String })
        return tombstones.indices.filter { found.contains(tombstones[$0]) }
    }

    private static func tombstone(_ name: String, _ key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(name.utf8), using: SymmetricKey(data: key)))
    }
}
