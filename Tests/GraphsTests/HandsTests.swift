import Synchronization
import Testing

@testable import Graphs

@Suite("Work in parts on several threads")
struct HandsTests {
    /// What each part did. Parts write apart.
    private final class Tally: @unchecked Sendable {
        let counts: UnsafeMutablePointer<Int>
        let size: Int
        let strangers = Atomic<Int>(0)

        init(size: Int) {
            self.size = size
            counts = .allocate(capacity: size)
            counts.initialize(repeating: 0, count: size)
        }

        deinit { counts.deallocate() }
    }

    @Test(
        "Every part is done once, and before the run returns, thousands of times over",
        arguments: [true, false])
    func everyPartOnce(isAlone: Bool) {
        let hands = Hands(isAlone: isAlone)
        let tally = Tally(size: 64)
        for run in 1...3_000 {
            let parts = run % (tally.size + 1)
            hands.run(parts: parts) { part, hand in
                tally.counts[part] += 1
                if !(0..<Hands.most).contains(hand) || (isAlone && hand != 0) {
                    tally.strangers.add(1, ordering: .relaxed)
                }
            }
            for part in 0..<parts where tally.counts[part] != 1 {
                Issue.record("run \(run), part \(part): \(tally.counts[part])")
            }
            for part in 0..<tally.size { tally.counts[part] = 0 }
        }
        #expect(tally.strangers.load(ordering: .relaxed) == 0)
    }

    @Test("Several solves share threads at once, each its own work")
    func severalAtOnce() async throws {
        let problem = try SkewedWorld(communities: 300, seed: 8).problem()
        let alone = try #require(problem.solved(from: .receivers, isAlone: true))
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { problem.solved(from: .receivers, isAlone: false) == alone }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
