// Repairing a finished flow after its problem changed: one engine for whatever changed.
//
// Problem. A flow is optimal for its problem; weights, candidates or limits change. Find the optimum of the new problem
// by work in proportion to what changed.
//
// Method. Potentials stay. Where a residual arc has come to gain (its reduced cost is negative), its units are moved at
// once, whatever that leaves too much or too little of at its ends: the potentials are then right for the flow, and only
// its imbalances are wrong. Nodes with too much are discharged forward, then nodes with too little backward. A path always
// exists, since what a node holds came from the ground and what it lacks goes there. Three rules keep the moves small:
//
// - A need that could gain by an unselected candidate has its potential raised to it, rather than units forced through
//   the candidate; its own matches that are worth less than that are released.
// - A limit that rises lets units in one at a time, until one does not gain, as in a solve from nothing.
// - A limit that falls takes only the units past it.
//
// Invariant, between calls of `settle`: that of AssignmentFlow. Complexity: O(row) a changed weight, then one search for
// each unit of imbalance. Reference: Ahuja, Magnanti and Orlin, Network Flows (1993), §9.10 and §9.11.

/// A flow whose problem may change: repaired rather than solved again.
package struct LiveAssignment: ~Copyable {
    var flow: AssignmentFlow
    /// Needs whose potential may be too low for their candidates.
    private var touched: [Int32] = []
    /// Nodes with an imbalance, some of them more than once.
    private var unsettled: [Int32] = []
    /// Communities whose limit may have risen; it stays closed until all else is settled.
    private var risen: [Int32] = []

    /// Solves the problem from nothing, or answers nil when `progress` says to stop.
    ///
    /// - Complexity: that of a solve, and twice its memory: candidates are kept by need and by offer.
    package init?(_ problem: borrowing LaminarAssignment, progress: ((Int, Int) -> Bool)? = nil) {
        guard let flow = problem.solvedFlow(from: problem.smallerSide, guessing: true, progress: progress)
        else { return nil }
        self.flow = flow
        self.flow.makeRows(Forward.self)
        self.flow.makeRows(Backward.self)
        self.flow.wanted = [Int32](repeating: -1, count: self.flow.nodeCount)
    }

    /// Nodes settled since the beginning: a measure of work that no machine changes.
    package var pops: Int { flow.pops }

    /// The settled flow as a solution of the problem, which the caller states as it has become.
    ///
    /// - Complexity: O(problem).
    package func solution(of problem: borrowing LaminarAssignment) -> Solution { problem.solution(of: flow) }

    /// Notes from now on which needs have other matches.
    mutating func followMoves() { flow.moved = [] }

    /// The needs whose matches changed since this was last asked, or since `followMoves`; ascending.
    mutating func takeMovedNeeds() -> [Int] {
        var needs: [Int] = []
        for node in (flow.moved ?? []).sorted() {
            let need = Int(node) - flow.receiving.items.lowerBound
            if needs.last != need { needs.append(need) }
        }
        flow.moved?.removeAll(keepingCapacity: true)
        return needs
    }

    /// The offers that a need is matched with, in no order that lasts.
    func offers(ofNeed need: Int) -> [Int] {
        let item = node(need: need)
        return (0..<Int(flow.nodes[item].held)).map {
            Int(flow.receiving.slot(item, $0).partner) - flow.giving.items.lowerBound
        }
    }

    private func node(need: Int) -> Int { flow.receiving.items.lowerBound + need }
    private func node(offer: Int) -> Int { flow.giving.items.lowerBound + offer }
    private func node(receiver: Int) -> Int { receiver }
    private func node(provider: Int) -> Int { flow.giving.communities.lowerBound + provider }

    // MARK: Changes

    /// Gives a candidate another weight, 0…`weightLimit`; adds it when it was none.
    package mutating func setWeight(need: Int, offer: Int, _ weight: Int) {
        let n = node(need: need)
        let o = node(offer: offer)
        let new = Int32(min(max(0, weight), LaminarAssignment.weightLimit))
        // A row is asked what stands only once it knows what was set since it was read.
        flow.catchUp(n, Forward.self)
        if let place = flow.receiving.place(n, o) {
            guard let old = flow.receiving.arcs?[place].weight, old != new else { return }
            flow.reweigh(n, o, new, Forward.self)
            flow.reweigh(o, n, new, Backward.self)
            flow.reweighSlots(n, o, new)
        } else {
            flow.append(n, o, new, Forward.self)
            flow.append(o, n, new, Backward.self)
            // Clamped by their candidates, the limits of both may rise; the offer is then looked at like the need.
            openItem(n)
            openItem(o)
        }
        touched.append(Int32(n))
    }

    /// Gives many candidates other weights; pairs that are no candidates are passed over. Each pair once.
    ///
    /// - Complexity: O(changes · log + the rows they stand in), where one `setWeight` each would read a row each.
    package mutating func setWeights(_ changes: [(need: Int, offer: Int, weight: Int)]) {
        let firstNeed = node(need: 0)
        let firstOffer = node(offer: 0)
        var arcs = changes.map { change in
            FlowArcChange(
                item: Int32(firstNeed + change.need), target: Int32(firstOffer + change.offer),
                weight: Int32(min(max(0, change.weight), LaminarAssignment.weightLimit)))
        }
        flow.reweigh(arcs, Forward.self)
        for change in arcs { flow.reweighSlots(Int(change.item), Int(change.target), change.weight) }
        for place in arcs.indices {
            touched.append(arcs[place].item)
            arcs[place] = FlowArcChange(
                item: arcs[place].target, target: arcs[place].item, weight: arcs[place].weight)
        }
        flow.reweigh(arcs, Backward.self)
    }

    /// Takes a candidate away, if it is one.
    package mutating func removeCandidate(need: Int, offer: Int) {
        let n = node(need: need)
        let o = node(offer: offer)
        guard flow.receiving.place(n, o) != nil else { return }
        if flow.receiving.holds(flow.nodes, n, o, flow.giving) { part(n, o) }
        flow.remove(n, o, Forward.self)
        flow.remove(o, n, Backward.self)
    }

    /// Changes how many matches a need takes at most.
    package mutating func setQuantity(ofNeed need: Int, _ limit: Int) {
        setItemLimit(node(need: need), limit)
    }
    /// Changes how many matches an offer takes at most.
    package mutating func setCapacity(ofOffer offer: Int, _ limit: Int) {
        setItemLimit(node(offer: offer), limit)
    }

    /// Changes how many matches a community receives at most.
    package mutating func setReceive(_ community: Int, _ limit: Int) {
        let r = node(receiver: community)
        let past = flow.setCommunityLimit(r, limit)
        if past > 0 { shift(r, by: -past) } else { risen.append(Int32(r)) }
    }

    /// Changes how many matches a community gives at most.
    package mutating func setGive(_ community: Int, _ limit: Int) {
        let g = node(provider: community)
        let past = flow.setCommunityLimit(g, limit)
        if past > 0 { shift(g, by: past) } else { risen.append(Int32(g)) }
    }

    // MARK: Repair

    /// Brings the flow back to an optimum, of the problem as changed.
    package mutating func settle() {
        touched.sort()
        var last: Int32 = -1
        for need in touched where need != last {
            raise(Int(need))
            last = need
        }
        touched.removeAll(keepingCapacity: true)
        for node in unsettled {
            while flow.nodes[Int(node)].imbalance > 0 { flow.discharge(Int(node), Forward.self) }
        }
        for node in unsettled {
            while flow.nodes[Int(node)].imbalance < 0 { flow.discharge(Int(node), Backward.self) }
        }
        unsettled.removeAll(keepingCapacity: true)
        for community in risen {
            if flow.receiving.communities.contains(Int(community)) {
                flow.fill(Int(community), Forward.self)
            } else {
                flow.fill(Int(community), Backward.self)
            }
        }
        risen.removeAll(keepingCapacity: true)
        flow.boundPending()
    }

    private mutating func shift(_ node: Int, by amount: Int32) {
        flow.nodes[node].imbalance += amount
        unsettled.append(Int32(node))
    }

    /// Undoes a match where it stands: the need has a unit too many, the offer one too few.
    private mutating func part(_ n: Int, _ o: Int) {
        flow.release(n, o, flow.receiving)
        flow.release(o, n, flow.giving)
        flow.moved?.append(Int32(n))
        shift(n, by: 1)
        shift(o, by: -1)
    }

    /// Raises a need's potential to its best candidate, lets go of matches worth less, and takes in what it may.
    private mutating func raise(_ n: Int) {
        let best = flow.bestKey(n, Forward.self)
        if let best, best > flow.nodes[n].potential { flow.nodes[n].potential = best }
        let potential = flow.nodes[n].potential
        var slot = Int(flow.nodes[n].held) - 1
        while slot >= 0 {
            let match = flow.receiving.slot(n, slot)
            if Int(match.weight) + flow.nodes[Int(match.partner)].potential < potential {
                part(n, Int(match.partner))
            }
            slot -= 1
        }
        openItem(n)
    }

    /// Moves units over the arc between an item and its community as long as that gains.
    private mutating func openItem(_ item: Int) {
        let owner = Int(flow.nodes[item].owner)
        let room = flow.nodes[item].limit - flow.nodes[item].flow
        guard room > 0 else { return }
        if flow.receiving.items.contains(item) {
            guard flow.nodes[item].potential > flow.nodes[owner].potential else { return }
            flow.nodes[item].flow += room
            shift(item, by: room)
            shift(owner, by: -room)
        } else {
            guard flow.nodes[item].potential < flow.nodes[owner].potential else { return }
            flow.nodes[item].flow += room
            shift(item, by: -room)
            shift(owner, by: room)
        }
    }

    private mutating func setItemLimit(_ item: Int, _ limit: Int) {
        let past = flow.setItemLimit(item, limit)
        guard past > 0 else {
            openItem(item)
            return
        }
        let owner = Int(flow.nodes[item].owner)
        // Too few units come in to a need, or too few go out of an offer.
        let sign: Int32 = flow.receiving.items.contains(item) ? 1 : -1
        shift(owner, by: sign * past)
        shift(item, by: -sign * past)
    }
}
