/// For each row, a few partners with a value: who met whom, who is set aside for whom.
///
/// Rows are ranges of one array, partners ascending in each. A lookup is a binary search in one row, and
/// rows are short: it costs next to nothing where nothing is recorded.
struct PairTable: Sendable {
    /// One cell.
    struct Cell: Sendable {
        var row: Int
        var partner: Int
        var value: Int
    }

    private let starts: FixedTable<Int32>
    private let partners: FixedTable<Int32>
    private let values: FixedTable<Int32>

    /// Keeps, for each row and partner, the smallest value. O(n log n).
    init(rows: Int, cells: [Cell]) {
        let sorted = cells.sorted { ($0.row, $0.partner, $0.value) < ($1.row, $1.partner, $1.value) }
        // Fewer than 2³¹ of each, and values within Limits.
        var starts = [Int32](repeating: 0, count: rows + 1)
        var partners: [Int32] = []
        var values: [Int32] = []
        var previous: (row: Int, partner: Int)?
        for cell in sorted {
            if let previous, previous == (cell.row, cell.partner) { continue }
            previous = (cell.row, cell.partner)
            partners.append(Int32(cell.partner))
            values.append(Int32(cell.value))
            starts[cell.row + 1] += 1
        }
        for row in 0..<rows { starts[row + 1] += starts[row] }
        self.starts = FixedTable(starts)
        self.partners = FixedTable(partners)
        self.values = FixedTable(values)
    }

    /// Whether nothing is recorded in a row. O(1).
    func isEmpty(row: Int) -> Bool { starts[row] == starts[row + 1] }

    /// Hands over the partners of a row, ascending.
    @inline(__always)
    func forEachPartner(row: Int, _ take: (Int) -> Void) {
        for place in Int(starts[row])..<Int(starts[row + 1]) { take(Int(partners[place])) }
    }

    /// The value of a pair, nil when nothing is recorded. O(log of the row's length).
    func value(row: Int, partner: Int) -> Int? {
        var low = Int(starts[row])
        let end = Int(starts[row + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if Int(partners[middle]) < partner { low = middle + 1 } else { high = middle }
        }
        return low < end && Int(partners[low]) == partner ? Int(values[low]) : nil
    }
}
