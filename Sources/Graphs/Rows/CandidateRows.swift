// The candidates of a problem, a row per need: 8 bytes each where a list of pairs would take 24.

/// Candidates ascending by (need, offer), each pair once. A collection of them; its rows are what solvers read.
package struct CandidateRows: Sendable, Equatable, RandomAccessCollection {
    /// Row n is `starts[n]..<starts[n + 1]` of `offers` and `weights`.
    package let starts: [Int32]
    package let offers: [Int32]
    package let weights: [Int32]

    /// - Parameters:
    ///   - needs, offers: how many there are of each.
    /// - Throws: `candidateOutOfRange`, `weightOutOfRange`, `candidateOutOfOrder`, for the first that is ill-formed.
    /// - Complexity: O(candidates + needs).
    init(
        _ candidates: some Collection<LaminarAssignment.Candidate>, needs: Int, offers offerCount: Int
    ) throws(LaminarAssignmentError) {
        var starts = [Int32](repeating: 0, count: needs + 1)
        var offers: [Int32] = []
        var weights: [Int32] = []
        offers.reserveCapacity(candidates.count)
        weights.reserveCapacity(candidates.count)
        var earlier = (need: -1, offer: -1)
        var index = 0
        for candidate in candidates {
            guard (0..<needs).contains(candidate.need), (0..<offerCount).contains(candidate.offer) else {
                throw .candidateOutOfRange(candidate: index)
            }
            guard (0...LaminarAssignment.weightLimit).contains(candidate.weight) else {
                throw .weightOutOfRange(candidate: index, limit: LaminarAssignment.weightLimit)
            }
            guard earlier < (candidate.need, candidate.offer) else {
                throw .candidateOutOfOrder(candidate: index)
            }
            earlier = (candidate.need, candidate.offer)
            starts[candidate.need + 1] += 1
            offers.append(Int32(candidate.offer))
            weights.append(Int32(candidate.weight))
            index += 1
        }
        for need in 0..<needs { starts[need + 1] += starts[need] }
        self.starts = starts
        self.offers = offers
        self.weights = weights
    }

    /// The same from rows that stand ready, which are taken as they are.
    ///
    /// - Parameters:
    ///   - starts: one per need and one past the last, from 0 on, never falling.
    ///   - offerCount: how many offers there are.
    /// - Throws: as from a list; `candidateOutOfRange` also when `starts` does not fit the rest.
    /// - Complexity: O(candidates + needs).
    package init(
        starts: [Int32], offers: [Int32], weights: [Int32], offerCount: Int
    ) throws(LaminarAssignmentError) {
        guard starts.first == 0, Int(starts[starts.count - 1]) == offers.count, weights.count == offers.count,
            zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw .candidateOutOfRange(candidate: offers.count) }
        for need in 0..<starts.count - 1 {
            var earlier = -1
            for place in Int(starts[need])..<Int(starts[need + 1]) {
                let offer = Int(offers[place])
                guard (0..<offerCount).contains(offer) else { throw .candidateOutOfRange(candidate: place) }
                guard (0...LaminarAssignment.weightLimit).contains(Int(weights[place])) else {
                    throw .weightOutOfRange(candidate: place, limit: LaminarAssignment.weightLimit)
                }
                guard earlier < offer else { throw .candidateOutOfOrder(candidate: place) }
                earlier = offer
            }
        }
        self.starts = starts
        self.offers = offers
        self.weights = weights
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { offers.count }

    /// A candidate by its place. O(log needs); to read all, go by rows.
    package subscript(place: Int) -> LaminarAssignment.Candidate {
        LaminarAssignment.Candidate(
            need: need(of: place), offer: Int(offers[place]), weight: Int(weights[place]))
    }

    /// The places of a need's candidates.
    package func row(_ need: Int) -> Range<Int> { Int(starts[need])..<Int(starts[need + 1]) }

    /// The need whose row holds a place: the last whose row starts at or before it.
    private func need(of place: Int) -> Int {
        var low = 0
        var high = starts.count - 1
        while low < high {
            let middle = (low + high) / 2
            if Int(starts[middle + 1]) <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where a pair stands, nil when it is no candidate. O(log candidates of the need).
    package func place(need: Int, offer: Int) -> Int? {
        var low = Int(starts[need])
        let end = Int(starts[need + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if Int(offers[middle]) < offer { low = middle + 1 } else { high = middle }
        }
        return low < end && Int(offers[low]) == offer ? low : nil
    }

    /// Per need, in how many candidates it is.
    var needDegrees: [Int32] { (0..<starts.count - 1).map { starts[$0 + 1] - starts[$0] } }

    /// Per offer, in how many candidates it is; `count` offers.
    func offerDegrees(count: Int) -> [Int32] {
        var degrees = [Int32](repeating: 0, count: count)
        for offer in offers { degrees[Int(offer)] += 1 }
        return degrees
    }

    /// Hands over every candidate with its place among rows by offer, in which needs ascend: a counting sort.
    ///
    /// - Parameters:
    ///   - starts: per offer, where its row begins.
    ///   - take: the place there, and the need.
    func byOffer(
        starts: UnsafeBufferPointer<Int32>, _ take: (_ slot: Int, _ need: Int) -> Void
    ) {
        var next = Array(starts)
        for need in 0..<self.starts.count - 1 {
            for place in row(need) {
                let offer = Int(offers[place])
                take(Int(next[offer]), need)
                next[offer] += 1
            }
        }
    }
}
