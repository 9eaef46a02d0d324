// Successive shortest augmenting paths on the implicit graph of a laminar assignment.
//
// Problem. One side is called left (where units are inserted), the other right; each has communities, items of
// theirs, limits on both, and a never rising list of gains for the 1st, 2nd… unit of a community (the receipt
// bonuses on the side of receivers, none on the other). Units run ground → left community → left item → right
// item → right community → ground. No arc but the candidates is stored: the rest follows from owners and counts.
//
// Invariant. `potential` V(v) bounds from above the gain of any residual path from v to the ground, whose own is
// 0: every residual arc u → v of gain γ has reduced cost V(u) − γ − V(v) ≥ 0. The one exception is an arc from the
// ground to a left community whose insertions are not finished. So the selection is at all times optimal for the
// units let in so far, and once all are finished, optimal outright; the potentials are then dual prices.
//
// Step. To insert the next unit at a left community a, worth L there: Dijkstra from a by reduced costs, towards
// spare room on the right, or towards a left community that drops its last unit and loses its gain. A path of
// distance d gains V(a) − d; so distance V(a) + L, the ceiling, is that of inserting nothing. With D the nearest
// end, or the ceiling when it is no farther, V −= D − d on every node settled at d < D restores the invariant.
// Once the ceiling wins, V(a) = −L: no later unit of a, worth no more, can gain either, since V never rises.
//
// Because V never rises, weight + V(right item) as last computed bounds its present value from above: a row of
// arcs sorted by that key is scanned only while it can lead below D, then put back in order.
//
// Complexity: O(units inserted · (nodes settled · log + arcs scanned)) time, O(nodes + candidates) space.
// Reference: Ahuja, Magnanti and Orlin, Network Flows (1993), §9.7, successive shortest paths with potentials.
// It fails, by overflow, only on totals that LaminarAssignment refuses.

/// One side of the problem: its communities, their items, and what their units gain.
struct AssignmentSide {
    var communityLimits: [Int]
    var itemOwners: [Int]
    var itemLimits: [Int]
    /// Never rising; units past the end gain nothing.
    var gains: [Int]

    /// What the unit after `used` ones gains.
    func gain(after used: Int) -> Int {
        used < gains.count ? gains[used] : 0
    }
}

/// A flow being built, with the potentials that prove it optimal so far.
struct AugmentingPaths {
    /// A node of any kind. Left communities come first, then left items, right items, right communities.
    private struct Node {
        var potential: Int
        /// How many units the node may carry, and carries.
        var limit: Int
        var used: Int32 = 0
        /// The node of an item's community; -1 for a community.
        var owner: Int32 = -1
        /// Distance and predecessor in the search numbered `search`.
        var label = 0
        var search: Int32 = 0
        var parent: Int32 = -1

        var hasRoom: Bool { Int(used) < limit }
    }

    /// A candidate, in the row of its left item.
    private struct Arc {
        /// weight + potential of the target, as last computed: never below its present value.
        var key: Int
        var weight: Int32
        /// Node of the right item, and in the top bit whether the candidate is selected.
        private var bits: UInt32

        init(key: Int, weight: Int32, target: Int) {
            self.key = key
            self.weight = weight
            bits = UInt32(target)
        }

        var target: Int { Int(bits & 0x7fff_ffff) }
        var isUsed: Bool {
            get { bits >> 31 == 1 }
            set { bits = bits & 0x7fff_ffff | (newValue ? 0x8000_0000 : 0) }
        }
    }

    /// A left item that holds a unit of a right item.
    private struct Holder {
        var item: Int32
        var weight: Int32
    }

    private let left: AssignmentSide
    private let right: AssignmentSide
    /// Node ranges: left communities start at 0.
    private let leftItems: Range<Int>
    private let rightItems: Range<Int>

    private var nodes: [Node]
    /// Items of each community, as nodes; row c of `leftMembers` is for left community c, and so on.
    private let leftMembers: Rows
    private let rightMembers: Rows
    /// Arcs of each left item, by descending key; row i is that of `leftItems[i]`.
    private var arcs: [Arc] = []
    private let arcStarts: [Int]
    /// Holders of each right item: room for as many as its candidates and its limit allow, `used` of them filled.
    private var holders: [Holder]
    private let holderStarts: [Int]

    // The search under way.
    private var search: Int32 = 0
    private var heap = SearchHeap()
    /// Nodes reached at the very distance being settled: they need no heap.
    private var level: [Int32] = []
    private var settled: [Int32] = []
    private var distance = 0
    /// Distance of the nearest end found, and the item it hangs on; -1 while it is the ceiling.
    private var nearest = 0
    private var end = -1

    /// Nodes settled so far.
    private(set) var pops = 0

    /// - Parameter pairs: (left item, right item, weight), each pair once, weights in 0…Int32.max.
    init(left: AssignmentSide, right: AssignmentSide, pairs: [(left: Int, right: Int, weight: Int)]) {
        self.left = left
        self.right = right
        let leftItems = left.communityLimits.count..<left.communityLimits.count + left.itemOwners.count
        let rightItems = leftItems.upperBound..<leftItems.upperBound + right.itemOwners.count
        self.leftItems = leftItems
        self.rightItems = rightItems
        leftMembers = Rows(owners: left.itemOwners, count: left.communityLimits.count)
        rightMembers = Rows(owners: right.itemOwners, count: right.communityLimits.count)

        let ground = right.gain(after: 0)
        nodes = left.communityLimits.map { Node(potential: 0, limit: $0) }
        for (owner, limit) in zip(left.itemOwners, left.itemLimits) {
            nodes.append(Node(potential: 0, limit: limit, owner: Int32(owner)))
        }
        for (owner, limit) in zip(right.itemOwners, right.itemLimits) {
            nodes.append(Node(potential: ground, limit: limit, owner: Int32(rightItems.upperBound + owner)))
        }
        nodes += right.communityLimits.map { Node(potential: ground, limit: $0) }

        let rows = Rows(owners: pairs.map(\.left), count: leftItems.count)
        arcStarts = rows.starts
        arcs.reserveCapacity(pairs.count)
        for pair in rows.members {
            let (_, target, weight) = pairs[pair]
            arcs.append(
                Arc(key: weight + ground, weight: Int32(weight), target: rightItems.lowerBound + target))
        }
        for item in 0..<leftItems.count {
            let row = arcStarts[item]..<arcStarts[item + 1]
            arcs[row].sort { ($1.key, $0.target) < ($0.key, $1.target) }
            guard let best = arcs[row].first else { continue }
            nodes[leftItems.lowerBound + item].potential = best.key
        }
        for community in left.communityLimits.indices {
            var best: Int?
            for member in leftMembers[community] where left.itemLimits[member] > 0 {
                best = max(best ?? .min, nodes[leftItems.lowerBound + member].potential)
            }
            nodes[community].potential = best ?? 0
        }

        var degrees = [Int](repeating: 0, count: rightItems.count)
        for pair in pairs { degrees[pair.right] += 1 }
        var starts = [0]
        for (degree, limit) in zip(degrees, right.itemLimits) {
            starts.append(starts[starts.count - 1] + min(degree, limit))
        }
        holderStarts = starts
        holders = [Holder](repeating: Holder(item: -1, weight: 0), count: starts[starts.count - 1])
    }

    /// Inserts units at each left community in turn until none gains.
    ///
    /// - Parameter progress: told how many communities are finished, of how many; answers whether to go on.
    /// - Returns: false when told to stop.
    mutating func run(progress: ((Int, Int) -> Bool)?) -> Bool {
        let count = left.communityLimits.count
        for community in 0..<count {
            while nodes[community].hasRoom && insertUnit(at: community) {}
            if let progress, !progress(community + 1, count) { return false }
        }
        return true
    }

    /// The selected pairs, and the gain of each community and weight in total.
    func selection() -> (pairs: [(left: Int, right: Int)], objective: Int) {
        var pairs: [(left: Int, right: Int)] = []
        var objective = 0
        for item in 0..<rightItems.count {
            for slot in holderStarts[item]..<holderStarts[item]
                + Int(nodes[rightItems.lowerBound + item].used)
            {
                pairs.append((Int(holders[slot].item) - leftItems.lowerBound, item))
                objective += Int(holders[slot].weight)
            }
        }
        for community in left.communityLimits.indices {
            objective += left.gains.prefix(Int(nodes[community].used)).reduce(0, +)
        }
        for community in right.communityLimits.indices {
            objective += right.gains.prefix(Int(nodes[rightItems.upperBound + community].used)).reduce(0, +)
        }
        return (pairs, objective)
    }

    /// Potentials of left communities, left items, right items, right communities.
    func potentials() -> (left: [Int], leftItems: [Int], rightItems: [Int], right: [Int]) {
        (
            nodes[..<leftItems.lowerBound].map(\.potential), nodes[leftItems].map(\.potential),
            nodes[rightItems].map(\.potential), nodes[rightItems.upperBound...].map(\.potential)
        )
    }
}

// MARK: - One unit

extension AugmentingPaths {
    /// Inserts one more unit at a left community with room, if that gains; restores the invariant either way.
    private mutating func insertUnit(at source: Int) -> Bool {
        let ceiling = nodes[source].potential + left.gain(after: Int(nodes[source].used))
        guard ceiling > 0 else { return false }
        search += 1
        heap.removeAll()
        level.removeAll(keepingCapacity: true)
        settled.removeAll(keepingCapacity: true)
        distance = 0
        nearest = ceiling
        end = -1
        nodes[source].label = 0
        nodes[source].search = search
        nodes[source].parent = -1
        level.append(Int32(source))

        while let node = nextNode() {
            settled.append(Int32(node))
            if node < leftItems.lowerBound {
                expandLeftCommunity(node)
            } else if node < rightItems.lowerBound {
                expandLeftItem(node)
            } else if node < rightItems.upperBound {
                expandRightItem(node)
            } else {
                expandRightCommunity(node)
            }
        }
        for node in settled {
            nodes[Int(node)].potential -= nearest - nodes[Int(node)].label
        }
        pops += settled.count
        guard end >= 0 else { return false }
        augment(from: source)
        return true
    }

    /// The next node to settle, nearer than every end found; nil when there is none.
    private mutating func nextNode() -> Int? {
        guard distance < nearest else { return nil }
        if let node = level.popLast() { return Int(node) }
        while let entry = heap.pop() {
            guard entry.distance < nearest else { return nil }
            // A larger distance than the label's: the node was reached again, nearer, and settled then.
            guard entry.distance == nodes[Int(entry.node)].label else { continue }
            distance = entry.distance
            return Int(entry.node)
        }
        return nil
    }

    /// Labels a node if this reaches it nearer than before, and nearer than every end.
    /// Answers whether it did; the caller then looks for an end there, and lines the node up.
    @inline(__always)
    private mutating func reach(_ node: Int, at reached: Int, from parent: Int) -> Bool {
        guard reached < nearest, nodes[node].search != search || reached < nodes[node].label else {
            return false
        }
        nodes[node].label = reached
        nodes[node].search = search
        nodes[node].parent = Int32(truncatingIfNeeded: parent)
        return true
    }

    @inline(__always)
    private mutating func lineUp(_ node: Int, at reached: Int) {
        if reached == distance {
            level.append(Int32(truncatingIfNeeded: node))
        } else if reached < nearest {
            heap.push(.init(distance: reached, node: Int32(truncatingIfNeeded: node)))
        }
    }

    private mutating func expandLeftCommunity(_ community: Int) {
        let base = distance + nodes[community].potential
        for member in leftMembers[community] {
            let item = leftItems.lowerBound + member
            guard nodes[item].hasRoom else { continue }
            let reached = base - nodes[item].potential
            if reach(item, at: reached, from: community) { lineUp(item, at: reached) }
        }
    }

    private mutating func expandLeftItem(_ item: Int) {
        let base = distance + nodes[item].potential
        let owner = Int(nodes[item].owner)
        if nodes[item].used > 0 {
            let reached = base - nodes[owner].potential
            // An end there was already seen from the item.
            if reach(owner, at: reached, from: item) { lineUp(owner, at: reached) }
        }

        let start = arcStarts[item - leftItems.lowerBound]
        let stop = arcStarts[item - leftItems.lowerBound + 1]
        var position = start
        while position < stop && base - arcs[position].key < nearest {
            let target = arcs[position].target
            let key = Int(arcs[position].weight) + nodes[target].potential
            arcs[position].key = key
            let reached = base - key
            if !arcs[position].isUsed && reach(target, at: reached, from: item) {
                lookForRoom(at: target, reached: reached)
                lineUp(target, at: reached)
            }
            position += 1
        }
        restoreOrder(scanned: start..<position, before: stop)
    }

    /// A right item with room, of a community with room, is an end.
    @inline(__always)
    private mutating func lookForRoom(at item: Int, reached: Int) {
        guard nodes[item].hasRoom else { return }
        let owner = Int(nodes[item].owner)
        guard nodes[owner].hasRoom else { return }
        let ended = reached + nodes[item].potential - right.gain(after: Int(nodes[owner].used))
        if ended < nearest {
            nearest = ended
            end = item
        }
    }

    /// Sinks the arcs whose keys were refreshed, last first, to where they now belong.
    private mutating func restoreOrder(scanned: Range<Int>, before stop: Int) {
        for position in scanned.reversed() {
            let arc = arcs[position]
            var hole = position
            while hole + 1 < stop && arcs[hole + 1].key > arc.key {
                arcs[hole] = arcs[hole + 1]
                hole += 1
            }
            arcs[hole] = arc
        }
    }

    private mutating func expandRightItem(_ item: Int) {
        let base = distance + nodes[item].potential
        if nodes[item].hasRoom {
            let owner = Int(nodes[item].owner)
            // An end there was already seen from the item.
            let reached = base - nodes[owner].potential
            if reach(owner, at: reached, from: item) { lineUp(owner, at: reached) }
        }
        let start = holderStarts[item - rightItems.lowerBound]
        for slot in start..<start + Int(nodes[item].used) {
            let holder = Int(holders[slot].item)
            let reached = base + Int(holders[slot].weight) - nodes[holder].potential
            guard reach(holder, at: reached, from: item) else { continue }
            // The holder's community may drop its last unit, this one, in favour of the one inserted.
            let lost = left.gain(after: Int(nodes[Int(nodes[holder].owner)].used) - 1)
            let ended = reached + nodes[holder].potential + lost
            if ended < nearest {
                nearest = ended
                end = holder
            }
            lineUp(holder, at: reached)
        }
    }

    private mutating func expandRightCommunity(_ community: Int) {
        let base = distance + nodes[community].potential
        for member in rightMembers[community - rightItems.upperBound] {
            let item = rightItems.lowerBound + member
            guard nodes[item].used > 0 else { continue }
            let reached = base - nodes[item].potential
            if reach(item, at: reached, from: community) {
                lookForRoom(at: item, reached: reached)
                lineUp(item, at: reached)
            }
        }
    }

    /// Turns the selection over along the path found, from its end back to the source.
    ///
    /// Going backwards, a full right item is released before it is taken again, so its holders never overflow.
    private mutating func augment(from source: Int) {
        nodes[source].used += 1
        // An end is a right item that found room, or a left item whose community drops a unit.
        nodes[Int(nodes[end].owner)].used += rightItems.contains(end) ? 1 : -1
        var node = end
        while node != source {
            let parent = Int(nodes[node].parent)
            if leftItems.contains(parent) && rightItems.contains(node) {
                select(parent, node)
            } else if rightItems.contains(parent) && leftItems.contains(node) {
                release(node, parent)
            }
            node = parent
        }
    }

    private mutating func select(_ leftItem: Int, _ rightItem: Int) {
        let position = arcPosition(leftItem, rightItem)
        arcs[position].isUsed = true
        let slot = holderStarts[rightItem - rightItems.lowerBound] + Int(nodes[rightItem].used)
        holders[slot] = Holder(item: Int32(leftItem), weight: arcs[position].weight)
        nodes[leftItem].used += 1
        nodes[rightItem].used += 1
    }

    private mutating func release(_ leftItem: Int, _ rightItem: Int) {
        arcs[arcPosition(leftItem, rightItem)].isUsed = false
        nodes[leftItem].used -= 1
        nodes[rightItem].used -= 1
        // The last holder takes the place left free.
        let start = holderStarts[rightItem - rightItems.lowerBound]
        let last = start + Int(nodes[rightItem].used)
        var slot = start
        while slot < last && holders[slot].item != Int32(leftItem) { slot += 1 }
        holders[slot] = holders[last]
    }

    /// Where the row of a left item holds the arc to a right item; both are joined by a path, so it is there.
    private func arcPosition(_ leftItem: Int, _ rightItem: Int) -> Int {
        var position = arcStarts[leftItem - leftItems.lowerBound]
        while arcs[position].target != rightItem { position += 1 }
        return position
    }
}
