// The one place that knows the solver's interface: an instance in, an objective and its proof out.

import Graphs
import Matching
import Proof

/// One solve, with the time it took and what the checker says of it.
struct EngineRun {
    /// The largest bonus that the solver accepts.
    static let bonusLimit = LaminarAssignment.weightLimit

    let objective: Int
    /// What the prices prove, as Proof adds it up.
    let bound: Int
    /// Indices into the candidates of the instance.
    let matches: [Int]
    /// From the problem stated to its solution: building the solver's own structures is part of it.
    let times: Times
    /// How long it took to state the problem, in the solver's words, from the instance.
    let stating: Times
    let pops: Int

    /// Solves and checks an instance whose candidates ascend by need, then offer.
    ///
    /// While it is solved, the solver alone holds the candidates: they are taken out of the instance, and put back
    /// for the check.
    /// - Throws: `Refusal` for bonuses or counts past the solver's limits, and for what the checker rejects.
    init(_ instance: inout Instance) throws {
        let (problem, stating) = try timed { try LaminarAssignment(instance) }
        instance.candidates = []
        let (solution, times) = timed { problem.solved() }
        instance.candidates = [Instance.Candidate](problem.candidates)
        (self.times, self.stating) = (times, stating)
        guard let solution else { throw Refusal(.unproven, "bench: stopped") }
        objective = solution.objective
        matches = solution.selected
        pops = solution.pops
        bound = try Self.bound(provenBy: solution, on: instance)
    }

    /// What the prices of a solution prove: its objective where they prove it optimal, more where they do not.
    static func bound(provenBy solution: Solution, on instance: Instance) throws -> Int {
        let apart = instance.withGiversApart()
        let verdict = check(
            apart, matches: solution.selected, prices: Prices(solution).spread(over: apart),
            claimedObjective: solution.objective, claimedBound: solution.objective)
        switch verdict {
        case .optimal(let objective): return objective
        case .notProven(_, let bound): return bound
        case .rejected(let faults):
            if case .boundDiffers(_, let bound)? = faults.first { return bound }
            if faults == [.overflow] {
                throw Refusal(.badData, "bench: the totals pass \(Int.max) [overflow]")
            }
            throw Refusal(
                .unproven, "bench: rejected: \(faults.map { "\($0)" }.joined(separator: ", "))")
        }
    }

    /// What a choice by descending score is worth, bonuses included, and how long it takes once the problem is stated.
    static func greedy(_ instance: Instance) throws -> (objective: Int, matches: [Int], times: Times) {
        let problem = try LaminarAssignment(instance)
        let (taken, times) = timed { problem.greedy() }
        return (problem.objective(of: taken), taken, times)
    }
}

extension LaminarAssignment {
    /// The problem that an instance states.
    init(_ instance: Instance) throws {
        do {
            try self.init(
                giveLimits: instance.communities.map(\.give),
                receiveLimits: instance.communities.map(\.receive),
                offers: instance.offers.map { .init(community: $0.community, capacity: $0.capacity) },
                needs: instance.needs.map { .init(community: $0.community, quantity: $0.quantity) },
                rows: CandidateRows(instance), bonuses: instance.bonuses,
                firstExtras: instance.communities.map(\.extra))
        } catch {
            throw Refusal(.badData, "bench: \(error.sentence)")
        }
    }
}

extension CandidateRows {
    /// The candidates of an instance, which ascend by need, then offer.
    fileprivate init(_ instance: Instance) throws(LaminarAssignmentError) {
        guard instance.candidates.count < LaminarAssignment.countLimit else {
            throw .tooMany(count: instance.candidates.count, limit: LaminarAssignment.countLimit)
        }
        var starts = [Int32](repeating: 0, count: instance.needs.count + 1)
        for candidate in instance.candidates { starts[candidate.need + 1] += 1 }
        for need in instance.needs.indices { starts[need + 1] += starts[need] }
        // Invariant: the reader refused what passes Int32, and ids out of range.
        try self.init(
            starts: starts, offers: instance.candidates.map { Int32($0.offer) },
            weights: instance.candidates.map { Int32($0.score) }, offerCount: instance.offers.count)
    }
}

extension [Instance.Candidate] {
    fileprivate init(_ rows: CandidateRows) {
        self = []
        reserveCapacity(rows.count)
        for need in 0..<rows.starts.count - 1 {
            for place in rows.row(need) {
                append(.init(need: need, offer: Int(rows.offers[place]), score: Int(rows.weights[place])))
            }
        }
    }
}

extension LaminarAssignmentError {
    /// What is refused, with the limit. The reader has refused the rest before, with its line.
    fileprivate var sentence: String {
        switch self {
        case .bonusOutOfRange(let step, let limit):
            "bonus \(step + 1) is not in 0…\(limit), past which totals could overflow [bonus-out-of-range]"
        case .extraOutOfRange(let community, let limit):
            "the extra of community \(community) is not in 0…\(limit), past which totals could overflow [extra-out-of-range]"
        case .risingBonus(let step): "bonus \(step + 1) is more than the one before it [rising-bonus]"
        case .tooMany(let count, let limit): "\(count) records of a kind; fewer than \(limit) [too-many]"
        default: "\(self)"
        }
    }
}
