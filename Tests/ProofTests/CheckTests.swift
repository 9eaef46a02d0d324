import Proof
import Testing

/// The verdict on the fixture, with one thing changed in it.
private func verdict(
    _ instance: Instance = .oneOfferTwoNeeds, matches: [Int] = [0], prices: Prices = .oneOfferTwoNeeds,
    objective: Int = 1_200, bound: Int = 1_200
) -> Verdict {
    check(instance, matches: matches, prices: prices, claimedObjective: objective, claimedBound: bound)
}

private func verdict(changing change: (inout Instance) -> Void) -> Verdict {
    var instance = Instance.oneOfferTwoNeeds
    change(&instance)
    return verdict(instance)
}

private func verdict(pricing change: (inout Prices) -> Void) -> Verdict {
    var prices = Prices.oneOfferTwoNeeds
    change(&prices)
    return verdict(prices: prices)
}

@Suite("Checking a certificate")
struct CheckTests {
    @Test("The best choice with its prices is optimal")
    func optimal() {
        #expect(verdict() == .optimal(objective: 1_200))
    }

    @Test("Nothing, in an empty round, is optimal")
    func empty() {
        let nothing = Instance(communities: [], offers: [], needs: [], candidates: [], bonuses: [])
        let free = Prices(freeFor: nothing)
        #expect(
            check(nothing, matches: [], prices: free, claimedObjective: 0, claimedBound: 0)
                == .optimal(objective: 0))
    }

    @Test("A worse choice, honestly claimed, is feasible and not proven")
    func worseChoice() {
        #expect(verdict(matches: [1], objective: 1_000) == .notProven(objective: 1_000, bound: 1_200))
        #expect(verdict(matches: [], objective: 0) == .notProven(objective: 0, bound: 1_200))
    }

    @Test("Looser prices, honestly claimed, leave room above the same choice")
    func looserPrices() {
        var prices = Prices.oneOfferTwoNeeds
        // The candidate matched has no surplus left to give back.
        prices.offers[0] += 1
        let loose = verdict(prices: prices, bound: 1_201)
        #expect(loose == .notProven(objective: 1_200, bound: 1_201))
    }

    @Test("What is claimed must be what is found")
    func claims() {
        #expect(verdict(objective: 1_201) == .rejected([.objectiveDiffers(claimed: 1_201, found: 1_200)]))
        #expect(verdict(bound: 1_199) == .rejected([.boundDiffers(claimed: 1_199, found: 1_200)]))
        #expect(
            verdict(objective: 1, bound: 2)
                == .rejected([
                    .objectiveDiffers(claimed: 1, found: 1_200), .boundDiffers(claimed: 2, found: 1_200),
                ]))
    }

    @Test("Each price lowered below its turning point by one raises the bound")
    func pricesLowered() {
        // The offer's price down: the second need would gain. A receiver's down: its candidate would.
        #expect(
            verdict(pricing: { $0.offers[0] -= 1 })
                == .rejected([.boundDiffers(claimed: 1_200, found: 1_201)]))
        #expect(
            verdict(pricing: { $0.receivers[2] -= 1 })
                == .rejected([.boundDiffers(claimed: 1_200, found: 1_201)]))
        // Receiver 2's up: its unused first step would.
        #expect(
            verdict(pricing: { $0.receivers[2] += 1 })
                == .rejected([.boundDiffers(claimed: 1_200, found: 1_201)]))
        #expect(
            verdict(pricing: { $0.providers[0] += 1_000 })
                == .rejected([.boundDiffers(claimed: 1_200, found: 3_200)]))
    }

    @Test("An infeasible choice is rejected by the limit it breaks")
    func limits() {
        #expect(verdict(matches: [0, 1]) == .rejected([.offerOverCapacity(offer: 0)]))
        #expect(
            verdict(changing: { $0.communities[0].give = 0 }) == .rejected([.providerOverGive(community: 0)]))
        #expect(
            verdict(changing: { $0.communities[1].receive = 0 })
                == .rejected([.receiverOverReceive(community: 1)]))
        #expect(verdict(changing: { $0.needs[0].quantity = 0 }) == .rejected([.needOverQuantity(need: 0)]))
        #expect(verdict(changing: { $0.offers[0].capacity = 0 }) == .rejected([.offerOverCapacity(offer: 0)]))
    }

    @Test("A match is a candidate, once")
    func matches() {
        #expect(verdict(matches: [2]) == .rejected([.matchOutOfRange(position: 0)]))
        #expect(verdict(matches: [0, -1]) == .rejected([.matchOutOfRange(position: 1)]))
        #expect(verdict(matches: [0, 0]) == .rejected([.matchedTwice(candidate: 0)]))
        #expect(verdict(matches: [.max, .min]).isRejected)
    }

    @Test("An ill-formed instance is rejected by what is wrong with it")
    func instances() {
        #expect(
            verdict(changing: { $0.communities[2].give = -1 }) == .rejected([.negativeGive(community: 2)]))
        #expect(
            verdict(changing: { $0.communities[0].receive = -1 })
                == .rejected([.negativeReceive(community: 0)]))
        #expect(verdict(changing: { $0.offers[0].community = 3 }).faults.first == .offerOutOfRange(offer: 0))
        #expect(verdict(changing: { $0.offers[0].capacity = -1 }) == .rejected([.negativeCapacity(offer: 0)]))
        #expect(verdict(changing: { $0.needs[1].community = -1 }).faults.first == .needOutOfRange(need: 1))
        #expect(verdict(changing: { $0.needs[1].quantity = -1 }) == .rejected([.negativeQuantity(need: 1)]))
        #expect(
            verdict(changing: { $0.candidates[1].need = 2 })
                == .rejected([.candidateOutOfRange(candidate: 1)]))
        #expect(
            verdict(changing: { $0.candidates[1].offer = -1 })
                == .rejected([.candidateOutOfRange(candidate: 1)]))
        #expect(
            verdict(changing: { $0.needs[1].community = 0 })
                == .rejected([.candidateWithinCommunity(candidate: 1)]))
        #expect(
            verdict(changing: { $0.candidates[0].score = -1 }) == .rejected([.scoreOutOfRange(candidate: 0)]))
        #expect(
            verdict(changing: { $0.candidates[0].score = 1_000_001 })
                == .rejected([.scoreOutOfRange(candidate: 0)]))
        #expect(verdict(changing: { $0.bonuses = [1, 2] }) == .rejected([.risingBonus(step: 1)]))
        #expect(verdict(changing: { $0.bonuses = [1, -1] }) == .rejected([.negativeBonus(step: 1)]))
    }

    @Test("A pair listed twice is found, next to itself or far apart")
    func twins() {
        let twin = Instance.Candidate(need: 0, offer: 0, score: 1)
        #expect(
            verdict(changing: { $0.candidates.append(twin) }) == .rejected([.candidateTwice(candidate: 2)]))
        #expect(
            verdict(changing: { $0.candidates.insert(twin, at: 0) })
                == .rejected([.candidateTwice(candidate: 1)]))
        // The same offer for another need, or the other way round, is no twin.
        var wide = Instance.oneOfferTwoNeeds
        wide.offers.append(.init(community: 0, capacity: 1))
        wide.candidates = [(1, 1), (0, 0), (1, 0), (0, 1)].map { .init(need: $0, offer: $1, score: 5) }
        let found = check(
            wide, matches: [], prices: Prices(freeFor: wide), claimedObjective: 0, claimedBound: 670)
        // Four candidates of 5; first steps of 300 for both receivers, a second of 50 for one: prices of 0.
        #expect(found == .notProven(objective: 0, bound: 670))
    }

    @Test("Prices come one for each, and only those of receivers may be negative")
    func prices() {
        #expect(
            verdict(pricing: { $0.providers.removeLast() })
                == .rejected([.priceCount(.provider, expected: 3, found: 2)]))
        #expect(
            verdict(pricing: { $0.receivers.append(0) })
                == .rejected([.priceCount(.receiver, expected: 3, found: 4)]))
        #expect(verdict(pricing: { $0.needs = [] }) == .rejected([.priceCount(.need, expected: 2, found: 0)]))
        #expect(
            verdict(pricing: { $0.offers = [] }) == .rejected([.priceCount(.offer, expected: 1, found: 0)]))
        #expect(
            verdict(pricing: { $0.providers[2] = -1 }) == .rejected([.negativePrice(.provider, index: 2)]))
        #expect(verdict(pricing: { $0.needs[1] = -1 }) == .rejected([.negativePrice(.need, index: 1)]))
        #expect(verdict(pricing: { $0.offers[0] = .min }) == .rejected([.negativePrice(.offer, index: 0)]))
    }

    @Test("Sums past the integers are rejected, wherever they arise")
    func overflow() {
        #expect(verdict(pricing: { $0.providers[0] = .max }) == .rejected([.overflow]))
        #expect(verdict(pricing: { $0.receivers[2] = .max }) == .rejected([.overflow]))
        #expect(verdict(pricing: { $0.receivers[2] = .min }) == .rejected([.overflow]))
        #expect(verdict(pricing: { $0.needs = [.max, .max] }) == .rejected([.overflow]))
        #expect(verdict(changing: { $0.bonuses = [.max, .max] }) == .rejected([.overflow]))
        #expect(verdict(changing: { $0.communities[0].give = .max }) == .optimal(objective: 1_200))
    }

    @Test("Numbers of a candidate past Int32 are out of range, as they would be if they were kept whole")
    func clampedCandidates() {
        for far in [Int.min, Int(Int32.min) - 1, Int(Int32.max) + 1, 1 << 32, (1 << 32) + 5, .max] {
            #expect(
                verdict(changing: { $0.candidates[1] = .init(need: far, offer: 0, score: 5) })
                    == .rejected([.candidateOutOfRange(candidate: 1)]))
            #expect(
                verdict(changing: { $0.candidates[1].offer = far })
                    == .rejected([.candidateOutOfRange(candidate: 1)]))
            #expect(
                verdict(changing: { $0.candidates[1].score = far })
                    == .rejected([.scoreOutOfRange(candidate: 1)]))
        }
        #expect(MemoryLayout<Instance.Candidate>.stride == 12)
    }

    @Test("What is unsound in an instance is said before anything is claimed of it")
    func faultsOfInstance() {
        var instance = Instance.oneOfferTwoNeeds
        #expect(faults(of: instance).isEmpty)
        instance.communities[2].give = -1
        instance.candidates[1].score = 1_000_001
        #expect(faults(of: instance) == [.negativeGive(community: 2), .scoreOutOfRange(candidate: 1)])
    }

    @Test("At most twenty faults are reported, the first ones")
    func faultsAreCapped() {
        let faults = verdict(matches: (2..<100).map { $0 }).faults
        #expect(faults == (0..<20).map { .matchOutOfRange(position: $0) })
    }

    @Test("No claim made of extreme numbers ends the process")
    func extremes() {
        let odd = [Int.min, -1, 0, 1, 2, 1_000_000, Int(Int32.max), .max - 1, .max]
        var generator = SeededGenerator(seed: 1)
        func pick() -> Int { odd[generator.int(0...odd.count - 1)] }
        func some() -> Int { generator.int(0...3) }
        var accepted = 0
        for _ in 0..<6_000 {
            let instance = Instance(
                communities: (0..<some()).map { _ in
                    .init(give: pick(), receive: pick(), extra: some() == 0 ? pick() : 0)
                },
                offers: (0..<some()).map { _ in .init(community: pick(), capacity: pick()) },
                needs: (0..<some()).map { _ in .init(community: pick(), quantity: pick()) },
                candidates: (0..<some()).map { _ in .init(need: pick(), offer: pick(), score: pick()) },
                bonuses: (0..<some()).map { _ in pick() })
            let found = check(
                instance, matches: (0..<some()).map { _ in pick() },
                prices: Prices(
                    providers: instance.communities.map { _ in pick() },
                    receivers: instance.communities.map { _ in pick() },
                    needs: instance.needs.map { _ in pick() }, offers: instance.offers.map { _ in pick() }),
                claimedObjective: 0, claimedBound: 0)
            if !found.isRejected { accepted += 1 }
        }
        #expect((1..<6_000).contains(accepted))
    }
}

extension Verdict {
    fileprivate var faults: [Fault] {
        if case .rejected(let faults) = self { faults } else { [] }
    }

    fileprivate var isRejected: Bool {
        if case .rejected = self { true } else { false }
    }
}
