// Many rows of candidates put in order at once.
//
// Problem. Rows of some tens of candidates each, to be sorted by descending key: a sort per row spends most of its time on
// comparisons that a processor cannot foresee.
//
// Method. Rows are taken in blocks that fit a processor's cache. All arcs of a block are sorted by key, eleven bits at a time from
// the last ones up, without a comparison; then they are dealt out to their rows in that order. Place decides between equals.
//
// Memory. A block's room holds `size` arcs, all of which `fill` writes; each row takes as many arcs as it counts, so no place past it.
// Complexity: O(arcs · digits of a key + rows) time; O(block) space.
// Reference: Knuth, The Art of Computer Programming, volume 3, §5.2.5 (distribution sort).

/// An arc of a block, and its row.
struct RowArc {
    var arc: FlowArc
    var row: Int32
}

/// Room to sort one block at a time in.
final class RowSorting {
    private var block: UnsafeMutablePointer<RowArc>
    /// Keys with the larger ones first, above the places of their arcs in the block.
    private var entries: UnsafeMutablePointer<UInt64>
    private var dealt: UnsafeMutablePointer<UInt64>
    private var capacity: Int

    /// How many arcs a block has at most, unless it is a single row.
    static let blockSize = 1 << 15
    private static let digitBits = 11

    init() {
        capacity = Self.blockSize
        block = .allocate(capacity: capacity)
        entries = .allocate(capacity: capacity)
        dealt = .allocate(capacity: capacity)
    }

    deinit {
        block.deallocate()
        entries.deallocate()
        dealt.deallocate()
    }

    private func makeRoom(for size: Int) {
        guard size > capacity else { return }
        for room in [UnsafeMutableRawPointer(block), .init(entries), .init(dealt)] { room.deallocate() }
        capacity = size
        block = .allocate(capacity: size)
        entries = .allocate(capacity: size)
        dealt = .allocate(capacity: size)
    }

    /// Deals a block out to its rows, each by descending key, then in the order that its arcs were filled in.
    ///
    /// - Parameters:
    ///   - rows: those of the block.
    ///   - size: how many arcs they have together.
    ///   - starts, counts: per row, where it begins among `arcs`, and how many arcs it has.
    ///   - fill: fills the block in; it may read `arcs`.
    func sort(
        rows: Range<Int>, size: Int, to arcs: UnsafeMutablePointer<FlowArc>,
        starts: UnsafeMutablePointer<Int32>, counts: UnsafeMutablePointer<Int32>,
        fill: (UnsafeMutablePointer<RowArc>) -> Void
    ) {
        guard size > 0 else { return }
        makeRoom(for: size)
        let (block, entries) = (block, entries)
        fill(block)
        var highest = Int32.min
        var lowest = Int32.max
        for place in 0..<size {
            highest = max(highest, block[place].arc.key)
            lowest = min(lowest, block[place].arc.key)
        }
        for place in 0..<size {
            // At most 2³² − 1, whatever the signs.
            let fall = UInt32(truncatingIfNeeded: Int(highest) &- Int(block[place].arc.key))
            entries[place] = UInt64(fall) << 32 | UInt64(truncatingIfNeeded: place)
        }
        let sorted = sortEntries(size, spread: Int(highest) - Int(lowest))
        // `starts` serve as where the next arc of a row goes, and are put back.
        for place in 0..<size {
            let entry = block[Int(sorted[place] & 0xffff_ffff)]
            let row = Int(entry.row)
            arcs[Int(starts[row])] = entry.arc
            starts[row] &+= 1
        }
        for row in rows { starts[row] -= counts[row] }
    }

    /// Sorts the entries, whose upper halves are at most `spread`; answers where they stand.
    private func sortEntries(_ size: Int, spread: Int) -> UnsafeMutablePointer<UInt64> {
        let mask = UInt64(1 << Self.digitBits - 1)
        var (from, to) = (entries, dealt)
        var shift = 0
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << Self.digitBits) { next in
            while spread >> shift > 0 {
                next.initialize(repeating: 0)
                for place in 0..<size { next[Int(from[place] >> UInt64(32 + shift) & mask)] &+= 1 }
                var start = 0
                for digit in next.indices { (next[digit], start) = (start, start + next[digit]) }
                for place in 0..<size {
                    let entry = from[place]
                    let digit = Int(entry >> UInt64(32 + shift) & mask)
                    to[next[digit]] = entry
                    next[digit] &+= 1
                }
                swap(&from, &to)
                shift += Self.digitBits
            }
        }
        return from
    }
}
