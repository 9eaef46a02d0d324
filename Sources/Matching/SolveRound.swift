import Graphs
import Proof

/// Solves a round: the matches that maximise the total score plus the receipt bonuses, with their proof.
///
/// Problem, method and complexity are those of `LaminarAssignment`, over the candidates of the market. The
/// result is a pure function of the input, whatever the order of its rows.
///
/// Throws what ``Market/init(_:)`` throws; `too-large` when the solver refuses the size; `stopped` when
/// `progress` answers false; `not-proven` when the proof does not find the result optimal: such a result is
/// never returned, as everything that is said of a round rests on its proof.
///
/// - Parameter progress: told how many units of work are done and how many there are; false stops.
package func solveRound(
    _ input: RoundInput, progress: ((Int, Int) -> Bool)? = nil
) throws(MatchingError) -> SolvedRound {
    let market = try Market(input)
    let instance = market.instance
    let problem = try assignment(instance)
    guard let solution = problem.solved(progress: progress) else { throw MatchingError(.stopped, "round") }
    let taken = problem.greedy()
    let greedy = GreedyResult(
        matches: taken.count, score: taken.reduce(0) { $0 + instance.candidates[$1].score },
        objective: problem.objective(of: taken))
    let prices = Prices(
        providers: solution.providerPrices, receivers: solution.receiverPrices,
        needs: solution.needPrices, offers: solution.offerPrices)
    let round = SolvedRound(
        market: market, instance: instance, selected: solution.selected, prices: prices,
        claimedObjective: solution.objective, claimedBound: solution.objective, greedy: greedy,
        pops: solution.pops)
    guard case .optimal = round.verdict else { throw MatchingError(.notProven, "\(round.verdict)") }
    return round
}

/// The instance in the solver's words.
private func assignment(_ instance: Instance) throws(MatchingError) -> LaminarAssignment {
    do {
        return try LaminarAssignment(
            giveLimits: instance.communities.map(\.give),
            receiveLimits: instance.communities.map(\.receive),
            offers: instance.offers.map {
                LaminarAssignment.Offer(community: $0.community, capacity: $0.capacity)
            },
            needs: instance.needs.map {
                LaminarAssignment.Need(community: $0.community, quantity: $0.quantity)
            },
            candidates: instance.candidates.map {
                LaminarAssignment.Candidate(need: $0.need, offer: $0.offer, weight: $0.score)
            },
            bonuses: instance.bonuses)
    } catch {
        throw MatchingError(.tooLarge, "\(error)")
    }
}
