// Assignment with limits on items and on the communities that hold them, on both sides.
//
// Problem. Choose candidates (need, offer, weight) to maximise Σ weight + Σ over receivers of the bonuses
// b_1 ≥ b_2 ≥ … ≥ 0 on the matches each receives, the first of which may add an extra of the receiver's own, with need ≤ quantity, offer ≤ capacity, and each community
// giving ≤ its give limit and receiving ≤ its receive limit. Limits nest (needs within their community, offers
// within theirs), so this is a min-cost flow whose optimum is integral.

/// The problem, checked: indices in range, candidates in canonical order, no total able to overflow.
package struct LaminarAssignment: Sendable {
    /// An offer: its community, and how many matches it takes part in at most.
    package struct Offer: Sendable, Equatable {
        package var community: Int
        package var capacity: Int

        package init(community: Int, capacity: Int) {
            self.community = community
            self.capacity = capacity
        }
    }

    /// A need: its community, and how many matches it takes at most.
    package struct Need: Sendable, Equatable {
        package var community: Int
        package var quantity: Int

        package init(community: Int, quantity: Int) {
            self.community = community
            self.quantity = quantity
        }
    }

    /// An admissible pair. Weights are integers in 0…`weightLimit` (2²⁷ − 1), in any unit.
    package struct Candidate: Sendable, Equatable {
        package var need: Int
        package var offer: Int
        package var weight: Int

        package init(need: Int, offer: Int, weight: Int) {
            self.need = need
            self.offer = offer
            self.weight = weight
        }
    }

    /// The largest weight and the largest bonus accepted, a receiver's extra included.
    package static let weightLimit = (1 << 27) - 1

    /// The largest number of communities, offers, needs or candidates accepted.
    ///
    /// With these limits a potential stays within 2²⁸ and a selection counts fewer than 2²⁸ candidates, each adding at
    /// most 2²⁸ to the objective: no sum of the solver can overflow.
    package static let countLimit = 1 << 28

    /// Per community, how many matches it gives at most.
    package let giveLimits: [Int]
    /// Per community, how many matches it receives at most.
    package let receiveLimits: [Int]
    package let offers: [Offer]
    package let needs: [Need]
    /// Ascending by (need, offer), each pair once.
    package let candidates: CandidateRows
    /// Never rising, at least 0; matches past the end earn nothing.
    package let bonuses: [Int]
    /// Per community, what its first match received adds beyond the first bonus, at least 0; empty where nobody has any.
    package let firstExtras: [Int]

    /// - Throws: the first thing that makes the problem ill-formed.
    /// - Complexity: O(communities + offers + needs + candidates + bonuses).
    package init(
        giveLimits: [Int], receiveLimits: [Int], offers: [Offer], needs: [Need],
        candidates: some Collection<Candidate>, bonuses: [Int], firstExtras: [Int] = []
    ) throws(LaminarAssignmentError) {
        guard candidates.count < Self.countLimit else {
            throw .tooMany(count: candidates.count, limit: Self.countLimit)
        }
        try self.init(
            giveLimits: giveLimits, receiveLimits: receiveLimits, offers: offers, needs: needs,
            rows: CandidateRows(candidates, needs: needs.count, offers: offers.count), bonuses: bonuses,
            firstExtras: firstExtras)
    }

    /// The same from candidates that stand in rows already, one row per need.
    package init(
        giveLimits: [Int], receiveLimits: [Int], offers: [Offer], needs: [Need], rows: CandidateRows,
        bonuses: [Int], firstExtras: [Int] = []
    ) throws(LaminarAssignmentError) {
        guard giveLimits.count == receiveLimits.count else {
            throw .limitCounts(give: giveLimits.count, receive: receiveLimits.count)
        }
        for count in [giveLimits.count, offers.count, needs.count, rows.count]
        where count >= Self.countLimit {
            throw .tooMany(count: count, limit: Self.countLimit)
        }
        for (index, limit) in giveLimits.enumerated() where limit < 0 {
            throw .negativeGive(community: index)
        }
        for (index, limit) in receiveLimits.enumerated() where limit < 0 {
            throw .negativeReceive(community: index)
        }
        for (index, offer) in offers.enumerated() {
            guard giveLimits.indices.contains(offer.community) else { throw .offerOutOfRange(offer: index) }
            guard offer.capacity >= 0 else { throw .negativeCapacity(offer: index) }
        }
        for (index, need) in needs.enumerated() {
            guard giveLimits.indices.contains(need.community) else { throw .needOutOfRange(need: index) }
            guard need.quantity >= 0 else { throw .negativeQuantity(need: index) }
        }
        guard rows.starts.count == needs.count + 1 else { throw .candidateOutOfRange(candidate: rows.count) }
        for (index, bonus) in bonuses.enumerated() {
            guard (0...Self.weightLimit).contains(bonus) else {
                throw .bonusOutOfRange(step: index, limit: Self.weightLimit)
            }
            guard index == 0 || bonus <= bonuses[index - 1] else { throw .risingBonus(step: index) }
        }
        guard firstExtras.isEmpty || firstExtras.count == giveLimits.count else {
            throw .extraCount(communities: giveLimits.count, extras: firstExtras.count)
        }
        let mostExtra = Self.weightLimit - (bonuses.first ?? 0)
        for (index, extra) in firstExtras.enumerated() where !(0...mostExtra).contains(extra) {
            throw .extraOutOfRange(community: index, limit: mostExtra)
        }
        self.giveLimits = giveLimits
        self.receiveLimits = receiveLimits
        self.offers = offers
        self.needs = needs
        candidates = rows
        self.bonuses = bonuses
        self.firstExtras = firstExtras.contains { $0 > 0 } ? firstExtras : []
    }
}

extension LaminarAssignment {
    /// What the match after `count` ones adds when a community receives it.
    func receiptBonus(of community: Int, after count: Int) -> Int {
        let bonus = count < bonuses.count ? bonuses[count] : 0
        return count == 0 && !firstExtras.isEmpty ? bonus + firstExtras[community] : bonus
    }

    /// Σ weights and receipt bonuses of a selection, whatever found it; `selected` holds indices of candidates.
    package func objective(of selected: [Int]) -> Int {
        var received = [Int](repeating: 0, count: receiveLimits.count)
        var total = 0
        for index in selected {
            let candidate = candidates[index]
            let receiver = needs[candidate.need].community
            total += candidate.weight + receiptBonus(of: receiver, after: received[receiver])
            received[receiver] += 1
        }
        return total
    }
}

/// What makes a problem ill-formed. Numbers are indices, unless labelled.
package enum LaminarAssignmentError: Error, Sendable, Equatable {
    case limitCounts(give: Int, receive: Int)
    case tooMany(count: Int, limit: Int)
    case negativeGive(community: Int)
    case negativeReceive(community: Int)
    case offerOutOfRange(offer: Int)
    case negativeCapacity(offer: Int)
    case needOutOfRange(need: Int)
    case negativeQuantity(need: Int)
    case candidateOutOfRange(candidate: Int)
    case weightOutOfRange(candidate: Int, limit: Int)
    /// Not after the candidate before it, by (need, offer): out of order, or the same pair twice.
    case candidateOutOfOrder(candidate: Int)
    case bonusOutOfRange(step: Int, limit: Int)
    case risingBonus(step: Int)
    case extraCount(communities: Int, extras: Int)
    /// Negative, or past the limit: with the first bonus, it must not exceed `weightLimit`.
    case extraOutOfRange(community: Int, limit: Int)
}

/// An optimal selection, and the prices that prove it so.
package struct Solution: Sendable, Equatable {
    /// Indices into the candidates, ascending.
    package var selected: [Int]
    /// Σ weights and receipt bonuses of the selection.
    package var objective: Int
    /// Per community, at least 0.
    package var providerPrices: [Int]
    /// Per community, of either sign.
    package var receiverPrices: [Int]
    /// Per need, at least 0.
    package var needPrices: [Int]
    /// Per offer, at least 0.
    package var offerPrices: [Int]
    /// Nodes settled by all searches: a measure of work that no machine changes.
    package var pops: Int

    package init(
        selected: [Int], objective: Int, providerPrices: [Int], receiverPrices: [Int], needPrices: [Int],
        offerPrices: [Int], pops: Int
    ) {
        self.selected = selected
        self.objective = objective
        self.providerPrices = providerPrices
        self.receiverPrices = receiverPrices
        self.needPrices = needPrices
        self.offerPrices = offerPrices
        self.pops = pops
    }
}
