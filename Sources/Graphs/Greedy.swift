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
        let order = candidates.indices.sorted { left, right in
            (candidates[right].weight, left) < (candidates[left].weight, right)
        }
        var taken: [Int] = []
        for index in order {
            let candidate = candidates[index]
            let provider = offers[candidate.offer].community
            let receiver = needs[candidate.need].community
            guard giveLeft[provider] > 0, receiveLeft[receiver] > 0,
                capacityLeft[candidate.offer] > 0, quantityLeft[candidate.need] > 0
            else { continue }
            giveLeft[provider] -= 1
            receiveLeft[receiver] -= 1
            capacityLeft[candidate.offer] -= 1
            quantityLeft[candidate.need] -= 1
            taken.append(index)
        }
        return taken.sorted()
    }

    /// Σ weights and receipt bonuses of a selection, whatever found it; `selected` holds indices of candidates.
    package func objective(of selected: [Int]) -> Int {
        var received = [Int](repeating: 0, count: receiveLimits.count)
        var total = 0
        for index in selected {
            let candidate = candidates[index]
            let receiver = needs[candidate.need].community
            total += candidate.weight
            if received[receiver] < bonuses.count { total += bonuses[received[receiver]] }
            received[receiver] += 1
        }
        return total
    }
}
