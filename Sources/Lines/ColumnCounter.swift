/// Counts columns in Unicode scalars, each byte of a line at most once as long as places are asked for in order.
///
/// A reader asks at every cell or value: counting from the line's beginning each time would be quadratic.
struct ColumnCounter: Sendable {
    private var lineStart: Int
    private var countedTo: Int
    private var countedColumn = 1

    init(lineStart: Int) {
        self.lineStart = lineStart
        self.countedTo = lineStart
    }

    /// The column of the byte at `place`, which is on the current line. Bytes that continue a scalar do not count.
    mutating func column(of place: Int, in bytes: ArraySlice<UInt8>) -> Int {
        if place < countedTo {
            countedTo = lineStart
            countedColumn = 1
        }
        countedColumn += bytes[countedTo..<place].count { $0 & 0xC0 != 0x80 }
        countedTo = place
        return countedColumn
    }
}
