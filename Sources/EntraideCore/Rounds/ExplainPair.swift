package import Lines
package import Matching
import Postgres
import Proof

extension Rounds {
    /// Why `provider` helps `receiver` in a round, or why not; without a provider, what became of each need of the receiver, and
    /// where it has no match at all, the nearest change that would help.
    ///
    /// Reads the frozen input and the stored result: later changes of profiles do not change the answer.
    ///
    /// - Throws: `unknown-round`, `round-not-run`, `unknown-community`, `not-in-round`, `not-proven`, `input-erased`.
    package func explain(
        _ slug: String, receiver: String, provider: String?
    ) async throws -> [PairExplanation] {
        let solved = try await restored(slug)
        do throws(MatchingError) {
            guard let provider else { return try solved.explain(receiver: receiver) }
            return try solved.explain(receiver: receiver, provider: provider)
        } catch {
            guard error.code == .unknownCommunity else { throw EntraideError(error) }
            // Somebody registered since, or nobody at all.
            _ = try await Communities(database).show(error.subject, for: .coordinator)
            throw EntraideError(.notInRound, ["community": error.subject, "round": slug])
        }
    }

    /// The round as it was stored, without solving it again.
    func restored(_ slug: String) async throws -> SolvedRound {
        let (summary, lines, matches, prices, multipliers) = try await database.read { connection in
            let store = RoundStore(connection: connection)
            guard let summary = try await store.round(slug).result else {
                throw EntraideError(.roundNotRun, ["round": slug])
            }
            guard summary.erased == 0 else {
                throw EntraideError(.inputErased, ["round": slug, "count": "\(summary.erased)"])
            }
            return (
                summary, try await store.input(of: slug),
                try await MatchStore(connection: connection).stored(of: slug),
                try await store.prices(of: slug), try await store.multipliers(of: slug)
            )
        }
        let input = try FrozenInput.input(lines)
        do throws(MatchingError) {
            return try await SolvedRound(
                restoring: input, matches: matches.map(\.key), rings: matches.map(\.ring),
                prices: Prices(prices), multipliers: multipliers,
                claimedObjective: summary.objective, claimedBound: summary.bound)
        } catch {
            throw EntraideError(error)
        }
    }

    /// Who takes part in a round and who does not: after a run, as it was frozen; before, as it stands.
    ///
    /// - Throws: `unknown-round`.
    package func participants(_ slug: String, on day: String) async throws -> [OutcomeRecord] {
        let input = try await database.read { connection in
            let store = RoundStore(connection: connection)
            let round = try await store.round(slug)
            if round.result != nil {
                return try FrozenInput.input(try await store.input(of: slug))
            }
            return try await freeze(round, on: day, from: connection)
        }
        let taking = input.participants.map { one in
            OutcomeRecord(
                round: slug, community: one.slug, role: "participant", reason: nil,
                detail: "offers=\(one.offers.count) needs=\(one.needs.count)"
                    + (one.zones.isEmpty ? "" : " zones=\(one.zones.joined(separator: ","))"))
        }
        let absent = input.absentees.map { one in
            OutcomeRecord(
                round: slug, community: one.slug, role: "absent", reason: one.reason.rawValue, detail: nil)
        }
        return (taking + absent).sorted { precedes($0.community, $1.community) }
    }
}

extension PairExplanation {
    /// The explanation as a line: the receiver's outcome, with who and what in the detail.
    package func record(round: String, receiver: String) -> OutcomeRecord {
        var detail: [String] = []
        if let provider { detail.append("provider=\(provider)") }
        if let need { detail.append("need=\(need)") }
        if let offer { detail.append("offer=\(offer)") }
        switch outcome {
        case .matched(let number, let score):
            detail.append("match=\(round)/\(number)")
            detail.append("score=\(score.total)")
            detail += score.parts.map { "\($0.factor.rawValue)=\($0.points)" }
            if let zones {
                detail.append("zone_bonus=\(zones.extra)")
                detail.append(
                    "zones=" + zones.lists.map { "\($0.zone)@\($0.vintage)" }.joined(separator: ","))
            }
            if let ring {
                detail.append("ring=\(round)/ring-\(ring.number)")
                detail.append("circle=\(ring.communities.joined(separator: ","))")
            }
            return OutcomeRecord(
                round: round, community: receiver, role: "receiver", reason: nil,
                detail: detail.joined(separator: " "))
        case .notMatched(let reason, let more):
            detail += more.map(\.description)
            if let change { detail += change.details.map(\.description) }
            return OutcomeRecord(
                round: round, community: receiver, role: "receiver", reason: reason.rawValue,
                detail: detail.isEmpty ? nil : detail.joined(separator: " "))
        }
    }
}
