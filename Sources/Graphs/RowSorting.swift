// Many rows of candidates put in order at once.
//
// Problem. Rows of some tens of candidates each, to be sorted by descending key: a sort per row spends most of its time on
// comparisons that a processor cannot foresee.
//
// Method. Rows are taken in blocks that fit a processor's cache. All arcs of a block are sorted by key, eleven bits at a time from
// the last ones up, without a comparison; then they are dealt out to their rows in that order. Place decides between equals.
//
// Complexity: O(arcs · digits of a key + rows) time; O(block) space.
// Reference: Knuth, The Art of Computer Programming, volume 3, §5.2.5 (distribution sort).

struct RowSorting {
    private let arcs: UnsafeMutablePointer<FlowArc>
    private let starts: UnsafeMutablePointer<Int32>
    private let counts: UnsafeMutablePointer<Int32>
    /// Keys with the larger ones first, above the places of their arcs in the block.
    private var entries: [UInt64] = []
    private var dealt: [UInt64] = []
    private var rowOfPlace: [Int32] = []
    private var block: [FlowArc] = []

    private static let blockSize = 1 << 15
    private static let digitBits = 11

    /// Rows that stand one behind the other.
    init(
        arcs: UnsafeMutablePointer<FlowArc>, starts: UnsafeMutablePointer<Int32>,
        counts: UnsafeMutablePointer<Int32>
    ) {
        self.arcs = arcs
        self.starts = starts
        self.counts = counts
        // Room is taken here, by the thread that solves: what others take stays theirs when it is given back.
        entries.reserveCapacity(Self.blockSize)
        dealt.reserveCapacity(Self.blockSize)
        rowOfPlace.reserveCapacity(Self.blockSize)
        block.reserveCapacity(Self.blockSize)
    }

    /// Sorts each row of a range by descending key, then by place.
    mutating func sort(rows: Range<Int>) {
        var first = rows.lowerBound
        while first < rows.upperBound {
            var end = first
            var size = 0
            repeat {
                size += Int(counts[end])
                end += 1
            } while end < rows.upperBound && size + Int(counts[end]) <= Self.blockSize
            if size > 1 { sort(first..<end, size: size) }
            first = end
        }
    }

    private mutating func sort(_ rows: Range<Int>, size: Int) {
        let base = Int(starts[rows.lowerBound])
        block.removeAll(keepingCapacity: true)
        block.append(contentsOf: UnsafeBufferPointer(start: arcs + base, count: size))
        var highest = Int32.min
        var lowest = Int32.max
        for arc in block {
            highest = max(highest, arc.key)
            lowest = min(lowest, arc.key)
        }
        entries.removeAll(keepingCapacity: true)
        for (place, arc) in block.enumerated() {
            // At most 2³² − 1, whatever the signs.
            let fall = UInt32(truncatingIfNeeded: Int(highest) - Int(arc.key))
            entries.append(UInt64(fall) << 32 | UInt64(truncatingIfNeeded: place))
        }
        rowOfPlace.removeAll(keepingCapacity: true)
        for row in rows {
            rowOfPlace.append(
                contentsOf: repeatElement(Int32(truncatingIfNeeded: row), count: Int(counts[row])))
        }
        sortEntries(spread: Int(highest) - Int(lowest))
        // `starts` serve as where the next arc of a row goes, and are put back.
        for entry in entries {
            let place = Int(entry & 0xffff_ffff)
            let row = Int(rowOfPlace[place])
            arcs[Int(starts[row])] = block[place]
            starts[row] += 1
        }
        for row in rows { starts[row] -= counts[row] }
    }

    /// Sorts the entries, whose upper halves are at most `spread`.
    private mutating func sortEntries(spread: Int) {
        let mask = UInt64(1 << Self.digitBits - 1)
        var shift = 0
        while spread >> shift > 0 {
            var next = [Int](repeating: 0, count: 1 << Self.digitBits)
            for entry in entries { next[Int(entry >> UInt64(32 + shift) & mask)] += 1 }
            var start = 0
            for digit in next.indices { (next[digit], start) = (start, start + next[digit]) }
            dealt.removeAll(keepingCapacity: true)
            dealt.append(contentsOf: entries)
            for entry in entries {
                let digit = Int(entry >> UInt64(32 + shift) & mask)
                dealt[next[digit]] = entry
                next[digit] += 1
            }
            swap(&entries, &dealt)
            shift += Self.digitBits
        }
    }
}
