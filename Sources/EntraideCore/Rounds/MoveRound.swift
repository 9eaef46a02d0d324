package import Matching
import Postgres

/// The states of a round and what leads from one to the next. Each change is conditional on the epoch that was read, so
/// a coordinator who acts on an old view changes nothing and is told.
///
/// Each gives the round as its own transaction left it: a database lost just after COMMIT then takes nothing from the
/// answer, and "database away" never means "done".
extension Rounds {
    /// A new round, as a draft.
    ///
    /// - Parameters:
    ///   - coverage: what comes first when the round is run.
    ///   - mutual: whether rings of mutual help are sought.
    ///   - mutualBonus: what each ring adds, ppm; the default if nil.
    ///   - zones: what each zone adds to the first match of a community in it.
    ///   - networks: the networks whose communities it is for; none for everybody.
    /// - Throws: `bad-slug`, `bad-text`, `duplicate-round`, `unknown-network`, `unknown-zone`; `out-of-range` for a bonus.
    @discardableResult
    package func create(
        _ slug: String, title: String, coverage: Coverage = .bonus, mutual: Mutual = .off,
        mutualBonus: Int? = nil, zones: [ZoneBonus] = [], networks: [String] = []
    ) async throws -> Round {
        let slug = try FieldCheck.slug(slug, field: "round")
        let title = try FieldCheck.text(title, limit: ProfileLimits.title, field: "title")
        var parameters = Parameters.standard
        parameters.coverage = coverage
        parameters.mutual = mutual
        if let mutualBonus {
            parameters.mutualBonus = try FieldCheck.integer(
                mutualBonus, in: Limits.bonus, field: "bonus-mutual")
        }
        try parameters.take(zones)
        let set = parameters.stated
        return try await database.write(dryRun: dryRun) { connection in
            let store = RoundStore(connection: connection)
            guard try await store.insert(slug, title: title, parameters: set) else {
                throw EntraideError(.duplicateRound, ["round": slug])
            }
            try await NetworkStore(connection: connection).require(networks)
            try await ZoneStore(connection: connection).require(zones.map(\.zone))
            try await store.limit(slug, to: networks)
            try await AuditStore(connection: connection).record(.roundCreate, slug)
            return try await store.round(slug)
        }
    }

    /// Opens a draft to communities.
    @discardableResult
    package func open(_ slug: String) async throws -> Round {
        try await move(slug, from: [.draft], "status = 'open', opened_at = now()")
    }

    /// Shows a proposed round to partners, all of it at once.
    @discardableResult
    package func publish(_ slug: String) async throws -> Round {
        try await move(slug, from: [.proposed], "status = 'published', published_at = now()")
    }

    /// Takes a published round back, while nobody has answered.
    @discardableResult
    package func withdraw(_ slug: String) async throws -> Round {
        try await move(slug, from: [.published], "status = 'proposed', published_at = NULL")
    }

    /// Ends a round that will not take place.
    ///
    /// - Parameter evenPublished: whether a published one too, which partners then see no more.
    /// - Throws: `usage` for a published round otherwise.
    @discardableResult
    package func cancel(_ slug: String, evenPublished: Bool) async throws -> Round {
        try await move(slug, from: [.draft, .open, .proposed, .published], "status = 'cancelled'") { round in
            if round.status == .published, !evenPublished {
                throw EntraideError(.usage, ["round": round.slug])
            }
        }
    }

    /// - Throws: `unknown-round`, `wrong-state`, `round-moved`.
    private func move(
        _ slug: String, from states: [RoundStatus], _ assignment: Query,
        unless refuse: @Sendable (Round) throws -> Void = { _ in }
    ) async throws -> Round {
        try await database.write(dryRun: dryRun) { connection in
            let store = RoundStore(connection: connection)
            let round = try await store.round(slug)
            try refuse(round)
            try await store.move(round, from: states, assignment)
            let moved = try await store.round(slug)
            try await AuditStore(connection: connection).record(
                .roundMove, slug, detail: "status=\(moved.status.rawValue)")
            return moved
        }
    }
}

extension Parameters {
    /// What is set otherwise than by default: what a round keeps.
    var stated: [ParameterPair] { pairs.filter { !Parameters.standard.pairs.contains($0) } }

    /// Sets the bonuses of zones, each in the place of what it was; 0 takes one away.
    ///
    /// - Throws: `bad-slug`; `out-of-range` with the range that is left beside the first receipt bonus and the others.
    mutating func take(_ zones: [ZoneBonus]) throws(EntraideError) {
        for bonus in zones {
            let zone = try FieldCheck.slug(bonus.zone, field: "--bonus")
            set(ZoneBonus(zone: zone, extra: 0))
            let left = mostZoneExtra - extra(of: zoneBonuses.map(\.zone))
            let extra = try FieldCheck.integer(bonus.extra, in: 0...left, field: "--bonus")
            set(ZoneBonus(zone: zone, extra: extra))
        }
        guard zoneBonuses.count <= Limits.zones else {
            throw EntraideError(.outOfRange, ["range": "0–\(Limits.zones)"], at: Place(field: "--bonus"))
        }
    }
}
