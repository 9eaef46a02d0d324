// One side of an AssignmentFlow: who holds what, the rows of candidates and the slots of matches, and their room.
//
// Memory. A side is copied freely: its pointers are the flow's, which frees them last. Rows and slots move only in `makeRoom`, on the one
// value that the flow then keeps; no copy from before is read after that. Slots are read below `held`, arcs below `rowCounts`.

/// One side: its communities and items as nodes, the rows and the matches of its items.
struct FlowSide {
    let communities: Range<Int>
    let items: Range<Int>
    /// Row c: the items of community c, as nodes.
    let members: UnsafeMutablePointer<Int32>
    let memberStarts: UnsafeMutablePointer<Int32>
    /// Row i, by descending key: `rowCounts[i]` from `rowStarts[i]` on; absent until it is wanted.
    var arcs: UnsafeMutablePointer<FlowArc>?
    let rowStarts: UnsafeMutablePointer<Int32>
    let rowCounts: UnsafeMutablePointer<Int32>
    /// How many arcs there is room for, and how many places are taken; a row that outgrows its place moves to the end.
    var arcCapacity = 0
    var arcsTaken = 0
    /// Row i: the matches of item i, `held` of them.
    var slots: UnsafeMutablePointer<FlowSlot>
    let slotStarts: UnsafeMutablePointer<Int32>
    var slotCapacity: Int
    var slotsTaken: Int
    /// What the 1st, 2nd… unit of a community gains, but for its extra; nothing past the end.
    let gains: UnsafeMutablePointer<Int>
    let gainCount: Int
    /// Per community, what its first unit gains beyond that; nil where nobody has any.
    let extras: UnsafeMutablePointer<Int32>?
    /// By how much at most the potentials that keys were made of have risen since.
    var lift = 0

    /// What the unit after `used` ones gains, but for an extra.
    @inline(__always)
    func gain(after used: Int32) -> Int {
        let place = Int(used)
        return place < gainCount ? gains[place] : 0
    }

    /// What the unit after `used` ones of a community gains.
    @inline(__always)
    func gain(of community: Int, after used: Int32) -> Int {
        guard used == 0, let extras else { return gain(after: used) }
        return gain(after: used) &+ Int(extras[community &- communities.lowerBound])
    }

    /// Gives communities the extras of a problem, where there are any.
    func setExtras(_ firstExtras: [Int]) {
        guard let extras else { return }
        for (community, extra) in firstExtras.enumerated() { extras[community] = Int32(clamping: extra) }
    }

    /// Takes the extras away.
    func dropExtras() { extras?.update(repeating: 0, count: communities.count) }
}

extension FlowSide {
    /// The ids and empty matches of a side; its rows come later.
    ///
    /// - Parameters:
    ///   - owners: per item, its community.
    ///   - degrees: per item, in how many candidates it is.
    init(
        communities: Range<Int>, items: Range<Int>, owners: some Collection<Int>,
        limits: some Collection<Int>,
        degrees: [Int32], gains: [Int], firstExtras: [Int] = []
    ) {
        self.communities = communities
        self.items = items
        gainCount = gains.count
        self.gains = .allocate(capacity: max(1, gains.count))
        for (step, gain) in gains.enumerated() { self.gains[step] = gain }
        extras = firstExtras.isEmpty ? nil : .allocate(capacity: firstExtras.count)
        members = .allocate(capacity: max(1, items.count))
        memberStarts = .allocate(capacity: communities.count + 1)
        rowStarts = .allocate(capacity: items.count + 1)
        rowCounts = .allocate(capacity: items.count + 1)
        slotStarts = .allocate(capacity: items.count + 1)
        let rows = Rows(owners: owners.lazy.map { Int32($0) }, count: communities.count)
        for (place, start) in rows.starts.enumerated() { memberStarts[place] = start }
        for (place, item) in rows.members.enumerated() { members[place] = Int32(items.lowerBound) + item }
        rowStarts[0] = 0
        slotStarts[0] = 0
        var slotCount = 0
        for ((item, degree), limit) in zip(degrees.enumerated(), limits) {
            rowStarts[item + 1] = rowStarts[item] + degree
            rowCounts[item] = degree
            slotCount += min(Int(degree), limit) + 1
            slotStarts[item + 1] = Int32(slotCount)
        }
        slotsTaken = slotCount
        slotCapacity = slotCount + 1
        slots = .allocate(capacity: slotCapacity)
        setExtras(firstExtras)
    }

    /// Forgets the rows, which may be made again.
    mutating func dropRows() {
        arcs?.deallocate()
        arcs = nil
    }

    func deallocate() {
        members.deallocate()
        memberStarts.deallocate()
        arcs?.deallocate()
        rowStarts.deallocate()
        rowCounts.deallocate()
        slots.deallocate()
        slotStarts.deallocate()
        gains.deallocate()
        extras?.deallocate()
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

    /// The places of a community's items in `members`.
    @inline(__always)
    func memberPlaces(of community: Int) -> Range<Int> {
        let row = community &- communities.lowerBound
        return Int(memberStarts[row])..<Int(memberStarts[row &+ 1])
    }

    /// Whether an item of this side is matched with one of the other side: looked for among the matches of the one that has
    /// fewer, as some have thousands. How many the partner has is not asked where there is little to look through.
    @inline(__always)
    func holds(
        _ nodes: UnsafeMutablePointer<FlowNode>, _ item: Int, _ partner: Int, _ other: FlowSide
    ) -> Bool {
        nodes[item].held > 4 && nodes[partner].held < nodes[item].held
            ? other.lists(nodes, partner, item) : lists(nodes, item, partner)
    }

    /// Whether the slots of an item list a partner.
    @inline(__always)
    private func lists(_ nodes: UnsafeMutablePointer<FlowNode>, _ item: Int, _ partner: Int) -> Bool {
        let start = Int(slotStarts[item &- items.lowerBound])
        for slot in start..<start &+ Int(nodes[item].held) where Int(slots[slot].partner) == partner {
            return true
        }
        return false
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
