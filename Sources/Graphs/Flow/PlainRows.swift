// Searches from items whose candidates have no rows of their own, sorted by key, but stand as the problem lists them.
//
// A solve makes the rows of the side it inserts from; what a guess of prices left out of balance is searched from the other.
// There is little of it, so that reading such a list whole, weights looked up, costs less than 12 bytes a candidate would.

extension AssignmentFlow {
    /// An offer without a row of its own, in a flow that was built from receivers: its candidates as the problem lists them.
    mutating func expandPlainOffer(_ offer: Int, _ base: Int, _ far: FlowSide) {
        let row = offer - giving.items.lowerBound
        let start = Int(giving.rowStarts[row])
        for place in start..<start + Int(giving.rowCounts[row]) {
            let need = Int(needsOfOffers[place])
            guard let candidate = candidates.place(need: need, offer: row) else { continue }
            let target = far.items.lowerBound + need
            let weight = candidates.weights[candidate]
            let reached = base - Int(weight) - value(target, Backward.self)
            if reached < nearest, reached > distance || !giving.holds(nodes, offer, target, far) {
                visit(target, at: reached, from: offer, via: weight, giving, far, Backward.self)
            }
        }
    }

    /// Lists the needs of each offer, 4 bytes a candidate, for searches backward where offers have no rows.
    mutating func listNeedsOfOffers() {
        var needs = [Int32](repeating: 0, count: candidates.count)
        let starts = UnsafeBufferPointer(start: giving.rowStarts, count: giving.items.count)
        candidates.byOffer(starts: starts) { slot, need in needs[slot] = Int32(need) }
        needsOfOffers = needs
    }

    /// A need without a row of its own, in a flow that was built from providers: its candidates as the problem lists them.
    mutating func expandPlainNeed(_ need: Int, _ base: Int, _ far: FlowSide) {
        for place in candidates.row(need - receiving.items.lowerBound) {
            let target = far.items.lowerBound + Int(candidates.offers[place])
            let weight = candidates.weights[place]
            let reached = base - Int(weight) - value(target, Forward.self)
            if reached < nearest, reached > distance || !receiving.holds(nodes, need, target, far) {
                visit(target, at: reached, from: need, via: weight, receiving, far, Forward.self)
            }
        }
    }
}
