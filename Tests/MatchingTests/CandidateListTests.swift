import Matching
import Testing

@Suite("The list of a market's best candidates")
struct CandidateListTests {
    @Test("A list is the best of each need, by need, then by offer", arguments: WorldShape.allCases)
    func agrees(shape: WorldShape) async throws {
        let market = try Market(shape.world(seed: 4, size: 60).input())
        let index = CandidateIndex(market)
        for count in [1, 7, 1_000] {
            let list = try await index.candidates(perNeed: count)
            let expected = market.needs.indices.flatMap { need in
                index.best(ofNeed: need, count: count).candidates.sorted { $0.offer < $1.offer }
            }
            #expect(list.candidates == expected, "\(shape) \(count)")
            #expect(list.needs == market.needs.count)
        }
        #expect(try await index.candidates(perNeed: 1_000).candidates == market.candidates())
    }

    @Test("Many needs on many cores make the list that one need after the other makes, time and again")
    func scheduling() async throws {
        let market = try Market(RandomWorld(seed: 6, size: 2_000, families: 8, busy: false).input())
        let index = CandidateIndex(market)
        let list = try await index.candidates(perNeed: 5)
        // More than one part was handed out.
        #expect(market.needs.count > 2_048)
        for need in stride(from: 0, to: market.needs.count, by: 97) {
            let best = index.best(ofNeed: need, count: 5).candidates.sorted { $0.offer < $1.offer }
            let places = list.candidates(ofNeed: need)
            #expect(places.map { Int(list.offers[$0]) } == best.map(\.offer))
            #expect(places.map { Int(list.scores[$0]) } == best.map(\.score))
        }
        for _ in 0..<3 { #expect(try await index.candidates(perNeed: 5) == list) }
    }

    @Test("Blocks of needs, whatever their size, make the list that all needs at once make, to the last rank")
    func blocks() async throws {
        let market = try Market(RandomWorld(seed: 8, size: 150).input())
        let index = CandidateIndex(market)
        let list = try await index.candidates(perNeed: 5)
        #expect(market.needs.count > 128)
        for size in [1, 7, 64, market.needs.count - 1, market.needs.count, 1 << 20] {
            #expect(try await index.candidates(perNeed: 5, needsPerBlock: size) == list, "\(size)")
        }
    }

    @Test("A cancelled listing stops, and says so")
    func cancelled() async throws {
        let index = try CandidateIndex(Market(RandomWorld(seed: 6, size: 200).input()))
        let task = Task {
            // Begins when it is already cancelled.
            while !Task.isCancelled { await Task.yield() }
            return try await index.candidates(perNeed: 5)
        }
        task.cancel()
        await #expect(throws: MatchingError(.stopped, "round")) { try await task.value }
    }
}
