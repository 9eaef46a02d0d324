/// How far two short texts are from each other.
///
/// Optimal string alignment: the least number of scalars to add, drop or change, or of neighbours to swap, where no
/// part is edited twice. Dynamic programming over three rows; when only distances up to a limit matter, over the
/// cells that far from the diagonal.
///
/// L. Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16 (2011), §2; E. Ukkonen,
/// "Algorithms for approximate string matching", Information and Control 64 (1985).
package enum EditDistance {
    /// The distance, in Unicode scalars. Texts longer than 100 scalars are compared on their first 100.
    ///
    /// - Complexity: O(length of one · length of the other), at most 10,000 steps.
    package static func between(_ left: String, _ right: String) -> Int {
        let a = Array(left.unicodeScalars.prefix(100))
        let b = Array(right.unicodeScalars.prefix(100))
        return between(a, b, atMost: max(a.count, b.count)) ?? max(a.count, b.count)
    }

    /// The distance; nil when it is above `limit`.
    ///
    /// - Complexity: O(length · limit).
    static func between(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        let far = limit + 1
        let width = b.count + 1
        // Three rows in one, taken by turns: row i stands at i % 3.
        var cells = [Int](repeating: far, count: 3 * width)
        for j in 0...min(limit, b.count) { cells[j] = j }
        for i in 1...a.count {
            let row = i % 3 * width
            let above = (i + 2) % 3 * width
            let earlier = (i + 1) % 3 * width
            let first = max(1, i - limit)
            let last = min(b.count, i + limit)
            cells[row + first - 1] = first == 1 ? min(i, far) : far
            var least = far
            for j in stride(from: first, through: last, by: 1) {
                var steps = min(
                    cells[above + j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), cells[row + j - 1] + 1, far)
                // The row above ends one cell earlier: what stands there is of an older row.
                if j < i + limit { steps = min(steps, cells[above + j] + 1) }
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    steps = min(steps, cells[earlier + j - 2] + 1)
                }
                cells[row + j] = steps
                least = min(least, steps, cells[above + j - 1])
            }
            // A swap looks two rows up: both must be beyond the limit.
            if least > limit { return nil }
        }
        let distance = cells[a.count % 3 * width + b.count]
        return distance <= limit ? distance : nil
    }
}
