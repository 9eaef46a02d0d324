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

    /// Room for the best `count` offers of so many needs, as far as there can be as many.
    fileprivate init(needs: Int, count: Int) {
        starts.reserveCapacity(needs + 1)
        lastRanks.reserveCapacity(needs)
        // What is not written takes no memory.
        offers.reserveCapacity(needs * min(count, 64))
        scores.reserveCapacity(needs * min(count, 64))
    }

    /// Adds the next needs, which stand in some parts of a listing, each in one: read all over the parts, written in order.
    fileprivate mutating func append(_ next: Range<Int>, of parts: [ListedPart]) {
        var origins = [(part: Int32, start: Int32, count: Int32)](repeating: (0, 0, 0), count: next.count)
        lastRanks += [OfferRank](repeating: .lowest, count: next.count)
        for (number, part) in parts.enumerated() {
            var start: Int32 = 0
            for (place, need) in part.needs.enumerated() {
                origins[Int(need) - next.lowerBound] = (Int32(number), start, part.counts[place])
                lastRanks[Int(need)] = part.lastRanks[place]
                start += part.counts[place]
            }
            evaluations += part.evaluations
        }
        for origin in origins {
            let places = Int(origin.start)..<Int(origin.start + origin.count)
            offers += parts[Int(origin.part)].offers[places]
            scores += parts[Int(origin.part)].scores[places]
            starts.append(offers.count)
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
    /// The candidates of each need by offer, one need after the other.
    var offers: [Int32] = []
    var scores: [Int32] = []
    var lastRanks: [OfferRank] = []
    var evaluations = 0
    /// Those of the need at hand.
    private var pairs: [Pair] = []

    private struct Pair: Sendable, Comparable, BitwiseCopyable {
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
        offers.reserveCapacity(needs * min(count, 32))
        scores.reserveCapacity(needs * min(count, 32))
    }

    /// Adds a need with its best offers, in no order.
    mutating func append(_ view: NeedView, _ best: [OfferRank], isWhole: Bool) {
        needs.append(Int32(view.need))
        counts.append(Int32(best.count))
        var last = OfferRank.highest
        pairs.removeAll(keepingCapacity: true)
        for rank in best {
            last = min(last, rank)
            pairs.append(Pair(offer: view.turn.offer(at: rank.turn), score: rank.worth - 1))
        }
        pairs.sort()
        for pair in pairs {
            offers.append(pair.offer)
            scores.append(pair.score)
        }
        lastRanks.append(isWhole ? .lowest : last)
    }
}

extension CandidateIndex {
    /// The best `count` offers of every need, found on all cores; the same whatever their number.
    ///
    /// Needs are listed in blocks, each put in order while the next is walked: two blocks at a time lie about in parts.
    ///
    /// Throws `stopped` when the task is cancelled.
    ///
    /// - Parameter needsPerBlock: how many are listed at a time, 1…2²⁰; changes time and memory alone.
    /// - Complexity: that of the index, per need.
    package func candidates(
        perNeed count: Int, needsPerBlock: Int = standardNeedsPerBlock
    ) async throws(MatchingError) -> CandidateList {
        var list = CandidateList(needs: market.needs.count, count: count)
        var walked: (needs: Range<Int>, parts: [ListedPart]) = (0..<0, [])
        for block in blocks(of: needsPerBlock) {
            async let parts = listing(of: block, count: count)
            list.append(walked.needs, of: walked.parts)
            walked = (block, try await parts.get())
        }
        list.append(walked.needs, of: walked.parts)
        return list
    }

    private func listing(of needs: Range<Int>, count: Int) async -> Result<[ListedPart], MatchingError> {
        do throws(MatchingError) {
            let parts = try await onAllCores(needsByPlace(needs)) { needs in
                var search = CandidateSearch(self, prices: NoPrices(index: self))
                var part = ListedPart(needs: needs.count, count: count)
                self.forEachView(of: needs) { view in
                    let best = search.best(of: view, count: count)
                    part.append(view, best, isWhole: best.count < count)
                }
                part.evaluations = search.evaluations
                return part
            }
            return .success(parts)
        } catch {
            return .failure(error)
        }
    }

    /// A few blocks for the largest markets, one for most.
    package static var standardNeedsPerBlock: Int { 1 << 17 }

    /// All needs in blocks of about the same size, at most `size`.
    func blocks(of size: Int = standardNeedsPerBlock) -> [Range<Int>] {
        let count = (market.needs.count + size - 1) / size
        return (0..<count).map { $0 * market.needs.count / count..<($0 + 1) * market.needs.count / count }
    }

    /// The wanted ones of a block of needs, those for the same skill, of the same taste and from the same part of the globe side
    /// by side: what one walk reads is then still at hand for the next. Nothing but speed depends on it. A block has no more than
    /// 2²⁰ needs.
    func needsByPlace(_ block: Range<Int>, where isWanted: (Int) -> Bool = { _ in true }) -> [Int32] {
        let wanted = block.filter(isWanted)
        var ends = [Int](repeating: 0, count: market.needsOfSkill.count + 1)
        for need in wanted { ends[market.needRows[need].skill + 1] += 1 }
        for skill in market.needsOfSkill.indices { ends[skill + 1] += ends[skill] }
        let starts = ends
        // Taste and place in 44 bits, then the place in the block: one number to sort by.
        var keyed = [UInt64](repeating: 0, count: wanted.count)
        for need in wanted {
            let row = market.needRows[need]
            keyed[ends[row.skill]] = placeKey(of: row) << 20 | UInt64(need - block.lowerBound)
            ends[row.skill] += 1
        }
        for skill in market.needsOfSkill.indices { keyed[starts[skill]..<starts[skill + 1]].sort() }
        return keyed.map { Int32(block.lowerBound + Int($0 & 0xF_FFFF)) }
    }

    /// Taste and place of a need, in 44 bits.
    private func placeKey(of row: NeedRow) -> UInt64 {
        let isRemote = row.modes.intersects(CodeSet([Mode.remote]))
        var key: UInt64 = isRemote ? 1 << 13 | UInt64(FactorPoints.taste(of: row)) : 0
        // Cubes of some 25 km: a coordinate is −2³⁰…2³⁰.
        let place = market.communityRows[row.community].place
        for coordinate in [place?.z ?? 0, place?.y ?? 0, place?.x ?? 0] {
            key = key << 10 | UInt64((coordinate + (1 << 30)) >> 22)
        }
        return key
    }
}
