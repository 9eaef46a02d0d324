/// What a partner reads with: its id and limits, never its secret.
package struct TokenRecord: LineRecord {
    /// The public part of the token.
    package var token: String
    /// The partner's slug.
    package var partner: String
    /// communities, matches, contacts, changes.
    package var scopes: [String]
    /// The networks it may see; `*` for all.
    package var networks: [String]
    /// When it stops working.
    package var expiresAt: String
    /// When it was revoked, if it was.
    package var revokedAt: String?

    /// All values, in the order of the columns.
    package init(
        token: String, partner: String, scopes: [String] = [], networks: [String] = [], expiresAt: String,
        revokedAt: String? = nil
    ) {
        self.token = token
        self.partner = partner
        self.scopes = scopes
        self.networks = networks
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    package static let name = "token"

    package static let columns = [
        Column("token", .code, required: true, fr: "jeton", en: "token"),
        Column("partner", .slug, required: true, fr: "partenaire", en: "partner"),
        Column("scopes", .list, fr: "portées", en: "scopes"),
        Column("networks", .list, fr: "réseaux", en: "networks"),
        Column("expires_at", .timestamp, required: true, fr: "expire le", en: "expires at"),
        Column("revoked_at", .timestamp, fr: "révoqué le", en: "revoked at"),
    ]

    package var fields: [Field] {
        [
            .text(token),
            .text(partner),
            .list(scopes),
            .list(networks),
            .text(expiresAt),
            .text(orAbsent: revokedAt),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        token = try cursor.text()
        partner = try cursor.text()
        scopes = try cursor.list()
        networks = try cursor.list()
        expiresAt = try cursor.text()
        revokedAt = try cursor.optionalText()
    }
}
