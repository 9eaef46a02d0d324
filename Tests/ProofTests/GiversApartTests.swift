import Proof
import Testing

@Suite("Communities taken as two")
struct GiversApartTests {
    /// Community 0 could help itself for 9, or exchange with community 1 for 5 and 3.
    private let withLoop = Instance(
        communities: [.init(give: 1, receive: 1), .init(give: 1, receive: 1)],
        offers: [.init(community: 0, capacity: 1), .init(community: 1, capacity: 1)],
        needs: [.init(community: 0, quantity: 1), .init(community: 1, quantity: 1)],
        candidates: [
            .init(need: 0, offer: 0, score: 9), .init(need: 0, offer: 1, score: 5),
            .init(need: 1, offer: 0, score: 3),
        ], bonuses: [10])
    private let prices = Prices(providers: [4, 0], receivers: [5, -1], needs: [0, 0], offers: [0, 0])

    @Test("An instance without a candidate within one community stays as it is, and so do its prices")
    func unchanged() {
        #expect(Instance.oneOfferTwoNeeds.withGiversApart() == .oneOfferTwoNeeds)
        let prices = Prices.oneOfferTwoNeeds
        #expect(prices.spread(over: .oneOfferTwoNeeds) == prices)
    }

    @Test("A candidate within one community is refused as it is, and proven with its community taken as two")
    func proven() {
        let claim = { (instance: Instance, prices: Prices) in
            check(instance, matches: [1, 2], prices: prices, claimedObjective: 28, claimedBound: 28)
        }
        #expect(claim(withLoop, prices) == .rejected([.candidateWithinCommunity(candidate: 0)]))
        let apart = withLoop.withGiversApart()
        // 4 for what 0 gives, 10 + 5 and 10 − 1 for the steps, no slack left: 28.
        #expect(claim(apart, prices.spread(over: apart)) == .optimal(objective: 28))
        // The loop and either of the others would take 0's one unit twice.
        let both = check(
            apart, matches: [0, 2], prices: prices.spread(over: apart), claimedObjective: 32,
            claimedBound: 28)
        #expect(both == .rejected([.offerOverCapacity(offer: 0), .providerOverGive(community: 0)]))
    }
}
