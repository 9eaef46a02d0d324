// A guess of prices and matches, from an auction in phases, to start an exact solve from.
//
// Problem. Where supply and demand are close to each other, inserting units one at a time into an empty market raises prices
// in many small steps, each found by a long search. Prices and matches that are nearly right leave little to search for.
//
// Method. Auctions by finer and finer steps, each from the prices of the one before, less something: coarse steps bring prices
// near to where they end in few bids, fine ones make them right. Then prices are refined (PriceRefinement.swift): matches that
// fit them exactly stay, the others leave imbalances.
//
// Where few candidates are worth exactly the same, a phase keeps the matches of the one before that its refined prices bear out, and
// only the others bid again. Where many are, bids raise a whole plateau of equals step by step, whoever bids: there it takes
// more phases, finer at the end, and each begins without matches, so that no place stays dear without a taker.
//
// Where supply is short and receivers gain more by their first match than by the next, all of them want one provider's unit, and
// bids from providers raise the prices of nearly all receivers to the same height in small steps. Providers then bid without
// that difference first; with it, receivers bid from there, of whom few are left out.
//
// A place may still be dear and free at the end. It is then taken as met by nobody yet: it lacks its units, which searches find.
//
// Nothing rests on the guess: whatever the prices and matches, the searches that follow end in an exact optimum. It decides how
// much there is left for them to do, and, being a pure function of the problem, which of several optima they find.
// Reference: Bertsekas, The auction algorithm (1988), on ε-scaling.

/// The phases of a guess. Steps are parts of the most that is bid for, numbers those that measured best.
private struct GuessSchedule {
    /// The first step, as a part of the most that is bid for: 1/`first`.
    var first: Int
    /// How much finer each phase is than the one before.
    var factor: Int
    var last: Int
    /// By how many of the previous phase's steps prices are lowered at first: everywhere, or only where nobody took.
    var margin: Int
    var keepsMatches: Bool
    /// Refinement passes at the end of a phase that is kept.
    var passes: Int

    static let fewTies = GuessSchedule(
        first: 256, factor: 16, last: 4_096, margin: 1, keepsMatches: true, passes: 2)
    static let manyTies = GuessSchedule(
        first: 16, factor: 4, last: 16_384, margin: 4, keepsMatches: false, passes: 4)
}

extension AssignmentFlow {
    /// Sets potentials and matches from an auction, and the imbalances that go with them. The flow is empty and the rows of
    /// the near side are made.
    ///
    /// - Parameters:
    ///   - most: the most that may be bid for, a weight or a bonus.
    ///   - goesOn: asked before each phase.
    /// - Returns: false when told to stop.
    mutating func guessPrices<W: Way>(most: Int, _ way: W.Type, goesOn: () -> Bool) -> Bool {
        var auction = Auction(slots: far(way).slotsTaken, nodes: nodeCount)
        for community in near(way).communities { auction.waiting.append(Int32(community)) }
        return holdPhases(&auction, hasManyTies(way) ? .manyTies : .fewTies, most: most, way, goesOn: goesOn)
    }

    /// Makes the first unit of a far community gain no more than its second; answers whether it gained more.
    mutating func levelFirstGain<W: Way>(_ way: W.Type) -> Bool {
        let far = far(way)
        let second = far.gain(after: 1)
        guard far.communities.contains(where: { far.gain(of: $0, after: 0) > second }) else { return false }
        far.gains[0] = second
        far.dropExtras()
        return true
    }

    /// Gives the first unit of every receiver its gain, and lets receivers bid, starting from a guess that providers made
    /// without it.
    ///
    /// - Returns: false when told to stop.
    mutating func letIn(_ problem: borrowing LaminarAssignment, most: Int, goesOn: () -> Bool) -> Bool {
        let way = Forward.self
        let far = far(way)
        receiving.gains[0] = problem.bonuses.first ?? 0
        receiving.setExtras(problem.firstExtras)
        var auction = Auction(slots: far.slotsTaken, nodes: nodeCount)
        for item in far.items { traces[item].via = Int32(clamping: -value(item, way)) }
        reopen(&auction, margin: 0, cap: 0, way)
        return holdPhases(&auction, .fewTies, most: most, way, goesOn: goesOn)
    }

    /// Holds the phases of an auction.
    private mutating func holdPhases<W: Way>(
        _ auction: inout Auction, _ schedule: GuessSchedule, most: Int, _ way: W.Type, goesOn: () -> Bool
    ) -> Bool {
        var parts = schedule.first
        while true {
            guard goesOn() else { return false }
            auction.step = max(1, most / parts)
            hold(&auction, way)
            takeOfferedPrices(auction, way)
            let cap = 4 * auction.step
            let isLast = parts >= schedule.last || auction.step == 1
            if isLast || schedule.keepsMatches {
                refinePrices(passes: schedule.passes, cap: cap, way)
            }
            if isLast { return true }
            parts *= schedule.factor
            if schedule.keepsMatches {
                reopen(&auction, margin: schedule.margin, cap: cap, way)
            } else {
                beginAnew(&auction, margin: schedule.margin, way)
            }
        }
    }

    /// Whether the two best candidates are worth the same in an eighth of the rows or more.
    private func hasManyTies<W: Way>(_ way: W.Type) -> Bool {
        let near = near(way)
        guard let arcs = near.arcs else { return false }
        var tied = 0
        for row in 0..<near.items.count where near.rowCounts[row] > 1 {
            let start = Int(near.rowStarts[row])
            if arcs[start].key == arcs[start + 1].key { tied += 1 }
        }
        return tied > near.items.count / 8
    }

    /// Forgets all matches, and keeps prices, less a margin.
    private mutating func beginAnew<W: Way>(_ auction: inout Auction, margin: Int, _ way: W.Type) {
        var near = near(way)
        let margin = margin * auction.step
        for node in 0..<nodeCount {
            nodes[node].flow = 0
            nodes[node].held = 0
        }
        for nodes in [far(way).communities, far(way).items] {
            for node in nodes { auction.floors[node] = Int32(clamping: -value(node, way) - margin) }
        }
        near.lift += margin
        if W.isForward { receiving = near } else { giving = near }
        for community in near.communities { auction.waiting.append(Int32(community)) }
    }

    /// Keeps the matches that refinement kept, at the refined prices. A place that a match was parted from costs what would
    /// have kept it, or less than now by what refinement may take off; one that nobody took is cheaper by a margin.
    private mutating func reopen<W: Way>(_ auction: inout Auction, margin: Int, cap: Int, _ way: W.Type) {
        var near = near(way)
        let far = far(way)
        let margin = margin * auction.step
        for community in far.communities {
            auction.floors[community] = Int32(
                clamping: -value(community, way) - (nodes[community].hasRoom ? margin : 0))
        }
        for item in far.items {
            let owner = Int(nodes[item].owner)
            let price = -value(item, way)
            let start = Int(far.slotStarts[item - far.items.lowerBound])
            for slot in start..<start + Int(nodes[item].held) {
                auction.levels[slot] = Int32(clamping: price)
            }
            if nodes[item].imbalance != 0 {
                let floor = max(traces[item].via, Int32(clamping: price - cap))
                auction.floors[item] = floor
                auction.floors[owner] = min(auction.floors[owner], floor)
            } else {
                let isDear = nodes[item].hasRoom && -price < value(owner, way)
                auction.floors[item] = Int32(clamping: price - (isDear ? margin : 0))
            }
        }
        near.lift += max(margin, cap)
        if W.isForward { receiving = near } else { giving = near }
        for items in [near.items, far.items] {
            for item in items where nodes[item].imbalance != 0 {
                let parted = abs(nodes[item].imbalance)
                nodes[item].flow -= parted
                nodes[Int(nodes[item].owner)].flow -= parted
                nodes[item].imbalance = 0
            }
        }
        for community in near.communities where nodes[community].hasRoom {
            auction.waiting.append(Int32(community))
        }
    }

    /// Takes the far limits that a price says are met as met, by units that are lacking yet.
    private mutating func takeAsMet<W: Way>(_ way: W.Type) {
        let far = far(way)
        let unit: Int32 = W.isForward ? 1 : -1
        for community in far.communities {
            while nodes[community].hasRoom
                && far.gain(of: community, after: nodes[community].flow) > value(community, way)
            {
                nodes[community].flow += 1
                nodes[community].imbalance -= unit
            }
        }
        for item in far.items {
            let owner = Int(nodes[item].owner)
            let room = nodes[item].limit - nodes[item].flow
            guard room > 0, value(item, way) < value(owner, way) else { continue }
            nodes[item].flow += room
            nodes[item].imbalance -= unit * room
            nodes[owner].imbalance += unit * room
        }
    }

    /// Makes a guess exact; answers false when told to stop.
    mutating func settle<W: Way>(_ way: W.Type, progress: ((Int, Int) -> Bool)?) -> Bool {
        takeAsMet(way)
        settleExcess(way)
        guard insertAll(way, progress: progress) else { return false }
        settleShortage(way)
        return true
    }

    /// Discharges what a guess left too much of on the near side, by searches of this way.
    private mutating func settleExcess<W: Way>(_ way: W.Type) {
        let unit: Int32 = W.isForward ? 1 : -1
        for node in 0..<nodeCount {
            while unit * nodes[node].imbalance > 0 { discharge(node, way) }
        }
    }

    /// Discharges what a guess left too little of on the far side, once all else is settled, by searches the other way.
    ///
    /// No search of this way follows: the rows of the near side give their room to what those searches read.
    private mutating func settleShortage<W: Way>(_ way: W.Type) {
        let unit: Int32 = W.isForward ? 1 : -1
        guard (0..<nodeCount).contains(where: { unit * nodes[$0].imbalance < 0 }) else { return }
        // Needs stand in rows already; the needs of offers have to be listed.
        if W.isForward {
            receiving.dropRows()
            listNeedsOfOffers()
            settleExcess(Backward.self)
            needsOfOffers = []
        } else {
            giving.dropRows()
            settleExcess(Forward.self)
        }
    }
}
