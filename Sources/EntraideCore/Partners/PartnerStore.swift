import Lines
import Postgres

/// Partners and their tokens: SQL beside the decoding of its rows.
struct PartnerStore {
    let connection: Connection

    /// False when the slug is taken.
    func insert(_ partner: Partner) async throws -> Bool {
        try await connection.execute(
            """
            INSERT INTO partners (slug, name) VALUES (\(partner.slug), \(partner.name)) ON CONFLICT (slug) DO NOTHING
            """) == 1
    }

    /// False when there is no such partner.
    func insert(
        _ token: TokenSecret, of partner: String, scopes: [TokenScope], networks: [String], days: Int
    ) async throws -> Bool {
        try await connection.execute(
            """
            INSERT INTO tokens (id, partner_id, secret, scopes, networks, expires_at)
            SELECT \(token.id), id, \(token.hash), \(scopes.map(\.rawValue)), \(networks),
              now() + make_interval(days => \(days)::int)
            FROM partners WHERE slug = \(partner)
            """) == 1
    }

    func tokens() async throws -> [TokenRecord] {
        try await connection.query(
            """
            SELECT t.id, p.slug AS partner, t.scopes, t.networks,
              to_char(t.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS expires_at,
              to_char(t.revoked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS revoked_at
            FROM tokens AS t JOIN partners AS p ON p.id = t.partner_id ORDER BY p.slug, t.created_at, t.id
            """
        ).map { row in
            TokenRecord(
                token: try row.get("id"), partner: try row.get("partner"), scopes: try row.get("scopes"),
                networks: try row.get("networks"), expiresAt: try row.get("expires_at"),
                revokedAt: try row.get("revoked_at"))
        }
    }

    /// False when there is no such token. Revoking twice keeps the first time.
    func revoke(_ id: String) async throws -> Bool {
        try await connection.execute(
            "UPDATE tokens SET revoked_at = coalesce(revoked_at, now()) WHERE id = \(id)") == 1
    }

    /// A token that is neither expired nor revoked, with the hash of its secret.
    func valid(_ id: String) async throws -> (grant: TokenGrant, hash: [UInt8])? {
        let rows = try await connection.query(
            """
            SELECT t.secret, p.slug AS partner, t.scopes, t.networks
            FROM tokens AS t JOIN partners AS p ON p.id = t.partner_id
            WHERE t.id = \(id) AND t.revoked_at IS NULL AND t.expires_at > now()
            """)
        guard let row = rows.first else { return nil }
        return (
            TokenGrant(
                id: id, partner: try row.get("partner"), scopes: try row.codes("scopes"),
                networks: try row.get("networks")),
            try row.get("secret")
        )
    }
}
