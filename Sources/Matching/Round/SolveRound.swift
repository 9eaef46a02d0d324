import Graphs
import Proof

/// Solves a round: the matches that maximise the total score plus the receipt bonuses, with their proof.
///
/// The problem is that of `LaminarAssignment` over every admissible pair of the market; it is solved on the
/// promising ones, and proven on all, as `FullMarket` does. The result is a pure function of the input, whatever
/// the order of its rows and the number of cores.
///
/// Throws what ``Market/init(_:)`` throws; `too-large` when the solver refuses the size; `stopped` when
/// `progress` answers false or the task is cancelled; `not-proven` when the proof does not find the result
/// optimal, or not as many communities served as can be where that comes first: such a result is never returned, as
/// everything that is said of a round rests on its proof.
///
/// Where rings of mutual help are sought, the best that was found is returned with a bound on what was missed: proven
/// over every admissible pair where all are listed, else over those listed (``SolvedRound/scope``).
///
/// - Parameter progress: told how many units of work are done and how many there are, as far as is known; false
///   stops. What is solved to compare with is not told.
package func solveRound(
    _ input: RoundInput, progress: ((Int, Int) -> Bool)? = nil
) async throws(MatchingError) -> SolvedRound {
    let market = try Market(input)
    var full = try await FullMarket(CandidateIndex(market))
    let best = full.list
    let solution = try await full.solved(progress: progress)
    let prices = Prices(solution)
    let (list, selected) = full.result(solution.selected, at: prices)
    let plain = try PlainResult(market, list)
    let mostServed = input.parameters.coverage == .first ? try await full.mostServed() : nil
    let zones =
        input.parameters.zoneBonuses.isEmpty ? nil : try ZoneResult(market, list, selected: selected)
    let round: SolvedRound
    if input.parameters.mutual == .off {
        round = SolvedRound(
            market: market, list: list, selected: selected, prices: prices,
            claimedObjective: solution.objective, claimedBound: solution.objective,
            greedy: try GreedyResult(market, list), plain: plain, mostServed: mostServed,
            zones: zones, pops: solution.pops, listing: full.listing)
    } else {
        let rings = try market.solvedMutually(best, progress: progress)
        let without = MutualResult.WithoutRings(market, selected, of: list)
        round = SolvedRound(
            market: market, list: best, selected: rings.selected, prices: Prices(rings.relaxation),
            claimedObjective: rings.objective, claimedBound: rings.bound,
            mutual: MutualResult(rings, without: without), greedy: try GreedyResult(market, best),
            plain: plain, mostServed: mostServed, zones: zones, pops: solution.pops + rings.pops,
            listing: full.listing)
    }
    guard round.isProven else { throw MatchingError(.notProven, "\(round.verdict)") }
    if let most = round.mostServed, round.served < most { throw MatchingError(.notProven, "coverage") }
    return round
}

extension GreedyResult {
    /// What taking the best of the listed pairs first gives.
    init(_ market: Market, _ list: CandidateList) throws(MatchingError) {
        let problem = try market.assignment(list)
        let taken = problem.greedy()
        self.init(
            matches: taken.count, score: taken.reduce(0) { $0 + Int(list.scores[$1]) },
            objective: problem.objective(of: taken))
    }
}
