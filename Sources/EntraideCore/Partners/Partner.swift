package import Lines

/// An organisation that reads over HTTP with a token.
package struct Partner: Sendable, Equatable {
    package var slug: String
    package var name: String

    package var record: PartnerRecord { PartnerRecord(partner: slug, name: name) }
}

/// What a token lets its bearer do.
package struct TokenGrant: Sendable, Equatable {
    package var id: String
    package var partner: String
    package var scopes: [TokenScope]
    /// Slugs of networks; `*` for all.
    package var networks: [String]
}
