import Postgres

/// For whom something is read. Every read that could leave the host takes one; there is no default.
package enum Audience: Sendable, Hashable {
    /// Whoever runs the command on the host: sees all.
    case coordinator
    /// A partner's token, for the communities of some networks; `*` stands for all communities shown to partners.
    case token(networks: [String])
    /// Nobody in particular.
    case anyone

    /// A partner whose token is for all networks.
    package static let partner = Audience.token(networks: ["*"])

    /// The condition on `communities AS <alias>` that lets this audience see the row.
    ///
    /// A community is shown to others once it is confirmed, has agreed to be published, and its visibility allows it: public
    /// ones to all, those shown to partners to a token for one of their networks.
    func sees(_ alias: StaticString) -> Query {
        let c: Query = "\(unsafeSQL: alias.description)"
        switch self {
        case .coordinator: return "true"
        case .token(let networks) where networks.contains("*"):
            return "(\(c).visibility IN ('public', 'partners') AND \(Self.published(c)))"
        case .token(let networks):
            return """
                (\(Self.published(c)) AND (\(c).visibility = 'public'
                  OR \(c).visibility = 'partners' AND \(Query.isMember("\(c).id", of: networks))))
                """
        case .anyone: return "(\(c).visibility = 'public' AND \(Self.published(c)))"
        }
    }

    /// Consent is looked up row by row: as `EXISTS` it would become a join, which reads all consents for a page's few.
    private static func published(_ c: Query) -> Query {
        """
        \(c).status <> 'unconfirmed' AND (
          SELECT granted FROM consents WHERE community_id = \(c).id AND purpose = 'publication') IS TRUE
        """
    }

    /// Whether this audience is told of a network: a network is known within it, and to whoever reads for all of them.
    func knows(network: String) -> Bool {
        switch self {
        case .coordinator: true
        case .token(let networks): networks.contains("*") || networks.contains(network)
        case .anyone: false
        }
    }

    /// The condition on `networks AS <alias>` that this audience is told of the row; the same as ``knows(network:)``.
    func seesNetwork(_ alias: StaticString) -> Query {
        switch self {
        case .coordinator: "true"
        case .token(let networks) where networks.contains("*"): "true"
        case .token(let networks): "\(unsafeSQL: alias.description).slug = ANY(\(networks))"
        case .anyone: "false"
        }
    }

    /// The condition on `rounds AS <alias>` that lets this audience see the row: once it is published.
    func seesRound(_ alias: StaticString) -> Query {
        switch self {
        case .coordinator: "true"
        case .token, .anyone: "\(unsafeSQL: alias.description).status IN ('published', 'closed')"
        }
    }

    /// The same of the round that `column` names. The rounds are found first, so that a list of what is in them passes
    /// over none of what is in the others.
    func seesRound(of column: StaticString) -> Query {
        switch self {
        case .coordinator: "true"
        case .token, .anyone:
            """
            \(unsafeSQL: column.description) = ANY (ARRAY(SELECT shown.id FROM rounds AS shown
              WHERE \(seesRound("shown"))))
            """
        }
    }

    /// The condition on a match's sides, `communities AS <provider>` and `AS <receiver>`, that lets this audience see it:
    /// without a token both must be seen, with one at least one.
    func seesMatch(_ provider: StaticString, _ receiver: StaticString) -> Query {
        switch self {
        case .coordinator: "true"
        case .token: "(\(sees(provider)) OR \(sees(receiver)))"
        case .anyone: "\(sees(provider)) AND \(sees(receiver))"
        }
    }
}
