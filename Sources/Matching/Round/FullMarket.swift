package import Graphs
package import Proof

/// A round over every admissible pair, though only the promising ones are listed: column generation.
///
/// Problem. At 100,000 communities the admissible pairs are hundreds of millions. Solve with the best few of
/// each need, and still prove the result against all of them.
///
/// Method. List the best ``Parameters/listed`` of each need and solve. Look for pairs that are not listed and
/// score more than their four prices; add the best of them and solve again, until there is none.
///
/// Why it is exact. The bound of a certificate (Proof.swift) adds max(0, w − p_g − p_o − p_n − p_r) for each
/// pair. Where no pair outside the list has a positive term, the bound over the list is the bound over the whole
/// market, for the same prices; the objective meets it, so nothing does better, listed or not.
///
/// It ends, since each pass lists pairs that were not and there are finitely many.
///
/// - Reference: L. R. Ford and D. R. Fulkerson, A suggested computation for maximal multi-commodity network
///   flows (1958); G. B. Dantzig and P. Wolfe (1960).
package struct FullMarket: Sendable {
    let index: CandidateIndex
    /// What it is solved for.
    var goal = Goal.objective
    /// The pairs listed so far.
    package private(set) var list: CandidateList
    /// How they were listed.
    package private(set) var listing: ListingReport

    /// How many pairs a pass adds to a need at most.
    static let addedPerNeed = 8

    /// Lists the best pairs of each need.
    package init(_ index: CandidateIndex) async throws(MatchingError) {
        self.index = index
        let count = index.market.listedPerNeed
        list = try await index.candidates(perNeed: count)
        listing = ListingReport(perNeed: count, evaluations: list.evaluations)
    }

    /// Where more pairs than one for so many needs are added, to solve anew is quicker than to repair the solution pair by
    /// pair; which of the two changes nothing but the time, or which of several equal results is found.
    package static let needsPerRepair = 100

    /// Solves, prices and extends until the prices prove the optimum over every admissible pair. What is listed later
    /// repairs the solution, which is as exact as to solve again.
    mutating func solved(progress: ((Int, Int) -> Bool)?) async throws(MatchingError) -> Solution {
        var live: LiveAssignment?
        var solution = try solve(adding: [], to: &live, progress: progress)
        while true {
            let added = try await extend(at: Prices(solution))
            if added.isEmpty { return solution }
            solution = try solve(adding: added, to: &live, progress: progress)
        }
    }

    /// Solves the list, to which some pairs were added last, and keeps the flow for what is added next.
    ///
    /// A repair searches for each need that changes: where many do, it is less work to solve anew.
    package func solve(
        adding added: [Candidate], to live: inout LiveAssignment?, progress: ((Int, Int) -> Bool)? = nil
    ) throws(MatchingError) -> Solution {
        let problem = try index.market.assignment(list, for: goal)
        var earlier = 0
        if live != nil, added.count <= list.needs / Self.needsPerRepair {
            for pair in added {
                live?.setWeight(need: pair.need, offer: pair.offer, goal.weight(of: pair))
            }
            live?.settle()
        } else {
            earlier = live?.pops ?? 0
            // Two flows at a time would take twice the memory.
            live = nil
            live = LiveAssignment(problem, progress: progress)
        }
        guard var solution = live?.solution(of: problem) else { throw MatchingError(.stopped, "round") }
        solution.pops += earlier
        return solution
    }

    /// Lists what is worth more than its prices and not listed yet; answers which pairs that are.
    package mutating func extend(at prices: Prices) async throws(MatchingError) -> [Candidate] {
        let pricing = try await index.priced(
            goal.forPricing(prices), beyond: list, perNeed: Self.addedPerNeed)
        listing.evaluations += pricing.evaluations
        guard !pricing.found.isEmpty else { return [] }
        listing.passes += 1
        listing.extensions += pricing.needs
        listing.added += pricing.found.count
        list = list.adding(pricing.found)
        return pricing.found
    }

    /// The list of the round, and where its matches stand in it: the best pairs of each need, and beyond them
    /// those that are matched or worth more than their prices. What other passes added leaves no trace: a round
    /// that is restored from its matches and prices finds the same list, without solving.
    package func result(
        _ selected: [Int], at prices: Prices
    ) -> (list: CandidateList, selected: [Int]) {
        guard listing.passes > 0 else { return (list, selected) }
        return list.keeping(selected: selected, index) { candidate in
            candidate.score > index.market.cost(of: candidate, at: prices)
        }
    }
}

extension Market {
    /// The four prices of a pair together.
    func cost(of pair: Candidate, at prices: Prices) -> Int {
        prices.needs[pair.need] + prices.receivers[needs[pair.need].community] + prices.offers[pair.offer]
            + prices.providers[offers[pair.offer].community]
    }
}

/// How the pairs of a round were listed.
package struct ListingReport: Sendable, Equatable {
    /// How many of its best pairs each need lists.
    package var perNeed: Int
    /// How many pairs of need and offer were looked at.
    package var evaluations: Int
    /// How many times pairs were added, each followed by another solve.
    package var passes = 0
    /// How many times a need was given more pairs.
    package var extensions = 0
    /// How many pairs were added.
    package var added = 0
}

extension Prices {
    /// The prices of the solver, for the proof.
    package init(_ solution: Solution) {
        self.init(
            providers: solution.providerPrices, receivers: solution.receiverPrices,
            needs: solution.needPrices, offers: solution.offerPrices)
    }
}

extension Market {
    /// The listed pairs in the solver's words. Throws `too-large` when the solver refuses the size.
    package func assignment(
        _ list: CandidateList, for goal: Goal = .objective
    ) throws(MatchingError) -> LaminarAssignment {
        do {
            return try LaminarAssignment(
                giveLimits: communityRows.map(\.give), receiveLimits: communityRows.map(\.receive),
                offers: offerRows.map {
                    LaminarAssignment.Offer(community: $0.community, capacity: $0.capacity)
                },
                needs: needRows.map {
                    LaminarAssignment.Need(community: $0.community, quantity: $0.quantity)
                },
                rows: CandidateRows(
                    starts: list.starts.map { Int32($0) }, offers: list.offers,
                    weights: goal.weights(of: list), offerCount: offerRows.count),
                bonuses: goal.bonuses(input.parameters),
                firstExtras: goal == .objective ? communities.indices.map { extra(of: $0) } : [])
        } catch {
            throw MatchingError(.tooLarge, "\(error)")
        }
    }
}
