// The order of a row of candidates, kept while keys are computed anew.
//
// Problem. A scan computes the keys of the first arcs of a row anew, and they fall: each belongs somewhere further down. In a
// long row, many sunk one by one would pass the same arcs again and again.
//
// Method. An arc sinks by itself a little way, last first. One that belongs deeper is taken out with those before it, and
// they are sorted and merged with the rest: a search in doubling steps finds where each belongs, and what is before it moves up
// in one piece.
//
// Order. By descending key. Of equal keys, those scanned come first, in the order that they had.
// Memory. Places from the first scanned one up to `stop` are the row's own; no other is read or written.
// Complexity: O(scanned) where they sink little; else O(scanned · log row + moved), each arc moving once.

struct RowOrder {
    /// Where arcs wait while a row is put back in order.
    private var lifted: [FlowArc] = []

    /// How far an arc sinks by itself.
    private static var shallow: Int { 16 }

    /// Puts the arcs whose keys were computed anew where they now belong.
    @inline(__always)
    mutating func restore(
        _ arcs: UnsafeMutablePointer<FlowArc>, scanned: Range<Int>, before stop: Int
    ) {
        var place = scanned.upperBound - 1
        while place >= scanned.lowerBound {
            let arc = arcs[place]
            let deepest = min(stop - 1, place + Self.shallow)
            var hole = place
            while hole < deepest && arcs[hole + 1].key > arc.key {
                arcs[hole] = arcs[hole + 1]
                hole += 1
            }
            if hole + 1 < stop && hole == deepest && arcs[hole + 1].key > arc.key {
                // Back up, to be merged with those before it.
                (arcs + place + 1).update(from: arcs + place, count: hole - place)
                arcs[place] = arc
                merge(arcs, scanned: scanned.lowerBound..<place + 1, before: stop)
                return
            }
            arcs[hole] = arc
            place -= 1
        }
    }

    /// Puts arcs in whatever order at the head of a row where they belong.
    @inline(never)
    mutating func merge(
        _ arcs: UnsafeMutablePointer<FlowArc>, scanned: Range<Int>, before stop: Int
    ) {
        lift(arcs, scanned)
        var hole = scanned.lowerBound
        var rest = scanned.upperBound
        for arc in lifted {
            let end = firstPlace(notAbove: arc.key, in: rest..<stop, of: arcs)
            (arcs + hole).update(from: arcs + rest, count: end - rest)
            hole += end - rest
            rest = end
            arcs[hole] = arc
            hole += 1
        }
    }

    /// Copies the arcs scanned out of the way, in order.
    private mutating func lift(_ arcs: UnsafeMutablePointer<FlowArc>, _ scanned: Range<Int>) {
        lifted.removeAll(keepingCapacity: true)
        lifted.append(
            contentsOf: UnsafeBufferPointer(
                rebasing: UnsafeBufferPointer(
                    start: arcs, count: scanned.upperBound)[scanned]))
        guard scanned.count <= 32 else {
            // Place decides between equals, as where they sink.
            let order = lifted.indices.sorted { (lifted[$1].key, $0) < (lifted[$0].key, $1) }
            lifted = order.map { lifted[$0] }
            return
        }
        for place in lifted.indices.dropFirst() {
            let arc = lifted[place]
            var hole = place
            while hole > 0 && lifted[hole - 1].key < arc.key {
                lifted[hole] = lifted[hole - 1]
                hole -= 1
            }
            lifted[hole] = arc
        }
    }

    /// The first place of a range, by descending key, whose key is not above one; its end when there is none.
    private func firstPlace(
        notAbove key: Int32, in range: Range<Int>, of arcs: UnsafeMutablePointer<FlowArc>
    ) -> Int {
        var low = range.lowerBound
        var step = 1
        while low + step <= range.upperBound && arcs[low + step - 1].key > key {
            low += step
            step *= 2
        }
        var high = min(low + step - 1, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if arcs[middle].key > key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension AssignmentFlow {
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
}
