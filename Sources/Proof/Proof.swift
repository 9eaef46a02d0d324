// The one file to trust: it says whether the matches of a round are the best possible, from integers alone.
//
// Problem. Candidates e join a need n (of receiver r) to an offer o (of provider g) and score w_e. Choose a set
// of them that maximises Σ w_e + Σ_r (b_r1 + … + b_{r d_r}), d_r being how many matches r receives, so that each
// need keeps to its quantity, each offer to its capacity, each community to what it gives and receives.
//
// Bound. For any prices p_g, p_o, p_n ≥ 0 and any signed p_r,
//
//     bound = Σ_g give·p_g + Σ_o capacity·p_o + Σ_n quantity·p_n
//           + Σ_r Σ_{k ≤ receive} max(0, b_rk + p_r) + Σ_e max(0, w_e − p_g − p_o − p_n − p_r).
//
// Why no feasible choice exceeds it. Let x_e be 1 on the chosen candidates and y_rk be 1 on the first d_r steps
// of r, so that Σ_k y_rk = Σ_{e of r} x_e = d_r. Adding p_r · (Σ_k y_rk − Σ_{e of r} x_e) = 0 for each r changes
// nothing whatever the sign of p_r: this is why p_r enters the steps with plus and the candidates with minus.
// Adding p · (limit − use) ≥ 0 for each provider, offer and need can only raise the total. What results is
// Σ limit·p + Σ (b_rk + p_r) y_rk + Σ (w_e − p_g − p_o − p_n − p_r) x_e, and as every x and y is 0 or 1, each
// term is at most its positive part. Hence objective ≤ bound, and equality proves the choice optimal.
//
// Bonuses. b_rk is b_k, the same for every receiver, but that the first step of r earns an extra of its own: b_r1 is
// b_1 + extra_r. As no extra is below 0, steps still never rise.
//
// Limits. Steps past the last bonus earn nothing but that extra. Every sum is checked: past Int.max the answer is `overflow`.

/// A round reduced to integers and indices: it names nobody. Scores, bonuses and prices are in parts per million.
package struct Instance: Sendable, Equatable {
    /// How many matches a community gives and receives at most, and what its first match received adds beyond the first
    /// of the bonuses, at least 0.
    package struct Community: Sendable, Equatable {
        package var give: Int
        package var receive: Int
        package var extra: Int

        package init(give: Int, receive: Int, extra: Int = 0) {
            self.give = give
            self.receive = receive
            self.extra = extra
        }
    }

    /// An offer of a community, and how many receivers it serves at most.
    package struct Offer: Sendable, Equatable {
        package var community: Int
        package var capacity: Int

        package init(community: Int, capacity: Int) {
            self.community = community
            self.capacity = capacity
        }
    }

    /// A need of a community, and how many matches it takes at most.
    package struct Need: Sendable, Equatable {
        package var community: Int
        package var quantity: Int

        package init(community: Int, quantity: Int) {
            self.community = community
            self.quantity = quantity
        }
    }

    /// An admissible pair of a need and an offer, with its score in 0…1,000,000.
    ///
    /// Twelve bytes, as there are millions of them. A number past Int32 is kept as the nearest that fits, which
    /// `check` refuses as it would the number itself: no score, and no need or offer of an instance, goes that far.
    package struct Candidate: Sendable, Equatable {
        @usableFromInline var narrowNeed: Int32
        @usableFromInline var narrowOffer: Int32
        @usableFromInline var narrowScore: Int32

        @inlinable package init(need: Int, offer: Int, score: Int) {
            narrowNeed = Int32(clamping: need)
            narrowOffer = Int32(clamping: offer)
            narrowScore = Int32(clamping: score)
        }

        @inlinable package var need: Int {
            get { Int(narrowNeed) }
            set { narrowNeed = Int32(clamping: newValue) }
        }

        @inlinable package var offer: Int {
            get { Int(narrowOffer) }
            set { narrowOffer = Int32(clamping: newValue) }
        }

        @inlinable package var score: Int {
            get { Int(narrowScore) }
            set { narrowScore = Int32(clamping: newValue) }
        }
    }

    package var communities: [Community]
    package var offers: [Offer]
    package var needs: [Need]
    package var candidates: [Candidate]
    /// What the first, second… match received adds, never rising, the same for every receiver but for its extra; none past
    /// the end.
    package var bonuses: [Int]

    package init(
        communities: [Community], offers: [Offer], needs: [Need], candidates: [Candidate], bonuses: [Int]
    ) {
        self.communities = communities
        self.offers = offers
        self.needs = needs
        self.candidates = candidates
        self.bonuses = bonuses
    }
}

/// The dual prices of a certificate: one per community on each side, one per need, one per offer.
package struct Prices: Sendable, Equatable {
    /// Per community, at least 0: what one more match given would be worth.
    package var providers: [Int]
    /// Per community, of either sign: what one more match received would be worth, less its bonus.
    package var receivers: [Int]
    /// Per need, at least 0.
    package var needs: [Int]
    /// Per offer, at least 0.
    package var offers: [Int]

    package init(providers: [Int], receivers: [Int], needs: [Int], offers: [Int]) {
        self.providers = providers
        self.receivers = receivers
        self.needs = needs
        self.offers = offers
    }
}

/// Whose price it is.
package enum PriceKind: Sendable, Equatable {
    case provider, receiver, need, offer
}

/// What makes a claim unacceptable. Numbers are indices into the arrays of the instance, unless labelled.
package enum Fault: Sendable, Equatable {
    // The instance.
    case negativeGive(community: Int)
    case negativeReceive(community: Int)
    case negativeExtra(community: Int)
    case offerOutOfRange(offer: Int)
    case negativeCapacity(offer: Int)
    case needOutOfRange(need: Int)
    case negativeQuantity(need: Int)
    case candidateOutOfRange(candidate: Int)
    case candidateWithinCommunity(candidate: Int)
    case candidateTwice(candidate: Int)
    case scoreOutOfRange(candidate: Int)
    case negativeBonus(step: Int)
    case risingBonus(step: Int)
    // The prices.
    case priceCount(PriceKind, expected: Int, found: Int)
    case negativePrice(PriceKind, index: Int)
    // The matches; `position` counts in the list of matches.
    case matchOutOfRange(position: Int)
    case matchedTwice(candidate: Int)
    case needOverQuantity(need: Int)
    case offerOverCapacity(offer: Int)
    case providerOverGive(community: Int)
    case receiverOverReceive(community: Int)
    // Mutual help, of MutualProof.swift. Rings and multipliers are counted in the order they are listed.
    case ringBonusOutOfRange
    case ringOfOtherSize(ring: Int)
    case ringWithoutMatch(ring: Int)
    case ringNotClosed(ring: Int)
    case matchInTwoRings(candidate: Int)
    case ringTwice(ring: Int)
    case multiplierOutOfRange(multiplier: Int)
    // The sums.
    case overflow
    case objectiveDiffers(claimed: Int, found: Int)
    case boundDiffers(claimed: Int, found: Int)
}

/// What `check` found.
package enum Verdict: Sendable, Equatable {
    /// Feasible, and equal to its bound: nothing does better.
    case optimal(objective: Int)
    /// Feasible, but these prices leave room above it.
    case notProven(objective: Int, bound: Int)
    /// Ill-formed, infeasible, or not worth what it claims: the first faults, at most 20, in the order met.
    case rejected([Fault])
}

/// Checks that `matches` is a feasible choice worth `claimedObjective`, and that `prices` bound every feasible
/// choice by `claimedBound`. Shares nothing with whatever found them, and traps on no input.
///
/// - Parameter matches: indices into the candidates of the instance, in any order.
/// - Complexity: O(communities · (1 + bonuses) + offers + needs + candidates + matches).
package func check(
    _ instance: Instance, matches: [Int], prices: Prices, claimedObjective: Int, claimedBound: Int
) -> Verdict {
    var faults = FaultList()
    inspect(instance, into: &faults)
    inspect(prices, of: instance, into: &faults)
    // Past this point every index of the instance is in range and every limit is at least 0.
    guard faults.all.isEmpty else { return .rejected(faults.all) }
    let received = inspect(matches, of: instance, into: &faults)
    guard faults.all.isEmpty else { return .rejected(faults.all) }

    guard let objective = objective(of: matches, received: received, in: instance),
        let bound = bound(from: prices, on: instance)
    else { return .rejected([.overflow]) }
    if objective != claimedObjective {
        faults.add(.objectiveDiffers(claimed: claimedObjective, found: objective))
    }
    if bound != claimedBound {
        faults.add(.boundDiffers(claimed: claimedBound, found: bound))
    }
    guard faults.all.isEmpty else { return .rejected(faults.all) }
    return objective == bound
        ? .optimal(objective: objective) : .notProven(objective: objective, bound: bound)
}

/// The value of a choice: scores and receipt bonuses. Nil past Int.max.
func objective(of matches: [Int], received: [Int], in instance: Instance) -> Int? {
    var sum = CheckedSum()
    for match in matches {
        sum.add(instance.candidates[match].score)
    }
    for (community, count) in zip(instance.communities, received) {
        for bonus in instance.bonuses.prefix(count) {
            sum.add(bonus)
        }
        if count > 0 { sum.add(community.extra) }
    }
    return sum.total
}

/// The bound of the header, term by term. Nil past Int.max.
private func bound(from prices: Prices, on instance: Instance) -> Int? {
    var sum = limits(of: instance, at: prices)
    for candidate in instance.candidates {
        sum.addPositivePart(of: slack(of: candidate, at: prices, on: instance))
    }
    return sum.total
}

/// The part of the bound that does not depend on the candidates.
func limits(of instance: Instance, at prices: Prices) -> CheckedSum {
    var sum = CheckedSum()
    for (limits, price) in zip(instance.communities, prices.providers) {
        sum.add(limits.give, times: price)
    }
    for (offer, price) in zip(instance.offers, prices.offers) {
        sum.add(offer.capacity, times: price)
    }
    for (need, price) in zip(instance.needs, prices.needs) {
        sum.add(need.quantity, times: price)
    }
    for (limits, price) in zip(instance.communities, prices.receivers) {
        for (place, bonus) in instance.bonuses.prefix(limits.receive).enumerated() {
            var step = CheckedSum()
            step.add(bonus)
            if place == 0 { step.add(limits.extra) }
            step.add(price)
            sum.addPositivePart(of: step)
        }
        var plainSteps = max(0, limits.receive - instance.bonuses.count)
        if instance.bonuses.isEmpty, plainSteps > 0 {
            // The first step has no bonus but its extra.
            var step = CheckedSum()
            step.add(limits.extra)
            step.add(price)
            sum.addPositivePart(of: step)
            plainSteps -= 1
        }
        sum.add(plainSteps, times: max(0, price))
    }
    return sum
}

/// The score of a candidate less the prices it meets.
func slack(of candidate: Instance.Candidate, at prices: Prices, on instance: Instance) -> CheckedSum {
    var slack = CheckedSum()
    slack.add(candidate.score)
    slack.subtract(prices.providers[instance.offers[candidate.offer].community])
    slack.subtract(prices.offers[candidate.offer])
    slack.subtract(prices.needs[candidate.need])
    slack.subtract(prices.receivers[instance.needs[candidate.need].community])
    return slack
}

/// What makes an instance unsound, whatever is claimed of it: the first faults that `check` would report.
///
/// - Complexity: O(communities + offers + needs + candidates + bonuses) time; no memory where candidates ascend.
package func faults(of instance: Instance) -> [Fault] {
    var faults = FaultList()
    inspect(instance, into: &faults)
    return faults.all
}

/// Limits, indices, scores and bonuses of an instance.
func inspect(_ instance: Instance, into faults: inout FaultList) {
    let communities = instance.communities.indices
    for (index, community) in instance.communities.enumerated() {
        if community.give < 0 { faults.add(.negativeGive(community: index)) }
        if community.receive < 0 { faults.add(.negativeReceive(community: index)) }
        if community.extra < 0 { faults.add(.negativeExtra(community: index)) }
    }
    for (index, offer) in instance.offers.enumerated() {
        if !communities.contains(offer.community) { faults.add(.offerOutOfRange(offer: index)) }
        if offer.capacity < 0 { faults.add(.negativeCapacity(offer: index)) }
    }
    for (index, need) in instance.needs.enumerated() {
        if !communities.contains(need.community) { faults.add(.needOutOfRange(need: index)) }
        if need.quantity < 0 { faults.add(.negativeQuantity(need: index)) }
    }
    for (index, bonus) in instance.bonuses.enumerated() {
        if bonus < 0 { faults.add(.negativeBonus(step: index)) }
        if index > 0 && bonus > instance.bonuses[index - 1] { faults.add(.risingBonus(step: index)) }
    }
    var wellPlaced = true
    for (index, candidate) in instance.candidates.enumerated() {
        if !(0...1_000_000).contains(candidate.score) { faults.add(.scoreOutOfRange(candidate: index)) }
        guard instance.needs.indices.contains(candidate.need),
            instance.offers.indices.contains(candidate.offer)
        else {
            faults.add(.candidateOutOfRange(candidate: index))
            wellPlaced = false
            continue
        }
        if instance.needs[candidate.need].community == instance.offers[candidate.offer].community {
            faults.add(.candidateWithinCommunity(candidate: index))
        }
    }
    if wellPlaced { inspectTwins(of: instance, into: &faults) }
}

/// Candidates that repeat the need and the offer of an earlier one: listed twice, a pair could be chosen twice.
/// Where they do not simply ascend, they are gathered by need, then each offer is stamped with the last need seen
/// with it.
private func inspectTwins(of instance: Instance, into faults: inout FaultList) {
    guard !ascends(instance.candidates) else { return }
    var ends = [Int](repeating: 0, count: instance.needs.count + 1)
    for candidate in instance.candidates {
        ends[candidate.need + 1] += 1
    }
    for need in instance.needs.indices {
        ends[need + 1] += ends[need]
    }
    var byNeed = [Int](repeating: 0, count: instance.candidates.count)
    for (index, candidate) in instance.candidates.enumerated() {
        byNeed[ends[candidate.need]] = index
        ends[candidate.need] += 1
    }
    var lastNeed = [Int](repeating: -1, count: instance.offers.count)
    for index in byNeed {
        let candidate = instance.candidates[index]
        if lastNeed[candidate.offer] == candidate.need { faults.add(.candidateTwice(candidate: index)) }
        lastNeed[candidate.offer] = candidate.need
    }
}

/// Whether each candidate comes after the one before it by (need, offer), so that none can repeat another.
private func ascends(_ candidates: [Instance.Candidate]) -> Bool {
    zip(candidates, candidates.dropFirst()).allSatisfy { ($0.need, $0.offer) < ($1.need, $1.offer) }
}

/// Lengths and signs of prices; those of receivers may be negative.
func inspect(_ prices: Prices, of instance: Instance, into faults: inout FaultList) {
    let kinds: [(PriceKind, [Int], Int)] = [
        (.provider, prices.providers, instance.communities.count),
        (.receiver, prices.receivers, instance.communities.count),
        (.need, prices.needs, instance.needs.count),
        (.offer, prices.offers, instance.offers.count),
    ]
    for (kind, values, expected) in kinds {
        if values.count != expected {
            faults.add(.priceCount(kind, expected: expected, found: values.count))
        }
        for (index, value) in values.enumerated() where value < 0 && kind != .receiver {
            faults.add(.negativePrice(kind, index: index))
        }
    }
}

/// Matches against the limits of a well-formed instance. Answers how many matches each community receives.
func inspect(_ matches: [Int], of instance: Instance, into faults: inout FaultList) -> [Int] {
    var matched = [Bool](repeating: false, count: instance.candidates.count)
    var needUse = [Int](repeating: 0, count: instance.needs.count)
    var offerUse = [Int](repeating: 0, count: instance.offers.count)
    var given = [Int](repeating: 0, count: instance.communities.count)
    var received = given
    for (position, match) in matches.enumerated() {
        guard matched.indices.contains(match) else {
            faults.add(.matchOutOfRange(position: position))
            continue
        }
        guard !matched[match] else {
            faults.add(.matchedTwice(candidate: match))
            continue
        }
        matched[match] = true
        let candidate = instance.candidates[match]
        needUse[candidate.need] += 1
        offerUse[candidate.offer] += 1
        given[instance.offers[candidate.offer].community] += 1
        received[instance.needs[candidate.need].community] += 1
    }
    for (index, need) in instance.needs.enumerated() where needUse[index] > need.quantity {
        faults.add(.needOverQuantity(need: index))
    }
    for (index, offer) in instance.offers.enumerated() where offerUse[index] > offer.capacity {
        faults.add(.offerOverCapacity(offer: index))
    }
    for (index, community) in instance.communities.enumerated() {
        if given[index] > community.give { faults.add(.providerOverGive(community: index)) }
        if received[index] > community.receive { faults.add(.receiverOverReceive(community: index)) }
    }
    return received
}

/// The first faults met; later ones are dropped, so that a hostile file cannot fill the memory.
struct FaultList {
    private(set) var all: [Fault] = []

    mutating func add(_ fault: Fault) {
        if all.count < 20 { all.append(fault) }
    }
}

/// A sum that remembers having left the range of Int, instead of trapping.
struct CheckedSum {
    private var value = 0
    private var overflowed = false

    /// The sum, or nil once any step of it overflowed.
    var total: Int? { overflowed ? nil : value }

    mutating func add(_ term: Int) {
        keep(value.addingReportingOverflow(term))
    }

    mutating func subtract(_ term: Int) {
        keep(value.subtractingReportingOverflow(term))
    }

    mutating func add(_ count: Int, times price: Int) {
        let product = count.multipliedReportingOverflow(by: price)
        if product.overflow { overflowed = true }
        add(product.partialValue)
    }

    /// Adds another sum if it is positive; nothing otherwise. Its overflow is inherited.
    mutating func addPositivePart(of other: CheckedSum) {
        if other.overflowed { overflowed = true }
        if other.value > 0 { add(other.value) }
    }

    private mutating func keep(_ result: (partialValue: Int, overflow: Bool)) {
        value = result.partialValue
        if result.overflow { overflowed = true }
    }
}
