/// The offers of a market arranged so that the best ones for a need are found without looking at all.
///
/// Problem. For a need, the `count` admissible offers of the highest score, ties by ``OfferTurn``: the same as
/// scoring every offer of every related skill, sorting and cutting.
///
/// Method. Offers stand in groups with an upper bound each: those that can be remote by what decides their
/// points (``RemoteOffers``), those that can be on site by where they are (``OfferCells``), and a whole skill
/// by its proximity. One walk takes whatever has the highest bound, takes it apart, and ends when the worst of
/// the offers kept is better than the highest bound left (``CandidateSearch``).
///
/// Invariant: no bound is below the worth of a pair that it stands for. Points are sums of terms rounded down
/// one by one, so a bound is the same sum with each term at its largest.
///
/// - Complexity: building O(offers · log offers of one skill); a need mostly some 50 to 200 offers, whatever
///   the size of the market, at worst all related ones. A pure function of the market.
package final class CandidateIndex: Sendable {
    let market: Market
    let remote: RemoteOffers
    let onSite: OfferCells
    let points: FactorPoints
    /// What each need knows beforehand.
    let marks: FixedTable<NeedMark>
    /// Where the relatives of each skill start in `relatives`.
    private let relativeStarts: FixedTable<Int32>
    /// The skills that can serve each needed one, nearest first.
    let relatives: FixedTable<Relative>

    /// An offered skill near a needed one, with offers.
    struct Relative: Sendable, BitwiseCopyable {
        var skill: Int32
        /// The points of its proximity.
        var points: Int32
    }

    /// Arranges the offers of a market.
    package init(_ market: Market) {
        self.market = market
        remote = RemoteOffers(market)
        onSite = OfferCells(market)
        let weights = market.input.parameters.weights
        points = FactorPoints(market.input.parameters)
        marks = FixedTable(NeedMark.all(of: market))
        var starts: [Int32] = [0]
        var all: [Relative] = []
        for skill in market.offersOfSkill.indices {
            let near = market.proximity.relatives(of: skill).filter {
                $0.proximity >= market.input.parameters.floor && !market.offersOfSkill[$0.skill].isEmpty
            }
            all += near.map {
                Relative(skill: Int32($0.skill), points: Int32(weights.skill * $0.proximity / ppmOne))
            }.sorted { ($1.points, $0.skill) < ($0.points, $1.skill) }
            starts.append(Int32(all.count))
        }
        relativeStarts = FixedTable(starts)
        relatives = FixedTable(all)
    }

    /// Where the skills that can serve a needed one stand in `relatives`.
    func relatives(of skill: Int) -> Range<Int> {
        Int(relativeStarts[skill])..<Int(relativeStarts[skill + 1])
    }

    /// The order in which a need takes offers that are worth the same to it.
    package func turn(ofNeed need: Int) -> OfferTurn {
        OfferTurn(pivot: Int(marks[need].pivot), count: market.offers.count)
    }

    /// The best `count` admissible offers of one need, best first, and how many pairs were looked at for it.
    package func best(ofNeed need: Int, count: Int) -> (candidates: [Candidate], evaluations: Int) {
        var search = CandidateSearch(self, prices: NoPrices(index: self))
        let ranked = search.best(of: view(ofNeed: need), count: count)
        let turn = turn(ofNeed: need)
        let candidates = ranked.sorted(by: >).map {
            Candidate(need: need, offer: turn.offer(at: $0.turn), score: $0.worth - 1)
        }
        return (candidates, search.evaluations)
    }
}
