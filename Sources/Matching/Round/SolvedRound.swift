package import Proof

/// A match of a round, with its score factor by factor.
package struct MatchResult: Sendable, Equatable {
    /// From 1, in the order by receiver, need, provider, offer.
    package let number: Int
    /// Slug of the community that is helped.
    package let receiver: String
    /// The need's skill.
    package let need: String
    /// Slug of the community that helps.
    package let provider: String
    /// The offer's skill.
    package let offer: String
    /// Place in the instance's candidates.
    package let candidate: Int
    /// The number of the ring of mutual help that it is in, from 1; nil when it is in none.
    package let ring: Int?
    /// The score with its parts.
    package let score: Score
    /// The distance between the two in hectometres, nil when a position is unknown. Also told when the
    /// match is remote: distance then weighs nothing.
    package let hectometres: Int?

    /// What names the match without its place in any list.
    package var key: MatchKey { MatchKey(receiver: receiver, need: need, provider: provider, offer: offer) }
}

/// What names a match: the two communities, and the skills of the need and of the offer.
package struct MatchKey: Sendable, Equatable {
    /// Slug of the community that is helped.
    package var receiver: String
    /// The need's skill.
    package var need: String
    /// Slug of the community that helps.
    package var provider: String
    /// The offer's skill.
    package var offer: String

    /// The name of a match.
    package init(receiver: String, need: String, provider: String, offer: String) {
        self.receiver = receiver
        self.need = need
        self.provider = provider
        self.offer = offer
    }
}

/// What taking the best candidate first would have given: the coordinator's spreadsheet, to compare with.
package struct GreedyResult: Sendable, Equatable {
    /// How many matches it makes.
    package let matches: Int
    /// Σ scores, ppm.
    package let score: Int
    /// Σ scores and receipt bonuses, ppm.
    package let objective: Int
}

/// A round with its matches, the prices that prove them, and the verdict of the proof.
package struct SolvedRound: Sendable {
    /// What the round was solved on: its tables name what the instance numbers.
    package let market: Market
    /// The round as integers and indices; names nobody. Its candidates are the best ``Parameters/listed`` of each
    /// need, and beyond them those that are matched or worth more than their prices: the proof over them is one over
    /// every admissible pair.
    package let instance: Instance
    /// The matches, in canonical order.
    package let matches: [MatchResult]
    /// The dual prices.
    package let prices: Prices
    /// Σ scores and receipt bonuses of the matches, ppm.
    package let objective: Int
    /// Σ scores of the matches, ppm.
    package let score: Int
    /// What no choice of matches can exceed, ppm: the objective itself, except where rings of mutual help were sought.
    package let bound: Int
    /// Among which pairs none can.
    package let scope: BoundScope
    /// What the proof says of matches, prices, objective and bound.
    package let verdict: Verdict
    /// The rings of mutual help; nil where none were sought.
    package let mutual: MutualResult?
    /// The greedy choice among the same candidates; nil for a restored round.
    package let greedy: GreedyResult?
    /// What the best score alone would give; nil for a restored round.
    package let plain: PlainResult?
    /// How many communities can have a match at all, proven over every admissible pair; told only where that comes
    /// first (``Coverage/first``), and then as many have one. Nil for a restored round.
    package let mostServed: Int?
    /// What the bonuses of zones changed; nil where there are none, and for a restored round.
    package let zones: ZoneResult?
    /// Nodes that the solver settled, a measure of work that no machine changes; nil for a restored round.
    package let pops: Int?
    /// How its pairs were listed; nil for a restored round.
    package let listing: ListingReport?

    /// How many of its best offers each need lists; nil where it lists all.
    package var listedPerNeed: Int? {
        market.listedPerNeed == Limits.listed.upperBound ? nil : market.listedPerNeed
    }

    /// How much of each limit the matches use.
    let use: LimitUse

    /// The slug of each community, as the instance numbers them.
    package var communities: [String] { market.communities }
    /// Each need's community and skill, as the instance numbers them.
    package var needs: [Listing] { market.needs }
    /// Each offer's community and skill, as the instance numbers them.
    package var offers: [Listing] { market.offers }

    /// Joins a market, a list of its pairs, a choice of them (ascending places) and prices; asks the proof.
    ///
    /// - Parameter coversMarket: whether no pair that is not listed is worth more than its prices. Without that the
    ///   proof would be one of the list alone, and none is claimed.
    init(
        market: Market, list: CandidateList, selected: [Int], prices: Prices, claimedObjective: Int,
        claimedBound: Int, coversMarket: Bool = true, mutual: MutualResult? = nil, greedy: GreedyResult?,
        plain: PlainResult? = nil, mostServed: Int? = nil, zones: ZoneResult? = nil, pops: Int?,
        listing: ListingReport?
    ) {
        let instance = market.instance(list)
        self.market = market
        self.instance = instance
        self.listing = listing
        self.mutual = mutual
        scope = mutual == nil || list.isExhaustive ? .market : .listed
        self.prices = prices
        self.greedy = greedy
        self.plain = plain
        self.mostServed = mostServed
        self.zones = zones
        self.pops = pops
        objective = claimedObjective
        bound = claimedBound
        let claim = mutual?.claim(
            parameters: market.input.parameters, matches: selected, prices: prices,
            objective: claimedObjective,
            bound: claimedBound)
        let verdict =
            claim.map { Proof.check($0, on: instance) }
            ?? Proof.check(
                instance, matches: selected, prices: prices, claimedObjective: claimedObjective,
                claimedBound: claimedBound)
        if case .rejected = verdict {
            self.verdict = verdict
        } else {
            self.verdict = coversMarket ? verdict : .rejected([.overflow])
        }
        use = LimitUse(instance, selected: selected)

        var ringOf: [Int: Int] = [:]
        for (index, ring) in (mutual?.rings ?? []).enumerated() {
            for place in ring { ringOf[place] = index + 1 }
        }
        var matches: [MatchResult] = []
        // Candidates come by need, then by offer, and both are numbered in canonical order: ascending places
        // are the order by receiver, need, provider, offer.
        for place in selected {
            let candidate = instance.candidates[place]
            let need = market.needs[candidate.need]
            let offer = market.offers[candidate.offer]
            // A candidate is admissible by construction, so it has a score.
            guard let score = market.score(need: candidate.need, offer: candidate.offer) else { continue }
            matches.append(
                MatchResult(
                    number: matches.count + 1, receiver: market.communities[need.community],
                    need: need.skill, provider: market.communities[offer.community], offer: offer.skill,
                    candidate: place, ring: ringOf[place], score: score,
                    hectometres: market.hectometres(need.community, offer.community)))
        }
        self.matches = matches
        score = matches.reduce(0) { $0 + $1.score.total }
    }

    /// Rebuilds a stored round from its frozen input, to verify or to explain it without solving it again.
    ///
    /// - Parameters:
    ///   - rings: for each match the number of its ring; empty where none were sought.
    ///   - multipliers: what was stored beside the prices.
    ///
    /// The verdict tells whether the stored claims hold; it may be any. Throws `duplicate` or
    /// `not-a-candidate` when a stored match is not an admissible pair of this input, `stopped` when the task is
    /// cancelled, and what ``Market/init(_:)`` throws.
    package init(
        restoring input: RoundInput, matches keys: [MatchKey], rings: [Int?] = [], prices: Prices,
        multipliers: [MutualClaim.Multiplier] = [], claimedObjective: Int, claimedBound: Int
    ) async throws(MatchingError) {
        let market = try Market(input)
        var pairs: [Candidate] = []
        var ringOfPair: [Int?] = []
        for (place, key) in keys.enumerated() {
            guard let (need, offer) = market.pair(key), let score = market.score(need: need, offer: offer)
            else {
                throw MatchingError(
                    .notACandidate, "\(key.receiver)/\(key.need)/\(key.provider)/\(key.offer)")
            }
            pairs.append(Candidate(need: need, offer: offer, score: score.total))
            ringOfPair.append(rings.indices.contains(place) ? rings[place] : nil)
        }
        let order = pairs.indices.sorted {
            (pairs[$0].need, pairs[$0].offer) < (pairs[$1].need, pairs[$1].offer)
        }
        pairs = order.map { pairs[$0] }
        ringOfPair = order.map { ringOfPair[$0] }
        for (a, b) in zip(pairs, pairs.dropFirst()) where (a.need, a.offer) == (b.need, b.offer) {
            throw MatchingError(.duplicate, market.communities[market.needs[a.need].community])
        }
        let index = CandidateIndex(market)
        var list = try await index.candidates(perNeed: market.listedPerNeed)
        list = list.adding(pairs.filter { list.place(need: $0.need, offer: $0.offer) == nil })
        let fits = prices.fit(market)
        if fits, input.parameters.mutual == .off {
            list = list.adding(try await index.priced(prices, beyond: list, perNeed: .max).found)
        }
        let selected = pairs.compactMap { list.place(need: $0.need, offer: $0.offer) }
        var mutual: MutualResult?
        if input.parameters.mutual != .off {
            mutual = MutualResult(
                stored: selected.indices.map { place in
                    (
                        selected[place], market.offers[pairs[place].offer].community,
                        market.needs[pairs[place].need].community, ringOfPair[place]
                    )
                }, multipliers: multipliers)
        }
        self.init(
            market: market, list: list, selected: selected, prices: prices,
            claimedObjective: claimedObjective,
            claimedBound: claimedBound, coversMarket: fits, mutual: mutual, greedy: nil, pops: nil,
            listing: nil)
    }

    /// Whether the proof holds: that nothing does better, or with rings of mutual help, nothing by more than the gap.
    package var isProven: Bool {
        switch verdict {
        case .optimal: true
        case .notProven: mutual != nil
        case .rejected: false
        }
    }

    /// The match made of a need and an offer, nil when there is none. O(log matches).
    func match(need: Int, offer: Int) -> MatchResult? {
        var low = 0
        var high = matches.count
        while low < high {
            let middle = (low + high) / 2
            let candidate = instance.candidates[matches[middle].candidate]
            if (candidate.need, candidate.offer) < (need, offer) { low = middle + 1 } else { high = middle }
        }
        guard low < matches.count else { return nil }
        let candidate = instance.candidates[matches[low].candidate]
        return (candidate.need, candidate.offer) == (need, offer) ? matches[low] : nil
    }
}

extension Prices {
    /// Whether there is one for each that the market has, at least 0 where it must be, and all within ±2⁴⁰: what
    /// pricing may add up. No certificate of a market needs larger ones.
    func fit(_ market: Market) -> Bool {
        let most = 1 << 40
        return providers.count == market.communities.count && receivers.count == market.communities.count
            && needs.count == market.needs.count && offers.count == market.offers.count
            && (providers + needs + offers).allSatisfy { (0...most).contains($0) }
            && receivers.allSatisfy { (-most...most).contains($0) }
    }
}

/// How many matches each limit of an instance carries.
struct LimitUse: Sendable {
    var needs: [Int]
    var offers: [Int]
    var given: [Int]
    var received: [Int]

    /// Counts the selected candidates.
    init(_ instance: Instance, selected: [Int]) {
        needs = [Int](repeating: 0, count: instance.needs.count)
        offers = [Int](repeating: 0, count: instance.offers.count)
        given = [Int](repeating: 0, count: instance.communities.count)
        received = given
        for place in selected {
            let candidate = instance.candidates[place]
            needs[candidate.need] += 1
            offers[candidate.offer] += 1
            given[instance.offers[candidate.offer].community] += 1
            received[instance.needs[candidate.need].community] += 1
        }
    }
}

extension Market {
    /// The need and the offer that a name means; nil when there are none. O(log n).
    func pair(_ key: MatchKey) -> (need: Int, offer: Int)? {
        guard let receiver = community(key.receiver), let provider = community(key.provider),
            let need = needs(of: receiver).first(where: { needs[$0].skill == key.need }),
            let offer = offers(of: provider).first(where: { offers[$0].skill == key.offer })
        else { return nil }
        return (need, offer)
    }

    /// The place of a community that takes part, nil otherwise. O(log n).
    package func community(_ slug: String) -> Int? {
        let place = partition(communities) { precedes($0, slug) }
        return place < communities.count && communities[place] == slug ? place : nil
    }

    /// The places of a community's needs. O(log n).
    package func needs(of community: Int) -> Range<Int> {
        partition(needs) { $0.community < community }..<partition(needs) { $0.community <= community }
    }

    /// The places of a community's offers. O(log n).
    package func offers(of community: Int) -> Range<Int> {
        partition(offers) { $0.community < community }..<partition(offers) { $0.community <= community }
    }
}

/// How many elements of a list come first, where all that come first precede all others.
func partition<Element>(_ list: [Element], _ comesFirst: (Element) -> Bool) -> Int {
    var low = 0
    var high = list.count
    while low < high {
        let middle = (low + high) / 2
        if comesFirst(list[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
}
