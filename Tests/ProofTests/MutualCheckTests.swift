import Proof
import Testing

/// Communities 0, 1 and 2 that each offer one thing and need one thing; 0 and 1 can help each other, and all three in a
/// circle. Candidates: 0 (1 → 0), 1 (2 → 0), 2 (0 → 1), 3 (1 → 2).
private let exchange = Instance(
    communities: [.init(give: 1, receive: 1), .init(give: 1, receive: 1), .init(give: 1, receive: 1)],
    offers: (0..<3).map { .init(community: $0, capacity: 1) },
    needs: (0..<3).map { .init(community: $0, quantity: 1) },
    candidates: [
        .init(need: 0, offer: 1, score: 500), .init(need: 0, offer: 2, score: 400),
        .init(need: 1, offer: 0, score: 500), .init(need: 2, offer: 1, score: 400),
    ], bonuses: [])

/// The circle, worth 400 + 500 + 400 + 300. Its prices leave the candidates 300, 250, 0 and 50 short: the pair's way back
/// 300, and the circle 250 and 50.
private let circle = MutualClaim(
    pairBonus: 300, ringBonus: 300, matches: [1, 2, 3], rings: [[2, 3, 1]],
    prices: Prices(
        providers: [0, 150, 0], receivers: [0, 0, 0], needs: [650, 500, 300], offers: [0, 0, 0]),
    multipliers: [], objective: 1_600, bound: 1_600)

@Suite("The checker of rings")
struct MutualCheckTests {
    private func found(_ change: (inout MutualClaim) -> Void, on instance: Instance = exchange) -> Verdict {
        var claim = circle
        change(&claim)
        return check(claim, on: instance)
    }

    @Test(
        "A circle bounded by its prices is optimal, with what prices give for nothing and with what is listed"
    )
    func optimal() {
        #expect(check(circle, on: exchange) == .optimal(objective: 1_600))
        // Prices of the scores alone leave all of both bonuses over; listed multipliers take it from the arcs in use.
        let plain = Prices(
            providers: [0, 0, 0], receivers: [0, 0, 0], needs: [500, 500, 400], offers: [0, 0, 0])
        #expect(
            found {
                $0.prices = plain
                $0.bound = 1_900
            } == .notProven(objective: 1_600, bound: 1_900))
        #expect(
            found {
                $0.prices = plain
                $0.multipliers = [.init(provider: 0, receiver: 1, value: 300)]
                $0.bound = 1_700
            } == .notProven(objective: 1_600, bound: 1_700))
    }

    @Test(
        "Every bound is one: no feasible choice with its rings is above it, whatever the prices and multipliers"
    )
    func bounds() {
        // The best choices: the circle, 1,600; the pair, 500 + 500 + 300; any plain choice, at most 1,300.
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            func prices(_ low: Int) -> [Int] { (0..<3).map { _ in generator.int(low...700) } }
            let claim = MutualClaim(
                pairBonus: 300, ringBonus: 300, matches: [1, 2, 3], rings: [[1, 2, 3]],
                prices: Prices(
                    providers: prices(0), receivers: prices(-300), needs: prices(0), offers: prices(0)),
                multipliers: (0..<generator.int(0...4)).map { _ in
                    .init(
                        provider: generator.int(0...2), receiver: generator.int(0...2),
                        value: generator.int(0...400))
                }, objective: 1_600, bound: 0)
            guard case .rejected(let faults) = check(claim, on: exchange),
                case .boundDiffers(_, let bound)? = faults.first
            else {
                Issue.record("\(check(claim, on: exchange))")
                continue
            }
            #expect(bound >= 1_600)
        }
    }

    @Test(
        "A ring is refused that is too short, too long, of no match, open, of a match used twice, or known already"
    )
    func rings() {
        #expect(found { $0.rings = [[2]] } == .rejected([.ringOfOtherSize(ring: 0)]))
        #expect(found { $0.rings = [[1, 2, 3, 1]] } == .rejected([.ringOfOtherSize(ring: 0)]))
        #expect(found { $0.rings = [[]] } == .rejected([.ringOfOtherSize(ring: 0)]))
        #expect(found { $0.rings = [[0, 2]] } == .rejected([.ringWithoutMatch(ring: 0)]))
        #expect(found { $0.rings = [[1, 2, 4]] } == .rejected([.ringWithoutMatch(ring: 0)]))
        #expect(found { $0.rings = [[1, 2, -1]] } == .rejected([.ringWithoutMatch(ring: 0)]))
        #expect(found { $0.rings = [[3, 2, 1]] } == .rejected([.ringNotClosed(ring: 0)]))
        #expect(found { $0.rings = [[2, 3]] } == .rejected([.ringNotClosed(ring: 0)]))
        #expect(
            found { $0.rings = [[2, 2]] }
                == .rejected([.matchInTwoRings(candidate: 2), .ringNotClosed(ring: 0)]))
        #expect(
            found { $0.rings = [[1, 2, 3], [2, 3, 1]] }
                == .rejected([
                    .matchInTwoRings(candidate: 2), .matchInTwoRings(candidate: 3),
                    .matchInTwoRings(candidate: 1), .ringTwice(ring: 1),
                ]))
    }

    @Test("The same two communities close one pair, however many matches they share")
    func twice() {
        var rich = exchange
        rich.communities = rich.communities.map { _ in .init(give: 2, receive: 2) }
        rich.offers += [.init(community: 0, capacity: 1), .init(community: 1, capacity: 1)]
        rich.needs += [.init(community: 0, quantity: 1), .init(community: 1, quantity: 1)]
        rich.candidates = [
            .init(need: 0, offer: 1, score: 500), .init(need: 1, offer: 0, score: 500),
            .init(need: 3, offer: 4, score: 500), .init(need: 4, offer: 3, score: 500),
        ]
        let verdict = found(
            {
                $0.matches = [0, 1, 2, 3]
                $0.rings = [[0, 1], [3, 2]]
                $0.prices = Prices(freeFor: rich)
            }, on: rich)
        #expect(verdict == .rejected([.ringTwice(ring: 1)]))
    }

    @Test("What Proof refuses of a plain claim, and bonuses and multipliers out of range, are refused")
    func refusals() {
        #expect(found { $0.pairBonus = -1 } == .rejected([.ringBonusOutOfRange]))
        #expect(found { $0.ringBonus = .max } == .rejected([.ringBonusOutOfRange]))
        #expect(
            found { $0.multipliers = [.init(provider: 0, receiver: 3, value: 1)] }
                == .rejected([.multiplierOutOfRange(multiplier: 0)]))
        #expect(
            found { $0.multipliers = [.init(provider: 0, receiver: 1, value: -1)] }
                == .rejected([.multiplierOutOfRange(multiplier: 0)]))
        #expect(
            found { $0.matches = [1, 1] }
                == .rejected([.matchedTwice(candidate: 1), .ringWithoutMatch(ring: 0)]))
        #expect(found { $0.prices.needs = [] } == .rejected([.priceCount(.need, expected: 3, found: 0)]))
        #expect(found { $0.prices.offers[0] = -1 } == .rejected([.negativePrice(.offer, index: 0)]))
        #expect(
            found { $0.objective = 1_601 }
                == .rejected([.objectiveDiffers(claimed: 1_601, found: 1_600)]))
        #expect(found { $0.bound = 1_599 } == .rejected([.boundDiffers(claimed: 1_599, found: 1_600)]))
        var broken = exchange
        broken.candidates.append(.init(need: 9, offer: 0, score: 1))
        #expect(found({ _ in }, on: broken) == .rejected([.candidateOutOfRange(candidate: 4)]))
        broken = exchange
        broken.offers[0].community = 7
        #expect(found({ _ in }, on: broken) == .rejected([.offerOutOfRange(offer: 0)]))
    }

    @Test("Numbers as large as they go are an overflow, never a trap")
    func overflow() {
        let top = Prices(
            providers: [.max, .max, .max], receivers: [.min, .min, .min], needs: [.max, .max, .max],
            offers: [.max, .max, .max])
        #expect(found { $0.prices = top } == .rejected([.overflow]))
        #expect(found { $0.prices.receivers = [.max, .min, 0] } == .rejected([.overflow]))
        // A multiplier past the bonuses is worth the larger bonus, no more.
        #expect(
            found {
                $0.multipliers = [.init(provider: 2, receiver: 0, value: .max)]
                $0.bound = 1_650
            } == .notProven(objective: 1_600, bound: 1_650))
    }

    @Test("A candidate within one community counts, and is in no ring")
    func within() {
        var inward = exchange
        inward.candidates.append(.init(need: 2, offer: 2, score: 450))
        let prices = Prices(
            providers: [0, 0, 0], receivers: [0, 0, 0], needs: [650, 500, 450], offers: [0, 0, 0])
        let verdict = found(
            {
                $0.matches = [0, 2, 4]
                $0.rings = [[0, 2]]
                $0.prices = prices
                $0.objective = 1_750
                $0.bound = 1_750
            }, on: inward)
        #expect(verdict == .optimal(objective: 1_750))
        #expect(
            found(
                {
                    $0.matches = [4]; $0.rings = [[4, 4]]
                }, on: inward)
                == .rejected([.matchInTwoRings(candidate: 4), .ringNotClosed(ring: 0)]))
    }
}
