// The flow of a laminar assignment under repair: successive shortest augmenting paths on the implicit graph, forward
// from nodes that hold too much and backward from nodes that hold too little.
//
// Problem. Units run ground → receiver → need → offer → provider → ground, each arc with a limit; the arc into a receiver
// gains the receipt bonus of its next unit, the first one with its extra; a candidate gains its weight, other arcs nothing.
// No arc but the candidates is stored: the rest follows from owners and counts. Maximise the gain.
//
// Invariant. V(node) is a potential, that of the ground 0. Every residual arc u → v of gain γ has reduced cost
// V(u) − γ − V(v) ≥ 0, so that a flow without imbalance is optimal for the limits that are open, and V are its dual
// prices. A node's imbalance is its inflow less its outflow. The arc into a community whose insertions are not finished
// is closed to new units (`insert` opens it one unit at a time); its units may be dropped.
//
// Step. A node with too much is discharged: Dijkstra by reduced costs from it towards the nearest end: the ground, through
// spare room of a far community or by dropping the last unit of a near one; or a node with too little. With D the distance
// of the end, V −= D − d on every node settled at d < D keeps the invariant, and one unit moves along the path. A node with
// too little is the same thing seen from the other end, with every arc reversed and every potential negated: `Way` says
// which of the two a search is, and one code serves both. In its words, near is the side where a search starts from (of
// receivers, going forward), far the other.
//
// Keys. A row of candidates is kept sorted by weight + V(far item) as last computed. Searches of the row's own way only
// lower V, so the key stays an upper bound; searches the other way raise V by at most their D, which is added up in the
// side's `lift` and in effect added to every key of it. A row is scanned only while its keys can lead below D, then put
// back in order.
//
// Memory. Everything lies in buffers owned by this value and freed with it. Their indices are safe because: nodes, rows
// and slots are addressed by ids made here from a LaminarAssignment, which checked its indices; `stack` and `settled`
// hold each node at most once a search; an item's slots are one more than the smaller of its limit and its candidates, and
// a path releases before it takes.
//
// Complexity: O(nodes settled · log + candidates scanned) a search; O(nodes + candidates) space.
// Reference: Ahuja, Magnanti and Orlin, Network Flows (1993), §9.7 (successive shortest paths) and §9.10 (from
// pseudoflows). It fails, by overflow, only on totals that LaminarAssignment refuses.

/// Where a path ends.
private enum PathEnd {
    case none
    /// A far item with room, of a far community with room.
    case farItem(Int)
    /// A far community with room.
    case farCommunity(Int)
    /// A near item whose community drops its last unit.
    case nearItem(Int)
    /// A near community that drops its last unit.
    case nearCommunity(Int)
    /// A node with the opposite imbalance.
    case imbalance(Int)
}

struct AssignmentFlow: ~Copyable {
    var receiving: FlowSide
    var giving: FlowSide
    let nodes: UnsafeMutablePointer<FlowNode>
    /// Per node.
    let traces: UnsafeMutablePointer<FlowTrace>
    let asides: UnsafeMutablePointer<FlowAside>
    let nodeCount: Int
    /// The candidates as the problem lists them; a flow with rows of its own may have others since.
    let candidates: CandidateRows
    /// The needs of each offer, where `giving` has no rows of its own and is searched from all the same.
    var needsOfOffers: [Int32] = []

    // The search under way.
    private var search: Int32 = 0
    private var heap = SearchHeap()
    /// Nodes reached at the very distance being settled: they need no heap.
    private let stack: UnsafeMutablePointer<Int32>
    private var stacked = 0
    private let settled: UnsafeMutablePointer<Int32>
    /// One for each hand, `FlowRows.apart` places from the other.
    let orders: UnsafeMutablePointer<RowOrder>
    let hands: Hands
    /// Room for a number per node, while no search is under way.
    var spare: UnsafeMutablePointer<Int32> { settled }
    private var settledCount = 0
    var distance = 0
    /// Distance of the nearest end found.
    var nearest = 0
    private var end = PathEnd.none

    /// Nodes settled so far.
    private(set) var pops = 0
    /// Per node, the weight that a row is looked through for; -1 between uses. Empty until there are repairs.
    var wanted: [Int32] = []
    /// Needs whose matches changed since the list was last emptied, as nodes, some of them more than once; nil where nobody asks.
    var moved: [Int32]?
    /// Weights that wait for their rows; each node has its newest.
    var pending: [PendingWeight] = []

    /// An empty flow, with all potentials 0 and no rows. Complexity: O(nodes + candidates).
    ///
    /// - Parameter isAlone: whether one thread does it all; the flow is the same.
    init(_ problem: borrowing LaminarAssignment, isAlone: Bool) {
        hands = Hands(isAlone: isAlone)
        orders = .allocate(capacity: Hands.most * FlowRows.apart)
        orders.initialize(repeating: RowOrder(), count: Hands.most * FlowRows.apart)
        let count = problem.giveLimits.count
        let needs = count..<count + problem.needs.count
        let offers = needs.upperBound..<needs.upperBound + problem.offers.count
        let providers = offers.upperBound..<offers.upperBound + count
        nodeCount = providers.upperBound
        candidates = problem.candidates
        // Two nodes fill a line of a cache, 64 bytes: none lies across two.
        nodes = UnsafeMutableRawPointer.allocate(
            byteCount: nodeCount * MemoryLayout<FlowNode>.stride, alignment: 64
        ).bindMemory(to: FlowNode.self, capacity: nodeCount)
        traces = .allocate(capacity: nodeCount)
        traces.initialize(repeating: FlowTrace(), count: nodeCount)
        asides = .allocate(capacity: nodeCount)
        stack = .allocate(capacity: nodeCount + 1)
        settled = .allocate(capacity: nodeCount + 1)
        receiving = FlowSide(
            communities: 0..<count, items: needs, owners: problem.needs.lazy.map(\.community),
            limits: problem.needs.lazy.map(\.quantity), degrees: problem.candidates.needDegrees,
            gains: problem.bonuses, firstExtras: problem.firstExtras)
        giving = FlowSide(
            communities: providers, items: offers, owners: problem.offers.lazy.map(\.community),
            limits: problem.offers.lazy.map(\.capacity),
            degrees: problem.candidates.offerDegrees(count: problem.offers.count), gains: [])
        for side in [receiving, giving] {
            let isReceiving = side.communities.lowerBound == 0
            let limits = isReceiving ? problem.receiveLimits : problem.giveLimits
            for (community, limit) in limits.enumerated() {
                let node = side.communities.lowerBound + community
                (nodes + node).initialize(to: FlowNode(stated: limit))
                (asides + node).initialize(to: FlowAside(stated: limit))
            }
            for (item, node) in side.items.enumerated() {
                let community = isReceiving ? problem.needs[item].community : problem.offers[item].community
                let limit = isReceiving ? problem.needs[item].quantity : problem.offers[item].capacity
                (nodes + node).initialize(
                    to: FlowNode(
                        stated: limit, reachable: Int(side.rowCounts[item]),
                        owner: side.communities.lowerBound + community))
                (asides + node).initialize(to: FlowAside(stated: limit))
            }
        }
    }

    deinit {
        receiving.deallocate()
        giving.deallocate()
        UnsafeMutableRawPointer(nodes).deallocate()
        traces.deallocate()
        asides.deallocate()
        stack.deallocate()
        settled.deallocate()
        orders.deinitialize(count: Hands.most * FlowRows.apart)
        orders.deallocate()
    }

    /// The side of a way's start, and the other.
    @inline(__always)
    func near<W: Way>(_: W.Type) -> FlowSide { W.isForward ? receiving : giving }
    @inline(__always)
    func far<W: Way>(_: W.Type) -> FlowSide { W.isForward ? giving : receiving }

    /// Puts the arcs of a row whose keys were computed anew where they now belong.
    @inline(__always)
    func restoreOrder(_ arcs: UnsafeMutablePointer<FlowArc>, scanned: Range<Int>, before stop: Int) {
        orders[0].restore(arcs, scanned: scanned, before: stop)
    }

    /// A node's potential in the words of a way.
    @inline(__always)
    func value<W: Way>(_ node: Int, _: W.Type) -> Int {
        W.isForward ? nodes[node].potential : 0 &- nodes[node].potential
    }
    @inline(__always)
    func setValue<W: Way>(_ node: Int, _ value: Int, _: W.Type) {
        nodes[node].potential = W.isForward ? value : 0 &- value
    }
}

// MARK: - Search

extension AssignmentFlow {
    /// Moves one unit of a node's imbalance to where that costs least.
    mutating func discharge<W: Way>(_ source: Int, _ way: W.Type) {
        let near = near(way)
        let far = far(way)
        search += 1
        heap.removeAll()
        stacked = 0
        settledCount = 0
        distance = 0
        nearest = Int.max / 4
        end = .none
        nodes[source].label = 0
        nodes[source].search = search
        traces[source].parent = -1
        lookForEnd(at: source, reached: 0, near, far, way)
        stack[0] = Int32(truncatingIfNeeded: source)
        stacked = 1

        while let node = nextNode() {
            settled[settledCount] = Int32(truncatingIfNeeded: node)
            settledCount += 1
            if near.items.contains(node) {
                expandNearItem(node, near, far, way)
            } else if far.items.contains(node) {
                expandFarItem(node, near, far, way)
            } else if near.communities.contains(node) {
                expandNearCommunity(node, near, way)
            } else {
                expandFarCommunity(node, far, way)
            }
        }
        // Dropping the unit that was let in, or giving back what was taken, is always a way out.
        assert(nearest < Int.max / 4, "a search must find an end")
        lowerPotentials(way)
        augment(from: source, near, far, way)
        if far.arcs != nil { boundLift(way) }
    }

    /// Begins the far side's lift anew when it nears what a key can hold: all of its rows are then behind.
    ///
    /// Potentials are within 2²⁹ and distances below 2³⁰: keys stay within 2³¹.
    private mutating func boundLift<W: Way>(_ way: W.Type) {
        guard self.far(way).lift > 1 << 29 else { return }
        if W.isForward { giving.lift = 0 } else { receiving.lift = 0 }
        for item in self.far(way).items { asides[item].behind = .keys }
    }

    private mutating func lowerPotentials<W: Way>(_: W.Type) {
        for place in 0..<settledCount {
            let node = Int(settled[place])
            let fall = nearest &- nodes[node].label
            nodes[node].potential &+= W.isForward ? 0 &- fall : fall
        }
        pops += settledCount
        // In the other way's words these potentials rose: by `nearest` at most.
        if W.isForward { giving.lift += nearest } else { receiving.lift += nearest }
    }

    /// The next node to settle, nearer than every end found; nil when there is none.
    private mutating func nextNode() -> Int? {
        guard distance < nearest else { return nil }
        if stacked > 0 {
            stacked -= 1
            return Int(stack[stacked])
        }
        while let entry = heap.pop() {
            guard entry.distance < nearest else { return nil }
            // A larger distance than the label's: the node was reached again, nearer, and settled then.
            guard entry.distance == nodes[Int(entry.node)].label else { continue }
            distance = entry.distance
            return Int(entry.node)
        }
        return nil
    }

    /// Labels a node if this reaches it nearer than before, and nearer than every end; answers whether it did.
    @inline(__always)
    private mutating func reach(_ node: Int, at reached: Int, from parent: Int, via weight: Int32 = 0) -> Bool
    {
        guard reached < nearest, nodes[node].search != search || reached < nodes[node].label else {
            return false
        }
        nodes[node].label = reached
        nodes[node].search = search
        traces[node] = FlowTrace(parent: Int32(truncatingIfNeeded: parent), via: weight)
        return true
    }

    @inline(__always)
    private mutating func lineUp(_ node: Int, at reached: Int) {
        if reached == distance {
            stack[stacked] = Int32(truncatingIfNeeded: node)
            stacked += 1
        } else if reached < nearest {
            heap.push(.init(distance: reached, node: Int32(truncatingIfNeeded: node)))
        }
    }

    @inline(__always)
    private mutating func consider(_ ended: Int, _ found: @autoclosure () -> PathEnd) {
        if ended < nearest {
            nearest = ended
            end = found()
        }
    }

    /// Every end that hangs on a node itself. Called when it is first labelled nearer.
    @inline(__always)
    private mutating func lookForEnd<W: Way>(
        at node: Int, reached: Int, _ near: FlowSide, _ far: FlowSide, _ way: W.Type
    ) {
        let imbalance = W.isForward ? nodes[node].imbalance : 0 &- nodes[node].imbalance
        if imbalance < 0 { consider(reached, .imbalance(node)) }
        if far.items.contains(node) {
            guard nodes[node].hasRoom else { return }
            let owner = Int(nodes[node].owner)
            guard nodes[owner].hasRoom else { return }
            consider(
                reached &+ value(node, way) &- far.gain(of: owner, after: nodes[owner].flow), .farItem(node))
        } else if near.items.contains(node) {
            guard nodes[node].flow > 0 else { return }
            let owner = Int(nodes[node].owner)
            guard nodes[owner].flow > 0 else { return }
            consider(
                reached &+ value(node, way) &+ near.gain(of: owner, after: nodes[owner].flow &- 1),
                .nearItem(node))
        } else if near.communities.contains(node) {
            guard nodes[node].flow > 0 else { return }
            consider(
                reached &+ value(node, way) &+ near.gain(of: node, after: nodes[node].flow &- 1),
                .nearCommunity(node))
        } else {
            guard nodes[node].hasRoom else { return }
            consider(
                reached &+ value(node, way) &- far.gain(of: node, after: nodes[node].flow),
                .farCommunity(node))
        }
    }

    @inline(__always)
    mutating func visit<W: Way>(
        _ node: Int, at reached: Int, from parent: Int, via weight: Int32 = 0, _ near: FlowSide,
        _ far: FlowSide, _ way: W.Type
    ) {
        guard reach(node, at: reached, from: parent, via: weight) else { return }
        lookForEnd(at: node, reached: reached, near, far, way)
        lineUp(node, at: reached)
    }

    private mutating func expandNearCommunity<W: Way>(_ community: Int, _ near: FlowSide, _ way: W.Type) {
        let far = far(way)
        let base = distance &+ value(community, way)
        for place in near.memberPlaces(of: community) {
            let item = Int(near.members[place])
            guard nodes[item].hasRoom else { continue }
            visit(item, at: base &- value(item, way), from: community, near, far, way)
        }
    }

    private mutating func expandNearItem<W: Way>(
        _ item: Int, _ near: FlowSide, _ far: FlowSide, _ way: W.Type
    ) {
        let base = distance &+ value(item, way)
        let owner = Int(nodes[item].owner)
        if nodes[item].flow > 0 {
            visit(owner, at: base &- value(owner, way), from: item, near, far, way)
        }
        if asides[item].behind != .nothing { catchUp(item, way) }
        guard let arcs = near.arcs else {
            if W.isForward { expandPlainNeed(item, base, far) } else { expandPlainOffer(item, base, far) }
            return
        }
        let row = item &- near.items.lowerBound
        let start = Int(near.rowStarts[row])
        let stop = start &+ Int(near.rowCounts[row])
        let lift = near.lift
        var place = start
        while place < stop && base &- Int(arcs[place].key) &- lift < nearest {
            let target = Int(arcs[place].target)
            let weight = arcs[place].weight
            let key = Int(weight) &+ value(target, way)
            arcs[place].key = Int32(truncatingIfNeeded: key &- lift)
            let reached = base &- key
            // A selected candidate has no residual arc this way, and leads no farther: only then is it looked for.
            if reached < nearest, reached > distance || !near.holds(nodes, item, target, far) {
                visit(target, at: reached, from: item, via: weight, near, far, way)
            }
            place += 1
        }
        restoreOrder(arcs, scanned: start..<place, before: stop)
    }

    private mutating func expandFarItem<W: Way>(
        _ item: Int, _ near: FlowSide, _ far: FlowSide, _ way: W.Type
    ) {
        let base = distance &+ value(item, way)
        if nodes[item].hasRoom {
            let owner = Int(nodes[item].owner)
            visit(owner, at: base &- value(owner, way), from: item, near, far, way)
        }
        let start = Int(far.slotStarts[item &- far.items.lowerBound])
        for slot in start..<start + Int(nodes[item].held) {
            let holder = Int(far.slots[slot].partner)
            let weight = far.slots[slot].weight
            visit(
                holder, at: base &+ Int(weight) &- value(holder, way), from: item, via: weight, near, far, way
            )
        }
    }

    private mutating func expandFarCommunity<W: Way>(_ community: Int, _ far: FlowSide, _ way: W.Type) {
        let near = near(way)
        let base = distance &+ value(community, way)
        for place in far.memberPlaces(of: community) {
            let item = Int(far.members[place])
            guard nodes[item].flow > 0 else { continue }
            visit(item, at: base &- value(item, way), from: community, near, far, way)
        }
    }
}

// MARK: - Moving a unit

extension AssignmentFlow {
    /// Moves one unit along the path found, from its end back to the source.
    private mutating func augment<W: Way>(from source: Int, _ near: FlowSide, _ far: FlowSide, _ way: W.Type)
    {
        let sign: Int32 = W.isForward ? 1 : -1
        var last = -1
        switch end {
        case .none:
            return
        case .farItem(let item):
            nodes[item].flow += 1
            nodes[Int(nodes[item].owner)].flow += 1
            last = item
        case .farCommunity(let community):
            nodes[community].flow += 1
            last = community
        case .nearItem(let item):
            nodes[item].flow -= 1
            nodes[Int(nodes[item].owner)].flow -= 1
            last = item
        case .nearCommunity(let community):
            nodes[community].flow -= 1
            last = community
        case .imbalance(let node):
            nodes[node].imbalance += sign
            last = node
        }
        nodes[source].imbalance -= sign
        // What is released leaves its slot before another takes one.
        var node = last
        while node != source {
            let parent = Int(traces[node].parent)
            if far.items.contains(parent) && near.items.contains(node) {
                release(node, parent, near)
                release(parent, node, far)
                noteMove(near: node, far: parent, way)
            }
            node = parent
        }
        node = last
        while node != source {
            let parent = Int(traces[node].parent)
            if near.items.contains(parent) {
                if far.items.contains(node) {
                    take(parent, node, traces[node].via, near)
                    take(node, parent, traces[node].via, far)
                    noteMove(near: parent, far: node, way)
                } else {
                    nodes[parent].flow -= 1
                }
            } else if far.items.contains(parent) {
                if far.communities.contains(node) { nodes[parent].flow += 1 }
            } else if near.communities.contains(parent) {
                nodes[node].flow += 1
            } else {
                nodes[node].flow -= 1
            }
            node = parent
        }
    }

    /// Notes that the need among two items has other matches, where anybody asks.
    @inline(__always)
    private mutating func noteMove<W: Way>(near: Int, far: Int, _: W.Type) {
        guard moved != nil else { return }
        moved?.append(Int32(truncatingIfNeeded: W.isForward ? near : far))
    }

    func take(_ item: Int, _ partner: Int, _ weight: Int32, _ side: FlowSide) {
        let slot = Int(side.slotStarts[item &- side.items.lowerBound]) + Int(nodes[item].held)
        side.slots[slot] = FlowSlot(partner: Int32(truncatingIfNeeded: partner), weight: weight)
        nodes[item].held += 1
    }

    /// Empties the slot of a match; the last match takes the place left free.
    func release(_ item: Int, _ partner: Int, _ side: FlowSide) {
        let start = Int(side.slotStarts[item &- side.items.lowerBound])
        let last = start + Int(nodes[item].held) - 1
        var slot = start
        while slot < last && Int(side.slots[slot].partner) != partner { slot += 1 }
        side.slots[slot] = side.slots[last]
        nodes[item].held -= 1
    }
}
