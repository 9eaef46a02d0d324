import Testing

@testable import Graphs

@Suite("Sorting rows of candidates")
struct RowSortingTests {
    /// The arcs of rows of given lengths, sorted by `RowSorting`, and by the standard library.
    private func sorted(_ counts: [Int], keys: ClosedRange<Int>, seed: Int) -> (
        found: [[Int]], expected: [[Int]]
    ) {
        var generator = SeededGenerator(seed: seed)
        let total = counts.reduce(0, +)
        let arcs = UnsafeMutablePointer<FlowArc>.allocate(capacity: total + 1)
        let starts = UnsafeMutablePointer<Int32>.allocate(capacity: counts.count + 1)
        let lengths = UnsafeMutablePointer<Int32>.allocate(capacity: counts.count + 1)
        defer {
            arcs.deallocate()
            starts.deallocate()
            lengths.deallocate()
        }
        var block: [RowArc] = []
        var expected: [[Int]] = []
        var place = 0
        for (row, count) in counts.enumerated() {
            (starts[row], lengths[row]) = (Int32(place), Int32(count))
            var entries: [[Int]] = []
            for target in 0..<count {
                let key = generator.int(keys)
                block.append(
                    RowArc(
                        arc: FlowArc(key: Int32(key), target: Int32(target), weight: Int32(place)),
                        row: Int32(row)))
                entries.append([-key, target, place])
                place += 1
            }
            expected.append(contentsOf: entries.sorted { $0.lexicographicallyPrecedes($1) })
        }
        // Filled in from all rows by turns: what matters is the order within each.
        let turns = block.indices.sorted { (block[$0].arc.target, $0) < (block[$1].arc.target, $1) }
        RowSorting().sort(
            rows: 0..<counts.count, size: total, to: arcs, starts: starts, counts: lengths
        ) { room in
            for (place, turn) in turns.enumerated() { (room + place).initialize(to: block[turn]) }
        }
        let found = (0..<total).map { [-Int(arcs[$0].key), Int(arcs[$0].target), Int(arcs[$0].weight)] }
        var start = 0
        for (row, count) in counts.enumerated() {
            #expect(Int(starts[row]) == start)
            start += count
        }
        return (found, expected)
    }

    @Test(
        "Each row descends by key, equals by place, whatever the lengths and the spread of keys",
        arguments: [
            0...0, 0...1, -5...5, 0...1_000_000, Int(Int32.min)...Int(Int32.max),
        ])
    func rows(keys: ClosedRange<Int>) {
        for (seed, counts) in [
            [0], [1], [0, 0, 3, 0], [2, 70, 0, 1, 500], [40_000, 3, 0, 33_000],
            Array(repeating: 7, count: 9_000),
        ].enumerated() {
            let (found, expected) = sorted(counts, keys: keys, seed: seed)
            #expect(found == expected)
        }
    }

    @Test("No row at all")
    func none() {
        #expect(sorted([], keys: 0...9, seed: 1).found.isEmpty)
    }

    /// The rows that a flow makes, as (key, target, weight).
    private func made<W: Way>(_ problem: LaminarAssignment, isAlone: Bool, _ way: W.Type) -> [[[Int]]] {
        var flow = AssignmentFlow(problem, isAlone: isAlone)
        // Prices that differ, so that keys are not weights.
        for item in flow.far(way).items { flow.setValue(item, item % 7 * 1_000, way) }
        flow.makeRows(way)
        return rows(of: flow, way)
    }

    private func rows<W: Way>(of flow: borrowing AssignmentFlow, _ way: W.Type) -> [[[Int]]] {
        let side = flow.near(way)
        guard let arcs = side.arcs else { return [] }
        var rows: [[[Int]]] = []
        for row in side.items.indices {
            let start = Int(side.rowStarts[row - side.items.lowerBound])
            let count = Int(side.rowCounts[row - side.items.lowerBound])
            rows.append(
                (start..<start + count).map {
                    [Int(arcs[$0].key), Int(arcs[$0].target), Int(arcs[$0].weight)]
                })
        }
        return rows
    }

    @Test("The rows of either side are those of the problem, in blocks, on one hand and on two")
    func blocks() throws {
        var shape = ProblemShape()
        shape.communities = 220...220
        shape.itemsPerCommunity = 0...5
        shape.density = 30
        shape.weights = 0...2_000
        let problem = try randomProblem(shape, seed: 5)
        #expect(problem.candidates.count > 2 * RowSorting.blockSize)
        var byNeed = [[[Int]]](repeating: [], count: problem.needs.count)
        var byOffer = [[[Int]]](repeating: [], count: problem.offers.count)
        let firstNeed = problem.giveLimits.count
        let firstOffer = firstNeed + problem.needs.count
        for candidate in problem.candidates {
            let (need, offer) = (firstNeed + candidate.need, firstOffer + candidate.offer)
            let weight = candidate.weight
            byNeed[candidate.need].append([weight + offer % 7 * 1_000, offer, weight])
            byOffer[candidate.offer].append([weight + need % 7 * 1_000, need, weight])
        }
        let order = { (one: [Int], other: [Int]) in (other[0], one[1]) < (one[0], other[1]) }
        for isAlone in [true, false] {
            let rows = made(problem, isAlone: isAlone, Forward.self)
            let isByNeed = rows == byNeed.map { $0.sorted(by: order) }
            #expect(isByNeed)
            let otherRows = made(problem, isAlone: isAlone, Backward.self)
            let isByOffer = otherRows == byOffer.map { $0.sorted(by: order) }
            #expect(isByOffer)
        }
    }
}
