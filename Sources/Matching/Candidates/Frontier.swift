/// What is still to be looked at, the most promising first: a heap of bounds.
///
/// - Complexity: O(log entries) to push and to pop, O(1) to push what is popped next.
struct Frontier: Sendable {
    /// Something to look at; of equal bounds the later kind is looked at first.
    enum Kind: UInt64 {
        case cell
        /// The skill at a place among the relatives of the needed one, and all after it.
        case relative
        /// The next appeals of a skill, and all after them.
        case appeals
    }

    /// A bound, then what it is of.
    struct Entry: Sendable, Comparable {
        /// No offer that it stands for ranks higher.
        let bound: OfferRank
        /// Kind in the high half, place in the low one.
        private let subject: UInt64

        init(_ kind: Kind, _ place: Int, bound: OfferRank) {
            self.bound = bound
            subject = kind.rawValue << 32 | UInt64(place)
        }

        var kind: Kind { Kind(rawValue: subject >> 32) ?? .cell }

        var place: Int { Int(subject & 0xFFFF_FFFF) }

        static func < (a: Entry, b: Entry) -> Bool {
            a.bound == b.bound ? a.subject < b.subject : a.bound < b.bound
        }
    }

    /// What a pop gives next, kept out of the heap: mostly what was pushed last is the most promising.
    private var next: Entry?
    private var heap: [Entry] = []

    mutating func restart() {
        heap.removeAll(keepingCapacity: true)
        next = nil
    }

    mutating func push(_ entry: Entry) {
        guard let held = next else {
            next = entry
            return
        }
        next = max(held, entry)
        rise(min(held, entry))
    }

    /// Takes out the most promising; nil when nothing is left.
    mutating func pop() -> Entry? {
        if let held = next {
            next = nil
            guard let top = heap.first, top > held else { return held }
            sink(held)
            return top
        }
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sink(last) }
        return top
    }

    private mutating func rise(_ entry: Entry) {
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
    private mutating func sink(_ entry: Entry) {
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
