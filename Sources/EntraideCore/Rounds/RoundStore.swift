import Lines
import Matching
import Postgres
import Proof

/// Rounds with what they froze and what they found: SQL beside the decoding of its rows.
struct RoundStore {
    let connection: Connection

    // MARK: The round itself

    /// Without the networks that an audience does not know.
    func rounds(where condition: Query, for audience: Audience) async throws -> [Round] {
        try await connection.query(
            """
            SELECT r.slug, r.title, r.status, r.epoch, \(Self.timestamp("r.opened_at")) AS opened_at,
              \(Self.timestamp("r.run_at")) AS run_at, \(Self.timestamp("r.published_at")) AS published_at,
              r.on_date::text AS on_date, r.matches, r.score, r.objective, r.bound, r.candidates, r.input_digest,
              r.instance_digest, r.result_digest, r.parameters, r.listed, r.extensions, r.scope, r.pairs, r.rings, r.erased,
              ARRAY(SELECT w.slug::text FROM round_networks AS x JOIN networks AS w ON w.id = x.network_id
                    WHERE x.round_id = r.id AND \(audience.seesNetwork("w")) ORDER BY w.slug) AS networks
            FROM rounds AS r WHERE \(condition) ORDER BY r.created_at, r.slug
            """
        ).map { row in
            var round = Round(
                slug: try row.get("slug"), title: try row.get("title"), status: try row.code("status"),
                epoch: try row.get("epoch"), openedAt: try row.get("opened_at"),
                publishedAt: try row.get("published_at"), parameters: try Self.parameters(row),
                networks: try row.get("networks"))
            if let on = try row.get("on_date") as String? {
                round.result = RoundSummary(
                    on: on, runAt: try row.get("run_at"), matches: try row.get("matches"),
                    score: try row.get("score"),
                    objective: try row.get("objective"), bound: try row.get("bound"),
                    candidates: try row.get("candidates"), inputDigest: try row.get("input_digest"),
                    instanceDigest: try row.get("instance_digest"),
                    resultDigest: try row.get("result_digest"), listed: try row.get("listed"),
                    extensions: try row.get("extensions"), scope: try row.code("scope"),
                    pairs: try row.get("pairs"), rings: try row.get("rings"),
                    erased: try row.get("erased"))
            }
            return round
        }
    }

    /// A round as the coordinator, who moves it, sees it.
    ///
    /// - Throws: `unknown-round`.
    func round(_ slug: String) async throws -> Round {
        guard let round = try await rounds(where: "r.slug = \(slug)", for: .coordinator).first else {
            throw EntraideError(.unknownRound, ["round": slug])
        }
        return round
    }

    /// - Throws: `internal-failure` when one is not of that form: only a hand in the store does that.
    private static func parameters(_ row: Row) throws -> [ParameterPair] {
        try (row.get("parameters") as [String]).map { text in
            guard let pair = ParameterPair(text) else {
                throw EntraideError(.internalFailure, ["what": "parameters of a round"])
            }
            return pair
        }
    }

    /// ISO 8601 in UTC, to the second, as every line writes a time.
    private static func timestamp(_ column: StaticString) -> Query {
        "to_char(\(unsafeSQL: column.description) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    }

    /// False when the slug is taken.
    func insert(_ slug: String, title: String, parameters: [ParameterPair]) async throws -> Bool {
        try await connection.execute(
            """
            INSERT INTO rounds (slug, title, status, parameters)
            VALUES (\(slug), \(title), 'draft', \(parameters.map(\.description)))
            ON CONFLICT (slug) DO NOTHING
            """) == 1
    }

    /// Says for whose communities a new round is.
    func limit(_ slug: String, to networks: [String]) async throws {
        try await connection.execute(
            """
            INSERT INTO round_networks (round_id, network_id)
            SELECT r.id, n.id FROM rounds AS r, networks AS n WHERE r.slug = \(slug) AND n.slug = ANY(\(networks))
            """)
    }

    /// Applies `assignment` if the round is still as it was read: same epoch, one of `states`.
    ///
    /// - Throws: `wrong-state`, `round-moved`. Nothing is written then.
    func move(_ round: Round, from states: [RoundStatus], _ assignment: Query) async throws {
        guard states.contains(round.status) else {
            throw EntraideError(
                .wrongState,
                [
                    "round": round.slug, "state": round.status.rawValue,
                    "expected": states.map(\.rawValue).joined(separator: ", "),
                ])
        }
        let moved = try await connection.execute(
            """
            UPDATE rounds SET \(assignment), epoch = epoch + 1
            WHERE slug = \(round.slug) AND epoch = \(round.epoch) AND status = ANY(\(states.map(\.rawValue)))
            """)
        guard moved == 1 else { throw EntraideError(.roundMoved, ["round": round.slug]) }
    }

    // MARK: Past rounds

    /// Matches of the latest published rounds other than `slug`, 1 being the last one published.
    func meetings(before slug: String, rounds: Int) async throws -> [Meeting] {
        try await connection.query(
            """
            WITH past AS (
              SELECT id, row_number() OVER (ORDER BY published_at DESC, id DESC) AS ago FROM rounds
              WHERE status IN ('published', 'closed') AND slug <> \(slug)
              ORDER BY ago LIMIT \(rounds))
            SELECT g.slug AS provider, r.slug AS receiver, s.slug AS skill, past.ago
            FROM past JOIN matches AS m ON m.round_id = past.id
            JOIN communities AS g ON g.id = m.provider_id JOIN communities AS r ON r.id = m.receiver_id
            JOIN skills AS s ON s.id = m.need_skill_id
            """
        ).map { row in
            Meeting(
                provider: try row.get("provider"), receiver: try row.get("receiver"),
                skill: try row.get("skill"),
                roundsAgo: try row.get("ago"))
        }
    }

    /// For how many of the latest published rounds other than `slug` each community has been waiting: those it took part
    /// in with a need, since it last received a match, counting no further back than `rounds`. Who waits for none is
    /// not there.
    func waiting(before slug: String, rounds: Int) async throws -> [String: Int] {
        let rows = try await connection.query(
            """
            WITH past AS (
              SELECT id, row_number() OVER (ORDER BY published_at DESC, id DESC) AS ago FROM rounds
              WHERE status IN ('published', 'closed') AND slug <> \(slug)
              ORDER BY ago LIMIT \(rounds)),
            asked AS (
              SELECT i.subject AS slug, past.ago, EXISTS (
                SELECT 1 FROM matches AS m JOIN communities AS c ON c.id = m.receiver_id
                WHERE m.round_id = past.id AND c.slug = i.subject) AS received
              FROM past JOIN round_inputs AS i ON i.round_id = past.id AND i.kind = 'profile'
              WHERE CASE WHEN i.kind = 'profile' THEN i.line::jsonb -> 'needs' <> '[]' ELSE false END),
            since AS (
              SELECT slug, bool_or(received) OVER (PARTITION BY slug ORDER BY ago) AS has_received FROM asked)
            SELECT slug, count(*) AS rounds FROM since WHERE NOT has_received GROUP BY slug
            """)
        return try rows.reduce(into: [:]) { waiting, row in
            waiting[try row.get("slug")] = try row.get("rounds") as Int
        }
    }

    // MARK: The result

    /// How many lines of an instance one row holds.
    private static let instanceChunk = 2000

    /// Puts a whole result in the place of the one before. Runs inside the caller's transaction.
    func replaceResult(of slug: String, input: [FrozenLine], solved: SolvedRound) async throws {
        let rows = try await connection.query("SELECT id FROM rounds WHERE slug = \(slug)")
        guard let row = rows.first else { throw EntraideError(.unknownRound, ["round": slug]) }
        let id = try row.get("id") as Int
        let key = id.postgresValue
        for table in [
            "match_reasons", "matches", "round_prices", "round_multipliers", "round_instances",
            "round_inputs",
        ]
            as [StaticString]
        {
            try await connection.execute("DELETE FROM \(unsafeSQL: table.description) WHERE round_id = \(id)")
        }
        _ = try await connection.copyIn(
            table: "round_inputs", columns: ["round_id", "n", "kind", "subject", "line", "digest"],
            rows: input.enumerated().map { n, line in
                [
                    key, (n + 1).postgresValue, line.kind.rawValue.postgresValue, line.subject.postgresValue,
                    line.text.postgresValue, LineDigest.of([line.digested]).postgresValue,
                ]
            })
        _ = try await connection.copyIn(
            table: "round_instances", columns: ["round_id", "n", "lines"],
            rows: solved.instance.chunks(of: Self.instanceChunk).enumerated().map { n, text in
                [key, (n + 1).postgresValue, text.postgresValue]
            })
        _ = try await connection.copyIn(
            table: "round_prices", columns: ["round_id", "kind", "n", "subject", "skill", "price"],
            rows: solved.namedPrices.map { price in
                [
                    key, price.kind.postgresValue, price.index.postgresValue, price.subject.postgresValue,
                    price.skill.postgresValue, price.price.postgresValue,
                ]
            })
        _ = try await connection.copyIn(
            table: "round_multipliers", columns: ["round_id", "provider", "receiver", "value"],
            rows: (solved.mutual?.multipliers ?? []).map {
                [key, $0.provider.postgresValue, $0.receiver.postgresValue, $0.value.postgresValue]
            })
        try await insert(solved.matches, round: id, named: slug)
    }

    private func insert(_ matches: [MatchResult], round id: Int, named slug: String) async throws {
        let communities = try await ids("communities")
        let skills = try await ids("skills")
        let key = id.postgresValue
        var rows: [[PostgresValue]] = []
        var reasons: [[PostgresValue]] = []
        for match in matches {
            guard let provider = communities[match.provider], let receiver = communities[match.receiver],
                let offer = skills[match.offer], let need = skills[match.need]
            else {
                // A community or a skill went away while the round was computed.
                throw EntraideError(.roundMoved, ["round": slug])
            }
            rows.append([
                key, match.number.postgresValue, match.candidate.postgresValue,
                MatchStatus.proposed.rawValue.postgresValue, match.score.total.postgresValue,
                provider.postgresValue,
                offer.postgresValue, receiver.postgresValue, need.postgresValue,
                match.hectometres.postgresValue, match.ring.postgresValue,
            ])
            for (position, part) in match.score.parts.enumerated() {
                reasons.append([
                    key, match.number.postgresValue, position.postgresValue,
                    part.factor.rawValue.postgresValue,
                    part.weight.postgresValue, part.value.postgresValue, part.points.postgresValue,
                ])
            }
        }
        _ = try await connection.copyIn(
            table: "matches",
            columns: [
                "round_id", "number", "candidate", "status", "score", "provider_id", "offer_skill_id",
                "receiver_id",
                "need_skill_id", "distance_hm", "ring",
            ], rows: rows)
        _ = try await connection.copyIn(
            table: "match_reasons",
            columns: ["round_id", "number", "position", "factor", "weight", "value", "points"], rows: reasons)
    }

    private func ids(_ table: StaticString) async throws -> [String: Int] {
        var ids: [String: Int] = [:]
        for row in try await connection.query("SELECT slug, id FROM \(unsafeSQL: table.description)") {
            ids[try row.get("slug")] = try row.get("id")
        }
        return ids
    }

    // MARK: Reading it back

    /// The frozen input.
    ///
    /// - Throws: `internal-failure` when a line's kind is none: only a hand in the store does that.
    func input(of slug: String) async throws -> [FrozenLine] {
        try await storedInput(of: slug).map { stored in
            guard let line = stored.line else {
                throw EntraideError(.internalFailure, ["what": "kind of frozen line"])
            }
            return line
        }
    }

    /// The rows of the frozen input as they are, whatever was done to them.
    func storedInput(of slug: String) async throws -> [StoredLine] {
        try await connection.query(
            """
            SELECT i.kind, i.subject, i.line, i.digest FROM round_inputs AS i JOIN rounds AS r ON r.id = i.round_id
            WHERE r.slug = \(slug) ORDER BY i.n
            """
        ).map { row in
            StoredLine(
                kind: try row.get("kind"), subject: try row.get("subject"), text: try row.get("line"),
                digest: try row.get("digest"))
        }
    }

    /// The instance as it was stored, its chunks in order.
    func instance(of slug: String) async throws -> [String] {
        try await connection.query(
            """
            SELECT i.lines FROM round_instances AS i JOIN rounds AS r ON r.id = i.round_id
            WHERE r.slug = \(slug) ORDER BY i.n
            """
        ).map { try $0.get("lines") }
    }

    func prices(of slug: String) async throws -> [PriceRecord] {
        try await connection.query(
            """
            SELECT p.n, p.kind, p.subject, p.skill, p.price FROM round_prices AS p JOIN rounds AS r ON r.id = p.round_id
            WHERE r.slug = \(slug) ORDER BY array_position('{provider,receiver,offer,need}', p.kind), p.n
            """
        ).map { row in
            PriceRecord(
                index: try row.get("n"), kind: try row.get("kind"),
                subject: try row.get("subject") as String?,
                other: nil, skill: try row.get("skill"), price: try row.get("price"))
        }
    }

    /// What the bound of mutual help adds, by provider, then by receiver; empty where it was not sought.
    func multipliers(of slug: String) async throws -> [MutualClaim.Multiplier] {
        try await connection.query(
            """
            SELECT m.provider, m.receiver, m.value FROM round_multipliers AS m JOIN rounds AS r ON r.id = m.round_id
            WHERE r.slug = \(slug) ORDER BY m.provider, m.receiver
            """
        ).map { row in
            MutualClaim.Multiplier(
                provider: try row.get("provider"), receiver: try row.get("receiver"),
                value: try row.get("value"))
        }
    }
}

/// A row of the frozen input, with the digest stored beside it.
struct StoredLine: Sendable {
    let kind: String
    let subject: String
    let text: String
    let digest: String

    /// What the line adds to the input digest.
    var digested: String { "\(kind)\t\(text)" }

    /// The line; nil when its kind is none.
    var line: FrozenLine? {
        FrozenLine.Kind(rawValue: kind).map { FrozenLine(kind: $0, subject: subject, text: text) }
    }
}

extension Instance {
    /// The text form in pieces of `size` lines, each line with its LF.
    func chunks(of size: Int) -> [String] {
        var chunks: [String] = []
        var current = ""
        var count = 0
        writeLines { line in
            current += line
            current += "\n"
            count += 1
            if count % size == 0 {
                chunks.append(current)
                current = ""
            }
        }
        if !current.isEmpty { chunks.append(current) }
        return chunks
    }
}

extension SolvedRound {
    /// The prices with the names of what they belong to: providers, receivers, offers, needs.
    var namedPrices: [PriceRecord] {
        func record(_ kind: String, _ n: Int, _ subject: String, _ skill: String?, _ price: Int)
            -> PriceRecord
        {
            PriceRecord(index: n, kind: kind, subject: subject, other: nil, skill: skill, price: price)
        }
        var records: [PriceRecord] = []
        for (n, slug) in communities.enumerated() {
            records.append(record("provider", n, slug, nil, prices.providers[n]))
        }
        for (n, slug) in communities.enumerated() {
            records.append(record("receiver", n, slug, nil, prices.receivers[n]))
        }
        for (n, offer) in offers.enumerated() {
            records.append(record("offer", n, communities[offer.community], offer.skill, prices.offers[n]))
        }
        for (n, need) in needs.enumerated() {
            records.append(record("need", n, communities[need.community], need.skill, prices.needs[n]))
        }
        return records
    }
}
