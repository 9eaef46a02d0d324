import Graphs
import Proof
import Testing

/// A certificate, to be altered in one place.
private struct Claim {
    var instance: Instance
    var matches: [Int]
    var prices: Prices
    let objective: Int

    init(_ problem: LaminarAssignment) throws {
        let solution = try certified(problem)
        instance = Instance(problem)
        matches = solution.selected
        prices = Prices(solution)
        objective = solution.objective
    }

    var verdict: Verdict {
        check(
            instance, matches: matches, prices: prices, claimedObjective: objective, claimedBound: objective)
    }

    /// The verdict, with the claim amended to whatever objective and bound are found.
    var verdictAsFound: Verdict {
        guard case .rejected(let faults) = verdict else { return verdict }
        var objective = objective
        var bound = objective
        for fault in faults {
            switch fault {
            case .objectiveDiffers(_, let found): objective = found
            case .boundDiffers(_, let found): bound = found
            default: return verdict
            }
        }
        return check(
            instance, matches: matches, prices: prices, claimedObjective: objective, claimedBound: bound)
    }

    func altered(_ change: (inout Claim) -> Void) -> Claim {
        var other = self
        change(&other)
        return other
    }
}

/// Fails unless the alteration is refused as claimed, and not proven optimal even when the claim follows it.
private func expectRefused(
    _ claim: Claim, _ comment: Comment, _ sourceLocation: SourceLocation = #_sourceLocation
) {
    if case .rejected = claim.verdict {} else { Issue.record(comment, sourceLocation: sourceLocation) }
    if case .optimal = claim.verdictAsFound { Issue.record(comment, sourceLocation: sourceLocation) }
}

@Suite("A certificate altered in one place")
struct CertificateAlterationTests {
    private let shape = ProblemShape(
        communities: 4...9, itemsPerCommunity: 1...3, limits: 1...3, itemLimits: 1...2, weights: 1...900_000)

    @Test("A price past all slack no longer proves anything")
    func prices() throws {
        for seed in 0..<25 {
            let claim = try Claim(randomProblem(shape, seed: seed))
            // A limit of at least one times this outweighs all that the rest could give back.
            let much = claim.objective + 10_000_000
            for index in claim.prices.providers.indices {
                expectRefused(claim.altered { $0.prices.providers[index] += much }, "provider, seed \(seed)")
                expectRefused(claim.altered { $0.prices.receivers[index] += much }, "receiver, seed \(seed)")
            }
            for index in claim.prices.needs.indices {
                expectRefused(claim.altered { $0.prices.needs[index] += much }, "need, seed \(seed)")
            }
            for index in claim.prices.offers.indices {
                expectRefused(claim.altered { $0.prices.offers[index] += much }, "offer, seed \(seed)")
            }
            for receiver in Set(claim.instance.candidates.map { claim.instance.needs[$0.need].community })
                .sorted()
            {
                expectRefused(
                    claim.altered { $0.prices.receivers[receiver] -= 4 * much }, "low, seed \(seed)")
            }
        }
    }

    @Test("A positive price lowered to -1 is refused")
    func negativePrices() throws {
        let claim = try Claim(randomProblem(shape, seed: 5))
        for index in claim.prices.providers.indices {
            expectRefused(claim.altered { $0.prices.providers[index] = -1 }, "provider \(index)")
        }
    }

    @Test("A match left out, doubled, or exchanged for another is refused")
    func matches() throws {
        var exchanged = 0
        for seed in 0..<6 {
            let claim = try Claim(randomProblem(shape, seed: seed))
            for position in claim.matches.indices {
                expectRefused(claim.altered { $0.matches.remove(at: position) }, "left out, seed \(seed)")
                expectRefused(
                    claim.altered { $0.matches.append($0.matches[position]) }, "doubled, seed \(seed)")
                for other in claim.instance.candidates.indices where !claim.matches.contains(other) {
                    let swapped = claim.altered { $0.matches[position] = other }
                    // The same value elsewhere is another optimum, rightly accepted.
                    if case .optimal(let objective) = swapped.verdict {
                        #expect(objective == claim.objective)
                    } else {
                        expectRefused(swapped, "exchanged, seed \(seed)")
                        exchanged += 1
                    }
                }
            }
            for other in claim.instance.candidates.indices where !claim.matches.contains(other) {
                expectRefused(claim.altered { $0.matches.append(other) }, "added, seed \(seed)")
            }
        }
        #expect(exchanged > 150)
    }

    @Test("A limit in use lowered, or a priced limit raised, is refused")
    func limits() throws {
        var raised = 0
        for seed in 0..<25 {
            let claim = try Claim(randomProblem(shape, seed: seed))
            for match in claim.matches {
                let candidate = claim.instance.candidates[match]
                let provider = claim.instance.offers[candidate.offer].community
                let receiver = claim.instance.needs[candidate.need].community
                expectRefused(claim.altered { $0.instance.communities[provider].give = 0 }, "give")
                expectRefused(claim.altered { $0.instance.communities[receiver].receive = 0 }, "receive")
                expectRefused(claim.altered { $0.instance.offers[candidate.offer].capacity = 0 }, "capacity")
                expectRefused(claim.altered { $0.instance.needs[candidate.need].quantity = 0 }, "quantity")
            }
            for index in claim.prices.providers.indices where claim.prices.providers[index] > 0 {
                expectRefused(
                    claim.altered { $0.instance.communities[index].give += 1 }, "give, seed \(seed)")
                raised += 1
            }
            for index in claim.prices.offers.indices where claim.prices.offers[index] > 0 {
                expectRefused(
                    claim.altered { $0.instance.offers[index].capacity += 1 }, "capacity, seed \(seed)")
                raised += 1
            }
            for index in claim.prices.needs.indices where claim.prices.needs[index] > 0 {
                expectRefused(
                    claim.altered { $0.instance.needs[index].quantity += 1 }, "quantity, seed \(seed)")
                raised += 1
            }
        }
        #expect(raised > 50)
    }

    @Test("The score of a match altered by one is refused as claimed; another's, once past its slack")
    func scores() throws {
        for seed in 0..<25 {
            let claim = try Claim(randomProblem(shape, seed: seed))
            for index in claim.instance.candidates.indices {
                let candidate = claim.instance.candidates[index]
                if claim.matches.contains(index) {
                    for change in [-1, 1] {
                        let other = claim.altered { $0.instance.candidates[index].score += change }
                        guard case .rejected(let faults) = other.verdict else {
                            Issue.record("score, seed \(seed)")
                            continue
                        }
                        #expect(
                            faults.first
                                == .objectiveDiffers(
                                    claimed: claim.objective, found: claim.objective + change))
                    }
                } else {
                    let price =
                        claim.prices.needs[candidate.need] + claim.prices.offers[candidate.offer]
                        + claim.prices.receivers[claim.instance.needs[candidate.need].community]
                        + claim.prices.providers[claim.instance.offers[candidate.offer].community]
                    guard price + 1 <= 1_000_000 else { continue }
                    #expect(
                        claim.altered { $0.instance.candidates[index].score = max(0, price) }.verdict
                            == .optimal(objective: claim.objective))
                    expectRefused(
                        claim.altered { $0.instance.candidates[index].score = max(0, price) + 1 },
                        "seed \(seed)")
                }
            }
        }
    }
}
