/// One row of a csv file.
package struct CSVRow: Sendable, Equatable {
    /// Where a cell begins.
    package struct Position: Sendable, Equatable {
        /// The line in the file, from 1.
        package let line: Int
        /// The place in that line, from 1, in Unicode scalars.
        package let column: Int
    }

    /// The cells, quotes and doubled quotes resolved, line breaks inside quotes kept as they were.
    package let cells: [String]
    /// Which row of the file this is, from 1, counting the header and not counting blank lines.
    package let number: Int
    /// The line where the row begins, from 1.
    package let line: Int
    /// Where each cell begins: at its opening quote when it has one.
    package let positions: [Position]
}

/// Reads csv as RFC 4180 has it, row by row, so that a caller holds one row at a time.
///
/// What it adds to the RFC, for files that spreadsheets save: any delimiter byte, LF and lone CR beside CRLF, a byte
/// order mark, no line end after the last row. Blank lines are passed over. Quotes inside a cell that does not begin
/// with one are refused, not guessed at. Looks one byte ahead at most; every byte is read a bounded number of times.
///
/// After `bad-csv` or `invalid-utf8` the next call goes on with the next row. After `unclosed-quote` or `too-long`
/// nothing that follows can be trusted, and the reader is at its end.
package struct CSVReader: Sendable {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private let maxRowBytes: Int
    private var index: Int
    /// The line that is read next, from 1.
    private(set) var line = 1
    private var columns: ColumnCounter
    /// The number of the row last given or refused.
    private(set) var rowNumber = 0
    /// Blank lines passed over so far.
    private(set) var blankLines = 0
    private var rowRange = 0..<0

    /// What one row may take: large for a row, small beside memory, so that a quote left open does not swallow a file.
    package static let defaultMaxRowBytes = 1 << 20

    /// A reader of a whole file. `delimiter` is an ASCII byte other than a quote or a line end.
    package init(
        bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ","), maxRowBytes: Int = CSVReader.defaultMaxRowBytes
    ) {
        self.bytes = bytes
        self.delimiter = delimiter
        self.maxRowBytes = maxRowBytes
        self.index = byteOrderMarkLength(of: bytes)
        self.columns = ColumnCounter(lineStart: index)
    }

    /// A reader of whole rows from the middle of a file, whose first line and row have these numbers.
    init(block: [UInt8], delimiter: UInt8, maxRowBytes: Int, line: Int, row: Int) {
        bytes = block
        self.delimiter = delimiter
        self.maxRowBytes = maxRowBytes
        self.line = line
        index = 0
        rowNumber = row - 1
        columns = ColumnCounter(lineStart: 0)
    }

    /// The bytes of the row that was last given or refused, without its line end.
    var rowBytes: ArraySlice<UInt8> { bytes[rowRange] }

    /// The next row, nil at the end.
    ///
    /// - Throws: `invalid-utf8`, `bad-csv`, `unclosed-quote` or `too-long`, with line and column.
    package mutating func next() throws(LineError) -> CSVRow? {
        while index < bytes.count, isLineEnd(bytes[index]) {
            blankLines += 1
            endLine()
        }
        guard index < bytes.count else { return nil }

        rowNumber += 1
        let rowStart = index
        let firstLine = line
        var cells: [String] = []
        var positions: [CSVRow.Position] = []
        // The first thing wrong in the row; the rest of the row is still read, to know where it ends.
        var problem: LineError?

        while true {
            let position = CSVRow.Position(line: line, column: column(at: index))
            do {
                cells.append(try takeCell(rowStart: rowStart))
                positions.append(position)
            } catch {
                let placed =
                    error.line == nil ? error.at(line: position.line, column: position.column) : error
                if error.code == .unclosedQuote || error.code == .tooLong {
                    index = bytes.count
                    rowRange = rowStart..<index
                    throw placed
                }
                problem = problem ?? placed
            }
            guard index < bytes.count, bytes[index] == delimiter else { break }
            index += 1
        }
        rowRange = rowStart..<index
        if index < bytes.count { endLine() }
        if let problem { throw problem }
        return CSVRow(cells: cells, number: rowNumber, line: firstLine, positions: positions)
    }

    /// Leaves `index` at the delimiter or line end after the cell, or at the end of the bytes.
    private mutating func takeCell(rowStart: Int) throws(LineError) -> String {
        if index - rowStart > maxRowBytes { throw LineError(.tooLong) }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            return try takeQuotedCell(rowStart: rowStart)
        }
        let start = index
        var strayQuote: Int?
        while index < bytes.count, bytes[index] != delimiter, !isLineEnd(bytes[index]) {
            if bytes[index] == UInt8(ascii: "\"") { strayQuote = strayQuote ?? index }
            index += 1
            if index - rowStart > maxRowBytes { throw LineError(.tooLong) }
        }
        if let strayQuote { throw LineError(.badCSV, line: line, column: column(at: strayQuote)) }
        return try text(bytes[start..<index], beganAt: start)
    }

    private mutating func takeQuotedCell(rowStart: Int) throws(LineError) -> String {
        index += 1
        // What precedes the last doubled quote; most cells have none and are not copied.
        var unquoted: [UInt8] = []
        var start = index
        while index < bytes.count {
            if index - rowStart > maxRowBytes { throw LineError(.tooLong) }
            let byte = bytes[index]
            if isLineEnd(byte) {
                endLine()
            } else if byte != UInt8(ascii: "\"") {
                index += 1
            } else if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
                unquoted += bytes[start...index]
                index += 2
                start = index
            } else {
                let content = unquoted.isEmpty ? bytes[start..<index] : (unquoted + bytes[start..<index])[...]
                index += 1
                if index < bytes.count, bytes[index] != delimiter, !isLineEnd(bytes[index]) {
                    let stray = LineError(.badCSV, line: line, column: column(at: index))
                    skipRestOfCell()
                    throw stray
                }
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw LineError(.invalidUTF8)
                }
                return text
            }
        }
        throw LineError(.unclosedQuote)
    }

    private mutating func skipRestOfCell() {
        while index < bytes.count, bytes[index] != delimiter, !isLineEnd(bytes[index]) { index += 1 }
    }

    private mutating func text(_ content: ArraySlice<UInt8>, beganAt start: Int) throws(LineError) -> String {
        if let text = String(validating: content, as: UTF8.self) { return text }
        let inside = firstInvalidColumn(in: content) ?? 1
        throw LineError(.invalidUTF8, line: line, column: column(at: start) + inside - 1)
    }

    /// Steps over one line end; CRLF is one.
    private mutating func endLine() {
        let wasCR = bytes[index] == UInt8(ascii: "\r")
        index += 1
        if wasCR, index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
        line += 1
        columns = ColumnCounter(lineStart: index)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private mutating func column(at place: Int) -> Int { columns.column(of: place, in: bytes[...]) }
}

/// 3 when the bytes begin with the UTF-8 byte order mark, else 0.
func byteOrderMarkLength(of bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
}
