package import Lines
import Postgres

/// The use cases on partners and their tokens.
package struct Partners: Sendable {
    package let database: Database
    /// Whether writes are rehearsed and rolled back.
    package let dryRun: Bool

    package init(_ database: Database, dryRun: Bool = false) {
        self.database = database
        self.dryRun = dryRun
    }

    /// - Throws: `bad-slug`, `bad-text`, `duplicate-partner`.
    @discardableResult
    package func add(_ slug: String, name: String) async throws -> Partner {
        let partner = Partner(
            slug: try FieldCheck.slug(slug, field: "partner"),
            name: try FieldCheck.text(name, limit: ProfileLimits.name, field: "name"))
        return try await database.write(dryRun: dryRun) { connection in
            guard try await PartnerStore(connection: connection).insert(partner) else {
                throw EntraideError(.duplicatePartner, ["partner": slug])
            }
            try await AuditStore(connection: connection).record(.partnerAdd, slug)
            return partner
        }
    }

    /// How long a token may last, in days.
    package static let tokenDays = 1...3650

    /// A new token. Its text is told this once; only a hash of it is kept.
    ///
    /// - Parameter networks: whose communities it shows beside the public ones; `*`, or none, for all.
    /// - Throws: `unknown-partner`, `unknown-network`, `out-of-range`.
    package func createToken(
        for partner: String, scopes: [TokenScope], networks: [String] = [], days: Int
    ) async throws -> String {
        let networks = networks.isEmpty || networks.contains("*") ? ["*"] : networks
        let days = try FieldCheck.integer(days, in: Self.tokenDays, field: "days")
        let token = TokenSecret.random()
        try await database.write(dryRun: dryRun) { connection in
            try await NetworkStore(connection: connection).require(networks.filter { $0 != "*" })
            guard
                try await PartnerStore(connection: connection).insert(
                    token, of: partner, scopes: scopes, networks: networks, days: days)
            else { throw EntraideError(.unknownPartner, ["partner": partner]) }
            try await AuditStore(connection: connection).record(
                .tokenCreate, partner, detail: "token=\(token.id)")
        }
        return token.text
    }

    package func tokens() async throws -> [TokenRecord] {
        try await database.read { connection in try await PartnerStore(connection: connection).tokens() }
    }

    /// From the next request on the token is refused.
    ///
    /// - Throws: `unknown-token`.
    package func revokeToken(_ id: String) async throws {
        try await database.write(dryRun: dryRun) { connection in
            guard try await PartnerStore(connection: connection).revoke(id) else {
                throw EntraideError(.unknownToken, ["token": excerpt(of: id)])
            }
            try await AuditStore(connection: connection).record(.tokenRevoke, detail: "token=\(id)")
        }
    }

    /// What a bearer token grants.
    ///
    /// - Throws: `token-refused`, the same whether it is unknown, expired, revoked or mistyped.
    package func grant(bearer text: String) async throws -> TokenGrant {
        guard let token = TokenSecret(parsing: text) else { throw EntraideError(.tokenRefused) }
        let found = try await database.read { connection in
            try await PartnerStore(connection: connection).valid(token.id)
        }
        guard let found, token.matches(found.hash) else { throw EntraideError(.tokenRefused) }
        return found.grant
    }
}
