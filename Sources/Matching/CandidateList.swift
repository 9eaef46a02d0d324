/// The candidates listed for a round, 8 bytes each: for each need the best ones of its index, and those that
/// were added later.
package struct CandidateList: Sendable, Equatable {
    /// The candidates of need n are `starts[n]..<starts[n + 1]`.
    package private(set) var starts: [Int] = [0]
    /// The offer of each candidate; ascending within a need.
    package private(set) var offers: [Int32] = []
    /// The score of each candidate, ppm.
    package private(set) var scores: [Int32] = []
    /// For each need, the rank of the last of its best offers; `lowest` when all that it has are listed.
    private(set) var lastRanks: [OfferRank] = []
    /// How many pairs were looked at.
    package private(set) var evaluations = 0

    init() {}

    /// How many needs are listed.
    package var needs: Int { starts.count - 1 }

    /// How many candidates are listed.
    package var count: Int { offers.count }

    /// Whether every admissible pair is listed.
    package var isExhaustive: Bool { lastRanks.allSatisfy { $0 == .lowest } }

    /// The places of a need's candidates.
    package func candidates(ofNeed need: Int) -> Range<Int> { starts[need]..<starts[need + 1] }

    /// The place of a pair; nil when it is not listed. O(log of the need's candidates).
    package func place(need: Int, offer: Int) -> Int? {
        var low = starts[need]
        var high = starts[need + 1]
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if Int(offers[middle]) < offer { low = middle + 1 } else { high = middle }
        }
        return low < end && Int(offers[low]) == offer ? low : nil
    }

    /// Every candidate, by need, then by offer.
    package var candidates: [Candidate] {
        var all: [Candidate] = []
        all.reserveCapacity(count)
        for need in 0..<needs {
            for place in candidates(ofNeed: need) {
                all.append(Candidate(need: need, offer: Int(offers[place]), score: Int(scores[place])))
            }
        }
        return all
    }

    // MARK: Making

    /// Puts the parts of a listing in the order of needs. Each need stands in one part.
    fileprivate init(_ parts: [ListedPart], needs: Int) {
        var counts = [Int](repeating: 0, count: needs)
        for part in parts {
            for (need, count) in zip(part.needs, part.counts) { counts[Int(need)] = Int(count) }
        }
        starts.reserveCapacity(needs + 1)
        for count in counts { starts.append(starts[starts.count - 1] + count) }
        let total = starts[needs]
        offers = [Int32](repeating: 0, count: total)
        scores = offers
        lastRanks = [OfferRank](repeating: .lowest, count: needs)
        for part in parts {
            var from = 0
            for (place, need) in part.needs.enumerated() {
                let to = starts[Int(need)]
                for offset in 0..<Int(part.counts[place]) {
                    offers[to + offset] = part.pairs[from + offset].offer
                    scores[to + offset] = part.pairs[from + offset].score
                }
                from += Int(part.counts[place])
                lastRanks[Int(need)] = part.lastRanks[place]
            }
            evaluations += part.evaluations
        }
    }

    /// The list with more candidates, none of which it holds, by need, then by offer. O(both).
    func adding(_ more: [Candidate]) -> CandidateList {
        var list = CandidateList()
        list.offers.reserveCapacity(count + more.count)
        list.scores.reserveCapacity(count + more.count)
        list.starts.reserveCapacity(starts.count)
        var next = 0
        for need in 0..<needs {
            for place in candidates(ofNeed: need) {
                while next < more.count, more[next].need == need, more[next].offer < Int(offers[place]) {
                    list.append(more[next])
                    next += 1
                }
                list.offers.append(offers[place])
                list.scores.append(scores[place])
            }
            while next < more.count, more[next].need == need {
                list.append(more[next])
                next += 1
            }
            list.starts.append(list.offers.count)
        }
        list.lastRanks = lastRanks
        list.evaluations = evaluations
        return list
    }

    /// The list without those that were added later and that `isKept` does not want, and where each of
    /// `selected`, ascending places that it wants, stands in it.
    func keeping(
        selected: [Int], _ index: CandidateIndex, _ isKept: (Candidate) -> Bool
    ) -> (list: CandidateList, selected: [Int]) {
        var list = CandidateList()
        list.offers.reserveCapacity(count)
        list.scores.reserveCapacity(count)
        list.starts.reserveCapacity(starts.count)
        list.lastRanks = lastRanks
        list.evaluations = evaluations
        var kept: [Int] = []
        kept.reserveCapacity(selected.count)
        for need in 0..<needs {
            let turn = index.turn(ofNeed: need)
            for place in candidates(ofNeed: need) {
                let candidate = Candidate(need: need, offer: Int(offers[place]), score: Int(scores[place]))
                let rank = OfferRank(worth: candidate.score + 1, turn: turn.rank(of: candidate.offer))
                let isSelected = kept.count < selected.count && selected[kept.count] == place
                guard rank >= lastRanks[need] || isSelected || isKept(candidate) else { continue }
                if isSelected { kept.append(list.count) }
                list.append(candidate)
            }
            list.starts.append(list.count)
        }
        return (list, kept)
    }

    private mutating func append(_ candidate: Candidate) {
        offers.append(Int32(candidate.offer))
        scores.append(Int32(candidate.score))
    }
}

/// The listing of some needs.
private struct ListedPart: Sendable {
    var needs: [Int32] = []
    var counts: [Int32] = []
    var pairs: [Pair] = []
    var lastRanks: [OfferRank] = []
    var evaluations = 0

    struct Pair: Sendable, Comparable, BitwiseCopyable {
        /// Offer, then score.
        private let bits: UInt64

        init(offer: Int, score: Int) { bits = UInt64(offer) << 32 | UInt64(score) }

        var offer: Int32 { Int32(truncatingIfNeeded: bits >> 32) }
        var score: Int32 { Int32(truncatingIfNeeded: bits) }

        static func < (a: Pair, b: Pair) -> Bool { a.bits < b.bits }
    }

    /// Room for the best `count` offers of so many needs, as far as there can be as many.
    init(needs: Int, count: Int) {
        self.needs.reserveCapacity(needs)
        counts.reserveCapacity(needs)
        lastRanks.reserveCapacity(needs)
        pairs.reserveCapacity(needs * min(count, 32))
    }

    /// Adds a need with its best offers, in no order.
    mutating func append(_ view: NeedView, _ best: [OfferRank], isWhole: Bool) {
        needs.append(Int32(view.need))
        counts.append(Int32(best.count))
        var last = OfferRank.highest
        let start = pairs.count
        for rank in best {
            last = min(last, rank)
            pairs.append(Pair(offer: view.turn.offer(at: rank.turn), score: rank.worth - 1))
        }
        pairs[start...].sort()
        lastRanks.append(isWhole ? .lowest : last)
    }
}

extension CandidateIndex {
    /// The best `count` offers of every need, found on all cores; the same whatever their number.
    ///
    /// Throws `stopped` when the task is cancelled.
    ///
    /// - Complexity: that of the index, per need.
    package func candidates(perNeed count: Int) async throws(MatchingError) -> CandidateList {
        let parts = try await onAllCores(needsByPlace()) { needs in
            var search = CandidateSearch(self, prices: NoPrices(index: self))
            var part = ListedPart(needs: needs.count, count: count)
            self.forEachView(of: needs) { view in
                let best = search.best(of: view, count: count)
                part.append(view, best, isWhole: best.count < count)
            }
            part.evaluations = search.evaluations
            return part
        }
        return CandidateList(parts, needs: market.needs.count)
    }

    /// All wanted needs, those for the same skill, of the same taste and from the same part of the globe side by side: what
    /// one walk reads is then still at hand for the next. Nothing but speed depends on it.
    func needsByPlace(where isWanted: (Int) -> Bool = { _ in true }) -> [Int32] {
        let remote = CodeSet([Mode.remote])
        var keyed: [(key: UInt64, need: Int32)] = []
        for need in market.needRows.indices where isWanted(need) {
            let row = market.needRows[need]
            let isRemote = row.modes.intersects(remote)
            var key = UInt64(row.skill) << 1 | (isRemote ? 1 : 0)
            key = key << 13 | UInt64(isRemote ? FactorPoints.taste(of: row) : 0)
            // Cubes of some 25 km: a coordinate is −2³⁰…2³⁰.
            let place = market.communityRows[row.community].place
            for coordinate in [place?.z ?? 0, place?.y ?? 0, place?.x ?? 0] {
                key = key << 10 | UInt64((coordinate + (1 << 30)) >> 22)
            }
            keyed.append((key, Int32(need)))
        }
        keyed.sort { ($0.key, $0.need) < ($1.key, $1.need) }
        return keyed.map(\.need)
    }
}
