import Graphs

/// What the best score alone would give, without any receipt bonus: what fairness is measured against.
///
/// The best over the listed pairs of the round, which its own matches are among: no choice among them scores more.
/// Of several that score the same, the one that the solver finds.
package struct PlainResult: Sendable, Equatable {
    /// How many matches it makes.
    package let matches: Int
    /// Σ scores, ppm.
    package let score: Int
    /// How many communities have a match.
    package let served: Int

    /// Solves the listed pairs once more. Throws `stopped` when the task is cancelled.
    ///
    /// - Complexity: that of a solve.
    init(_ market: Market, _ list: CandidateList) throws(MatchingError) {
        let problem = try market.assignment(list, for: .score)
        guard let solution = problem.solved(progress: { _, _ in !Task.isCancelled }) else {
            throw MatchingError(.stopped, "round")
        }
        matches = solution.selected.count
        score = solution.objective
        served = list.receivers(solution.selected, market).count { $0 }
    }
}

extension SolvedRound {
    /// How many communities have a match.
    package var served: Int { use.received.count { $0 > 0 } }

    /// What the receipt bonuses cost in score: the share of the plain score that the round forgoes for them, ppm,
    /// rounded down. Nil for a restored round.
    package var fairnessCost: Int? {
        plain.map { share(of: $0.score, forgone: $0.score - (mutual?.without?.score ?? score)) }
    }

    /// What rings of mutual help cost in score: the share of the score without them that the round forgoes, ppm, rounded
    /// down; below 0 where it gains. Nil where none were sought, and for a restored round.
    package var mutualCost: Int? {
        mutual?.without.map { share(of: $0.score, forgone: $0.score - score) }
    }
}

/// A part of a whole, ppm, rounded towards 0.
func share(of whole: Int, forgone part: Int) -> Int {
    guard whole > 0 else { return 0 }
    // The product may pass Int.max; the share is at most 10⁶.
    return whole.dividingFullWidth(part.multipliedFullWidth(by: ppmOne)).quotient
}
