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
        self.flow.makeRows(problem, Forward.self)
        self.flow.makeRows(problem, Backward.self)
        self.flow.wanted = [Int32](repeating: -1, count: self.flow.nodeCount)
    }

    /// Nodes settled since the beginning: a measure of work that no machine changes.
    package var pops: Int { flow.pops }

    /// The settled flow as a solution of the problem, which the caller states as it has become.
    ///
    /// - Complexity: O(problem).
    package func solution(of problem: borrowing LaminarAssignment) -> Solution { problem.solution(of: flow) }

    /// The needs whose matches changed since this was last asked, ascending.
    mutating func takeMovedNeeds() -> [Int] {
        flow.moved.sort()
        var needs: [Int] = []
        for node in flow.moved {
            let need = Int(node) - flow.receiving.items.lowerBound
            if needs.last != need { needs.append(need) }
        }
        flow.moved.removeAll(keepingCapacity: true)
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
        let new = Int32(clamping: weight)
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
                weight: Int32(clamping: change.weight))
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
        if flow.holds(n, o, flow.receiving) { part(n, o) }
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
        flow.moved.append(Int32(n))
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

/// A weight that waits for a row, and the one before it that waits for the same row; -1 for none.
struct PendingWeight {
    var target: Int32
    var weight: Int32
    var earlier: Int32
}

/// Another weight for a candidate, in the row of one of its items.
struct FlowArcChange {
    var item: Int32
    var target: Int32
    var weight: Int32
}

// MARK: - Changes of the flow itself

extension AssignmentFlow {
    /// Opens a community up to the limit it states: inserts units until none gains.
    mutating func fill<W: Way>(_ community: Int, _ way: W.Type) {
        let near = near(way)
        nodes[community].limit = nodes[community].stated
        while nodes[community].hasRoom && insert(at: community, near, way) {}
    }

    /// The largest weight + potential among the unselected candidates of an item; nil when there is none.
    mutating func bestKey<W: Way>(_ item: Int, _ way: W.Type) -> Int? {
        let near = near(way)
        guard let arcs = near.arcs else { return nil }
        catchUp(item, way)
        let row = item - near.items.lowerBound
        let start = Int(near.rowStarts[row])
        let stop = start + Int(near.rowCounts[row])
        var best: Int?
        var place = start
        while place < stop, best.map({ Int(arcs[place].key) + near.lift > $0 }) ?? true {
            let target = Int(arcs[place].target)
            let key = Int(arcs[place].weight) + value(target, way)
            arcs[place].key = Int32(truncatingIfNeeded: key - near.lift)
            if best.map({ key > $0 }) ?? true, !holds(item, target, near) { best = key }
            place += 1
        }
        restoreOrder(arcs, scanned: start..<place, before: stop)
        return best
    }

    /// Gives a candidate another weight in the row of one of its items, and the row its order. A long row is left as it
    /// is until a search wants it, which most never do.
    mutating func reweigh<W: Way>(_ item: Int, _ target: Int, _ weight: Int32, _ way: W.Type) {
        let near = near(way)
        if near.rowCounts[item - near.items.lowerBound] > 64 {
            pending.append(
                PendingWeight(target: Int32(target), weight: weight, earlier: nodes[item].pending))
            nodes[item].pending = Int32(pending.count - 1)
            if nodes[item].behind == .nothing { nodes[item].behind = .weights }
            return
        }
        guard let arcs = near.arcs, let place = near.place(item, target) else { return }
        let key = Int32(truncatingIfNeeded: Int(weight) + value(target, way) - near.lift)
        arcs[place] = FlowArc(key: key, target: Int32(target), weight: weight)
        sift(place, of: item, near)
    }

    /// Gives many candidates other weights in the rows of one side, each row read once and put in order once.
    mutating func reweigh<W: Way>(_ changes: [FlowArcChange], _ way: W.Type) {
        let near = near(way)
        guard let arcs = near.arcs else { return }
        let sorted = changes.sorted { ($0.item, $0.target) < ($1.item, $1.target) }
        var start = 0
        while start < sorted.count {
            let item = Int(sorted[start].item)
            var end = start
            while end < sorted.count && Int(sorted[end].item) == item {
                end += 1
            }
            // A few sink or rise to their places; many are put in with the row sorted anew.
            guard end - start > 8 else {
                for change in sorted[start..<end] { reweigh(item, Int(change.target), change.weight, way) }
                start = end
                continue
            }
            catchUp(item, way)
            for change in sorted[start..<end] { wanted[Int(change.target)] = change.weight }
            putWanted(inRowOf: item, arcs, near, way)
            for place in start..<end { wanted[Int(sorted[place].target)] = -1 }
            start = end
        }
    }

    /// Brings a row up to date: puts the weights that wait for it into it, or computes all of its keys.
    mutating func catchUp<W: Way>(_ item: Int, _ way: W.Type) {
        let near = near(way)
        guard nodes[item].behind != .nothing, let arcs = near.arcs else { return }
        if wanted.isEmpty { wanted = [Int32](repeating: -1, count: nodeCount) }
        let newest = nodes[item].pending
        let all = nodes[item].behind == .keys
        nodes[item].pending = -1
        nodes[item].behind = .nothing
        var entry = newest
        while entry >= 0 {
            let change = pending[Int(entry)]
            // The newest stands first.
            if wanted[Int(change.target)] < 0 { wanted[Int(change.target)] = change.weight }
            entry = change.earlier
        }
        putWanted(inRowOf: item, all: all, arcs, near, way)
        entry = newest
        while entry >= 0 {
            wanted[Int(pending[Int(entry)].target)] = -1
            entry = pending[Int(entry)].earlier
        }
    }

    private mutating func putWanted<W: Way>(
        inRowOf item: Int, all: Bool = false, _ arcs: UnsafeMutablePointer<FlowArc>, _ side: FlowSide,
        _ way: W.Type
    ) {
        let row = item - side.items.lowerBound
        let first = Int(side.rowStarts[row])
        for place in first..<first + Int(side.rowCounts[row]) {
            let target = Int(arcs[place].target)
            guard all || wanted[target] >= 0 else { continue }
            if wanted[target] >= 0 { arcs[place].weight = wanted[target] }
            arcs[place].key = Int32(
                truncatingIfNeeded: Int(arcs[place].weight) + value(target, way) - side.lift)
        }
        sortRow(UnsafeMutableBufferPointer(start: arcs + first, count: Int(side.rowCounts[row])))
    }

    /// Moves the arc at a place to where its key belongs.
    private func sift(_ place: Int, of item: Int, _ side: FlowSide) {
        guard let arcs = side.arcs else { return }
        let row = item - side.items.lowerBound
        let start = Int(side.rowStarts[row])
        let stop = start + Int(side.rowCounts[row])
        let arc = arcs[place]
        var hole = place
        while hole > start && arcs[hole - 1].key < arc.key {
            arcs[hole] = arcs[hole - 1]
            hole -= 1
        }
        while hole + 1 < stop && arcs[hole + 1].key > arc.key {
            arcs[hole] = arcs[hole + 1]
            hole += 1
        }
        arcs[hole] = arc
    }

    /// Gives a match another weight, if the candidate is one.
    func reweighSlots(_ need: Int, _ offer: Int, _ weight: Int32) {
        reweighSlot(need, offer, weight, receiving)
        reweighSlot(offer, need, weight, giving)
    }

    private func reweighSlot(_ item: Int, _ partner: Int, _ weight: Int32, _ side: FlowSide) {
        let start = Int(side.slotStarts[item - side.items.lowerBound])
        for slot in start..<start + Int(nodes[item].held) where Int(side.slots[slot].partner) == partner {
            side.slots[slot].weight = weight
        }
    }

    /// Adds a candidate to the row of one of its items, and a slot when it may be one match more.
    mutating func append<W: Way>(_ item: Int, _ target: Int, _ weight: Int32, _ way: W.Type) {
        catchUp(item, way)
        var side = near(way)
        let row = item - side.items.lowerBound
        side.makeRoom(forRow: row)
        let place = Int(side.rowStarts[row] + side.rowCounts[row])
        let key = Int32(truncatingIfNeeded: Int(weight) + value(target, way) - side.lift)
        side.arcs?[place] = FlowArc(key: key, target: Int32(target), weight: weight)
        side.rowCounts[row] += 1
        let limit = min(nodes[item].stated, side.rowCounts[row])
        if limit > nodes[item].limit {
            side.makeRoom(forSlots: row, held: Int(nodes[item].held), capacity: Int(limit) + 1)
            nodes[item].limit = limit
        }
        if W.isForward { receiving = side } else { giving = side }
        sift(place, of: item, side)
    }

    /// Takes a candidate out of the row of one of its items. The item's limit stays as it is.
    mutating func remove<W: Way>(_ item: Int, _ target: Int, _ way: W.Type) {
        catchUp(item, way)
        let side = near(way)
        guard let arcs = side.arcs, let place = side.place(item, target) else { return }
        let row = item - side.items.lowerBound
        let last = Int(side.rowStarts[row] + side.rowCounts[row]) - 1
        for hole in place..<last { arcs[hole] = arcs[hole + 1] }
        side.rowCounts[row] -= 1
    }

    /// Changes the limit that a community states, and the one in force if that falls; answers how many units are past
    /// it and were taken off.
    mutating func setCommunityLimit(_ community: Int, _ limit: Int) -> Int32 {
        let limit = Int32(clamping: limit)
        nodes[community].stated = limit
        nodes[community].limit = min(nodes[community].limit, limit)
        let past = nodes[community].flow - limit
        guard past > 0 else { return 0 }
        nodes[community].flow = limit
        return past
    }

    /// Changes an item's limit; answers how many units are past it and were taken off.
    mutating func setItemLimit(_ item: Int, _ limit: Int) -> Int32 {
        var side = receiving.items.contains(item) ? receiving : giving
        let row = item - side.items.lowerBound
        nodes[item].stated = Int32(clamping: limit)
        let new = min(nodes[item].stated, side.rowCounts[row])
        if new > nodes[item].limit {
            side.makeRoom(forSlots: row, held: Int(nodes[item].held), capacity: Int(new) + 1)
        }
        if receiving.items.contains(item) { receiving = side } else { giving = side }
        nodes[item].limit = new
        let past = nodes[item].flow - new
        guard past > 0 else { return 0 }
        nodes[item].flow = new
        return past
    }

    /// Puts all waiting weights into their rows when they take too much room.
    mutating func boundPending() {
        if pending.count > 1 << 24 {
            for item in receiving.items { catchUp(item, Forward.self) }
            for item in giving.items { catchUp(item, Backward.self) }
            pending.removeAll()
        }
    }
}

extension FlowSide {
    /// Where the row of an item holds the arc to a node; nil when there is none.
    func place(_ item: Int, _ target: Int) -> Int? {
        guard let arcs else { return nil }
        let row = item - items.lowerBound
        let start = Int(rowStarts[row])
        for place in start..<start + Int(rowCounts[row]) where Int(arcs[place].target) == target {
            return place
        }
        return nil
    }

    /// A match of an item.
    func slot(_ item: Int, _ number: Int) -> FlowSlot {
        slots[Int(slotStarts[item - items.lowerBound]) + number]
    }

    /// Makes room for one more arc behind a row: at the end of all, where its next arcs will have room as well.
    mutating func makeRoom(forRow row: Int) {
        guard let old = arcs else { return }
        let start = Int(rowStarts[row])
        let count = Int(rowCounts[row])
        // The place behind the row is free if the row is the last one, and it has spare places behind it then.
        if start + count == arcsTaken && arcsTaken < arcCapacity {
            arcsTaken += 1
            return
        }
        if arcsTaken + count + 1 > arcCapacity {
            let capacity = max(arcsTaken + count + 1, arcCapacity + arcCapacity / 2 + 16)
            let grown = UnsafeMutablePointer<FlowArc>.allocate(capacity: capacity)
            grown.moveInitialize(from: old, count: arcsTaken)
            old.deallocate()
            arcs = grown
            arcCapacity = capacity
        }
        guard let arcs else { return }
        (arcs + arcsTaken).update(from: arcs + start, count: count)
        rowStarts[row] = Int32(arcsTaken)
        arcsTaken += count + 1
    }

    /// Makes room for `capacity` matches of an item, at the end of all.
    mutating func makeRoom(forSlots row: Int, held: Int, capacity: Int) {
        if slotsTaken + capacity > slotCapacity {
            let larger = max(slotsTaken + capacity, slotCapacity + slotCapacity / 2 + 16)
            let grown = UnsafeMutablePointer<FlowSlot>.allocate(capacity: larger)
            grown.moveInitialize(from: slots, count: slotsTaken)
            slots.deallocate()
            slots = grown
            slotCapacity = larger
        }
        (slots + slotsTaken).update(from: slots + Int(slotStarts[row]), count: held)
        slotStarts[row] = Int32(slotsTaken)
        slotsTaken += capacity
    }
}
