package import Proof

/// The plain check that a certificate over some listed pairs holds over the whole market.
///
/// It reads the rules and the prices, and nothing else: no index, no bounds, no solver. Every pair that the rules
/// admit is looked at, and max(0, score − its four prices) added up. Where the sum is that of the listed pairs
/// alone, no pair that is not listed adds anything, and the bound over the list is the bound over all.
///
/// - Complexity: O(``Market/evaluations``), on all cores; keeps no list.
package struct FullMarketCheck: Sendable, Equatable {
    /// How many pairs the rules admit.
    package let pairs: Int
    /// What they score above their prices together, ppm.
    package let surplus: Int
    /// What the listed pairs score above their prices together, ppm.
    package let listed: Int

    /// Whether the certificate holds over the whole market, given that it holds over the list.
    package var holds: Bool { surplus == listed }

    /// Looks at every pair of the market. Throws `stopped` when the task is cancelled, and `not-proven` when
    /// prices or candidates are not of this market, or out of all bounds.
    package init(_ market: Market, _ candidates: [Instance.Candidate], at prices: Prices)
        async throws(MatchingError)
    {
        guard prices.fit(market) else { throw MatchingError(.notProven, "prices") }
        // By skill: needs that look at the same offers stand side by side.
        let needs = market.needsOfSkill.joined().map { Int32($0) }
        let parts = try await onAllCores(needs) { needs in
            var sum = Surplus()
            for need in needs {
                market.forEachCandidate(ofNeed: Int(need)) { sum.add($0, of: market, at: prices) }
            }
            return sum
        }
        var whole = Surplus()
        for part in parts { whole.add(part) }
        var list = Surplus()
        for candidate in candidates {
            guard market.needs.indices.contains(candidate.need),
                market.offers.indices.contains(candidate.offer)
            else { throw MatchingError(.notProven, "candidates") }
            let pair = Candidate(need: candidate.need, offer: candidate.offer, score: candidate.score)
            list.add(pair, of: market, at: prices)
        }
        guard !whole.overflowed, !list.overflowed else { throw MatchingError(.notProven, "prices") }
        pairs = whole.pairs
        surplus = whole.total
        listed = list.total
    }
}

/// What some pairs score above their prices, adding up; remembers having left the range of Int.
private struct Surplus: Sendable {
    var pairs = 0
    var total = 0
    var overflowed = false

    mutating func add(_ pair: Candidate, of market: Market, at prices: Prices) {
        pairs += 1
        keep(total.addingReportingOverflow(max(0, pair.score - market.cost(of: pair, at: prices))))
    }

    mutating func add(_ other: Surplus) {
        pairs += other.pairs
        overflowed = overflowed || other.overflowed
        keep(total.addingReportingOverflow(other.total))
    }

    private mutating func keep(_ sum: (partialValue: Int, overflow: Bool)) {
        total = sum.partialValue
        overflowed = overflowed || sum.overflow
    }
}
