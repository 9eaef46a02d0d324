import Lines
import Matching
import Postgres

/// A match as it is stored.
struct StoredMatch: Sendable, Equatable {
    var number: Int
    var candidate: Int
    var score: Int
    var provider: String
    var offer: String
    var receiver: String
    var need: String
    var hectometres: Int?
    /// The number of its ring of mutual help.
    var ring: Int?

    var key: MatchKey { MatchKey(receiver: receiver, need: need, provider: provider, offer: offer) }

    func agrees(with match: MatchResult) -> Bool {
        number == match.number && candidate == match.candidate && score == match.score.total
            && key == match.key
            && hectometres == match.hectometres && ring == match.ring
    }
}

/// Matches and their reasons: SQL beside the decoding of its rows.
struct MatchStore {
    let connection: Connection

    /// All matches of a round, by number, as they are stored; `-` for a side that was erased.
    func stored(of round: String) async throws -> [StoredMatch] {
        try await connection.query(
            """
            SELECT m.number, m.candidate, m.score, coalesce(g.slug, '-') AS provider, os.slug AS offer,
              coalesce(r.slug, '-') AS receiver,
              ns.slug AS need, m.distance_hm, m.ring
            FROM matches AS m JOIN rounds ON rounds.id = m.round_id
            LEFT JOIN communities AS g ON g.id = m.provider_id
            LEFT JOIN communities AS r ON r.id = m.receiver_id
            JOIN skills AS os ON os.id = m.offer_skill_id JOIN skills AS ns ON ns.id = m.need_skill_id
            WHERE rounds.slug = \(round) ORDER BY m.number
            """
        ).map { row in
            StoredMatch(
                number: try row.get("number"), candidate: try row.get("candidate"),
                score: try row.get("score"),
                provider: try row.get("provider"), offer: try row.get("offer"),
                receiver: try row.get("receiver"),
                need: try row.get("need"), hectometres: try row.get("distance_hm"), ring: try row.get("ring"))
        }
    }

    /// The parts of each match's score, by match number, in the order in which they are listed.
    func scoreParts(of round: String) async throws -> [Int: [ScorePart]] {
        var parts: [Int: [ScorePart]] = [:]
        for row in try await connection.query(
            """
            SELECT x.number, x.factor, x.weight, x.value, x.points
            FROM match_reasons AS x JOIN rounds ON rounds.id = x.round_id
            WHERE rounds.slug = \(round) ORDER BY x.number, x.position
            """)
        {
            // A factor that is none is no part: what compares finds one missing.
            guard let factor = Factor(rawValue: try row.get("factor")) else { continue }
            parts[try row.get("number"), default: []].append(
                ScorePart(
                    factor: factor, weight: try row.get("weight"), value: try row.get("value"),
                    points: try row.get("points")))
        }
        return parts
    }

    /// The parts of one match's score.
    func scoreParts(of name: MatchName) async throws -> [ScorePart] {
        try await connection.query(
            """
            SELECT x.factor, x.weight, x.value, x.points
            FROM match_reasons AS x JOIN rounds ON rounds.id = x.round_id
            WHERE rounds.slug = \(name.round) AND x.number = \(name.number) ORDER BY x.position
            """
        ).map { row in
            ScorePart(
                factor: try row.code("factor"), weight: try row.get("weight"), value: try row.get("value"),
                points: try row.get("points"))
        }
    }

    /// One match, if the audience may see it.
    func one(_ number: Int, _ filter: MatchFilter, for audience: Audience) async throws -> MatchRecord? {
        try await records(Self.page(filter, for: audience, in: "m.number = \(number)", limit: 1)).first?
            .record
    }

    /// One page of matches, rounds in the order in which they were made, by number.
    ///
    /// A side that the audience may not see is absent, and so are the distance, which would tell where it is, and the
    /// ring, which would tell where else it helps; a match of which it sees no side is not there. Without a token both sides must be public.
    ///
    /// - Parameter condition: a further one, on `matches AS m` and `rounds`.
    func records(
        _ filter: MatchFilter, for audience: Audience, after: MatchCursor?, only condition: Query = "true",
        limit: Int
    ) async throws -> [(record: MatchRecord, cursor: MatchCursor)] {
        var found: [(record: MatchRecord, cursor: MatchCursor)] = []
        for part in Self.parts(after: after) where found.count < limit {
            found += try await records(
                Self.page(
                    filter, for: audience, in: "\(part) AND \(condition)", limit: limit - found.count))
        }
        return found
    }

    private func records(_ query: Query) async throws -> [(record: MatchRecord, cursor: MatchCursor)] {
        try await connection.query(query).map { row in
            let number = try row.get("number") as Int
            let round = try row.get("round") as String
            let record = MatchRecord(
                match: MatchName(round: round, number: number), status: try row.get("status"),
                score: try row.get("score"), provider: try row.get("provider"), offer: try row.get("offer"),
                receiver: try row.get("receiver"), need: try row.get("need"),
                ring: (try row.get("shown_ring") as Int?).map { "\(round)/ring-\($0)" },
                distanceKm: (try row.get("shown_distance_hm") as Int?).map { FixedDecimal(hectometres: $0) })
            let cursor = MatchCursor(
                round: try row.get("round_id"), number: number, epoch: try row.get("epoch"))
            return (record, cursor)
        }
    }

    /// What comes after a cursor, in two parts: the rest of its round, then later rounds. Of the two columns compared as one,
    /// the planner judges by the first alone: in the last round it would take nearly nothing to be left, and sort it all.
    static func parts(after cursor: MatchCursor?) -> [Query] {
        guard let cursor else { return ["true"] }
        return [
            "m.round_id = \(cursor.round) AND m.number > \(cursor.number)", "m.round_id > \(cursor.round)",
        ]
    }

    /// The query of a page. It walks the primary key of `matches` from the cursor on, or starts from the few communities that
    /// are seen: all that orders or bounds it is a column of `matches`.
    ///
    /// - Parameter part: a condition on `matches AS m` and `rounds`.
    static func page(
        _ filter: MatchFilter, for audience: Audience, in part: Query, limit: Int
    ) -> Query {
        """
        SELECT seen.*,
          CASE WHEN provider IS NOT NULL AND receiver IS NOT NULL THEN distance_hm END AS shown_distance_hm,
          CASE WHEN provider IS NOT NULL AND receiver IS NOT NULL THEN ring END AS shown_ring
        FROM (
          SELECT m.round_id, rounds.epoch, rounds.slug AS round, m.number, m.status, m.score, os.slug AS offer,
            ns.slug AS need, m.distance_hm, m.ring,
            CASE WHEN \(audience.sees("g")) THEN g.slug END AS provider,
            CASE WHEN \(audience.sees("r")) THEN r.slug END AS receiver, g.id AS provider_id, r.id AS receiver_id
          FROM matches AS m JOIN rounds ON rounds.id = m.round_id
          LEFT JOIN communities AS g ON g.id = m.provider_id
          LEFT JOIN communities AS r ON r.id = m.receiver_id
          JOIN skills AS os ON os.id = m.offer_skill_id JOIN skills AS ns ON ns.id = m.need_skill_id
          WHERE \(part) AND \(audience.seesRound(of: "m.round_id"))
            AND \(audience.seesMatch("g", "r")) AND \(filter.condition)
        ) AS seen
        WHERE \(filter.sides)
        ORDER BY round_id, number LIMIT \(limit)
        """
    }

    /// The round in which a page ended is the one that was read, and still shown: all that could follow is of a piece
    /// with what was given.
    ///
    /// - Throws: `round-moved`, without the round's name, since anybody may make a cursor up.
    func requireUnmoved(_ cursor: MatchCursor, for audience: Audience) async throws {
        let found = try await connection.query(
            """
            SELECT 1 FROM rounds WHERE rounds.id = \(cursor.round) AND rounds.epoch = \(cursor.epoch)
              AND \(audience.seesRound("rounds"))
            """)
        guard found.count == 1 else { throw EntraideError(.roundMoved) }
    }
}

/// Where a page of matches ended.
package struct MatchCursor: Sendable, Equatable {
    let round: Int
    let number: Int
    /// The round's, when the page was read.
    let epoch: Int

    init(round: Int, number: Int, epoch: Int) {
        self.round = round
        self.number = number
        self.epoch = epoch
    }

    /// The place that a `description` tells; nil for any other text.
    package init?(parsing text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let round = Int(parts[0]), let number = Int(parts[1]),
            let epoch = Int(parts[2])
        else { return nil }
        self.init(round: round, number: number, epoch: epoch)
        guard description == text else { return nil }
    }

    /// The place as a text, to come back to it later.
    package var description: String { "\(round).\(number).\(epoch)" }
}
