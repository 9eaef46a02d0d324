import Proof

/// Offers at the prices of a certificate, arranged for one walk over all needs.
///
/// What an offer costs is its own price and its provider's, both at least 0. Members of an appeal stand by cost,
/// then by offer, and each appeal and cell knows the least cost in it.
///
/// - Complexity: O(offers · log offers of one appeal) to make.
struct PricedOffers: OfferPrices {
    static let areNone = false
    let members: FixedTable<RemoteOffers.Member>
    private let costs: FixedTable<Int>
    private let leastOfAppeal: FixedTable<Int>
    private let leastOfCell: FixedTable<Int>

    init(_ index: CandidateIndex, _ prices: Prices) {
        let costs = zip(index.market.offers, prices.offers).map { $1 + prices.providers[$0.community] }
        self.costs = FixedTable(costs)
        let remote = index.remote
        var members = remote.members.values
        var leastOfAppeal: [Int] = []
        for appeal in remote.appeals.indices.dropLast() {
            let range = remote.members(ofAppeal: appeal)
            members[range].sort { (costs[Int($0.offer)], $0.offer) < (costs[Int($1.offer)], $1.offer) }
            leastOfAppeal.append(costs[Int(members[range.lowerBound].offer)])
        }
        self.members = FixedTable(members)
        self.leastOfAppeal = FixedTable(leastOfAppeal)
        let onSite = index.onSite
        var leastOfCell = [Int](repeating: Int.max, count: onSite.cells.count)
        // Parts stand after the cell that they are parts of.
        for place in onSite.cells.indices.reversed() {
            let cell = onSite.cells[place]
            if cell.parts > 0 {
                for part in Int(cell.parts)..<Int(cell.partsEnd) {
                    leastOfCell[place] = min(leastOfCell[place], leastOfCell[part])
                }
            } else {
                for offer in Int(cell.start)..<Int(cell.end) {
                    leastOfCell[place] = min(leastOfCell[place], costs[Int(onSite.placed[offer].offer)])
                }
            }
        }
        self.leastOfCell = FixedTable(leastOfCell)
    }

    func end(ofPriceAt place: Int, before end: Int) -> Int {
        let cost = costs[Int(members[place].offer)]
        var low = place + 1
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if costs[Int(members[middle].offer)] <= cost { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func price(ofOffer offer: Int) -> Int { costs[offer] }
    func least(ofAppeal appeal: Int) -> Int { leastOfAppeal[appeal] }
    func least(ofCell cell: Int) -> Int { leastOfCell[cell] }
}

/// What a walk at the prices of a certificate found beyond a list.
struct Pricing: Sendable {
    /// Pairs worth more than their four prices together, by need, then by offer.
    var found: [Candidate] = []
    /// How many needs have any.
    var needs = 0
    /// How many pairs were looked at.
    var evaluations = 0
}

extension CandidateIndex {
    /// The admissible pairs that a list lacks and that score more than the prices of their provider, offer, need
    /// and receiver together: the best `count` of each need. None is left when the answer is empty, so that the
    /// certificate of the list holds over every admissible pair.
    ///
    /// Only needs are looked at that the list does not exhaust and whose last listed score leaves room above
    /// their own two prices: what is not listed scores no more, and no offer costs less than nothing.
    ///
    /// - Parameter prices: as many as there are communities, needs and offers, those of receivers alone below 0,
    ///   all within ±2⁵⁰ (coverage multiplies prices by the worth of a first match).
    func priced(
        _ prices: Prices, beyond list: CandidateList, perNeed count: Int
    ) async throws(MatchingError) -> Pricing {
        func threshold(_ need: Int) -> Int {
            prices.needs[need] + prices.receivers[market.needs[need].community]
        }
        let open = blocks().flatMap { block in
            needsByPlace(block) { need in
                // The worth of a rank is the score plus 1; `lowest` has none.
                list.lastRanks[need].worth - 1 > threshold(need) && list.lastRanks[need] > .lowest
            }
        }
        guard !open.isEmpty else { return Pricing() }
        let offers = PricedOffers(self, prices)
        let parts = try await onAllCores(open) { needs in
            var search = CandidateSearch(self, prices: offers)
            var part = Pricing()
            self.forEachView(of: needs) { view in
                let need = view.need
                let threshold = prices.needs[need] + prices.receivers[self.market.needs[need].community]
                let best = search.best(
                    of: view, worthMoreThan: threshold, count: count, listedFrom: list.lastRanks[need],
                    listed: list.offers[list.candidates(ofNeed: need)])
                guard !best.isEmpty else { return }
                part.needs += 1
                for offer in best.map({ view.turn.offer(at: $0.turn) }) {
                    // Found by bounds, scored by the rules themselves.
                    guard case .admissible(let values) = self.market.assess(need: need, offer: offer) else {
                        continue
                    }
                    let score = values.total(self.market.input.parameters.weights)
                    part.found.append(Candidate(need: need, offer: offer, score: score))
                }
            }
            part.evaluations = search.evaluations
            return part
        }
        var all = Pricing()
        for part in parts {
            all.found += part.found
            all.needs += part.needs
            all.evaluations += part.evaluations
        }
        all.found.sort { ($0.need, $0.offer) < ($1.need, $1.offer) }
        return all
    }
}
