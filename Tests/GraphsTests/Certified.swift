import Graphs
import Proof
import Testing

extension Instance {
    /// The same problem, as Proof reads it.
    init(_ problem: LaminarAssignment) {
        self.init(
            communities: problem.giveLimits.indices.map {
                .init(
                    give: problem.giveLimits[$0], receive: problem.receiveLimits[$0],
                    extra: problem.firstExtras.isEmpty ? 0 : problem.firstExtras[$0])
            },
            offers: problem.offers.map { .init(community: $0.community, capacity: $0.capacity) },
            needs: problem.needs.map { .init(community: $0.community, quantity: $0.quantity) },
            candidates: problem.candidates.map { .init(need: $0.need, offer: $0.offer, score: $0.weight) },
            bonuses: problem.bonuses)
    }
}

extension LaminarAssignment {
    /// The text form of the same problem.
    var text: String {
        var text = ""
        Instance(self).writeLines { text += $0 + "\n" }
        return text
    }
}

extension Prices {
    init(_ solution: Solution) {
        self.init(
            providers: solution.providerPrices, receivers: solution.receiverPrices,
            needs: solution.needPrices, offers: solution.offerPrices)
    }
}

/// Solves from the side chosen and from either, and has Proof find each optimal, with one objective.
@discardableResult
func certified(
    _ problem: LaminarAssignment, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Solution {
    let instance = Instance(problem).withGiversApart()
    let chosen = try #require(problem.solved(), comment, sourceLocation: sourceLocation)
    for side in LaminarAssignment.InsertionSide.allCases {
        for guessing in [false, true] {
            let solution = try #require(
                problem.solved(from: side, guessing: guessing), comment, sourceLocation: sourceLocation)
            let verdict = check(
                instance, matches: solution.selected, prices: Prices(solution).spread(over: instance),
                claimedObjective: chosen.objective, claimedBound: chosen.objective)
            #expect(verdict == .optimal(objective: chosen.objective), comment, sourceLocation: sourceLocation)
            #expect(
                problem.objective(of: solution.selected) == chosen.objective, sourceLocation: sourceLocation)
        }
    }
    return chosen
}
