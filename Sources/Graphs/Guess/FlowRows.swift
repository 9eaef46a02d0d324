// The near side of a flow as several hands read it at once, in parts that write apart.

/// What rows are read with. It owns nothing: it is good for as long as the flow and its rows stay where they are.
///
/// Invariant: hands share it only inside `Hands.run`, which returns when every part is done, and the flow outlives that. Meanwhile
/// far nodes and prices are only read; the keys and order of a near item's row, and its potential, are written by the one part that has
/// its community, and what a hand needs for itself stands once for each hand.
struct FlowRows: @unchecked Sendable {
    let near: FlowSide
    let far: FlowSide
    let nodes: UnsafeMutablePointer<FlowNode>
    /// Per far item, what it costs while an auction is held.
    let prices: UnsafeMutablePointer<Int32>
    private let orders: UnsafeMutablePointer<RowOrder>
    /// What is read of needs without rows of their own.
    let candidates: CandidateRows

    /// The distance between what belongs to one hand and to the other, in places: more than a line of a cache.
    static let apart = 32
    private static let partSize = 512

    init(
        near: FlowSide, far: FlowSide, nodes: UnsafeMutablePointer<FlowNode>,
        prices: UnsafeMutablePointer<Int32>,
        orders: UnsafeMutablePointer<RowOrder>, candidates: CandidateRows
    ) {
        self.near = near
        self.far = far
        self.nodes = nodes
        self.prices = prices
        self.orders = orders
        self.candidates = candidates
    }

    /// How many parts all rows make.
    var rowParts: Int { (near.items.count + Self.partSize - 1) / Self.partSize }

    /// The rows of a part.
    func rowRange(_ part: Int) -> Range<Int> {
        part * Self.partSize..<min(near.items.count, (part + 1) * Self.partSize)
    }

    /// Puts arcs in whatever order at the head of a row where they belong.
    func merge(
        _ arcs: UnsafeMutablePointer<FlowArc>, scanned: Range<Int>, before stop: Int, hand: Int
    ) {
        orders[hand * Self.apart].merge(arcs, scanned: scanned, before: stop)
    }
}

extension AssignmentFlow {
    /// The near side as several hands read it.
    func rows<W: Way>(_ way: W.Type) -> FlowRows {
        FlowRows(
            near: near(way), far: far(way), nodes: nodes, prices: spare, orders: orders,
            candidates: candidates)
    }
}

// MARK: - Refined

extension FlowRows {
    /// How many near communities are looked at by the same prices, and how many of them at once.
    static let batchSize = 256
    static let batchPartSize = 16

    /// Sets the values of the items of near communities to what their best unselected candidate is worth; 0 when there is none.
    ///
    /// Keys are made of the labels of far items and of the most that any of them has risen since.
    func setBestByLabel<W: Way>(_ communities: Range<Int>, most: Int, hand: Int, _ way: W.Type) {
        for community in communities {
            for place in near.memberPlaces(of: community) {
                let item = Int(near.members[place])
                let best =
                    near.arcs.map { bestByLabel($0, item, most, hand, way) } ?? bestOfPlainNeed(item)
                nodes[item].potential = W.isForward ? best : -best
            }
        }
    }

    private func bestByLabel<W: Way>(
        _ arcs: UnsafeMutablePointer<FlowArc>, _ item: Int, _ most: Int, _ hand: Int, _ way: W.Type
    ) -> Int {
        let row = item - near.items.lowerBound
        let start = Int(near.rowStarts[row])
        let stop = start + Int(near.rowCounts[row])
        var best = Int.min
        var place = start
        while place < stop, Int(arcs[place].key) &+ near.lift > best {
            let target = Int(arcs[place].target)
            let weight = Int(arcs[place].weight)
            arcs[place].key = Int32(truncatingIfNeeded: weight &+ nodes[target].label &+ most &- near.lift)
            let key = weight &+ (W.isForward ? nodes[target].potential : 0 &- nodes[target].potential)
            if key > best, !near.holds(nodes, item, target, far) { best = key }
            place += 1
        }
        orders[hand * Self.apart].restore(arcs, scanned: start..<place, before: stop)
        return best == .min ? 0 : best
    }

    /// The same for a need without a row of its own.
    private func bestOfPlainNeed(_ need: Int) -> Int {
        var best = Int.min
        for place in candidates.row(need - near.items.lowerBound) {
            let target = near.items.upperBound + Int(candidates.offers[place])
            let key = Int(candidates.weights[place]) &+ nodes[target].potential
            if key > best, !near.holds(nodes, need, target, far) { best = key }
        }
        return best == .min ? 0 : best
    }
}
