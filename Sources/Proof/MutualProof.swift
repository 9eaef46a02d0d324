// Whether a choice with rings of mutual help is worth what it claims, and how much better any other can be.
//
// Problem. That of Proof.swift, and rings: two communities that help each other, or three that help in a circle. A ring
// of two adds the pair bonus, one of three the ring bonus; each match counts in one ring at most, and no communities
// close the same ring twice. An arc a stands for all candidates from one community to another, X_a for how many of them
// are chosen, z_C for 1 where ring C is closed: Σ over the rings C of an arc of z_C ≤ X_a.
//
// Bound. For any prices as in Proof.swift, s_e being a score less the prices it meets, and any λ_a ≥ 0,
//
//     bound = Σ limits · prices + receipt steps + Σ_e max(0, s_e + λ_a(e)) + Σ_C max(0, β_C − Σ over the arcs of C of λ_a).
//
// Why no choice exceeds it. Adding λ_a · (X_a − Σ z_C) ≥ 0 to its worth for each arc raises each score by λ_a and lowers
// each bonus by the λ of its arcs. The bound of Proof.swift holds for the scores as raised; and what is left of the
// bonuses is at most the sum of its positive parts, z_C being 0 or 1.
//
// Which λ. Where every candidate of an arc has s_e < 0, λ_a = −max s_e costs nothing. So λ_a is that, or what the
// certificate lists for the arc if that is more, and no more than the larger bonus, past which it is of no use. All rings
// that the candidates of the instance allow are counted, two and three alike.
//
// Complexity: that of Proof.swift, O(candidates) memory, and O(Σ over arcs A → B of the arcs that leave B) time.

/// What is claimed of a choice with rings.
package struct MutualClaim: Sendable, Equatable {
    /// What the bound may add to each score from one community to another.
    package struct Multiplier: Sendable, Equatable {
        package var provider: Int
        package var receiver: Int
        package var value: Int

        package init(provider: Int, receiver: Int, value: Int) {
            self.provider = provider
            self.receiver = receiver
            self.value = value
        }
    }

    /// The largest bonus that is checked.
    package static let bonusLimit = Int(Int32.max)

    /// What a ring of two and a ring of three add, in 0…`bonusLimit`.
    package var pairBonus: Int
    package var ringBonus: Int
    /// Indices into the candidates, in any order.
    package var matches: [Int]
    /// Each ring's candidates: the receiver of each is the provider of the next, of the last that of the first.
    package var rings: [[Int]]
    package var prices: Prices
    /// In any order; of several for one arc the largest counts, and where no candidate is none does.
    package var multipliers: [Multiplier]
    package var objective: Int
    package var bound: Int

    package init(
        pairBonus: Int, ringBonus: Int, matches: [Int], rings: [[Int]], prices: Prices,
        multipliers: [Multiplier], objective: Int, bound: Int
    ) {
        self.pairBonus = pairBonus
        self.ringBonus = ringBonus
        self.matches = matches
        self.rings = rings
        self.prices = prices
        self.multipliers = multipliers
        self.objective = objective
        self.bound = bound
    }
}

/// Checks that the matches and rings claimed are feasible and worth the objective claimed, and that the prices and
/// multipliers bound every feasible choice by the bound claimed. Traps on no input.
///
/// A candidate within one community is a candidate like any other here, and part of no ring.
package func check(_ claim: MutualClaim, on instance: Instance) -> Verdict {
    var faults = FaultList()
    let apart = instance.withGiversApartIfSound()
    inspect(apart, into: &faults)
    guard faults.all.isEmpty else { return .rejected(faults.all) }
    inspect(claim.prices, of: instance, into: &faults)
    let range = 0...MutualClaim.bonusLimit
    if !range.contains(claim.pairBonus) || !range.contains(claim.ringBonus) {
        faults.add(.ringBonusOutOfRange)
    }
    for (index, multiplier) in claim.multipliers.enumerated()
    where !instance.communities.indices.contains(multiplier.provider)
        || !instance.communities.indices.contains(multiplier.receiver) || multiplier.value < 0
    {
        faults.add(.multiplierOutOfRange(multiplier: index))
    }
    guard faults.all.isEmpty else { return .rejected(faults.all) }
    let received = inspect(claim.matches, of: instance, into: &faults)
    inspectRings(of: claim, on: instance, into: &faults)
    guard faults.all.isEmpty else { return .rejected(faults.all) }

    guard let objective = objective(of: claim, received: received, on: instance),
        let bound = bound(of: claim, on: instance)
    else { return .rejected([.overflow]) }
    if objective != claim.objective {
        faults.add(.objectiveDiffers(claimed: claim.objective, found: objective))
    }
    if bound != claim.bound { faults.add(.boundDiffers(claimed: claim.bound, found: bound)) }
    guard faults.all.isEmpty else { return .rejected(faults.all) }
    return objective == bound
        ? .optimal(objective: objective) : .notProven(objective: objective, bound: bound)
}

extension Instance {
    /// Itself with givers apart; unchanged where an index is out of range, which inspection then finds.
    fileprivate func withGiversApartIfSound() -> Instance {
        let isSound =
            candidates.allSatisfy { needs.indices.contains($0.need) && offers.indices.contains($0.offer) }
            && needs.allSatisfy { communities.indices.contains($0.community) }
            && offers.allSatisfy { communities.indices.contains($0.community) }
        return isSound ? withGiversApart() : self
    }

    fileprivate func provider(_ candidate: Int) -> Int { offers[candidates[candidate].offer].community }
    fileprivate func receiver(_ candidate: Int) -> Int { needs[candidates[candidate].need].community }
}

/// Rings made of matches, closed, of different communities, and counted once each.
private func inspectRings(of claim: MutualClaim, on instance: Instance, into faults: inout FaultList) {
    var isMatched = [Bool](repeating: false, count: instance.candidates.count)
    for match in claim.matches where isMatched.indices.contains(match) { isMatched[match] = true }
    var isInRing = [Bool](repeating: false, count: instance.candidates.count)
    var known: [(communities: [Int], ring: Int)] = []
    for (ring, members) in claim.rings.enumerated() {
        guard (2...3).contains(members.count) else {
            faults.add(.ringOfOtherSize(ring: ring))
            continue
        }
        guard members.allSatisfy({ isMatched.indices.contains($0) && isMatched[$0] }) else {
            faults.add(.ringWithoutMatch(ring: ring))
            continue
        }
        for member in members {
            if isInRing[member] { faults.add(.matchInTwoRings(candidate: member)) }
            isInRing[member] = true
        }
        let communities = members.map { instance.provider($0) }
        let isClosed = members.indices.allSatisfy {
            instance.receiver(members[$0]) == communities[($0 + 1) % members.count]
        }
        let areDifferent = members.indices.allSatisfy { place in
            communities[..<place].allSatisfy { $0 != communities[place] }
        }
        guard isClosed && areDifferent else {
            faults.add(.ringNotClosed(ring: ring))
            continue
        }
        let first = communities.indices.min { communities[$0] < communities[$1] } ?? 0
        known.append((communities.indices.map { communities[(first + $0) % communities.count] }, ring))
    }
    known.sort {
        $0.communities == $1.communities
            ? $0.ring < $1.ring : $0.communities.lexicographicallyPrecedes($1.communities)
    }
    for (earlier, later) in zip(known, known.dropFirst()) where earlier.communities == later.communities {
        faults.add(.ringTwice(ring: later.ring))
    }
}

private func objective(of claim: MutualClaim, received: [Int], on instance: Instance) -> Int? {
    guard let plain = objective(of: claim.matches, received: received, in: instance) else { return nil }
    var sum = CheckedSum()
    sum.add(plain)
    for ring in claim.rings { sum.add(ring.count == 2 ? claim.pairBonus : claim.ringBonus) }
    return sum.total
}

/// The bound of the header, term by term. Nil past Int.max.
private func bound(of claim: MutualClaim, on instance: Instance) -> Int? {
    var sum = limits(of: instance, at: claim.prices)
    let arcs = ClaimedArcs(claim, on: instance, candidatesInto: &sum)
    arcs.addRings(pairBonus: claim.pairBonus, ringBonus: claim.ringBonus, to: &sum)
    return sum.total
}

/// The arcs of an instance with the λ of a claim, by provider.
private struct ClaimedArcs {
    /// The arcs of provider A are `starts[A]..<starts[A + 1]`.
    private var starts = [0]
    private var receivers: [Int32] = []
    private var values: [Int] = []

    /// - Parameter sum: gets max(0, s_e + λ) of every candidate.
    init(_ claim: MutualClaim, on instance: Instance, candidatesInto sum: inout CheckedSum) {
        let count = instance.communities.count
        let most = max(claim.pairBonus, claim.ringBonus)
        let byProvider = Gathered(
            instance.candidates.count, by: { instance.provider($0) }, groups: count)
        let listed = Gathered(claim.multipliers.count, by: { claim.multipliers[$0].provider }, groups: count)
        // Per receiver, its arc from the provider looked at.
        var arcTo = [Int](repeating: -1, count: count)
        for provider in 0..<count {
            let first = receivers.count
            var best: [Int] = []
            for candidate in byProvider[provider] {
                let receiver = instance.receiver(Int(candidate))
                let slack = slack(of: instance.candidates[Int(candidate)], at: claim.prices, on: instance)
                guard let value = slack.total else {
                    // Out of range: so is the whole.
                    sum.addPositivePart(of: slack)
                    continue
                }
                if receiver == provider {
                    sum.addPositivePart(of: slack)
                } else if arcTo[receiver] < 0 {
                    arcTo[receiver] = receivers.count
                    receivers.append(Int32(receiver))
                    best.append(value)
                } else {
                    best[arcTo[receiver] - first] = max(best[arcTo[receiver] - first], value)
                }
            }
            values += best.map { $0 >= 0 ? 0 : $0 < -most ? most : -$0 }
            for multiplier in listed[provider] {
                let arc = arcTo[claim.multipliers[Int(multiplier)].receiver]
                guard arc >= 0 else { continue }
                values[arc] = max(values[arc], min(claim.multipliers[Int(multiplier)].value, most))
            }
            for candidate in byProvider[provider] {
                let receiver = instance.receiver(Int(candidate))
                guard receiver != provider, arcTo[receiver] >= 0 else { continue }
                var raised = slack(of: instance.candidates[Int(candidate)], at: claim.prices, on: instance)
                raised.add(values[arcTo[receiver]])
                sum.addPositivePart(of: raised)
            }
            for arc in first..<receivers.count { arcTo[Int(receivers[arc])] = -1 }
            starts.append(receivers.count)
        }
    }

    /// Adds what λ leaves over of every bonus: each ring is met once, from its community of least index.
    func addRings(pairBonus: Int, ringBonus: Int, to sum: inout CheckedSum) {
        let count = starts.count - 1
        let entering = Gathered(receivers.count, by: { Int(receivers[$0]) }, groups: count)
        var providers = [Int32](repeating: 0, count: receivers.count)
        for provider in 0..<count {
            for arc in starts[provider]..<starts[provider + 1] { providers[arc] = Int32(provider) }
        }
        // Per community, its arc to the first one of the ring.
        var closing = [Int](repeating: -1, count: count)
        for first in 0..<count {
            for arc in entering[first] where Int(providers[Int(arc)]) > first {
                closing[Int(providers[Int(arc)])] = Int(arc)
            }
            for arc in starts[first]..<starts[first + 1] where Int(receivers[arc]) > first {
                let second = Int(receivers[arc])
                if closing[second] >= 0 {
                    add(pairBonus, less: [arc, closing[second]], to: &sum)
                }
                // Past the whole bonus nothing is left, whatever the other arcs.
                guard values[arc] < ringBonus else { continue }
                for next in starts[second]..<starts[second + 1] where closing[Int(receivers[next])] >= 0 {
                    let last = closing[Int(receivers[next])]
                    sum.add(max(0, ringBonus - values[arc] - values[next] - values[last]))
                }
            }
            for arc in entering[first] { closing[Int(providers[Int(arc)])] = -1 }
        }
    }

    private func add(_ bonus: Int, less arcs: [Int], to sum: inout CheckedSum) {
        sum.add(max(0, arcs.reduce(bonus) { $0 - values[$1] }))
    }
}

/// Indices gathered by group: a counting sort.
private struct Gathered {
    private var members: [Int32]
    private var starts: [Int]

    init(_ count: Int, by group: (Int) -> Int, groups: Int) {
        starts = [Int](repeating: 0, count: groups + 1)
        for index in 0..<count { starts[group(index) + 1] += 1 }
        for index in 0..<groups { starts[index + 1] += starts[index] }
        var next = starts
        members = [Int32](repeating: 0, count: count)
        for index in 0..<count {
            members[next[group(index)]] = Int32(truncatingIfNeeded: index)
            next[group(index)] += 1
        }
    }

    subscript(group: Int) -> ArraySlice<Int32> { members[starts[group]..<starts[group + 1]] }
}
