import Postgres

/// For whom something is read. Every read that could leave the host takes one; there is no default.
package enum Audience: Sendable, Equatable {
    /// Whoever runs the command on the host: sees all.
    case coordinator
    /// A partner's token. Until networks exist, its grants cover every community shown to partners.
    case partner
    /// Nobody in particular.
    case anyone

    /// The condition on `communities AS <alias>` that lets this audience see the row.
    ///
    /// A community is shown to others once it is confirmed, has agreed to be published, and its visibility allows it.
    func sees(_ alias: StaticString) -> Query {
        let c: Query = "\(unsafeSQL: alias.description)"
        switch self {
        case .coordinator: return "true"
        case .partner: return "(\(c).visibility IN ('public', 'partners') AND \(Self.published(c)))"
        case .anyone: return "(\(c).visibility = 'public' AND \(Self.published(c)))"
        }
    }

    private static func published(_ c: Query) -> Query {
        """
        \(c).status <> 'unconfirmed' AND EXISTS (
          SELECT FROM consents WHERE community_id = \(c).id AND purpose = 'publication' AND granted)
        """
    }

    /// The condition on `rounds AS <alias>` that lets this audience see the row: once it is published.
    func seesRound(_ alias: StaticString) -> Query {
        switch self {
        case .coordinator: "true"
        case .partner, .anyone: "\(unsafeSQL: alias.description).status IN ('published', 'closed')"
        }
    }
}
