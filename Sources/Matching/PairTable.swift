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

    private var starts: [Int]
    private var partners: [Int] = []
    private var values: [Int] = []

    /// Keeps, for each row and partner, the smallest value. O(n log n).
    init(rows: Int, cells: [Cell]) {
        let sorted = cells.sorted { ($0.row, $0.partner, $0.value) < ($1.row, $1.partner, $1.value) }
        starts = [Int](repeating: 0, count: rows + 1)
        var previous: (row: Int, partner: Int)?
        for cell in sorted {
            if let previous, previous == (cell.row, cell.partner) { continue }
            previous = (cell.row, cell.partner)
            partners.append(cell.partner)
            values.append(cell.value)
            starts[cell.row + 1] += 1
        }
        for row in 0..<rows { starts[row + 1] += starts[row] }
    }

    /// Whether nothing is recorded in a row. O(1).
    func isEmpty(row: Int) -> Bool { starts[row] == starts[row + 1] }

    /// The value of a pair, nil when nothing is recorded. O(log of the row's length).
    func value(row: Int, partner: Int) -> Int? {
        var low = starts[row]
        let end = starts[row + 1]
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if partners[middle] < partner { low = middle + 1 } else { high = middle }
        }
        return low < end && partners[low] == partner ? values[low] : nil
    }
}
