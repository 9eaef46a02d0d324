// A binary min-heap of (distance, node), for searches that leave stale entries behind rather than decrease keys.
//
// Invariant: no entry precedes its parent, by distance then node; so equal distances leave in node order, and a
// search is a pure function of its graph. Complexity: O(log size) to push and to pop.

/// The nodes that a search has reached and not settled, nearest first.
package struct SearchHeap: Sendable {
    /// A node at a distance from the source of the search.
    package struct Entry: Sendable {
        package var distance: Int
        package var node: Int32

        package init(distance: Int, node: Int32) {
            self.distance = distance
            self.node = node
        }

        package static func < (left: Entry, right: Entry) -> Bool {
            left.distance != right.distance ? left.distance < right.distance : left.node < right.node
        }
    }

    private var entries: [Entry] = []

    package init() {}

    /// Forgets every entry, keeping the room they took.
    package mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds an entry; the same node may be there more than once.
    package mutating func push(_ entry: Entry) {
        var hole = entries.count
        entries.append(entry)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard entry < entries[parent] else { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
    }

    /// Removes and returns the least entry; nil when there is none.
    package mutating func pop() -> Entry? {
        guard let least = entries.first, let last = entries.popLast() else { return nil }
        let count = entries.count
        guard count > 0 else { return least }
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < count else { break }
            if child + 1 < count && entries[child + 1] < entries[child] { child += 1 }
            guard entries[child] < last else { break }
            entries[hole] = entries[child]
            hole = child
        }
        entries[hole] = last
        return least
    }
}
