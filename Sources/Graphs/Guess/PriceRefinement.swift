// Exact prices for nearly optimal matches: most matches are kept, the others let go.
//
// Problem. After an auction every match is within a step of its bidder's best, where an optimum's is the best exactly. To forget
// all matches and search for each again, at prices that are nearly right, costs a long search where many items are worth
// the same: all that lies within a few steps is a neighbourhood of thousands, and every search goes through it.
//
// Method. Passes over the near communities. A community's potentials are set to what its best unselected candidates are worth; a
// match that is worth less has its far item made as much cheaper, its community with it if need be. Passes alternate in direction,
// as in Yen's variant of Bellman and Ford's algorithm, and go on by a number fixed beforehand. The last one makes nothing
// cheaper: it parts the matches that are still worth less than another candidate. What candidates are worth is read for a batch of
// communities at once, on all hands (FlowRows.swift), before their matches are made to fit.
//
// Invariant, after the last pass: that of AssignmentFlow, every residual arc's reduced cost ≥ 0. A parted match leaves a unit too
// much at its near item and one too few at its far item: for the searches, or for the next phase of an auction.
//
// Keys. While passes go on, keys are of the values that far items had at first, kept in `label`; the side's lift grows by
// the most that one of them has risen since. Complexity: O(candidates scanned) a pass; what it notes stands in `label` and `via` of far items.
// Reference: Goldberg, An efficient implementation of a scaling minimum-cost flow algorithm (1997), on price refinement.

/// How far far items have become cheaper.
private struct Refinement {
    /// By how much an item may; nothing in the last pass.
    var cap = 0
    var isLast = false
    /// The most by which one did.
    var most = 0
}

extension AssignmentFlow {
    /// Sets the values of the far side to what its matches have offered.
    mutating func takeOfferedPrices<W: Way>(_ auction: borrowing Auction, _ way: W.Type) {
        let far = far(way)
        for community in far.communities {
            let flow = nodes[community].flow
            var value = -lowest(ofCommunity: community, auction, far).level
            if nodes[community].hasRoom { value = max(value, far.gain(of: community, after: flow)) }
            value = min(value, -Int(auction.floors[community]))
            if flow > 0 { value = min(value, far.gain(of: community, after: flow - 1)) }
            setValue(community, value, way)
        }
        for item in far.items {
            var value = min(self.value(Int(nodes[item].owner), way), -Int(auction.floors[item]))
            if !nodes[item].hasRoom { value = min(value, -lowest(item, auction, far).level) }
            setValue(item, value, way)
        }
        // Nothing costs less than before by more than the step that bids had to pass it by.
        addLift(auction.step, way)
    }

    /// Refines the values of the far side, sets those of the near side, and parts what does not fit them.
    ///
    /// - Parameters:
    ///   - passes: how many, beside the last one.
    ///   - cap: by how much a far item may become cheaper.
    mutating func refinePrices<W: Way>(passes: Int, cap: Int, _ way: W.Type) {
        for item in far(way).items {
            nodes[item].label = value(item, way)
            traces[item].via = .max
        }
        var refinement = Refinement(cap: cap)
        let communities = near(way).communities
        for pass in 0...passes {
            refinement.isLast = pass == passes
            let isRising = pass.isMultiple(of: 2)
            for done in stride(from: 0, to: communities.count, by: FlowRows.batchSize) {
                let size = min(FlowRows.batchSize, communities.count - done)
                let first =
                    isRising ? communities.lowerBound + done : communities.upperBound - done - size
                let batch = first..<first + size
                setBest(batch, refinement, way)
                if isRising {
                    for community in batch { refine(community, &refinement, way) }
                } else {
                    for community in batch.reversed() { refine(community, &refinement, way) }
                }
            }
        }
    }

    /// Sets the potentials of the items of near communities, on all hands.
    private func setBest<W: Way>(_ batch: Range<Int>, _ refinement: Refinement, _ way: W.Type) {
        let rows = rows(way)
        let most = refinement.most
        let size = FlowRows.batchPartSize
        hands.run(parts: (batch.count + size - 1) / size) { part, hand in
            let first = batch.lowerBound + part * size
            rows.setBestByLabel(
                first..<min(batch.upperBound, first + size), most: most, hand: hand, W.self)
        }
    }

    private mutating func addLift<W: Way>(_ rise: Int, _: W.Type) {
        if W.isForward { receiving.lift += rise } else { giving.lift += rise }
    }

    /// Sets the potential of a near community, and makes its matches fit it and those of its items.
    private mutating func refine<W: Way>(_ community: Int, _ refinement: inout Refinement, _ way: W.Type) {
        let near = near(way)
        var least =
            nodes[community].flow > 0
            ? -near.gain(of: community, after: nodes[community].flow - 1) : -Auction.closedPrice
        for place in near.memberPlaces(of: community) {
            let item = Int(near.members[place])
            if nodes[item].hasRoom { least = max(least, value(item, way)) }
        }
        setValue(community, least, way)
        for place in near.memberPlaces(of: community) {
            let item = Int(near.members[place])
            guard nodes[item].flow > 0 else { continue }
            let value = max(least, self.value(item, way))
            setValue(item, value, way)
            var number = Int(nodes[item].held) - 1
            while number >= 0 {
                let match = near.slot(item, number)
                fit(item, Int(match.partner), value - Int(match.weight), &refinement, way)
                number -= 1
            }
        }
    }

    /// Makes the far item of a match cheap enough, its value `wanted` at least; or parts the match, in the last pass.
    private mutating func fit<W: Way>(
        _ item: Int, _ partner: Int, _ wanted: Int, _ refinement: inout Refinement, _ way: W.Type
    ) {
        guard wanted > value(partner, way) else { return }
        let far = far(way)
        let owner = Int(nodes[partner].owner)
        if refinement.isLast {
            // What it would have had to cost: where the next phase of an auction begins.
            traces[partner].via = min(traces[partner].via, Int32(truncatingIfNeeded: -wanted))
            release(item, partner, near(way))
            release(partner, item, far)
            nodes[item].imbalance += W.isForward ? 1 : -1
            nodes[partner].imbalance -= W.isForward ? 1 : -1
            return
        }
        guard wanted - nodes[partner].label <= refinement.cap,
            wanted <= value(owner, way) || wanted <= far.gain(of: owner, after: nodes[owner].flow - 1)
        else { return }
        cheapen(partner, wanted, &refinement, way)
        guard wanted > value(owner, way) else { return }
        setValue(owner, wanted, way)
        for place in far.memberPlaces(of: owner) {
            let other = Int(far.members[place])
            if nodes[other].hasRoom && value(other, way) < wanted {
                cheapen(other, wanted, &refinement, way)
            }
        }
    }

    private mutating func cheapen<W: Way>(
        _ item: Int, _ value: Int, _ refinement: inout Refinement, _ way: W.Type
    ) {
        setValue(item, value, way)
        let rise = value - nodes[item].label
        guard rise > refinement.most else { return }
        addLift(rise - refinement.most, way)
        refinement.most = rise
    }
}
