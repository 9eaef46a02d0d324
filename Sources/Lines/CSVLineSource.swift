/// The rows of a csv file, below a header that says which column is where.
struct CSVLineSource: Sendable {
    private var reader: CSVReader
    private let columns: [Column]
    private let dialect: CSVDialect
    /// The column that each cell of a row belongs to.
    private let layout: [Int]

    /// Reads the header. A file without any row has no header and no records.
    init(_ bytes: [UInt8], columns: [Column], dialect: CSVDialect, maxLineBytes: Int) throws(LineError) {
        var reader = CSVReader(bytes: bytes, delimiter: dialect.delimiter, maxRowBytes: maxLineBytes)
        var layout: [Int] = []
        if let header = try reader.next() {
            for (cell, position) in zip(header.cells, header.positions) {
                guard let index = columns.firstIndex(where: { $0.name == cell }) else {
                    throw LineError(
                        .unknownKey, line: position.line, column: position.column, excerpt: excerpt(of: cell))
                }
                if layout.contains(index) {
                    throw LineError(.duplicateKey, line: position.line, column: position.column, field: cell)
                }
                layout.append(index)
            }
            for index in columns.indices where columns[index].isRequired && !layout.contains(index) {
                throw LineError(.missingKey, line: header.line, field: columns[index].name)
            }
        }
        self.reader = reader
        self.columns = columns
        self.dialect = dialect
        self.layout = layout
    }

    mutating func next() -> RawLine? {
        while true {
            do {
                guard let row = try reader.next() else { return nil }
                // What a spreadsheet leaves below its last row.
                if row.cells.allSatisfy(\.isEmpty) { continue }
                return raw(row)
            } catch {
                return RawLine(line: error.line ?? 1, fields: .failure(error))
            }
        }
    }

    private func raw(_ row: CSVRow) -> RawLine {
        guard row.cells.count == layout.count else {
            return RawLine(line: row.line, fields: .failure(LineError(.wrongFieldCount, line: row.line)))
        }
        var fields = columns.map(\.emptyField)
        var places = [RawLine.Place?](repeating: nil, count: columns.count)
        var notices: [LineError] = []
        for cellIndex in row.cells.indices {
            let position = row.positions[cellIndex]
            let index = layout[cellIndex]
            let column = columns[index]
            var cell = row.cells[cellIndex]
            if cell.isEmpty { continue }
            places[index] = RawLine.Place(line: position.line, column: position.column, isVerbatim: false)
            if column.kind == .text {
                let spaced = spacingLineBreaks(in: cell)
                cell = spaced.text
                if spaced.replaced > 0 {
                    notices.append(
                        LineError(
                            .lineBreakReplaced, line: position.line, column: position.column,
                            field: column.name))
                }
            }
            do {
                fields[index] = try column.field(spelledBy: plain(cell, column))
            } catch {
                return RawLine(
                    line: row.line, fields: .failure(error.at(line: position.line, column: position.column)))
            }
        }
        return RawLine(line: row.line, fields: .success(fields), places: places, notices: notices)
    }

    /// The cell as text would have it: without guard, with a decimal dot.
    private func plain(_ cell: String, _ column: Column) -> String {
        if !column.kind.isNumeric { return CSVText.unguarded(cell) }
        guard case .decimal = column.kind, dialect == .excelFR else { return cell }
        return String(String.UnicodeScalarView(cell.unicodeScalars.map { $0 == "," ? "." : $0 }))
    }
}
