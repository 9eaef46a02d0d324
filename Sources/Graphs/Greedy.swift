// What a coordinator does with a spreadsheet: best score first, skip what no longer fits.
//
// Problem: the same as LaminarAssignment, by weight alone. Invariant: every limit holds after each candidate.
// Complexity: O(candidates · log candidates). It fails to be optimal as soon as an early choice takes the place
// of two later ones; it is the yardstick that the exact solver is compared with, never its substitute.

extension LaminarAssignment {
    /// The candidates taken by descending weight, ties in candidate order; indices ascending.
    package func greedy() -> [Int] {
        var giveLeft = giveLimits
        var receiveLeft = receiveLimits
        var capacityLeft = offers.map(\.capacity)
        var quantityLeft = needs.map(\.quantity)
        var needOf: [Int32] = []
        needOf.reserveCapacity(candidates.count)
        for need in needs.indices {
            for _ in candidates.row(need) { needOf.append(Int32(need)) }
        }
        // Weight and place in one number each: weights are below 2²⁷ and places below 2²⁸.
        let order = candidates.weights.enumerated().map { place, weight in
            (Self.weightLimit - Int(weight)) << 28 | place
        }.sorted()
        var taken: [Int] = []
        for key in order {
            let place = key & (1 << 28 - 1)
            let need = Int(needOf[place])
            let offer = Int(candidates.offers[place])
            let provider = offers[offer].community
            let receiver = needs[need].community
            guard giveLeft[provider] > 0, receiveLeft[receiver] > 0, capacityLeft[offer] > 0,
                quantityLeft[need] > 0
            else { continue }
            giveLeft[provider] -= 1
            receiveLeft[receiver] -= 1
            capacityLeft[offer] -= 1
            quantityLeft[need] -= 1
            taken.append(place)
        }
        return taken.sorted()
    }
}
