package import Lines
import Matching
import Postgres

/// Which matches to list. Every part that is given must hold.
package struct MatchFilter: Sendable, Equatable {
    package var round: String?
    /// Slug of a community on either side.
    package var community: String?
    package var provider: String?
    package var receiver: String?
    /// Slug of the skill needed or offered.
    package var skill: String?
    package var status: MatchStatus?
    /// Slug of a network that a side is in.
    package var network: String?

    package init() {}

    private static func id(of slug: String) -> Query { "(SELECT id FROM communities WHERE slug = \(slug))" }

    /// The condition on `matches AS m` and the skills `os` and `ns`. Rounds and communities are found by name first: what is
    /// compared is a column of `matches` that an index knows.
    var condition: Query {
        var all: Query = "true"
        if let round { all = "\(all) AND m.round_id = (SELECT id FROM rounds WHERE slug = \(round))" }
        if let provider { all = "\(all) AND m.provider_id = \(Self.id(of: provider))" }
        if let receiver { all = "\(all) AND m.receiver_id = \(Self.id(of: receiver))" }
        if let community {
            all =
                "\(all) AND (m.provider_id = \(Self.id(of: community)) OR m.receiver_id = \(Self.id(of: community)))"
        }
        if let skill { all = "\(all) AND \(skill) IN (os.slug, ns.slug)" }
        if let status { all = "\(all) AND m.status = \(status.rawValue)" }
        return all
    }

    /// The condition on the sides as the audience sees them: asking for a hidden community finds nothing.
    var sides: Query {
        var all: Query = "true"
        if let community { all = "\(all) AND (provider = \(community) OR receiver = \(community))" }
        if let provider { all = "\(all) AND provider = \(provider)" }
        if let receiver { all = "\(all) AND receiver = \(receiver)" }
        if let network {
            all = """
                \(all) AND (provider IS NOT NULL AND \(Query.isMember("provider_id", of: [network]))
                  OR receiver IS NOT NULL AND \(Query.isMember("receiver_id", of: [network])))
                """
        }
        return all
    }
}

/// The use cases on matches.
package struct Matches: Sendable {
    package let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// How many records one query of a long list reads.
    package static let page = 500

    /// One page of matches and where it ended; an empty page ends the list.
    ///
    /// What the filter names is looked for in the snapshot that the page is read in: a round withdrawn meanwhile is
    /// unknown, never empty. Between pages nothing is held; a list whose round moved there cannot go on.
    ///
    /// - Throws: `unknown-round`, `unknown-community`, `unknown-skill`, `unknown-network` for a filter on what does not exist for the audience;
    ///   `round-moved` for a page after a round that is no longer the one that was read.
    package func list(
        _ filter: MatchFilter, for audience: Audience, after: MatchCursor? = nil, limit: Int = page
    ) async throws -> (records: [MatchRecord], cursor: MatchCursor?) {
        let found = try await database.read { connection in
            let store = MatchStore(connection: connection)
            if let network = filter.network {
                try await NetworkStore(connection: connection).require([network], for: audience)
            }
            if let after {
                try await store.requireUnmoved(after, for: audience)
            } else {
                try await Self.check(filter, for: audience, from: connection, database.vocabulary)
            }
            return try await store.records(filter, for: audience, after: after, limit: limit)
        }
        return (found.map(\.record), found.last?.cursor)
    }

    private static func check(
        _ filter: MatchFilter, for audience: Audience, from connection: Connection,
        _ vocabulary: LiveVocabulary
    ) async throws {
        if let round = filter.round { _ = try await Rounds.show(round, for: audience, from: connection) }
        for slug in [filter.community, filter.provider, filter.receiver] {
            if let slug { _ = try await Communities.show(slug, for: audience, from: connection) }
        }
        if let skill = filter.skill {
            try await vocabulary.current(on: connection).require(skill)
        }
    }

    /// One match.
    ///
    /// - Throws: `unknown-match`, also when the audience may not see it.
    package func show(_ name: MatchName, for audience: Audience) async throws -> MatchRecord {
        try await database.read { connection in try await Self.show(name, for: audience, from: connection) }
    }

    private static func show(
        _ name: MatchName, for audience: Audience, from connection: Connection
    ) async throws -> MatchRecord {
        var filter = MatchFilter()
        filter.round = name.round
        let found = try await MatchStore(connection: connection).one(name.number, filter, for: audience)
        guard let found else { throw EntraideError(.unknownMatch, ["match": name.description]) }
        return found
    }

    /// Why a match was made: one record a factor; their points add up to the match's score exactly.
    ///
    /// Reasons tell of both sides (closeness of a distance, urgency of a need), so they are for those who see both.
    ///
    /// - Throws: `unknown-match`, `reasons-not-shown` for a match of which one side is not shown.
    package func reasons(_ name: MatchName, for audience: Audience) async throws -> [ReasonRecord] {
        let parts = try await database.read { connection in
            let match = try await Self.show(name, for: audience, from: connection)
            guard match.provider != nil, match.receiver != nil else {
                throw EntraideError(.reasonsNotShown, ["match": name.description])
            }
            return try await MatchStore(connection: connection).scoreParts(of: name)
        }
        return parts.map { part in
            ReasonRecord(
                match: name, factor: part.factor.rawValue, weight: part.weight, value: part.value,
                points: part.points, detail: nil)
        }
    }
}
