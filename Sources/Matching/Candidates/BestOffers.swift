/// The best few of the offers met: a heap with the worst of them on top, once there are more than are wanted.
///
/// - Complexity: O(log limit) to keep one, O(1) to turn one away.
struct BestOffers: Sendable {
    private var heap: [OfferRank] = []
    /// Not before one is turned away: often the first that are met are the best.
    private var isHeap = false
    /// The worst, as long as it is no heap.
    private var least = OfferRank.highest
    private var limit = 0
    /// What an offer must pass to be kept.
    private(set) var bar = OfferRank.lowest

    /// Forgets all, to keep up to `limit` from now on, at least 1.
    mutating func restart(limit: Int) {
        heap.removeAll(keepingCapacity: true)
        self.limit = limit
        bar = .lowest
        isHeap = false
        least = .highest
    }

    mutating func keep(_ rank: OfferRank) {
        guard rank > bar else { return }
        guard heap.count == limit else {
            heap.append(rank)
            least = min(least, rank)
            if heap.count == limit { bar = least }
            return
        }
        if !isHeap {
            for place in (0..<limit / 2).reversed() { sink(heap[place], at: place) }
            isHeap = true
        }
        sink(rank, at: 0)
        bar = heap[0]
    }

    /// What was kept, in no order.
    var all: [OfferRank] { heap }

    /// Puts `rank` at a place above heaps, and what is worse before it.
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
