// Changes of a flow's own rows, slots and limits, for LiveAssignment. None of them leaves the rows out of order; what they leave
// out of balance is for the caller to settle.
//
// Memory. Places are those of AssignmentFlow; a row or slots that grow get their room first (`FlowSide.makeRoom`), and `wanted`, one
// number a node, is all -1 between uses.

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

extension AssignmentFlow {
    /// Opens a community up to the limit it states: inserts units until none gains.
    mutating func fill<W: Way>(_ community: Int, _ way: W.Type) {
        let near = near(way)
        nodes[community].limit = asides[community].stated
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
            if best.map({ key > $0 }) ?? true, !near.holds(nodes, item, target, far(way)) { best = key }
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
                PendingWeight(target: Int32(target), weight: weight, earlier: asides[item].pending))
            asides[item].pending = Int32(pending.count - 1)
            if asides[item].behind == .nothing { asides[item].behind = .weights }
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
        guard asides[item].behind != .nothing, let arcs = near.arcs else { return }
        if wanted.isEmpty { wanted = [Int32](repeating: -1, count: nodeCount) }
        let newest = asides[item].pending
        let all = asides[item].behind == .keys
        asides[item].pending = -1
        asides[item].behind = .nothing
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
        let limit = min(asides[item].stated, side.rowCounts[row])
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
        asides[community].stated = limit
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
        asides[item].stated = Int32(clamping: limit)
        let new = min(asides[item].stated, side.rowCounts[row])
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
        if pending.count > max(1 << 16, candidates.count) {
            for item in receiving.items { catchUp(item, Forward.self) }
            for item in giving.items { catchUp(item, Backward.self) }
            pending.removeAll()
        }
    }
}
