/// The best few of the offers met: a heap with the worst of them on top.
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
            rise(from: heap.count - 1)
        } else {
            sink(rank)
        }
        if heap.count == limit { bar = heap[0] }
    }

    /// What was kept, in no order.
    var all: [OfferRank] { heap }

    private mutating func rise(from start: Int) {
        heap.withUnsafeMutableBufferPointer { heap in
            let rank = heap[start]
            var place = start
            while place > 0 {
                let parent = (place - 1) / 2
                guard rank < heap[parent] else { break }
                heap[place] = heap[parent]
                place = parent
            }
            heap[place] = rank
        }
    }

    /// Puts `rank` in the place of the worst.
    private mutating func sink(_ rank: OfferRank) {
        heap.withUnsafeMutableBufferPointer { heap in
            var place = 0
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

/// What is still to be looked at, the most promising first: a heap of bounds.
struct Frontier: Sendable {
    /// Something to look at. What it holds is worth no more than `worth`.
    enum Kind: UInt64 {
        /// The skill at a place among the relatives of the needed one, and all after it.
        case relative
        /// The next appeal of a skill, and all after it.
        case appeals
        case cell
    }

    /// What a pop gives next, kept out of the heap: mostly what was pushed last is the most promising.
    private var next: UInt64?
    /// Worth in the high 32 bits, kind in the next 2, place in the rest: among equal bounds the order is fixed.
    private var heap: [UInt64] = []

    mutating func restart() {
        heap.removeAll(keepingCapacity: true)
        next = nil
    }

    /// `worth` at least 0, those past ``OfferRank/mostWorth`` being equal; `place` below 2³⁰.
    mutating func push(_ kind: Kind, _ place: Int, worth: Int) {
        let entry = UInt64(min(worth, OfferRank.mostWorth)) << 32 | kind.rawValue << 30 | UInt64(place)
        guard let held = next else {
            next = entry
            return
        }
        next = max(held, entry)
        rise(min(held, entry))
    }

    /// Takes out the most promising; nil when nothing is left.
    mutating func pop() -> (kind: Kind, place: Int, worth: Int)? {
        let entry: UInt64
        if let held = next {
            next = nil
            if let top = heap.first, top > held {
                entry = top
                sink(held)
            } else {
                entry = held
            }
        } else {
            guard let top = heap.first, let last = heap.popLast() else { return nil }
            entry = top
            if !heap.isEmpty { sink(last) }
        }
        let kind = Kind(rawValue: entry >> 30 & 3) ?? .relative
        return (kind, Int(entry & 0x3FFF_FFFF), Int(entry >> 32))
    }

    private mutating func rise(_ entry: UInt64) {
        heap.append(entry)
        heap.withUnsafeMutableBufferPointer { heap in
            var hole = heap.count - 1
            while hole > 0 {
                let parent = (hole - 1) / 2
                guard entry > heap[parent] else { break }
                heap[hole] = heap[parent]
                hole = parent
            }
            heap[hole] = entry
        }
    }

    /// Puts `entry` in the place of the top.
    private mutating func sink(_ entry: UInt64) {
        heap.withUnsafeMutableBufferPointer { heap in
            var hole = 0
            while true {
                var child = 2 * hole + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, heap[child + 1] > heap[child] { child += 1 }
                guard heap[child] > entry else { break }
                heap[hole] = heap[child]
                hole = child
            }
            heap[hole] = entry
        }
    }
}
