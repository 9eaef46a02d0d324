/// The best few of the offers met: once there are as many as wanted, a heap with the worst of them on top.
///
/// - Complexity: O(log limit) to keep one, O(1) to turn one away.
struct BestOffers: Sendable {
    private var heap: [OfferRank] = []
    private var limit = 0
    /// What an offer must pass to be kept.
    private(set) var bar = OfferRank.lowest

    /// Forgets all, to keep up to `limit` from now on, at least 1.
    mutating func restart(limit: Int) {
        heap.removeAll(keepingCapacity: true)
        self.limit = limit
        bar = .lowest
    }

    mutating func keep(_ rank: OfferRank) {
        guard rank > bar else { return }
        if heap.count < limit {
            heap.append(rank)
            // Not a heap before it is full: there is nothing to turn away until then.
            guard heap.count == limit else { return }
            for place in (0..<limit / 2).reversed() { sink(heap[place], at: place) }
        } else {
            sink(rank, at: 0)
        }
        bar = heap[0]
    }

    /// What was kept, in no order.
    var all: [OfferRank] { heap }

    /// Puts `rank` in the place of another that is no better, above a heap.
    private mutating func sink(_ rank: OfferRank, at top: Int) {
        heap.withUnsafeMutableBufferPointer { heap in
            var place = top
            while true {
                var child = 2 * place + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
                guard heap[child] < rank else { break }
                heap[place] = heap[child]
                place = child
            }
            heap[place] = rank
        }
    }
}
