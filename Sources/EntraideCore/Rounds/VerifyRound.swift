import Lines
import Matching
import Postgres
import Proof

/// What a verification found, part by part.
package struct Verification: Sendable, Equatable {
    /// One thing that was checked.
    package struct Check: Sendable, Equatable {
        /// Kebab-case: `frozen-line`, `input-digest`, `instance-digest`, `match`, `price`, `reason`, `result-digest`,
        /// `certificate`.
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
    var lines: [(line: FrozenLine, digest: String)]
    var instance: [String]
    var prices: [PriceRecord]
    var matches: [StoredMatch]
    var reasons: [Int: [ScorePart]]
}

extension Rounds {
    /// Checks a stored round against itself: the frozen lines against their digests; the instance, made anew from them;
    /// matches, scores and reasons against the instance; prices and bound by the proof alone. When something differs, the
    /// round is solved again from its frozen input to name which line it is.
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
                summary: summary, lines: try await store.input(of: slug), instance: try await store.instance(of: slug),
                prices: try await store.prices(of: slug), matches: try await matches.stored(of: slug),
                reasons: try await matches.scoreParts(of: slug))
        }
        var found = Verification()
        let lines = stored.lines.map(\.line)
        found.add(
            "frozen-line",
            faults: stored.lines.enumerated().compactMap { n, stored in
                LineDigest.of([stored.line.digested]) == stored.digest
                    ? nil : "line=\(n + 1) kind=\(stored.line.kind.rawValue) subject=\(stored.line.subject)"
            })
        found.add("input-digest", FrozenInput.digest(lines) == stored.summary.inputDigest)

        var storedDigest = LineDigest()
        for chunk in stored.instance {
            for line in chunk.split(separator: "\n") { storedDigest.add(String(line)) }
        }
        found.add("instance-digest", storedDigest.hexadecimal == stored.summary.instanceDigest)

        // From here on the frozen input is the ground; where it does not read, the stored instance alone can be proven.
        let solved: SolvedRound?
        do {
            let input = try FrozenInput.input(lines)
            solved = try Self.solve(input)
        } catch {
            found.add("frozen-input", false, "code=\(error.code.rawValue)")
            solved = nil
        }
        if let solved {
            found.add("instance", solved.instance.digest == stored.summary.instanceDigest, "from=frozen-input")
            found.add("match", faults: Self.faults(of: stored.matches, against: solved.matches))
            found.add("reason", faults: Self.faults(of: stored.reasons, against: solved.matches))
            found.add("price", faults: Self.faults(of: stored.prices, against: solved.namedPrices))
        }
        let prices = Prices(stored.prices)
        let candidates = stored.matches.map(\.candidate)
        found.add(
            "result-digest",
            ResultDigest.of(
                matches: candidates, prices: prices, objective: stored.summary.objective, bound: stored.summary.bound)
                == stored.summary.resultDigest)
        found.add(
            "score", stored.matches.reduce(0) { $0 + $1.score } == stored.summary.score,
            "stored=\(stored.summary.score)")
        Self.prove(stored, candidates, prices, into: &found)
        return found
    }

    /// The proof itself, on the stored instance, matches and prices, without the solver.
    private static func prove(
        _ stored: StoredResult, _ candidates: [Int], _ prices: Prices, into found: inout Verification
    ) {
        let text = stored.instance.joined()
        do {
            let instance = try Instance(parsing: text.split(separator: "\n", omittingEmptySubsequences: true))
            switch Proof.check(
                instance, matches: candidates, prices: prices, claimedObjective: stored.summary.objective,
                claimedBound: stored.summary.bound)
            {
            case .optimal(let objective):
                found.add("certificate", true, "objective=\(objective) bound=\(stored.summary.bound)")
            case .notProven(let objective, let bound):
                found.add("certificate", false, "objective=\(objective) bound=\(bound)")
            case .rejected(let faults):
                found.add("certificate", faults: faults.map { "fault=\($0)".replacing(" ", with: "") })
            }
        } catch {
            found.add("certificate", false, "instance=\(error.reason.rawValue) line=\(error.line)")
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
            for (position, part) in match.score.parts.enumerated() {
                let old = stored[match.number] ?? []
                if position >= old.count || old[position] != part {
                    faults.append("number=\(match.number) factor=\(part.factor.rawValue)")
                }
            }
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
