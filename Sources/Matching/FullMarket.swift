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
    /// The pairs listed so far.
    package private(set) var list: CandidateList
    /// How they were listed.
    package private(set) var listing: ListingReport

    /// How many pairs a pass adds to a need at most.
    static let addedPerNeed = 8

    /// Lists the best pairs of each need.
    package init(_ index: CandidateIndex) async throws(MatchingError) {
        self.index = index
        let count = index.market.input.parameters.listed
        list = try await index.candidates(perNeed: count)
        listing = ListingReport(perNeed: count, evaluations: list.evaluations)
    }

    /// Solves, prices and extends until the prices prove the optimum over every admissible pair.
    mutating func solved(progress: ((Int, Int) -> Bool)?) async throws(MatchingError) -> Solution {
        var solution = try solve(after: nil, progress: progress)
        while try await extend(at: Prices(solution)) {
            solution = try solve(after: solution, progress: progress)
        }
        return solution
    }

    /// The best choice among the pairs listed. `previous` is the best before the last ones were listed: where a
    /// repair of it can start.
    package func solve(
        after previous: Solution?, progress: ((Int, Int) -> Bool)? = nil
    ) throws(MatchingError) -> Solution {
        let passes = listing.passes
        let problem = try index.market.assignment(list)
        let solution = problem.solved { done, all in
            // Each pass may be followed by another: the whole grows by as much again.
            progress?(passes * all + done, (passes + 1) * all) ?? true
        }
        guard let solution else { throw MatchingError(.stopped, "round") }
        return solution
    }

    /// Lists what is worth more than its prices and not listed yet; false when there is nothing.
    package mutating func extend(at prices: Prices) async throws(MatchingError) -> Bool {
        let pricing = try await index.priced(prices, beyond: list, perNeed: Self.addedPerNeed)
        listing.evaluations += pricing.evaluations
        guard !pricing.found.isEmpty else { return false }
        listing.passes += 1
        listing.extensions += pricing.needs
        listing.added += pricing.found.count
        list = list.adding(pricing.found)
        return true
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
    func assignment(_ list: CandidateList) throws(MatchingError) -> LaminarAssignment {
        do {
            var candidates: [LaminarAssignment.Candidate] = []
            candidates.reserveCapacity(list.count)
            for need in 0..<list.needs {
                for place in list.candidates(ofNeed: need) {
                    candidates.append(
                        LaminarAssignment.Candidate(
                            need: need, offer: Int(list.offers[place]), weight: Int(list.scores[place])))
                }
            }
            return try LaminarAssignment(
                giveLimits: communityRows.map(\.give), receiveLimits: communityRows.map(\.receive),
                offers: offerRows.map {
                    LaminarAssignment.Offer(community: $0.community, capacity: $0.capacity)
                },
                needs: needRows.map {
                    LaminarAssignment.Need(community: $0.community, quantity: $0.quantity)
                },
                candidates: candidates, bonuses: input.parameters.receiptBonuses)
        } catch {
            throw MatchingError(.tooLarge, "\(error)")
        }
    }
}
