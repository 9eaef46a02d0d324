package import Lines
import Postgres

/// Which communities to list. Every part that is given must hold.
package struct CommunityFilter: Sendable, Equatable {
    /// Slug of a skill offered, and not merely suggested.
    package var offers: String?
    /// Slug of a skill that an open need is about.
    package var needs: String?
    /// Code of a territory.
    package var territory: String?
    package var kind: CommunityKind?
    package var status: CommunityStatus?
    /// Slug of a network that it is in.
    package var network: String?
    /// Invited, and without an answer.
    package var isUnanswered = false

    package init() {}

    /// The condition on `communities AS c`.
    var condition: Query {
        var all: Query = "true"
        if let offers {
            all = """
                \(all) AND EXISTS (SELECT FROM offers AS o JOIN skills AS s ON s.id = o.skill_id
                  WHERE o.community_id = c.id AND NOT o.suggested AND s.slug = \(offers))
                """
        }
        if let needs {
            all = """
                \(all) AND EXISTS (SELECT FROM needs AS n JOIN skills AS s ON s.id = n.skill_id
                  WHERE n.community_id = c.id AND n.closed_at IS NULL AND s.slug = \(needs))
                """
        }
        if let territory { all = "\(all) AND c.territory = \(territory)" }
        if let kind { all = "\(all) AND c.kind = \(kind.rawValue)" }
        if let status { all = "\(all) AND c.status = \(status.rawValue)" }
        if let network { all = "\(all) AND \(Query.isMember("c.id", of: [network]))" }
        if isUnanswered { all = "\(all) AND \(CodeStore.unanswered)" }
        return all
    }
}

extension Communities {
    /// How many records one query of a long list reads.
    package static let page = 500

    /// One page of communities, by slug; an empty page ends the list.
    ///
    /// - Parameter after: the last slug of the page before.
    /// - Throws: `unknown-skill`, `unknown-network` for a filter on what does not exist, or a network that the audience does not know.
    package func list(
        _ filter: CommunityFilter, for audience: Audience, after: String? = nil, limit: Int = page
    ) async throws -> [CommunityRecord] {
        try await database.read { connection in
            try await Self.require(
                filter, for: audience, isFirst: after == nil, from: connection, database.vocabulary)
            return try await CommunityStore(connection: connection).records(
                where: filter.condition, for: audience, after: after, limit: limit)
        }
    }

    /// The first page tells of skills that do not exist; later ones need not ask again. No page tells who is in a network that
    /// the audience does not know: anybody may make a cursor up.
    ///
    /// - Throws: `unknown-skill`, `unknown-network` for a filter on what does not exist.
    static func require(
        _ filter: CommunityFilter, for audience: Audience, isFirst: Bool, from connection: Connection,
        _ vocabulary: LiveVocabulary
    ) async throws {
        if let network = filter.network {
            try await NetworkStore(connection: connection).require([network], for: audience)
        }
        guard isFirst, filter.offers != nil || filter.needs != nil else { return }
        let vocabulary = try await vocabulary.current(on: connection)
        for skill in [filter.offers, filter.needs] { if let skill { try vocabulary.require(skill) } }
    }

    /// One community.
    ///
    /// - Throws: `unknown-community`, also when the audience may not see it.
    package func show(_ slug: String, for audience: Audience) async throws -> CommunityRecord {
        try await database.read { connection in try await Self.show(slug, for: audience, from: connection) }
    }

    /// The same within a read that has other things to look at.
    static func show(
        _ slug: String, for audience: Audience, from connection: Connection
    ) async throws -> CommunityRecord {
        let found = try await CommunityStore(connection: connection).records(
            where: "c.slug = \(slug)", for: audience, after: nil, limit: 1)
        guard let record = found.first else { throw EntraideError(.unknownCommunity, ["community": slug]) }
        return record
    }

    /// The whole profile, for the coordinator.
    package func profile(_ slug: String) async throws -> StoredProfile {
        let found = try await database.read { connection in
            try await CommunityStore(connection: connection).profile(slug)
        }
        guard let found else { throw EntraideError(.unknownCommunity, ["community": slug]) }
        return found
    }

    /// What a community offers; what is only suggested is shown to the coordinator alone.
    package func offers(of slug: String, for audience: Audience) async throws -> [Offer] {
        try await database.read { connection in
            _ = try await Self.show(slug, for: audience, from: connection)
            return try await CommunityStore(connection: connection).offers(where: "c.slug = \(slug)").map(
                \.offer)
        }.filter { audience == .coordinator || !$0.suggested }
    }

    /// The open needs of a community.
    package func needs(of slug: String, for audience: Audience) async throws -> [Need] {
        try await database.read { connection in
            _ = try await Self.show(slug, for: audience, from: connection)
            return try await CommunityStore(connection: connection).needs(where: "c.slug = \(slug)")
        }.filter { !$0.isClosed }.map(\.need)
    }
}
