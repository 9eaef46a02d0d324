/// Reads csv that comes in pieces of UTF-8, row by row, holding one block of whole rows at a time.
///
/// Rows and errors are those of ``CSVReader`` over the whole text, with the same numbers: a block is cut where a row
/// ends by the same rule, so that a quote never spans two.
package struct CSVStream<Pieces> {
    /// Where the pieces come from.
    package private(set) var source: Pieces
    private let pull: (inout Pieces) throws -> [UInt8]?
    private let delimiter: UInt8
    private let maxRowBytes: Int
    private var reader: CSVReader
    /// What follows the last row end.
    private var rest: [UInt8] = []
    private var state = State.cellStart
    private var isOver = false
    /// Blank lines in blocks before this one.
    private var blankLines = 0

    private enum State { case cellStart, plain, quoted, quoteInQuoted, afterCR }

    /// A reader of pieces; each call of `pull` gives the next, nil at the end.
    ///
    /// - Parameters:
    ///   - firstLine: the line that the first piece begins on, where others were read before.
    ///   - firstRow: the number of its first row.
    package init(
        _ pieces: Pieces, delimiter: UInt8, maxRowBytes: Int = CSVReader.defaultMaxRowBytes,
        firstLine: Int = 1, firstRow: Int = 1, pull: @escaping (inout Pieces) throws -> [UInt8]?
    ) {
        source = pieces
        self.pull = pull
        self.delimiter = delimiter
        self.maxRowBytes = maxRowBytes
        reader = CSVReader(
            block: [], delimiter: delimiter, maxRowBytes: maxRowBytes, line: firstLine, row: firstRow)
    }

    /// The next row, nil at the end.
    ///
    /// - Throws: `LineError` as ``CSVReader/next()``; what `pull` throws.
    package mutating func next() throws -> CSVRow? {
        while true {
            do {
                if let row = try reader.next() { return row }
            } catch {
                if error.code == .unclosedQuote || error.code == .tooLong { isOver = true }
                throw error
            }
            guard !isOver else { return nil }
            try refill()
        }
    }

    /// The bytes of the row that was last given or refused, without its line end.
    package var rowBytes: ArraySlice<UInt8> { reader.rowBytes }
    /// Its number as a spreadsheet shows it, from 1, blank lines counted.
    package var rowNumber: Int { reader.rowNumber + blankLines + reader.blankLines }

    private mutating func refill() throws {
        var block: [UInt8] = []
        while block.isEmpty {
            guard let piece = try pull(&source) else {
                isOver = true
                block = rest
                rest = []
                break
            }
            let end = lastRowEnd(in: piece)
            if end > 0 {
                block = rest + piece[..<end]
                rest = Array(piece[end...])
            } else {
                rest += piece
                // The reader says itself that such a row is too long, and where it began.
                if rest.count > maxRowBytes {
                    isOver = true
                    block = rest
                    rest = []
                }
            }
        }
        blankLines += reader.blankLines
        reader = CSVReader(
            block: block, delimiter: delimiter, maxRowBytes: maxRowBytes, line: reader.line,
            row: reader.rowNumber + 1)
    }

    /// The place after the last row end in `piece`, 0 when there is none. A CR ends a row once what follows is known.
    private mutating func lastRowEnd(in piece: [UInt8]) -> Int {
        var end = 0
        for (index, byte) in piece.enumerated() {
            if state == .afterCR {
                state = .cellStart
                if byte == UInt8(ascii: "\n") {
                    end = index + 1
                    continue
                }
                end = index
            }
            switch (byte, state) {
            case (UInt8(ascii: "\""), .quoted): state = .quoteInQuoted
            case (UInt8(ascii: "\""), .quoteInQuoted), (UInt8(ascii: "\""), .cellStart): state = .quoted
            case (_, .quoted): break
            case (UInt8(ascii: "\n"), _):
                state = .cellStart
                end = index + 1
            case (UInt8(ascii: "\r"), _): state = .afterCR
            case (delimiter, _): state = .cellStart
            default: state = .plain
            }
        }
        return end
    }
}
