import Proof

/// A small generator with a seed, so that every random test is the same on every run and machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }
}

extension Instance {
    /// Community 0 has one offer of capacity 1; communities 1 and 2 each need it, for 900 and 700.
    static let oneOfferTwoNeeds = Instance(
        communities: [.init(give: 2, receive: 0), .init(give: 0, receive: 1), .init(give: 0, receive: 2)],
        offers: [.init(community: 0, capacity: 1)],
        needs: [.init(community: 1, quantity: 1), .init(community: 2, quantity: 1)],
        candidates: [.init(need: 0, offer: 0, score: 900), .init(need: 1, offer: 0, score: 700)],
        bonuses: [300, 50])

    /// Communities that exchange at random: up to five, up to ten candidates.
    static func random(seed: Int, extras: Bool = false) -> Instance {
        var generator = SeededGenerator(seed: seed)
        let count = generator.int(2...5)
        var instance = Instance(communities: [], offers: [], needs: [], candidates: [], bonuses: [])
        for community in 0..<count {
            instance.communities.append(.init(give: generator.int(0...3), receive: generator.int(0...3)))
            for _ in 0..<generator.int(0...2) {
                instance.offers.append(.init(community: community, capacity: generator.int(0...2)))
                instance.needs.append(.init(community: community, quantity: generator.int(0...2)))
            }
        }
        for (need, record) in instance.needs.enumerated() {
            for (offer, other) in instance.offers.enumerated()
            where other.community != record.community && instance.candidates.count < 10 {
                if generator.int(0...1) == 0 { continue }
                instance.candidates.append(.init(need: need, offer: offer, score: generator.int(0...1_000)))
            }
        }
        instance.candidates.shuffle(using: &generator)
        instance.bonuses = (0..<generator.int(0...3)).map { _ in generator.int(0...500) }.sorted(by: >)
        if extras {
            for community in instance.communities.indices where generator.int(0...1) == 0 {
                instance.communities[community].extra = generator.int(1...400)
            }
        }
        return instance
    }
}

extension Prices {
    /// Prices of `Instance.oneOfferTwoNeeds` that prove 1,200 (its first candidate): the offer costs what the
    /// second need would have gained, 1,000.
    static let oneOfferTwoNeeds = Prices(
        providers: [0, 0, 0], receivers: [0, -100, -300], needs: [0, 0], offers: [1_000])

    /// All prices 0, of the right lengths.
    init(freeFor instance: Instance) {
        self.init(
            providers: instance.communities.map { _ in 0 }, receivers: instance.communities.map { _ in 0 },
            needs: instance.needs.map { _ in 0 }, offers: instance.offers.map { _ in 0 })
    }
}
