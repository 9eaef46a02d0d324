package import Matching
import Postgres
import Proof

/// What a run found, for the coordinator to look at before publishing.
package struct RunReport: Sendable {
    package let round: Round
    package let participants: Int
    package let absentees: Int
    package let needs: Int
    package let needsServed: Int
    /// What taking the best pair first would have given, on the same candidates.
    package let greedy: GreedyResult?
    /// How many communities have a match.
    package let served: Int
    /// How many could have one; told where that comes first, and then as many have.
    package let mostServed: Int?
    /// What the best score alone would have given, on the same candidates.
    package let plain: PlainResult?
    /// The share of that score which the round forgoes so that help reaches many, ppm.
    package let fairnessCost: Int?
    /// The rings of mutual help; nil where none were sought.
    package let mutual: MutualResult?
    /// The share of the score that the round forgoes for them, ppm.
    package let mutualCost: Int?
    /// The lists of zones that it read, what each adds, and what that changed; none where no zone has a bonus.
    package let zoneLists: [ZoneList]
    package let zoneBonuses: [ZoneBonus]
    package let zones: ZoneResult?
    /// Pairs of need and offer that were looked at.
    package let evaluations: Int
}

extension Rounds {
    /// Computes a round: freezes the input as it stands, finds the best matches, proves them, stores all of it in one
    /// transaction. Nothing is held open while it computes; a round that moved meanwhile is left as it is.
    ///
    /// - Parameter day: decides which needs and offers still stand, and which lists of zones are in force.
    /// - Parameter zones: what zones add from now on, each in the place of what it did; 0 for nothing.
    /// - Parameter progress: told how much is done; may be nil.
    /// - Throws: `unknown-round`, `wrong-state`, `round-moved`, `not-proven`, `unknown-zone`, `out-of-range`.
    package func run(
        _ slug: String, on day: String, zones: [ZoneBonus] = [],
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) async throws -> RunReport {
        let day = try FieldCheck.date(day, field: "on")
        let (round, input) = try await database.read { connection in
            var round = try await RoundStore(connection: connection).round(slug)
            guard Self.runnable.contains(round.status) else {
                throw EntraideError(
                    .wrongState,
                    [
                        "round": slug, "state": round.status.rawValue,
                        "expected": Self.runnable.map(\.rawValue).joined(separator: ", "),
                    ])
            }
            try round.take(zones)
            return (round, try await freeze(round, on: day, from: connection))
        }
        let solved = try await Self.solve(input, progress: progress)
        let lines = FrozenInput.lines(input)
        guard try FrozenInput.input(lines) == input else {
            throw EntraideError(.internalFailure, ["what": "frozen input"])
        }
        let summary = RoundSummary(
            on: day, matches: solved.matches.count, score: solved.score, objective: solved.objective,
            bound: solved.bound, candidates: solved.instance.candidates.count,
            inputDigest: FrozenInput.digest(lines), instanceDigest: solved.instance.digest,
            resultDigest: ResultDigest.of(
                matches: solved.matches.map(\.candidate), prices: solved.prices, mutual: solved.mutual,
                objective: solved.objective, bound: solved.bound),
            listed: solved.listedPerNeed, extensions: solved.listing?.extensions ?? 0, scope: solved.scope,
            pairs: solved.mutual?.pairs ?? 0, rings: solved.mutual?.threes ?? 0)
        let stored = try await database.write(dryRun: dryRun) { connection in
            let store = RoundStore(connection: connection)
            try await store.move(
                round, from: Self.runnable,
                """
                status = 'proposed', run_at = now(), on_date = \(day)::date, matches = \(summary.matches),
                score = \(summary.score), objective = \(summary.objective), bound = \(summary.bound),
                candidates = \(summary.candidates), input_digest = \(summary.inputDigest),
                instance_digest = \(summary.instanceDigest), result_digest = \(summary.resultDigest),
                listed = \(summary.listed), extensions = \(summary.extensions), scope = \(summary.scope.rawValue),
                pairs = \(summary.pairs), rings = \(summary.rings), erased = 0,
                parameters = \(round.parameters.map(\.description))
                """)
            try await store.replaceResult(of: slug, input: lines, solved: solved)
            try await AuditStore(connection: connection).record(.roundRun, slug)
            return try await store.round(slug)
        }
        return RunReport(
            round: stored, participants: input.participants.count, absentees: input.absentees.count,
            needs: solved.needs.count, needsServed: solved.needsServed,
            greedy: solved.greedy, served: solved.served, mostServed: solved.mostServed, plain: solved.plain,
            fairnessCost: solved.fairnessCost, mutual: solved.mutual, mutualCost: solved.mutualCost,
            zoneLists: input.zones, zoneBonuses: input.parameters.zoneBonuses, zones: solved.zones,
            evaluations: solved.listing?.evaluations ?? 0)
    }

    /// The states from which a round may be run; running a proposed one again replaces its result.
    static let runnable: [RoundStatus] = [.open, .proposed]

    static func solve(
        _ input: RoundInput, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) async throws(EntraideError) -> SolvedRound {
        do {
            return try await solveRound(input) { done, all in
                progress?(done, all)
                return !Task.isCancelled
            }
        } catch {
            throw EntraideError(error)
        }
    }
}

extension SolvedRound {
    /// How many needs have at least one match.
    var needsServed: Int {
        var served = 0
        var last = -1
        // Matches come in the order of needs.
        for match in matches where instance.candidates[match.candidate].need != last {
            last = instance.candidates[match.candidate].need
            served += 1
        }
        return served
    }
}

extension Round {
    /// Sets the bonuses of zones among its parameters.
    fileprivate mutating func take(_ zones: [ZoneBonus]) throws(EntraideError) {
        guard !zones.isEmpty else { return }
        var all = Parameters.standard
        do { try all.set(parameters) } catch { throw EntraideError(error) }
        try all.take(zones)
        parameters = all.stated
    }
}
