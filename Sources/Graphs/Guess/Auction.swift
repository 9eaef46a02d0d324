// An auction for the far items of a flow: bids, and the prices that they make.
//
// Problem. Find prices and matches that are nearly an optimum's, fast, for the exact repair that follows.
//
// Method. Each near community with a unit left bids for the far item that profits it most. It offers what makes it indifferent
// to its next best (doing nothing included); whoever wants that place later must offer `step` more. A far item, or its
// community, that is full lets its lowest bidder go, who bids again. A far community whose next unit gains less than an earlier one
// did lets its lowest bidder go too, where that is cheaper than to take the next unit in.
//
// Invariant. While it runs, the value of a far community is minus its price for one match more, and prices never fall: keys of rows
// stay upper bounds. The level of a match is at least what its place was offered for, and no bidder would be better off by more
// than `step` elsewhere.
//
// Memory. The prices of far items stand in `spare`, four bytes each: bids read little else.
// Choices are made in batches, on all hands (Bids.swift).
// Complexity: O(row scanned + far members + their matches) a bid; at most 64 bids for each near community. An offer that may carry k
// matches bids, or is bid for, k times and more, each at O(k): so quadratic in one capacity, not in communities.
// Reference: Bertsekas, The auction algorithm (1988); Bertsekas and Castañón on asymmetric assignment (1992).

/// Who waits to bid, and what was bid.
struct Auction {
    /// Near communities, each once for every unit that it lost.
    var waiting: [Int32] = []
    /// Per slot of the far side, what the match in it has offered.
    var levels: [Int32]
    /// Per node, the least that a far one costs, whoever holds it.
    var floors: [Int32]
    /// By how much a bid must pass the one that it displaces.
    var step: Int
    /// What `BidTable.lookAhead` answered.
    var seen: Int32 = 0

    /// The price of what can carry nothing: more than any unit gains.
    static let closedPrice = 1 << 28

    init(slots: Int, nodes: Int) {
        levels = [Int32](repeating: 0, count: slots)
        floors = [Int32](repeating: Int32(-Self.closedPrice), count: nodes)
        step = 1
    }
}

extension AssignmentFlow {
    /// Bids until nobody who waits gains by a bid, or there were 64 bids for each near community: what has cost so much by then
    /// is a war of small steps, and searches place who still waits.
    ///
    /// Bidders choose in batches, on all hands, by the prices before the batch. In their order, each then has its choice if
    /// that costs what it did, and chooses again in the next batch if not.
    mutating func hold<W: Way>(_ auction: inout Auction, _ way: W.Type) {
        let far = far(way)
        let near = near(way)
        for community in far.communities { setPrices(of: community, auction, far, way) }
        var line = BidLine(communities: near.communities)
        let table = BidTable(rows(way))
        let choose: Hands.Job = { part, hand in table.choose(part, hand: hand) }
        var bids = 0
        let mostBids = 64 * near.communities.count
        while bids < mostBids {
            let count = line.next(table.bidders, of: &auction, nodes)
            if count == 0 { break }
            table.arrange(count)
            hands.run(parts: table.parts(count), choose)
            auction.seen ^= table.lookAhead(count, auction.levels, far: far)
            for place in 0..<count {
                let choice = table.choices[place]
                let community = Int(table.bidders[place])
                guard choice.item >= 0 else { continue }
                if choice.used == nodes[community].flow, choice.cost == spare[choice.target] {
                    carryOut(choice, &auction, near, far, way)
                    bids += 1
                }
                if nodes[community].hasRoom { line.again.append(Int32(truncatingIfNeeded: community)) }
            }
        }
        auction.waiting.removeAll(keepingCapacity: true)
        hands.run(parts: table.rows.rowParts) { part, hand in table.putHeadsInOrder(part, hand: hand) }
        table.deallocate()
    }

    /// Sets what a far community and its items cost.
    ///
    /// What a full item costs is the lowest bid for it, and a step; any other costs what its community does: what its next
    /// unit forgoes, or, if that is less, the lowest bid for any of its items, and a step.
    private func setPrices<W: Way>(
        of community: Int, _ auction: borrowing Auction, _ far: FlowSide, _ way: W.Type
    ) {
        let members = far.memberPlaces(of: community)
        var lowest = Auction.closedPrice
        for place in members {
            let item = Int(far.members[place])
            let level = self.lowest(item, auction, far).level
            lowest = min(lowest, level)
            if !nodes[item].hasRoom { setPrice(item, level &+ auction.step, auction) }
        }
        let flow = nodes[community].flow
        var price =
            nodes[community].hasRoom ? 0 &- far.gain(of: community, after: flow) : Auction.closedPrice
        if flow > 0, 0 &- far.gain(of: community, after: flow &- 1) < price {
            price = min(price, lowest &+ auction.step)
        }
        price = max(price, Int(auction.floors[community]))
        setValue(community, 0 &- price, way)
        for place in members {
            let item = Int(far.members[place])
            if nodes[item].hasRoom { setPrice(item, price, auction) }
        }
    }

    @inline(__always)
    private func setPrice(_ item: Int, _ price: Int, _ auction: borrowing Auction) {
        spare[item] = max(Int32(truncatingIfNeeded: price), auction.floors[item])
    }

    /// The lowest bid in the slots of an item; `closedPrice` when it has none.
    func lowest(_ item: Int, _ auction: borrowing Auction, _ side: FlowSide) -> (slot: Int, level: Int) {
        let start = Int(side.slotStarts[item &- side.items.lowerBound])
        var found = (slot: -1, level: Auction.closedPrice)
        for slot in start..<start + Int(nodes[item].held) where Int(auction.levels[slot]) < found.level {
            found = (slot, Int(auction.levels[slot]))
        }
        return found
    }

    /// The lowest bid for any item of a community.
    func lowest(ofCommunity community: Int, _ auction: borrowing Auction, _ side: FlowSide)
        -> (item: Int, slot: Int, level: Int)
    {
        var found = (item: -1, slot: -1, level: Auction.closedPrice)
        for place in side.memberPlaces(of: community) {
            let item = Int(side.members[place])
            let (slot, level) = lowest(item, auction, side)
            if level < found.level { found = (item, slot, level) }
        }
        return found
    }

    /// Gives a bidder what it chose.
    private mutating func carryOut<W: Way>(
        _ best: Choice, _ auction: inout Auction, _ near: FlowSide, _ far: FlowSide, _ way: W.Type
    ) {
        let community = Int(nodes[best.item].owner)
        let level = Int(best.weight) &- best.second
        makeWay(to: best.target, &auction, near, far)
        let owner = Int(nodes[best.target].owner)
        let slot = Int(far.slotStarts[best.target &- far.items.lowerBound]) &+ Int(nodes[best.target].held)
        auction.levels[slot] = Int32(truncatingIfNeeded: level)
        take(best.item, best.target, best.weight, near)
        take(best.target, best.item, best.weight, far)
        nodes[best.item].flow += 1
        nodes[best.target].flow += 1
        nodes[community].flow += 1
        nodes[owner].flow += 1
        // Where a community has room and its units gain alike, its other items cost what they did.
        if nodes[owner].hasRoom
            && far.gain(of: owner, after: nodes[owner].flow) == far.gain(of: owner, after: 0)
        {
            guard !nodes[best.target].hasRoom else { return }
            setPrice(best.target, lowest(best.target, auction, far).level &+ auction.step, auction)
        } else {
            setPrices(of: owner, auction, far, way)
        }
    }

    /// Lets go of the match whose place a bid for an item takes, if it takes any.
    private mutating func makeWay(to item: Int, _ auction: inout Auction, _ near: FlowSide, _ far: FlowSide) {
        guard nodes[item].hasRoom else {
            evict(item, lowest(item, auction, far).slot, &auction, near, far)
            return
        }
        let owner = Int(nodes[item].owner)
        let hasRoom = nodes[owner].hasRoom
        guard !hasRoom || far.gain(of: owner, after: nodes[owner].flow) < far.gain(of: owner, after: 0)
        else { return }
        let lowest = lowest(ofCommunity: owner, auction, far)
        if !hasRoom || lowest.level + auction.step < -far.gain(of: owner, after: nodes[owner].flow) {
            evict(lowest.item, lowest.slot, &auction, near, far)
        }
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
        nodes[item].flow -= 1
        nodes[holder].flow -= 1
        nodes[bidder].flow -= 1
        nodes[Int(nodes[item].owner)].flow -= 1
        auction.waiting.append(Int32(bidder))
    }
}
