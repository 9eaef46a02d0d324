import Lines
import Matching
import Postgres

extension Communities {
    /// All that is held on one community, for the community itself: ndjson, each line an object that says in `held` what
    /// it is. Of rounds that are not published, a caller confined to the community is told how much they hold, and no more.
    ///
    /// - Throws: `unknown-community`.
    package func held(on slug: String) async throws -> [String] {
        // A write, since who exports is written down.
        try await database.write(dryRun: dryRun) { connection in
            let store = CommunityStore(connection: connection)
            guard let stored = try await store.profile(slug) else {
                throw EntraideError(.unknownCommunity, ["community": slug])
            }
            var lines = [Self.line("profile", raw: stored.profile.jsonLine(personal: true))]
            var standing = ObjectWriting()
            standing.add("status", stored.profile.community.status.rawValue)
            standing.add("confirmed_on", stored.confirmedOn)
            standing.add(
                "suggested_offers", stored.profile.offers.filter(\.suggested).map(\.terms.skill))
            for (key, value) in try await store.times(of: slug) { standing.add(key, value) }
            standing.add("closed_needs", stored.closedNeeds.map(\.terms.skill))
            lines.append(Self.line("standing", raw: standing.text))
            lines += try await store.consents(of: slug).map { Self.line("consent", raw: $0) }
            lines += try await store.sources(of: slug).map { Self.line("source", raw: JSONText.string($0)) }
            lines += try await CodeStore(connection: connection).told(of: slug).map {
                Self.line("code", raw: $0)
            }
            let isConfined = Caller.community != nil
            let more = HeldStore(connection: connection, rounds: isConfined ? .anyone : .coordinator)
            for what in HeldStore.What.allCases {
                lines += try await more.objects(what, of: slug).map { Self.line(what.rawValue, raw: $0) }
            }
            let writer = LineWriter(.ndjson)
            func records(_ what: String, _ records: [some LineRecord]) throws {
                lines += try records.map {
                    Self.line(what, raw: String(try writer.line($0).dropLast()))
                }
            }
            try records(
                "membership",
                try await NetworkStore(connection: connection).memberships(of: slug).map(\.record))
            var filter = MatchFilter()
            filter.community = slug
            try records(
                "match",
                try await MatchStore(connection: connection).records(
                    filter, for: .coordinator, after: nil, only: more.rounds.seesRound("rounds"),
                    limit: Int(Int32.max)
                ).map(\.record))
            lines += try await more.frozenLines(on: slug).map { Self.line("frozen-input", raw: $0) }
            if isConfined, let rest = try await more.unpublished(on: slug) {
                lines.append(Self.line("unpublished-rounds", raw: rest))
            }
            let audit = AuditStore(connection: connection)
            try records("audit", try await audit.lines(on: slug))
            try await audit.record(.communityExport, slug)
            return lines
        }
    }

    private static func line(_ what: String, raw: String) -> String {
        var object = ObjectWriting()
        object.add("held", what)
        object.add("what", raw: raw)
        return object.text
    }
}

extension CommunityStore {
    /// Each consent with its text version, channel and time, as JSON.
    fileprivate func consents(of slug: String) async throws -> [String] {
        try await connection.query(
            """
            SELECT purpose, granted, text_version, channel,
              to_char(given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS given_at
            FROM consents AS k JOIN communities AS c ON c.id = k.community_id WHERE c.slug = \(slug) ORDER BY purpose
            """
        ).map { row in
            var object = ObjectWriting()
            object.add("purpose", try row.get("purpose") as String)
            object.add("granted", raw: try row.get("granted") ? "true" : "false")
            object.add("text_version", try row.get("text_version") as String)
            object.add("channel", try row.get("channel") as String)
            object.add("given_at", try row.get("given_at") as String)
            return object.text
        }
    }

    /// When it was made and last changed.
    fileprivate func times(of slug: String) async throws -> [(String, String)] {
        try await connection.query(
            """
            SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_at,
              to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS updated_at
            FROM communities WHERE slug = \(slug)
            """
        ).flatMap { [("created_at", try $0.get("created_at")), ("updated_at", try $0.get("updated_at"))] }
    }

    /// Where a community came from: `source:id`.
    fileprivate func sources(of slug: String) async throws -> [String] {
        try await connection.query(
            """
            SELECT s.source || ':' || s.source_id AS name FROM sources AS s
            JOIN communities AS c ON c.id = s.community_id WHERE c.slug = \(slug) ORDER BY 1
            """
        ).map { try $0.get("name") }
    }
}
