import Lines
import Matching
import Postgres
import Proof

/// What a verification found, part by part.
package struct Verification: Sendable, Equatable {
    /// One thing that was checked.
    package struct Check: Sendable, Equatable {
        /// Kebab-case: `frozen-input`, `frozen-line`, `input-digest`, `instance-digest`, `instance`, `candidates`,
        /// `match`, `reason`, `price`, `multiplier`, `figures`, `matches`, `result-digest`, `score`, `certificate`, `whole-market`.
        package let name: String
        package let holds: Bool
        /// `key=value` pairs: which line, match or price, and what was found.
        package let detail: String?
    }

    package private(set) var checks: [Check] = []

    /// Whether all that was stored is what the round's own digests and proof say.
    package var holds: Bool { checks.allSatisfy(\.holds) }

    mutating func add(_ name: String, _ holds: Bool, _ detail: String? = nil) {
        checks.append(Check(name: name, holds: holds, detail: detail))
    }

    /// One passed check, or each fault on its own.
    mutating func add(_ name: String, faults: [String]) {
        if faults.isEmpty { add(name, true) }
        for fault in faults { add(name, false, fault) }
    }
}

/// A stored round, read in one snapshot.
private struct StoredResult: Sendable {
    var summary: RoundSummary
    var lines: [StoredLine]
    var instance: [String]
    var prices: [PriceRecord]
    var multipliers: [MutualClaim.Multiplier]
    var matches: [StoredMatch]
    var reasons: [Int: [ScorePart]]
}

extension Rounds {
    /// Checks a stored round against itself: the frozen lines against their digests; the instance, made anew from them;
    /// prices and bound by the proof alone, and that they hold over every pair that the frozen input admits, looked at
    /// one by one, unless the round claims its bound for the listed pairs alone. Where lines of the input were erased, what
    /// depends on all of it is not checked, and that is said; instance, certificate and result are. The round is solved again from its frozen input, and what differs is named.
    ///
    /// - Throws: `unknown-round`, `round-not-run`. What does not hold is part of the answer, never an error.
    package func verify(_ slug: String) async throws -> Verification {
        let stored = try await database.read { connection in
            let store = RoundStore(connection: connection)
            guard let summary = try await store.round(slug).result else {
                throw EntraideError(.roundNotRun, ["round": slug])
            }
            let matches = MatchStore(connection: connection)
            return StoredResult(
                summary: summary, lines: try await store.storedInput(of: slug),
                instance: try await store.instance(of: slug),
                prices: try await store.prices(of: slug),
                multipliers: try await store.multipliers(of: slug),
                matches: try await matches.stored(of: slug),
                reasons: try await matches.scoreParts(of: slug))
        }
        var found = Verification()
        // The frozen input is the ground; where it does not read, the stored instance alone can be proven.
        var solved: SolvedRound?
        var frozen: RoundInput?
        var faults = stored.lines.enumerated().compactMap { n, line in
            LineDigest.of([line.digested]) == line.digest
                ? nil : "line=\(n + 1) kind=\(line.kind) subject=\(line.subject)"
        }
        do throws(EntraideError) {
            let input = try FrozenInput.input(stored.lines.compactMap(\.line))
            for (n, (line, canonical)) in zip(stored.lines, FrozenInput.lines(input)).enumerated()
            where line.subject != canonical.subject {
                faults.append("line=\(n + 1) kind=\(line.kind) subject=\(line.subject)")
            }
            frozen = input
            // Of an input that lost a line, another round would come out.
            if stored.summary.erased == 0 {
                // Not the stored round's fault, but nothing more can be compared then.
                do { solved = try await Self.solve(input) } catch {
                    found.add("solve", false, "code=\(error.code.rawValue)")
                }
            }
        } catch {
            found.add("frozen-input", false, "code=\(error.code.rawValue)")
        }
        found.add("frozen-line", faults: faults)
        if stored.summary.erased == 0 {
            found.add(
                "input-digest", LineDigest.of(stored.lines.lazy.map(\.digested)) == stored.summary.inputDigest
            )
        } else {
            found.add("input-digest", true, "erased=\(stored.summary.erased) checkable=no")
        }
        Self.compareInstance(stored, with: solved?.instance, into: &found)
        if let solved {
            found.add("match", faults: Self.faults(of: stored.matches, against: solved.matches))
            found.add("reason", faults: Self.faults(of: stored.reasons, against: solved.matches))
            found.add("price", faults: Self.faults(of: stored.prices, against: solved.namedPrices))
            found.add(
                "multiplier", stored.multipliers == solved.mutual?.multipliers ?? [],
                "stored=\(stored.multipliers.count)")
            found.add("figures", faults: Self.faults(of: stored.summary, against: solved))
        }
        found.add(
            "matches", stored.matches.count == stored.summary.matches,
            "stored=\(stored.summary.matches) expected=\(stored.matches.count)")
        let prices = Prices(stored.prices)
        let instance = Self.instance(of: stored, into: &found)
        let mutual = instance.flatMap { Self.mutual(stored, frozen?.parameters, on: $0) }
        found.add(
            "result-digest",
            ResultDigest.of(
                matches: stored.matches.map(\.candidate), prices: prices, mutual: mutual,
                objective: stored.summary.objective, bound: stored.summary.bound)
                == stored.summary.resultDigest)
        found.add(
            "score", stored.matches.reduce(0) { $0 + $1.score } == stored.summary.score,
            "stored=\(stored.summary.score)")
        if let instance {
            let verdict = Self.verdict(on: stored, instance, prices, mutual, frozen?.parameters)
            Self.add(verdict, of: stored.summary, isMutual: mutual != nil, into: &found)
            if let frozen, stored.summary.scope == .market, stored.summary.erased == 0 {
                await Self.proveWholeMarket(frozen, instance, prices, into: &found)
            }
        }
        return found
    }

    /// The stored instance against its digest, and against the one made anew from the frozen input.
    private static func compareInstance(
        _ stored: StoredResult, with made: Instance?, into found: inout Verification
    ) {
        var digest = LineDigest()
        var lines: [Substring] = []
        for chunk in stored.instance { lines += chunk.split(separator: "\n") }
        for line in lines { digest.add(String(line)) }
        let holds = digest.hexadecimal == stored.summary.instanceDigest
        guard let made else {
            found.add("instance-digest", holds)
            return
        }
        var n = 0
        var differing: Int?
        made.writeLines { line in
            if differing == nil, n >= lines.count || lines[n] != line { differing = n + 1 }
            n += 1
        }
        if differing == nil, lines.count > n { differing = n + 1 }
        found.add("instance-digest", holds, holds ? nil : differing.map { "line=\($0)" })
        found.add("instance", made.digest == stored.summary.instanceDigest, "from=frozen-input")
        found.add(
            "candidates", made.candidates.count == stored.summary.candidates,
            "stored=\(stored.summary.candidates) expected=\(made.candidates.count)")
    }

    /// The stored instance; nil when it does not read.
    private static func instance(of stored: StoredResult, into found: inout Verification) -> Instance? {
        let text = stored.instance.joined()
        do {
            return try Instance(parsing: text.split(separator: "\n", omittingEmptySubsequences: true))
        } catch {
            found.add("certificate", false, "instance=\(error.reason.rawValue) line=\(error.line)")
            return nil
        }
    }

    /// The stored rings and multipliers, where the frozen input says that mutual help was sought.
    private static func mutual(
        _ stored: StoredResult, _ parameters: Parameters?, on instance: Instance
    ) -> MutualResult? {
        guard let parameters, parameters.mutual != .off else { return nil }
        return MutualResult(
            stored: stored.matches.compactMap { match in
                guard instance.candidates.indices.contains(match.candidate) else { return nil }
                let pair = instance.candidates[match.candidate]
                guard instance.offers.indices.contains(pair.offer), instance.needs.indices.contains(pair.need)
                else { return nil }
                return (
                    match.candidate, instance.offers[pair.offer].community,
                    instance.needs[pair.need].community,
                    match.ring
                )
            }, multipliers: stored.multipliers)
    }

    /// The proof itself, on the stored instance, matches and prices, without the solver.
    private static func verdict(
        on stored: StoredResult, _ instance: Instance, _ prices: Prices, _ mutual: MutualResult?,
        _ parameters: Parameters?
    ) -> Verdict {
        let matches = stored.matches.map(\.candidate)
        guard let mutual, let parameters else {
            return Proof.check(
                instance, matches: matches, prices: prices, claimedObjective: stored.summary.objective,
                claimedBound: stored.summary.bound)
        }
        return Proof.check(
            mutual.claim(
                parameters: parameters, matches: matches, prices: prices, objective: stored.summary.objective,
                bound: stored.summary.bound), on: instance)
    }

    /// Only with mutual help may a bound lie above the objective.
    private static func add(
        _ verdict: Verdict, of summary: RoundSummary, isMutual: Bool, into found: inout Verification
    ) {
        switch verdict {
        case .optimal(let objective):
            found.add("certificate", true, "objective=\(objective) bound=\(summary.bound)")
        case .notProven(let objective, let bound):
            found.add("certificate", isMutual, "objective=\(objective) bound=\(bound)")
        case .rejected(let faults):
            found.add("certificate", faults: faults.map { "fault=\($0)".replacing(" ", with: "") })
        }
    }

    /// That no pair which the frozen input admits and the instance leaves out is worth more than its prices: the
    /// certificate then holds over the whole market.
    private static func proveWholeMarket(
        _ input: RoundInput, _ instance: Instance, _ prices: Prices, into found: inout Verification
    ) async {
        do throws(MatchingError) {
            let check = try await FullMarketCheck(Market(input), instance.candidates, at: prices)
            // A ring may close over any pair: with mutual help, only a list of all pairs leaves nothing out.
            let holds =
                input.parameters.mutual == .off
                ? check.holds : check.holds && check.pairs == instance.candidates.count
            found.add(
                "whole-market", holds,
                "pairs=\(check.pairs) surplus=\(check.surplus) listed=\(check.listed)")
        } catch {
            found.add("whole-market", false, "code=\(error.code.rawValue) what=\(error.subject)")
        }
    }

    private static func faults(of stored: [StoredMatch], against solved: [MatchResult]) -> [String] {
        var faults: [String] = []
        for (old, new) in zip(stored, solved) where !old.agrees(with: new) {
            faults.append(
                "number=\(old.number) stored=\(old.provider)/\(old.offer)/\(old.receiver)/\(old.need)/\(old.score) "
                    + "expected=\(new.provider)/\(new.offer)/\(new.receiver)/\(new.need)/\(new.score.total)")
        }
        if stored.count != solved.count { faults.append("stored=\(stored.count) expected=\(solved.count)") }
        return faults
    }

    private static func faults(of stored: [Int: [ScorePart]], against solved: [MatchResult]) -> [String] {
        var faults: [String] = []
        for match in solved {
            let old = stored[match.number] ?? []
            for part in match.score.parts where old.first(where: { $0.factor == part.factor }) != part {
                faults.append("number=\(match.number) factor=\(part.factor.rawValue)")
            }
            if old.count != match.score.parts.count {
                faults.append(
                    "number=\(match.number) stored=\(old.count) expected=\(match.score.parts.count)")
            }
        }
        return faults
    }

    private static func faults(of stored: RoundSummary, against solved: SolvedRound) -> [String] {
        var faults: [String] = []
        func compare(_ name: String, _ old: String, _ new: String) {
            if old != new { faults.append("\(name) stored=\(old) expected=\(new)") }
        }
        compare("figure=scope", stored.scope.rawValue, solved.scope.rawValue)
        compare("figure=pairs", "\(stored.pairs)", "\(solved.mutual?.pairs ?? 0)")
        compare("figure=rings", "\(stored.rings)", "\(solved.mutual?.threes ?? 0)")
        // A round that was run before these were kept has neither.
        if let listed = stored.listed {
            compare("figure=listed", "\(listed)", solved.listedPerNeed.map { "\($0)" } ?? "-")
            compare("figure=extensions", "\(stored.extensions)", "\(solved.listing?.extensions ?? 0)")
        }
        return faults
    }

    private static func faults(of stored: [PriceRecord], against solved: [PriceRecord]) -> [String] {
        var faults: [String] = []
        for (old, new) in zip(stored, solved) where old != new {
            let skill = new.skill.map { " skill=\($0)" } ?? ""
            faults.append(
                "kind=\(new.kind) index=\(new.index) subject=\(new.subject ?? "-")\(skill) stored=\(old.price) "
                    + "expected=\(new.price)")
        }
        if stored.count != solved.count { faults.append("stored=\(stored.count) expected=\(solved.count)") }
        return faults
    }
}

extension Prices {
    /// The prices of rows in the order in which they are stored.
    init(_ records: [PriceRecord]) {
        func prices(_ kind: String) -> [Int] { records.filter { $0.kind == kind }.map(\.price) }
        self.init(
            providers: prices("provider"), receivers: prices("receiver"), needs: prices("need"),
            offers: prices("offer"))
    }
}
