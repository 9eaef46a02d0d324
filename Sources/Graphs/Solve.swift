// The exact optimum of a laminar assignment, with dual prices.

extension LaminarAssignment {
    /// The best selection, and prices that prove it so; a pure function of the problem.
    ///
    /// - Parameter progress: called as each phase of the guess begins, with 0, and as each community is done, with how many
    ///   are, of how many; answers whether to go on.
    /// - Returns: nil only when told to stop.
    /// - Complexity: that of AssignmentFlow.swift.
    package func solved(progress: ((Int, Int) -> Bool)? = nil) -> Solution? {
        solved(from: smallerSide, progress: progress)
    }

    /// Where units are inserted.
    package enum InsertionSide: Sendable, CaseIterable {
        case receivers, providers
    }

    /// The side that can carry fewer units: searches from the other one would mostly end by finding no room.
    package var smallerSide: InsertionSide {
        var received = [Int](repeating: 0, count: receiveLimits.count)
        for (need, degree) in zip(needs, candidates.needDegrees) {
            received[need.community] += min(need.quantity, Int(degree))
        }
        var given = [Int](repeating: 0, count: giveLimits.count)
        for (offer, degree) in zip(offers, candidates.offerDegrees(count: offers.count)) {
            given[offer.community] += min(offer.capacity, Int(degree))
        }
        let receivable = zip(receiveLimits, received).reduce(0) { $0 + min($1.0, $1.1) }
        let givable = zip(giveLimits, given).reduce(0) { $0 + min($1.0, $1.1) }
        return givable < receivable ? .providers : .receivers
    }

    /// As `solved(progress:)`, inserting from the side asked. Both give an optimum; among equal ones, perhaps not
    /// the same.
    ///
    /// - Parameters:
    ///   - guessing: whether an auction guesses prices first. It makes nearly all searches short.
    ///   - isAlone: whether one thread does it all, as where it would take longer to share; the solution is the same.
    package func solved(
        from side: InsertionSide, guessing: Bool = true, isAlone: Bool? = nil,
        progress: ((Int, Int) -> Bool)? = nil
    ) -> Solution? {
        guard
            let flow = solvedFlow(from: side, guessing: guessing, isAlone: isAlone, progress: progress)
        else { return nil }
        return solution(of: flow)
    }

    /// The flow behind `solved(from:guessing:isAlone:progress:)`.
    func solvedFlow(
        from side: InsertionSide, guessing: Bool, isAlone: Bool? = nil, progress: ((Int, Int) -> Bool)?
    ) -> AssignmentFlow? {
        let isAlone = isAlone ?? (candidates.count < 50_000)
        return switch side {
        case .receivers: solvedFlow(Forward.self, guessing: guessing, isAlone: isAlone, progress: progress)
        case .providers: solvedFlow(Backward.self, guessing: guessing, isAlone: isAlone, progress: progress)
        }
    }

    private func solvedFlow<W: Way>(
        _ way: W.Type, guessing: Bool, isAlone: Bool, progress: ((Int, Int) -> Bool)?
    ) -> AssignmentFlow? {
        var flow = AssignmentFlow(self, isAlone: isAlone)
        guard guessing else {
            flow.start(way)
            guard flow.insertAll(way, progress: progress) else { return nil }
            return flow
        }
        let weight = Int(candidates.weights.max() ?? 0)
        let communities = flow.near(way).communities.count
        // Receivers are the far side of a search backward: their first gain is what makes wars of bids.
        let isLevel = !W.isForward && flow.levelFirstGain(way)
        flow.start(way)
        let most = max(
            weight, flow.receiving.communities.map { flow.receiving.gain(of: $0, after: 0) }.max() ?? 0)
        let goesOn = { progress?(0, communities) ?? true }
        guard flow.guessPrices(most: most, way, goesOn: goesOn) else { return nil }
        if isLevel {
            flow.giving.dropRows()
            guard flow.letIn(self, most: most, goesOn: goesOn),
                flow.settle(Forward.self, progress: progress)
            else { return nil }
        } else {
            guard flow.settle(way, progress: progress) else { return nil }
        }
        return flow
    }

    /// Matches and prices of a flow without imbalance.
    ///
    /// An arc with room and units has V equal at its ends, so a price, V past the arc less V before it, is
    /// positive only where a limit is met. A difference is negative only at a node without units, all of whose
    /// candidates then stay unselected: the price 0 leaves their slack at most 0. Step k of a receiver is taken
    /// when b_k + V ≥ 0 and left when ≤ 0: the price of receivers is V itself, sign included. An item that is in all of
    /// its candidates, yet in fewer than it may, has the price 0: what its matches gain shows as their own slack.
    func solution(of flow: borrowing AssignmentFlow) -> Solution {
        let receivers = flow.potentials(of: flow.receiving.communities)
        let providers = flow.potentials(of: flow.giving.communities)
        func price(_ item: Int, _ value: Int) -> Int {
            let node = flow.nodes[item]
            return node.flow < flow.asides[item].stated ? 0 : max(0, value)
        }
        var selected: [Int] = []
        for match in flow.matches() {
            // A match was a candidate, so it has its place.
            guard let place = candidates.place(need: match.need, offer: match.offer) else { continue }
            selected.append(place)
        }
        return Solution(
            selected: selected.sorted(),
            objective: objective(of: selected),
            providerPrices: providers.map { max(0, -$0) },
            receiverPrices: receivers,
            needPrices: zip(needs, flow.receiving.items).map { need, node in
                price(node, flow.nodes[node].potential - receivers[need.community])
            },
            offerPrices: zip(offers, flow.giving.items).map { offer, node in
                price(node, providers[offer.community] - flow.nodes[node].potential)
            },
            pops: flow.pops)
    }
}

// MARK: - Reading the result

extension AssignmentFlow {
    /// The selected pairs by offer, then by the order of their slots.
    func matches() -> [(need: Int, offer: Int, weight: Int)] {
        var found: [(need: Int, offer: Int, weight: Int)] = []
        for (row, node) in giving.items.enumerated() {
            let start = Int(giving.slotStarts[row])
            for slot in start..<start + Int(nodes[node].held) {
                let (need, weight) = (Int(giving.slots[slot].partner), Int(giving.slots[slot].weight))
                found.append((need - receiving.items.lowerBound, row, weight))
            }
        }
        return found
    }

    func potentials(of range: Range<Int>) -> [Int] { range.map { nodes[$0].potential } }
}
