import Graphs
import Proof

/// What comes first when a round cannot have both: help for as many communities as possible, or the total.
package enum Coverage: String, CaseIterable, Sendable {
    /// The first match of a community adds the first receipt bonus: worth much, but not any price.
    case bonus
    /// As many communities as can be get a match; among the choices that serve so many, the best by scores and the
    /// other bonuses.
    case first

    /// Place in the list of cases: what a round freezes.
    var place: Int { self == .bonus ? 0 : 1 }
}

extension Parameters {
    /// What a receiver's first, second, … match adds to the objective, ppm. Where coverage comes first, the first one
    /// adds as much as ten perfect matches: more than any exchange costs that was met, and no more, as a solve takes
    /// the longer the larger the bonus.
    package var bonuses: [Int] {
        switch coverage {
        case .bonus: receiptBonuses
        case .first: [max(10 * ppmOne, receiptBonuses.first ?? 0)] + receiptBonuses.dropFirst()
        }
    }
}

/// What a round over the whole market is solved for.
package enum Goal: Sendable {
    /// Scores and receipt bonuses, those of zones included.
    case objective
    /// Scores and receipt bonuses, but for those of zones.
    case withoutZones
    /// Scores alone.
    case score
    /// How many communities have a match: pairs weigh nothing, a first match 1.
    case coverage

    func bonuses(_ parameters: Parameters) -> [Int] {
        switch self {
        case .objective, .withoutZones: parameters.bonuses
        case .score: []
        case .coverage: [1]
        }
    }

    func weight(of pair: Candidate) -> Int {
        switch self {
        case .objective, .withoutZones, .score: pair.score
        case .coverage: 0
        }
    }

    func weights(of list: CandidateList) -> [Int32] {
        switch self {
        case .objective, .withoutZones, .score: list.scores
        case .coverage: [Int32](repeating: 0, count: list.count)
        }
    }

    /// Prices at which a pair is worth more than its four prices in the words of pricing, which compares them with
    /// its score, if and only if it is so for this goal.
    ///
    /// For coverage a pair counts where its prices c add up to less than 0, the weight of all pairs. Priced at
    /// 2·10⁶·c + 10⁶ it is not found where c ≥ 0, as no score passes 10⁶, and is found where c ≤ −1, as no score is
    /// below 0.
    func forPricing(_ prices: Prices) -> Prices {
        switch self {
        case .objective, .withoutZones, .score: prices
        case .coverage:
            Prices(
                providers: prices.providers.map { 2 * ppmOne * $0 },
                receivers: prices.receivers.map { 2 * ppmOne * $0 },
                needs: prices.needs.map { 2 * ppmOne * $0 + ppmOne },
                offers: prices.offers.map { 2 * ppmOne * $0 })
        }
    }
}

extension FullMarket {
    /// How many communities can have a match at all, proven over every admissible pair.
    ///
    /// Problem. That the first bonus outweighs everything else must not be believed: an exchange through many
    /// communities could cost more score than it adds. Nor could a list tell how many the market can serve.
    ///
    /// Method. The same column generation with other numbers: pairs weigh 0, a first match 1, so that the objective
    /// counts communities. It starts from the pairs listed so far and adds those that the prices ask for, and its
    /// certificate is checked like any other. A round of the objective that serves so many is then the best of all
    /// that do: the bonus adds the same to each of them. What zones add may still decide whom they serve.
    ///
    /// Throws as ``solved(progress:)``, and `not-proven` when the certificate does not hold.
    ///
    /// - Complexity: that of a solve where most pairs are ties.
    func mostServed() async throws(MatchingError) -> Int {
        var coverage = self
        coverage.goal = .coverage
        let solution = try await coverage.solved { _, _ in !Task.isCancelled }
        var instance = index.market.instance(coverage.list)
        for place in instance.candidates.indices { instance.candidates[place].score = 0 }
        instance.bonuses = Goal.coverage.bonuses(index.market.input.parameters)
        for community in instance.communities.indices { instance.communities[community].extra = 0 }
        let verdict = Proof.check(
            instance, matches: solution.selected, prices: Prices(solution),
            claimedObjective: solution.objective, claimedBound: solution.objective)
        guard case .optimal(let most) = verdict else { throw MatchingError(.notProven, "coverage") }
        return most
    }
}
