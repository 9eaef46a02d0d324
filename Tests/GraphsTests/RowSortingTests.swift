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
        var expected: [[Int]] = []
        var place = 0
        for (row, count) in counts.enumerated() {
            (starts[row], lengths[row]) = (Int32(place), Int32(count))
            var entries: [[Int]] = []
            for target in 0..<count {
                let key = generator.int(keys)
                (arcs + place).initialize(
                    to: FlowArc(key: Int32(key), target: Int32(target), weight: Int32(place)))
                entries.append([-key, target, place])
                place += 1
            }
            expected.append(contentsOf: entries.sorted { $0.lexicographicallyPrecedes($1) })
        }
        var sorting = RowSorting(arcs: arcs, starts: starts, counts: lengths)
        sorting.sort(rows: 0..<counts.count)
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
}
