import Graphs
import Testing

@Suite("The search heap")
struct SearchHeapTests {
    @Test("Entries leave by distance, then node, whatever the order they came in")
    func order() {
        var generator = SeededGenerator(seed: 3)
        var heap = SearchHeap()
        for size in [0, 1, 2, 3, 10, 500] {
            let entries = (0..<size).map { _ in
                SearchHeap.Entry(distance: generator.int(0...20), node: Int32(generator.int(0...20)))
            }
            for entry in entries { heap.push(entry) }
            let expected = entries.map { [$0.distance, Int($0.node)] }.sorted {
                $0.lexicographicallyPrecedes($1)
            }
            var left: [[Int]] = []
            while let entry = heap.pop() { left.append([entry.distance, Int(entry.node)]) }
            #expect(left == expected)
        }
    }

    @Test("Pushes between pops keep the order")
    func interleaved() {
        var generator = SeededGenerator(seed: 4)
        var heap = SearchHeap()
        var model: [Int] = []
        for _ in 0..<2_000 {
            if generator.chance(60) {
                let distance = generator.int(0...1_000)
                heap.push(.init(distance: distance, node: 0))
                model.append(distance)
            } else {
                let least = model.min()
                #expect(heap.pop()?.distance == least)
                if let least, let index = model.firstIndex(of: least) { model.remove(at: index) }
            }
        }
        heap.removeAll()
        #expect(heap.pop() == nil)
    }
}
