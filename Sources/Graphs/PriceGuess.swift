// A guess of the prices, from an auction, to start an exact solve from.
//
// Problem. Where supply and demand are close to each other, inserting units one at a time into an empty market raises prices
// in many small steps, each found by a long search. Prices that are nearly right make most searches end at once.
//
// Method. An auction: each near community with a unit left bids for the far item that profits it most, by as much as it
// prefers it to its next best (doing nothing included) and `step` more. A far item, or its community, that is full lets its
// lowest bidder go, who bids again. Entry prices only rise, so the stale keys of AssignmentFlow serve here too.
// When nobody bids, prices are within about `step` of an optimum's. The matches are then forgotten. Far limits that a price
// says are met are taken as met, by nobody yet: each lacks its units, which inserted units find at no distance.
//
// Nothing rests on the guess: whatever the prices, the searches that follow end in an exact optimum. It decides how much there
// is left for them to do, and, being a pure function of the problem, which of several optima they find.
//
// Complexity: O(bids · (row scanned + far members)); a community bids at most 1 + (largest gain / step) times for a unit.
// Reference: Bertsekas, The auction algorithm (1988); Bertsekas and Castañón on asymmetric assignment (1992).

extension AssignmentFlow {
    /// Sets potentials from an auction, and the flow and imbalances that go with them. The flow is empty and the rows of the
    /// near side are made.
    ///
    /// - Parameter step: the least raise of a price, at least 1.
    mutating func guessPrices<W: Way>(step: Int, _ way: W.Type) {
        var auction = Auction(levels: [Int](repeating: 0, count: far(way).slotsTaken), step: step)
        for community in near(way).communities { auction.waiting.append(Int32(community)) }
        var place = 0
        while place < auction.waiting.count {
            let community = Int(auction.waiting[place])
            place += 1
            while nodes[community].hasRoom, bid(of: community, &auction, way) {}
            // The line is as long as the bidders that wait, not as all that ever waited.
            if place > nodeCount {
                auction.waiting.removeFirst(place)
                place = 0
            }
        }
        settlePrices(auction, way)
    }
}

/// The price of what can carry nothing: more than any unit gains.
private let closedPrice = 1 << 28

/// Who waits to bid, and what was bid.
private struct Auction {
    var waiting: [Int32] = []
    /// Per slot of the far side, the bid of the match in it.
    var levels: [Int]
    let step: Int
}

extension AssignmentFlow {
    /// What one more match costs at a far item: the lowest bid it would displace, or what its community loses by nobody.
    ///
    /// Where successive units of a community gain less and less, none is displaced for less than the last one gains: so the
    /// price never falls when the first and cheapest of them becomes the one to displace.
    private func entryPrice<W: Way>(_ item: Int, _ auction: borrowing Auction, _ way: W.Type) -> Int {
        let far = far(way)
        let owner = Int(nodes[item].owner)
        guard nodes[item].hasRoom else {
            return max(lowest(item, auction, far).level, lossOfLast(owner, far))
        }
        guard nodes[owner].hasRoom else { return communityPrice(owner, auction, far) }
        return -far.gain(after: nodes[owner].flow)
    }

    /// What one more match costs at a full far community.
    private func communityPrice(_ community: Int, _ auction: borrowing Auction, _ side: FlowSide) -> Int {
        max(lowest(ofCommunity: community, auction, side).level, lossOfLast(community, side))
    }

    private func lossOfLast(_ community: Int, _ side: FlowSide) -> Int {
        nodes[community].flow > 0 ? -side.gain(after: nodes[community].flow - 1) : -closedPrice
    }

    /// The lowest bid in the slots of an item; `closedPrice` when it has none.
    private func lowest(_ item: Int, _ auction: borrowing Auction, _ side: FlowSide) -> (
        slot: Int, level: Int
    ) {
        let start = Int(side.slotStarts[item - side.items.lowerBound])
        var found = (slot: -1, level: closedPrice)
        for slot in start..<start + Int(nodes[item].held) where auction.levels[slot] < found.level {
            found = (slot, auction.levels[slot])
        }
        return found
    }

    private func lowest(ofCommunity community: Int, _ auction: borrowing Auction, _ side: FlowSide)
        -> (item: Int, slot: Int, level: Int)
    {
        let row = community - side.communities.lowerBound
        var found = (item: -1, slot: -1, level: closedPrice)
        for place in Int(side.memberStarts[row])..<Int(side.memberStarts[row + 1]) {
            let item = Int(side.members[place])
            let (slot, level) = lowest(item, auction, side)
            if level < found.level { found = (item, slot, level) }
        }
        return found
    }

    /// One bid for one unit of a near community; answers whether there was any.
    private mutating func bid<W: Way>(of community: Int, _ auction: inout Auction, _ way: W.Type) -> Bool {
        let near = near(way)
        let far = far(way)
        guard let arcs = near.arcs else { return false }
        // Doing nothing is the first alternative.
        let nothing = -near.gain(after: nodes[community].flow)
        var best = (profit: nothing, item: -1, target: -1, weight: Int32(0))
        var second = nothing
        let members = community - near.communities.lowerBound
        for member in Int(near.memberStarts[members])..<Int(near.memberStarts[members + 1]) {
            let item = Int(near.members[member])
            guard nodes[item].hasRoom else { continue }
            let row = item - near.items.lowerBound
            let start = Int(near.rowStarts[row])
            let stop = start + Int(near.rowCounts[row])
            var place = start
            while place < stop && Int(arcs[place].key) > second {
                let target = Int(arcs[place].target)
                let profit = Int(arcs[place].weight) - entryPrice(target, auction, way)
                arcs[place].key = Int32(truncatingIfNeeded: profit)
                if profit > second, !holds(item, target, near) {
                    if profit > best.profit {
                        second = best.profit
                        best = (profit, item, target, arcs[place].weight)
                    } else {
                        second = profit
                    }
                }
                place += 1
            }
            restoreOrder(arcs, scanned: start..<place, before: stop)
        }
        guard best.item >= 0 else { return false }
        let level = entryPrice(best.target, auction, way) + best.profit - second + auction.step
        let owner = Int(nodes[best.target].owner)
        if !nodes[best.target].hasRoom {
            evict(best.target, lowest(best.target, auction, far).slot, &auction, near, far)
        } else if !nodes[owner].hasRoom {
            let lowest = lowest(ofCommunity: owner, auction, far)
            evict(lowest.item, lowest.slot, &auction, near, far)
        }
        let slot = Int(far.slotStarts[best.target - far.items.lowerBound]) + Int(nodes[best.target].held)
        auction.levels[slot] = level
        take(best.item, best.target, best.weight, near)
        take(best.target, best.item, best.weight, far)
        for node in [best.item, best.target, community, owner] { nodes[node].flow += 1 }
        return true
    }

    /// Lets the match in a slot of a far item go; its bidder waits again.
    private mutating func evict(
        _ item: Int, _ slot: Int, _ auction: inout Auction, _ near: FlowSide, _ far: FlowSide
    ) {
        guard slot >= 0 else { return }
        let holder = Int(far.slots[slot].partner)
        let last = Int(far.slotStarts[item - far.items.lowerBound]) + Int(nodes[item].held) - 1
        // As `release` fills the slot left free, so do the levels.
        auction.levels[slot] = auction.levels[last]
        release(item, holder, far)
        release(holder, item, near)
        let bidder = Int(nodes[holder].owner)
        for node in [item, holder, bidder, Int(nodes[item].owner)] { nodes[node].flow -= 1 }
        auction.waiting.append(Int32(bidder))
    }

    /// Potentials from the entry prices less a margin, and what the far side is then taken to carry.
    private mutating func settlePrices<W: Way>(_ auction: borrowing Auction, _ way: W.Type) {
        var near = near(way)
        let far = far(way)
        let sign = W.isForward ? 1 : -1
        let unit: Int32 = W.isForward ? 1 : -1
        let ground = far.gain(after: 0)
        // Too low a guess is mended by searches from here, too high a one by searches from the far side: which have the short
        // rows of needs to read going forward, but the long ones of offers going backward.
        let margin = (W.isForward ? 4 : 1) * auction.step
        for community in far.communities {
            let isFull = !nodes[community].hasRoom
            let price =
                isFull
                ? communityPrice(community, auction, far) : -far.gain(after: nodes[community].flow)
            nodes[community].potential = sign * min(ground, margin - price)
        }
        for item in far.items {
            let owner = Int(nodes[item].owner)
            var value = self.value(owner, way)
            if !nodes[item].hasRoom { value = min(value, margin - entryPrice(item, auction, way)) }
            nodes[item].potential = sign * value
        }
        for node in 0..<nodeCount {
            nodes[node].flow = 0
            nodes[node].held = 0
        }
        for community in far.communities {
            var carried: Int32 = 0
            while carried < nodes[community].limit && far.gain(after: carried) > value(community, way) {
                carried += 1
            }
            nodes[community].flow = carried
            nodes[community].imbalance -= unit * carried
        }
        for item in far.items {
            let owner = Int(nodes[item].owner)
            guard value(item, way) < value(owner, way) else { continue }
            nodes[item].flow = nodes[item].limit
            nodes[item].imbalance -= unit * nodes[item].limit
            nodes[owner].imbalance += unit * nodes[item].limit
        }
        // Potentials of the far side are at most `margin` above what the keys were computed from.
        near.lift += margin
        if W.isForward { receiving = near } else { giving = near }
        boundFromNear(way)
        for community in far.communities {
            while unit * nodes[community].imbalance > 0 { discharge(community, way) }
        }
    }

    /// Discharges whatever is out of balance after a guess and the insertions from it.
    mutating func settleGuess() {
        for node in 0..<nodeCount {
            while nodes[node].imbalance > 0 { discharge(node, Forward.self) }
        }
        for node in 0..<nodeCount {
            while nodes[node].imbalance < 0 { discharge(node, Backward.self) }
        }
    }
}
