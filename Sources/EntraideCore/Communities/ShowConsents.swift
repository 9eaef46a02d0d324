package import Lines
import Postgres

/// What a community agreed to, and whether it left a contact: what a coordinator looks at before writing to it.
package struct StandingConsents: Sendable {
    /// One for each purpose, asked or not.
    package let records: [ConsentRecord]
    /// Whether a contact is held. The contact itself leaves by `community export` and by what both sides agreed to.
    package let hasContact: Bool
}

extension Communities {
    /// - Throws: `unknown-community`.
    package func consents(of slug: String) async throws -> StandingConsents {
        try await database.read { connection in
            _ = try await Self.show(slug, for: .coordinator, from: connection)
            let rows = try await connection.query(
                """
                SELECT k.purpose, k.granted, to_char(k.given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since, k.channel
                FROM consents AS k JOIN communities AS c ON c.id = k.community_id WHERE c.slug = \(slug)
                """)
            var said: [Purpose: ConsentRecord] = [:]
            for row in rows {
                let purpose = try row.code("purpose", as: Purpose.self)
                said[purpose] = ConsentRecord(
                    community: slug, purpose: purpose.rawValue,
                    granted: try row.get("granted") ? "yes" : "no",
                    since: try row.get("since"), channel: try row.get("channel"))
            }
            let contact = try await connection.query(
                """
                SELECT 1 FROM contacts AS k JOIN communities AS c ON c.id = k.community_id WHERE c.slug = \(slug)
                """)
            return StandingConsents(
                records: Purpose.allCases.map {
                    said[$0] ?? ConsentRecord(community: slug, purpose: $0.rawValue)
                }, hasContact: contact.first != nil)
        }
    }
}
