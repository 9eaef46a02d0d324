import Proof
import Testing

/// The best objective over all feasible subsets of candidates, by asking about each.
private func best(of instance: Instance) -> (objective: Int, matches: [Int]) {
    var best = (objective: 0, matches: [Int]())
    let free = Prices(freeFor: instance)
    for subset in 0..<(1 << instance.candidates.count) {
        let matches = instance.candidates.indices.filter { subset >> $0 & 1 == 1 }
        // A claim no choice can make: what is found shows in the fault.
        let verdict = check(instance, matches: matches, prices: free, claimedObjective: -1, claimedBound: -1)
        guard case .rejected(let faults) = verdict, case .objectiveDiffers(_, let found)? = faults.first
        else {
            continue
        }
        if found > best.objective { best = (found, matches) }
    }
    return best
}

/// The bound again, written plainly from its formula.
private func plainBound(_ instance: Instance, _ prices: Prices) -> Int {
    var bound = 0
    for (index, community) in instance.communities.enumerated() {
        bound += community.give * prices.providers[index]
        for step in 0..<community.receive {
            var bonus = step < instance.bonuses.count ? instance.bonuses[step] : 0
            if step == 0 { bonus += community.extra }
            bound += max(0, bonus + prices.receivers[index])
        }
    }
    for (index, offer) in instance.offers.enumerated() { bound += offer.capacity * prices.offers[index] }
    for (index, need) in instance.needs.enumerated() { bound += need.quantity * prices.needs[index] }
    for edge in instance.candidates {
        let provider = instance.offers[edge.offer].community
        let receiver = instance.needs[edge.need].community
        bound += max(
            0,
            edge.score - prices.providers[provider] - prices.offers[edge.offer] - prices.needs[edge.need]
                - prices.receivers[receiver])
    }
    return bound
}

@Suite("The bound")
struct BoundTests {
    @Test("No prices, of whatever sign for receivers, bound below the best choice; the bound is its formula")
    func weakDuality() {
        var touched = 0
        for seed in 0..<120 {
            // Every other one with extras of some receivers.
            let instance = Instance.random(seed: seed / 2, extras: seed % 2 == 1)
            let best = best(of: instance)
            var generator = SeededGenerator(seed: seed + 1_000)
            for _ in 0..<40 {
                func price(_ range: ClosedRange<Int>) -> Int {
                    generator.int(0...2) == 0 ? 0 : generator.int(range)
                }
                let prices = Prices(
                    providers: instance.communities.map { _ in price(0...600) },
                    receivers: instance.communities.map { _ in price(-600...600) },
                    needs: instance.needs.map { _ in price(0...600) },
                    offers: instance.offers.map { _ in price(0...600) })
                let bound = plainBound(instance, prices)
                #expect(bound >= best.objective, "seed \(seed)")
                let verdict = check(
                    instance, matches: best.matches, prices: prices, claimedObjective: best.objective,
                    claimedBound: bound)
                if bound == best.objective {
                    touched += 1
                    #expect(verdict == .optimal(objective: best.objective), "seed \(seed)")
                } else {
                    #expect(verdict == .notProven(objective: best.objective, bound: bound), "seed \(seed)")
                }
            }
        }
        // Equality must have been met too, or half of this test says nothing.
        #expect(touched > 0)
    }
}
