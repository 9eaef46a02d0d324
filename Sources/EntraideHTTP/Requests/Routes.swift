import EntraideCore
import Lines

/// What each route answers, by the core's use cases alone.
struct Routes: Sendable {
    let database: Database
    /// How many records one query of a list reads.
    let pageSize: Int

    /// What a route answers.
    enum Answer: Sendable {
        case whole(String)
        case list(Listing)
    }

    /// The records of a route that has some.
    ///
    /// - Throws: what the use cases throw, `bad-parameter`.
    func records(
        of route: Route, _ parameters: ParameterReader, for audience: Audience, by writer: LineWriter
    ) async throws -> Answer {
        switch route {
        case .help, .health, .readiness: throw EntraideError(.notFound)
        case .skills: return .list(try skills(parameters, by: writer))
        case .communities: return .list(try communities(parameters, for: audience, by: writer))
        case .community(let slug):
            return try whole(await Communities(database).show(slug, for: audience), by: writer)
        case .offers(let slug):
            let offers = try await Communities(database).offers(of: slug, for: audience)
            return .whole(try Listing.whole(offers.map { $0.record(community: slug) }, by: writer))
        case .needs(let slug):
            let needs = try await Communities(database).needs(of: slug, for: audience)
            return .whole(try Listing.whole(needs.map { $0.record(community: slug) }, by: writer))
        case .rounds:
            return .list(
                Listing(RoundRecord.self, by: writer, key: { $0.round }) { [database] in
                    try await Rounds(database).list(for: audience).map(\.record)
                })
        case .round(let slug):
            return try whole(await Rounds(database).show(slug, for: audience).record, by: writer)
        case .certificate(let slug):
            return try whole(await Rounds(database).certificate(slug, for: audience), by: writer)
        case .matches: return .list(try matches(parameters, for: audience, by: writer))
        case .match(let name): return try whole(await Matches(database).show(name, for: audience), by: writer)
        case .reasons(let name):
            return .whole(try Listing.whole(await Matches(database).reasons(name, for: audience), by: writer))
        }
    }

    /// Whether the database answers and stands at this program's schema.
    ///
    /// - Throws: why not.
    func requireReadiness() async throws {
        try await database.read { connection in try await Migrator().requireCurrent(on: connection) }
    }

    private func whole<R: LineRecord>(_ record: R, by writer: LineWriter) throws -> Answer {
        .whole(try Listing.whole([record], by: writer))
    }

    private func skills(_ parameters: ParameterReader, by writer: LineWriter) throws -> Listing {
        let words = try parameters.words("q")
        return Listing(SkillRecord.self, by: writer, key: { $0.skill }) { [database] in
            let vocabulary = try await Communities(database).vocabulary()
            return (words.map(vocabulary.find) ?? vocabulary.skills).map(\.record)
        }
    }

    private func communities(
        _ parameters: ParameterReader, for audience: Audience, by writer: LineWriter
    ) throws -> Listing {
        var filter = CommunityFilter()
        filter.offers = try parameters.slug("offers")
        filter.needs = try parameters.slug("needs")
        filter.territory = try parameters.territory("territory")
        filter.kind = try parameters.code("kind", of: CommunityKind.self)
        filter.network = try parameters.slug("network")
        return Listing(CommunityRecord.self, by: writer) { [database, filter] after, limit in
            if let after, !Slug.isValid(after) { throw Paging.badCursor }
            let records = try await Communities(database).list(
                filter, for: audience, after: after, limit: limit)
            return (records, records.last?.community)
        }
    }

    private func matches(
        _ parameters: ParameterReader, for audience: Audience, by writer: LineWriter
    ) throws -> Listing {
        var filter = MatchFilter()
        filter.round = try parameters.slug("round")
        filter.community = try parameters.slug("community")
        filter.provider = try parameters.slug("provider")
        filter.receiver = try parameters.slug("receiver")
        filter.skill = try parameters.slug("skill")
        filter.status = try parameters.code("status", of: MatchStatus.self)
        filter.network = try parameters.slug("network")
        return Listing(MatchRecord.self, by: writer) { [database, filter] after, limit in
            var cursor: MatchCursor?
            if let after {
                guard let place = MatchCursor(parsing: after) else { throw Paging.badCursor }
                cursor = place
            }
            let (records, end) = try await Matches(database).list(
                filter, for: audience, after: cursor, limit: limit)
            return (records, end?.description)
        }
    }
}
