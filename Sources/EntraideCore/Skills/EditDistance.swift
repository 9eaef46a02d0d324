/// How far two short texts are from each other.
///
/// Optimal string alignment: the least number of scalars to add, drop or change, or of neighbours to swap, where no
/// part is edited twice. Dynamic programming over three rows.
///
/// L. Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16 (2011), §2.
enum EditDistance {
    /// The distance, in Unicode scalars. Texts longer than 100 scalars are compared on their first 100.
    ///
    /// - Complexity: O(length of one · length of the other), at most 10,000 steps.
    static func between(_ left: String, _ right: String) -> Int {
        let a = Array(left.unicodeScalars.prefix(100))
        let b = Array(right.unicodeScalars.prefix(100))
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var earlier: [Int] = []
        var above = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...b.count {
                let changed = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                row[j] = min(above[j] + 1, row[j - 1] + 1, changed)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], earlier[j - 2] + 1)
                }
            }
            earlier = above
            above = row
        }
        return above[b.count]
    }
}
