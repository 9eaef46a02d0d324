// The flow of a laminar assignment under repair: successive shortest augmenting paths on the implicit graph, forward
// from nodes that hold too much and backward from nodes that hold too little.
//
// Problem. Units run ground → receiver → need → offer → provider → ground, each arc with a limit; the arc into a
// receiver gains the receipt bonus of its next unit, a candidate gains its weight, every other arc nothing. No arc but
// the candidates is stored: the rest follows from owners and counts. Maximise the gain.
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
// hold each node at most once a search; an item's slots are one more than the smaller of its limit and its candidates,
// and a path releases before it takes.
//
// Complexity: O(nodes settled · log + candidates scanned) a search; O(nodes + candidates) space.
// Reference: Ahuja, Magnanti and Orlin, Network Flows (1993), §9.7 (successive shortest paths) and §9.10 (from
// pseudoflows). It fails, by overflow, only on totals that LaminarAssignment refuses.

/// Which end a search starts from.
protocol Way {
    /// Whether units are pushed on, from receivers towards providers; else they are pulled in, the other way.
    static var isForward: Bool { get }
}

enum Forward: Way { static let isForward = true }
enum Backward: Way { static let isForward = false }

/// A receiver, a need, an offer or a provider.
struct FlowNode {
    var potential = 0
    /// Distance in the search numbered `search`, and the way there: the node before, and the weight of the candidate.
    var label = 0
    var search: Int32 = 0
    var parent: Int32 = -1
    var via: Int32 = 0
    /// The arc between the node and its owner (of an item) or the ground (of a community): its limit, and its units.
    /// No item has a limit past its candidates, which makes no difference to a flow: `stated` is the one asked for.
    var limit: Int32
    var stated: Int32
    var flow: Int32 = 0
    /// The node of an item's community; -1 for a community.
    var owner: Int32 = -1
    /// Inflow less outflow.
    var imbalance: Int32 = 0
    /// How many matches an item is in.
    var held: Int32 = 0
    /// The newest weight that waits for the item's row; -1 for none.
    var pending: Int32 = -1
    /// What must be done to the item's row before it is read.
    var behind = Behind.nothing

    enum Behind: UInt8 {
        case nothing
        /// Weights wait for it.
        case weights
        /// Weights may wait for it, and all of its keys are of an earlier lift.
        case keys
    }

    var hasRoom: Bool { flow < limit }

    init(stated: Int, reachable: Int = .max, owner: Int = -1) {
        self.stated = Int32(clamping: stated)
        self.owner = Int32(owner)
        limit = Int32(clamping: min(stated, reachable))
    }
}

/// A candidate in the row of one of its items.
struct FlowArc {
    /// Weight + potential of the target as last computed, in the words of the row's way, less the lift at that moment.
    var key: Int32
    var target: Int32
    var weight: Int32
}

/// A match in the slots of one of its items.
struct FlowSlot {
    var partner: Int32
    var weight: Int32
}

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
    /// What the 1st, 2nd… unit of a community gains; nothing past the end.
    let gains: UnsafeMutablePointer<Int>
    let gainCount: Int
    /// By how much at most the potentials that keys were made of have risen since.
    var lift = 0

    /// What the unit after `used` ones gains.
    @inline(__always)
    func gain(after used: Int32) -> Int {
        let place = Int(used)
        return place < gainCount ? gains[place] : 0
    }
}

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
    let nodeCount: Int
    /// The candidates as the problem lists them; a flow with rows of its own may have others since.
    private let candidates: CandidateRows

    // The search under way.
    private var search: Int32 = 0
    private var heap = SearchHeap()
    /// Nodes reached at the very distance being settled: they need no heap.
    private let stack: UnsafeMutablePointer<Int32>
    private var stacked = 0
    private let settled: UnsafeMutablePointer<Int32>
    private var settledCount = 0
    private var distance = 0
    /// Distance of the nearest end found.
    private var nearest = 0
    private var end = PathEnd.none

    /// Nodes settled so far.
    private(set) var pops = 0
    /// Per node, the weight that a row is looked through for; -1 between uses. Empty until there are repairs.
    var wanted: [Int32] = []
    /// Needs whose matches changed since the list was last emptied, as nodes, some of them more than once.
    var moved: [Int32] = []
    /// Weights that wait for their rows; each node has its newest.
    var pending: [PendingWeight] = []

    /// An empty flow, with all potentials 0 and no rows. Complexity: O(nodes + candidates).
    init(_ problem: borrowing LaminarAssignment) {
        let count = problem.giveLimits.count
        let needs = count..<count + problem.needs.count
        let offers = needs.upperBound..<needs.upperBound + problem.offers.count
        let providers = offers.upperBound..<offers.upperBound + count
        nodeCount = providers.upperBound
        candidates = problem.candidates
        nodes = .allocate(capacity: nodeCount)
        stack = .allocate(capacity: nodeCount + 1)
        settled = .allocate(capacity: nodeCount + 1)
        receiving = FlowSide(
            communities: 0..<count, items: needs, owners: problem.needs.lazy.map(\.community),
            limits: problem.needs.lazy.map(\.quantity), degrees: problem.candidates.needDegrees,
            gains: problem.bonuses)
        giving = FlowSide(
            communities: providers, items: offers, owners: problem.offers.lazy.map(\.community),
            limits: problem.offers.lazy.map(\.capacity),
            degrees: problem.candidates.offerDegrees(count: problem.offers.count), gains: [])
        for side in [receiving, giving] {
            let isReceiving = side.communities.lowerBound == 0
            let limits = isReceiving ? problem.receiveLimits : problem.giveLimits
            for (community, limit) in limits.enumerated() {
                (nodes + side.communities.lowerBound + community).initialize(
                    to: FlowNode(stated: limit))
            }
            for (item, node) in side.items.enumerated() {
                let community = isReceiving ? problem.needs[item].community : problem.offers[item].community
                let limit = isReceiving ? problem.needs[item].quantity : problem.offers[item].capacity
                (nodes + node).initialize(
                    to: FlowNode(
                        stated: limit, reachable: Int(side.rowCounts[item]),
                        owner: side.communities.lowerBound + community))
            }
        }
    }

    deinit {
        receiving.deallocate()
        giving.deallocate()
        nodes.deallocate()
        stack.deallocate()
        settled.deallocate()
    }

    /// The side of a way's start, and the other.
    @inline(__always)
    func near<W: Way>(_: W.Type) -> FlowSide { W.isForward ? receiving : giving }
    @inline(__always)
    func far<W: Way>(_: W.Type) -> FlowSide { W.isForward ? giving : receiving }

    /// A node's potential in the words of a way.
    @inline(__always)
    func value<W: Way>(_ node: Int, _: W.Type) -> Int {
        W.isForward ? nodes[node].potential : 0 &- nodes[node].potential
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
        nodes[source].parent = -1
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
        lowerPotentials(way)
        augment(from: source, near, far, way)
        if far.arcs != nil { boundLift(way) }
    }

    /// Begins the far side's lift anew when it nears what a key can hold: all of its rows are then behind.
    ///
    /// Weights and bonuses are below 2²⁷, hence potentials within 2²⁸, distances below 2²⁹ and keys within 2³¹.
    private mutating func boundLift<W: Way>(_ way: W.Type) {
        guard self.far(way).lift > 1 << 29 else { return }
        if W.isForward { giving.lift = 0 } else { receiving.lift = 0 }
        for item in self.far(way).items { nodes[item].behind = .keys }
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
        nodes[node].parent = Int32(truncatingIfNeeded: parent)
        nodes[node].via = weight
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
                reached &+ value(node, way) &- far.gain(after: nodes[owner].flow), .farItem(node))
        } else if near.items.contains(node) {
            guard nodes[node].flow > 0 else { return }
            let owner = Int(nodes[node].owner)
            guard nodes[owner].flow > 0 else { return }
            consider(
                reached &+ value(node, way) &+ near.gain(after: nodes[owner].flow &- 1), .nearItem(node))
        } else if near.communities.contains(node) {
            guard nodes[node].flow > 0 else { return }
            consider(
                reached &+ value(node, way) &+ near.gain(after: nodes[node].flow &- 1), .nearCommunity(node))
        } else {
            guard nodes[node].hasRoom else { return }
            consider(reached &+ value(node, way) &- far.gain(after: nodes[node].flow), .farCommunity(node))
        }
    }

    @inline(__always)
    private mutating func visit<W: Way>(
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
        let row = community &- near.communities.lowerBound
        for place in Int(near.memberStarts[row])..<Int(near.memberStarts[row + 1]) {
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
        if nodes[item].behind != .nothing { catchUp(item, way) }
        guard let arcs = near.arcs else {
            if W.isForward { expandPlainNeed(item, base, far) }
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
            if reached < nearest, reached > distance || !holds(item, target, near) {
                visit(target, at: reached, from: item, via: weight, near, far, way)
            }
            place += 1
        }
        restoreOrder(arcs, scanned: start..<place, before: stop)
    }

    /// A need without a row of its own, in a flow that was built from providers: its candidates as the problem lists them.
    private mutating func expandPlainNeed(_ need: Int, _ base: Int, _ far: FlowSide) {
        for place in candidates.row(need - receiving.items.lowerBound) {
            let target = far.items.lowerBound + Int(candidates.offers[place])
            let weight = candidates.weights[place]
            let reached = base - Int(weight) - value(target, Forward.self)
            if reached < nearest, reached > distance || !holds(need, target, receiving) {
                visit(target, at: reached, from: need, via: weight, receiving, far, Forward.self)
            }
        }
    }

    @inline(__always)
    func holds(_ item: Int, _ partner: Int, _ side: FlowSide) -> Bool {
        let start = Int(side.slotStarts[item &- side.items.lowerBound])
        for slot in start..<start + Int(nodes[item].held) where Int(side.slots[slot].partner) == partner {
            return true
        }
        return false
    }

    /// Sinks the arcs whose keys were computed anew, last first, to where they now belong.
    @inline(__always)
    func restoreOrder(_ arcs: UnsafeMutablePointer<FlowArc>, scanned: Range<Int>, before stop: Int) {
        var place = scanned.upperBound - 1
        while place >= scanned.lowerBound {
            let arc = arcs[place]
            var hole = place
            while hole + 1 < stop && arcs[hole + 1].key > arc.key {
                arcs[hole] = arcs[hole + 1]
                hole += 1
            }
            arcs[hole] = arc
            place -= 1
        }
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
        let row = community &- far.communities.lowerBound
        for place in Int(far.memberStarts[row])..<Int(far.memberStarts[row + 1]) {
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
            let parent = Int(nodes[node].parent)
            if far.items.contains(parent) && near.items.contains(node) {
                release(node, parent, near)
                release(parent, node, far)
                moved.append(nodeOfNeed(near: node, far: parent, way))
            }
            node = parent
        }
        node = last
        while node != source {
            let parent = Int(nodes[node].parent)
            if near.items.contains(parent) {
                if far.items.contains(node) {
                    take(parent, node, nodes[node].via, near)
                    take(node, parent, nodes[node].via, far)
                    moved.append(nodeOfNeed(near: parent, far: node, way))
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

    /// Which of two matched items is the need.
    @inline(__always)
    private func nodeOfNeed<W: Way>(near: Int, far: Int, _: W.Type) -> Int32 {
        Int32(truncatingIfNeeded: W.isForward ? near : far)
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

// MARK: - From nothing

extension AssignmentFlow {
    /// Potentials of an empty flow, which bound the gain of every path, and the rows of one side, by descending key.
    mutating func start<W: Way>(_ problem: borrowing LaminarAssignment, _ way: W.Type) {
        let far = far(way)
        let ground = far.gain(after: 0)
        let sign = W.isForward ? 1 : -1
        for node in far.items { nodes[node].potential = sign * ground }
        for node in far.communities { nodes[node].potential = sign * ground }
        makeRows(problem, way)
        let near = near(way)
        guard let arcs = near.arcs else { return }
        for node in near.communities { nodes[node].potential = 0 }
        for (row, node) in near.items.enumerated() {
            let first = Int(near.rowStarts[row])
            let best = near.rowCounts[row] > 0 ? Int(arcs[first].key) : 0
            nodes[node].potential = sign * best
            let owner = Int(nodes[node].owner)
            if nodes[node].limit > 0 && value(owner, way) < best { nodes[owner].potential = sign * best }
        }
    }

    /// Makes the rows of one side from the present potentials, unless they are there.
    mutating func makeRows<W: Way>(_ problem: borrowing LaminarAssignment, _ way: W.Type) {
        var side = near(way)
        guard side.arcs == nil else { return }
        let far = far(way)
        side.arcCapacity = max(1, problem.candidates.count)
        side.arcsTaken = problem.candidates.count
        let arcs = UnsafeMutablePointer<FlowArc>.allocate(capacity: side.arcCapacity)
        side.arcs = arcs
        side.lift = 0
        let offers = problem.candidates.offers
        let weights = problem.candidates.weights
        let starts = problem.candidates.starts
        let firstTarget = far.items.lowerBound
        if W.isForward {
            for place in 0..<offers.count {
                let target = firstTarget + Int(offers[place])
                (arcs + place).initialize(
                    to: FlowArc(
                        key: Int32(truncatingIfNeeded: Int(weights[place]) + value(target, way)),
                        target: Int32(target), weight: weights[place]))
            }
        } else {
            // A counting sort by offer.
            var next = [Int32](repeating: 0, count: side.items.count)
            for item in 0..<side.items.count { next[item] = side.rowStarts[item] }
            for need in 0..<problem.needs.count {
                let target = firstTarget + need
                for place in Int(starts[need])..<Int(starts[need + 1]) {
                    let offer = Int(offers[place])
                    (arcs + Int(next[offer])).initialize(
                        to: FlowArc(
                            key: Int32(truncatingIfNeeded: Int(weights[place]) + value(target, way)),
                            target: Int32(target), weight: weights[place]))
                    next[offer] += 1
                }
            }
        }
        for row in 0..<side.items.count {
            sortRow(
                UnsafeMutableBufferPointer(
                    start: arcs + Int(side.rowStarts[row]), count: Int(side.rowCounts[row])))
        }
        if W.isForward { receiving = side } else { giving = side }
    }

    /// By descending key, then by target: what decides between equals.
    func sortRow(_ row: UnsafeMutableBufferPointer<FlowArc>) {
        if row.count > 48 {
            var row = row
            row.sort { ($1.key, $0.target) < ($0.key, $1.target) }
            return
        }
        for place in row.indices.dropFirst() {
            let arc = row[place]
            var hole = place
            while hole > 0 && (row[hole - 1].key, arc.target) < (arc.key, row[hole - 1].target) {
                row[hole] = row[hole - 1]
                hole -= 1
            }
            row[hole] = arc
        }
    }

    /// Inserts units at each near community in turn until none gains.
    ///
    /// - Parameter progress: told how many communities are finished, of how many; answers whether to go on.
    /// - Returns: false when told to stop.
    mutating func insertAll<W: Way>(_ way: W.Type, progress: ((Int, Int) -> Bool)?) -> Bool {
        let near = near(way)
        let count = near.communities.count
        for community in near.communities {
            while nodes[community].hasRoom && insert(at: community, near, way) {}
            if let progress, !progress(community - near.communities.lowerBound + 1, count) { return false }
        }
        return true
    }

    /// Lets one more unit in at a near community, if that gains; answers whether it stayed.
    mutating func insert<W: Way>(at community: Int, _ near: FlowSide, _ way: W.Type) -> Bool {
        let used = nodes[community].flow
        guard value(community, way) + near.gain(after: used) > 0 else { return false }
        nodes[community].flow += 1
        nodes[community].imbalance += W.isForward ? 1 : -1
        discharge(community, way)
        return nodes[community].flow > used
    }
}

extension FlowSide {
    /// The ids and empty matches of a side; its rows come later.
    ///
    /// - Parameters:
    ///   - owners: per item, its community.
    ///   - degrees: per item, in how many candidates it is.
    fileprivate init(
        communities: Range<Int>, items: Range<Int>, owners: some Collection<Int>,
        limits: some Collection<Int>,
        degrees: [Int32], gains: [Int]
    ) {
        self.communities = communities
        self.items = items
        gainCount = gains.count
        self.gains = .allocate(capacity: max(1, gains.count))
        for (step, gain) in gains.enumerated() { self.gains[step] = gain }
        members = .allocate(capacity: max(1, items.count))
        memberStarts = .allocate(capacity: communities.count + 1)
        rowStarts = .allocate(capacity: items.count + 1)
        rowCounts = .allocate(capacity: items.count + 1)
        slotStarts = .allocate(capacity: items.count + 1)
        memberStarts.initialize(repeating: 0, count: communities.count + 1)
        for owner in owners { memberStarts[owner + 1] += 1 }
        for community in 0..<communities.count { memberStarts[community + 1] += memberStarts[community] }
        var next = Array(UnsafeBufferPointer(start: memberStarts, count: communities.count))
        for (item, owner) in owners.enumerated() {
            members[Int(next[owner])] = Int32(items.lowerBound + item)
            next[owner] += 1
        }
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
    }

    fileprivate func deallocate() {
        members.deallocate()
        memberStarts.deallocate()
        arcs?.deallocate()
        rowStarts.deallocate()
        rowCounts.deallocate()
        slots.deallocate()
        slotStarts.deallocate()
        gains.deallocate()
    }
}

// MARK: - Reading the result

extension AssignmentFlow {
    /// The selected pairs by offer, then by the order of their slots.
    func matches() -> [(need: Int, offer: Int, weight: Int)] {
        var found: [(need: Int, offer: Int, weight: Int)] = []
        for (row, node) in giving.items.enumerated() {
            let start = Int(giving.slotStarts[row])
            for slot in start..<start + Int(nodes[node].held) {
                found.append(
                    (
                        Int(giving.slots[slot].partner) - receiving.items.lowerBound, row,
                        Int(giving.slots[slot].weight)
                    ))
            }
        }
        return found
    }

    /// Per receiver, how many matches it receives.
    func received() -> [Int] { receiving.communities.map { Int(nodes[$0].flow) } }

    func potentials(of range: Range<Int>) -> [Int] { range.map { nodes[$0].potential } }
}
