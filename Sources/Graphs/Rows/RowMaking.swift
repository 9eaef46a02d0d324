// The rows of one side made from a problem's candidates: listed by blocks, then sorted a block at a time, on all hands.
//
// Problem. Candidates stand in rows by need. Rows by offer want each of them somewhere else, millions of them far apart; and every row
// wants an order of its own.
//
// Method. Rows that stand one behind the other make blocks that fit a processor's cache. Candidates are first dealt out to the
// blocks, half of the needs on each hand: few streams, each written from front to back. Then each block is sorted and
// dealt out to its rows (RowSorting.swift), which is where an arc finds its row. Rows by need are read from the problem directly.
//
// Invariant. Within a row, candidates of equal keys stand as the problem lists them: each half lists in that order, the first
// half of a block stands before the second, and the sort keeps the order of equals.
// Complexity: O(candidates · digits of a key + rows) time, O(rows + block) space besides the rows.

/// What makes the rows of one side.
///
/// Invariant: hands share it only inside `Hands.run`, and the flow outlives that. `count` and `list` write only the cursors of their own
/// half, and places of `arcs` that no cursor of the other half comes to; `sort` writes the rows, starts and arcs of its own block, and
/// uses the sorting of its own hand. All else is only read meanwhile.
final class RowMaking: @unchecked Sendable {
    /// In how many parts candidates are listed.
    static let halves = 2

    private let near: FlowSide
    private let nodes: UnsafeMutablePointer<FlowNode>
    private let arcs: UnsafeMutablePointer<FlowArc>
    private let candidates: CandidateRows
    /// The rows of each block.
    private let blocks: [Range<Int>]
    /// Per row, its block.
    private let blockOfRow: [Int32]
    /// Per half and block, where the next candidate of it goes.
    private let cursors: [UnsafeMutablePointer<Int32>]
    /// One for each hand.
    private let sortings: [RowSorting]

    init(
        near: FlowSide, arcs: UnsafeMutablePointer<FlowArc>, nodes: UnsafeMutablePointer<FlowNode>,
        candidates: CandidateRows
    ) {
        self.near = near
        self.nodes = nodes
        self.arcs = arcs
        self.candidates = candidates
        var blocks: [Range<Int>] = []
        var blockOfRow: [Int32] = []
        blockOfRow.reserveCapacity(near.items.count)
        while blockOfRow.count < near.items.count {
            let first = blockOfRow.count
            var size = 0
            repeat {
                size += Int(near.rowCounts[blockOfRow.count])
                blockOfRow.append(Int32(blocks.count))
            } while blockOfRow.count < near.items.count
                && size + Int(near.rowCounts[blockOfRow.count]) <= RowSorting.blockSize
            blocks.append(first..<blockOfRow.count)
        }
        self.blocks = blocks
        self.blockOfRow = blockOfRow
        cursors = (0..<Self.halves).map { _ in
            let cursors = UnsafeMutablePointer<Int32>.allocate(capacity: blocks.count + 1)
            cursors.initialize(repeating: 0, count: blocks.count + 1)
            return cursors
        }
        sortings = (0..<Hands.most).map { _ in RowSorting() }
    }

    deinit {
        for cursors in cursors { cursors.deallocate() }
    }

    /// How many parts `sort` has.
    var blockCount: Int { blocks.count }

    /// The needs of a half: about as many candidates as the other has.
    private func needs(_ half: Int) -> Range<Int> {
        let needs = 0..<candidates.starts.count - 1
        let middle = needs.first { Int(candidates.starts[$0]) >= candidates.count / 2 } ?? needs.upperBound
        return half == 0 ? 0..<middle : middle..<needs.upperBound
    }

    /// Counts the candidates of each block in one half.
    func count(half: Int) {
        let cursors = cursors[half]
        let needs = needs(half)
        for place in Int(candidates.starts[needs.lowerBound])..<Int(candidates.starts[needs.upperBound]) {
            cursors[Int(blockOfRow[Int(candidates.offers[place])])] += 1
        }
    }

    /// Turns the counts into where each half begins in each block.
    func placeHalves() {
        for (block, rows) in blocks.enumerated() {
            var start = near.rowStarts[rows.lowerBound]
            for cursors in cursors { (cursors[block], start) = (start, start + cursors[block]) }
        }
    }

    /// Lists the candidates of a half in their blocks, with rows for keys.
    func list(half: Int) {
        let cursors = cursors[half]
        let firstTarget = near.items.lowerBound - candidates.starts.count + 1
        for need in needs(half) {
            let target = Int32(truncatingIfNeeded: firstTarget + need)
            for place in candidates.row(need) {
                let offer = candidates.offers[place]
                let block = Int(blockOfRow[Int(offer)])
                (arcs + Int(cursors[block])).initialize(
                    to: FlowArc(key: offer, target: target, weight: candidates.weights[place]))
                cursors[block] &+= 1
            }
        }
    }

    /// Makes the rows of a block, each by descending key, then by target.
    func sort<W: Way>(_ block: Int, hand: Int, _: W.Type) {
        let rows = blocks[block]
        let last = rows.upperBound - 1
        let places = Int(near.rowStarts[rows.lowerBound])..<Int(near.rowStarts[last] + near.rowCounts[last])
        sortings[hand].sort(
            rows: rows, size: places.count, to: arcs, starts: near.rowStarts, counts: near.rowCounts
        ) { block in
            if W.isForward { fill(block, needs: rows) } else { fill(block, listed: places) }
        }
    }

    /// Reads rows by need from the problem.
    private func fill(_ block: UnsafeMutablePointer<RowArc>, needs: Range<Int>) {
        let firstTarget = Int32(truncatingIfNeeded: near.items.upperBound)
        var next = block
        for need in needs {
            for place in candidates.row(need) {
                let target = firstTarget + candidates.offers[place]
                let weight = candidates.weights[place]
                let key = Int(weight) &+ nodes[Int(target)].potential
                let arc = FlowArc(key: Int32(truncatingIfNeeded: key), target: target, weight: weight)
                next.initialize(to: RowArc(arc: arc, row: Int32(truncatingIfNeeded: need)))
                next += 1
            }
        }
    }

    /// Reads arcs that `list` wrote, and gives them their keys.
    private func fill(_ block: UnsafeMutablePointer<RowArc>, listed: Range<Int>) {
        for place in listed {
            let arc = arcs[place]
            let key = Int(arc.weight) &- nodes[Int(arc.target)].potential
            let filled = FlowArc(
                key: Int32(truncatingIfNeeded: key), target: arc.target, weight: arc.weight)
            (block + (place &- listed.lowerBound)).initialize(to: RowArc(arc: filled, row: arc.key))
        }
    }
}
