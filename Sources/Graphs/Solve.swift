// The exact optimum of a laminar assignment, with dual prices.

extension LaminarAssignment {
    /// The best selection, and prices that prove it so; a pure function of the problem.
    ///
    /// - Parameter progress: called as each community is done, with how many are, of how many; answers whether to
    ///   go on.
    /// - Returns: nil only when told to stop.
    /// - Complexity: that of AugmentingPaths.swift.
    package func solved(progress: ((Int, Int) -> Bool)? = nil) -> Solution? {
        solved(from: smallerSide, progress: progress)
    }

    /// Where units are inserted.
    package enum InsertionSide: Sendable, CaseIterable {
        case receivers, providers
    }

    /// The side that can carry fewer units: searches from the other one would mostly end by finding no room.
    package var smallerSide: InsertionSide {
        var needDegrees = [Int](repeating: 0, count: needs.count)
        var offerDegrees = [Int](repeating: 0, count: offers.count)
        for candidate in candidates {
            needDegrees[candidate.need] += 1
            offerDegrees[candidate.offer] += 1
        }
        var received = [Int](repeating: 0, count: receiveLimits.count)
        for (need, degree) in zip(needs, needDegrees) {
            received[need.community] += min(need.quantity, degree)
        }
        var given = [Int](repeating: 0, count: giveLimits.count)
        for (offer, degree) in zip(offers, offerDegrees) {
            given[offer.community] += min(offer.capacity, degree)
        }
        let receivable = zip(receiveLimits, received).reduce(0) { $0 + min($1.0, $1.1) }
        let givable = zip(giveLimits, given).reduce(0) { $0 + min($1.0, $1.1) }
        return givable < receivable ? .providers : .receivers
    }

    /// As `solved(progress:)`, inserting from the side asked. Both give an optimum; among equal ones, perhaps not
    /// the same.
    package func solved(from side: InsertionSide, progress: ((Int, Int) -> Bool)? = nil) -> Solution? {
        let receiving = AssignmentSide(
            communityLimits: receiveLimits, itemOwners: needs.map(\.community),
            itemLimits: needs.map(\.quantity), gains: bonuses)
        let giving = AssignmentSide(
            communityLimits: giveLimits, itemOwners: offers.map(\.community),
            itemLimits: offers.map(\.capacity), gains: [])
        switch side {
        case .receivers:
            let pairs = candidates.map { (left: $0.need, right: $0.offer, weight: $0.weight) }
            var paths = AugmentingPaths(left: receiving, right: giving, pairs: pairs)
            guard paths.run(progress: progress) else { return nil }
            let (selected, objective) = paths.selection()
            let found = paths.potentials()
            return solution(
                selecting: selected.map { (need: $0.left, offer: $0.right) }, objective: objective,
                receivers: found.left, needs: found.leftItems, offers: found.rightItems,
                providers: found.right, pops: paths.pops)
        case .providers:
            let pairs = candidates.map { (left: $0.offer, right: $0.need, weight: $0.weight) }
            var paths = AugmentingPaths(left: giving, right: receiving, pairs: pairs)
            guard paths.run(progress: progress) else { return nil }
            let (selected, objective) = paths.selection()
            // Every arc was run backwards: the potentials of the problem are the negatives.
            let found = paths.potentials()
            return solution(
                selecting: selected.map { (need: $0.right, offer: $0.left) }, objective: objective,
                receivers: found.right.map(-), needs: found.rightItems.map(-), offers: found.leftItems.map(-),
                providers: found.left.map(-), pops: paths.pops)
        }
    }

    /// Prices from potentials V along ground → receiver → need → offer → provider → ground.
    ///
    /// An arc with room and units has V equal at its ends, so a price, V past the arc less V before it, is
    /// positive only where a limit is met. A difference is negative only at a node without units, all of whose
    /// candidates then stay unselected: the price 0 leaves their slack at most 0. Step k of a receiver is taken
    /// when b_k + V ≥ 0 and left when ≤ 0: the price of receivers is V itself, sign included.
    private func solution(
        selecting pairs: [(need: Int, offer: Int)], objective: Int, receivers: [Int], needs needValues: [Int],
        offers offerValues: [Int], providers: [Int], pops: Int
    ) -> Solution {
        Solution(
            selected: pairs.map { position(need: $0.need, offer: $0.offer) }.sorted(),
            objective: objective,
            providerPrices: providers.map { max(0, -$0) },
            receiverPrices: receivers,
            needPrices: zip(needs, needValues).map { max(0, $1 - receivers[$0.community]) },
            offerPrices: zip(offers, offerValues).map { max(0, providers[$0.community] - $1) },
            pops: pops)
    }

    /// Where a pair stands among the candidates, by bisection.
    private func position(need: Int, offer: Int) -> Int {
        var low = 0
        var high = candidates.count
        while low < high {
            let middle = (low + high) / 2
            if (candidates[middle].need, candidates[middle].offer) < (need, offer) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
