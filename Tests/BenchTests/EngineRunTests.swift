import Graphs
import Proof
import Testing

@testable import Bench

/// One offer that two communities want, for 900 and for 700.
private let instance = Instance(
    communities: [.init(give: 2, receive: 0), .init(give: 0, receive: 1), .init(give: 0, receive: 1)],
    offers: [.init(community: 0, capacity: 1)],
    needs: [.init(community: 1, quantity: 1), .init(community: 2, quantity: 1)],
    candidates: [.init(need: 0, offer: 0, score: 900), .init(need: 1, offer: 0, score: 700)], bonuses: [])

/// A solution of it that takes a candidate, at a price of the offer.
private func solution(selecting candidate: Int, worth objective: Int, offerPrice: Int) -> Solution {
    Solution(
        selected: [candidate], objective: objective, providerPrices: [0, 0, 0], receiverPrices: [0, 0, 0],
        needPrices: [0, 0], offerPrices: [offerPrice], pops: 0)
}

@Suite("A run of the engine")
struct EngineRunTests {
    @Test("What is solved comes with its proof")
    func proven() throws {
        var solved = instance
        let run = try EngineRun(&solved)
        #expect(solved == instance)
        #expect(run.matches == [0])
        #expect(run.objective == 900 && run.bound == 900)
    }

    @Test("The bound is what the prices prove, whatever the solver claims")
    func bound() throws {
        func bound(_ solution: Solution) throws -> Int {
            try EngineRun.bound(provenBy: solution, on: instance)
        }
        #expect(try bound(solution(selecting: 0, worth: 900, offerPrice: 800)) == 900)
        // At 600, the offer leaves 300 and 100 over: 1,000 in all.
        #expect(try bound(solution(selecting: 0, worth: 900, offerPrice: 600)) == 1_000)
        // A choice that is not the best keeps its distance from the bound.
        #expect(try bound(solution(selecting: 1, worth: 700, offerPrice: 800)) == 900)
    }

    @Test("A claim that the checker rejects is no result")
    func rejected() {
        for claim in [
            solution(selecting: 0, worth: 901, offerPrice: 800),
            solution(selecting: 2, worth: 900, offerPrice: 800),
            solution(selecting: 0, worth: 900, offerPrice: -1),
        ] {
            #expect(throws: Refusal.self) { try EngineRun.bound(provenBy: claim, on: instance) }
        }
    }
}
