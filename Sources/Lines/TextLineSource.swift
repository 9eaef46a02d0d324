/// Cuts bytes into lines: LF or CRLF ends one, the last may have none, and blank ones are passed over.
struct ByteLines: Sendable {
    private let bytes: [UInt8]
    private var index: Int
    private var line = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.index = byteOrderMarkLength(of: bytes)
    }

    mutating func next() -> (line: Int, bytes: ArraySlice<UInt8>)? {
        while index < bytes.count {
            let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var content = bytes[index..<end]
            index = end < bytes.count ? end + 1 : end
            line += 1
            if content.last == UInt8(ascii: "\r") { content.removeLast() }
            if !content.isEmpty { return (line, content) }
        }
        return nil
    }
}

/// The lines of a text file, fields separated by one TAB.
struct TextLineSource: Sendable {
    private var lines: ByteLines
    private let columns: [Column]
    private let maxLineBytes: Int
    /// The column that each field of a line belongs to.
    private var layout: [Int]
    private var isFirst = true

    init(_ bytes: [UInt8], columns: [Column], maxLineBytes: Int) {
        self.lines = ByteLines(bytes)
        self.columns = columns
        self.maxLineBytes = maxLineBytes
        self.layout = Array(columns.indices)
    }

    mutating func next() -> RawLine? {
        while let (line, bytes) = lines.next() {
            if bytes.count > maxLineBytes {
                isFirst = false
                return RawLine(line: line, fields: .failure(LineError(.tooLong, line: line)))
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                isFirst = false
                let error = LineError(.invalidUTF8, line: line, column: firstInvalidColumn(in: bytes))
                return RawLine(line: line, fields: .failure(error))
            }
            let cells = text.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            if isFirst {
                isFirst = false
                if let header = headerLayout(cells) {
                    layout = header
                    continue
                }
            }
            return raw(cells, line: line)
        }
        return nil
    }

    /// The layout that a header line gives, nil when the line is no header.
    private func headerLayout(_ cells: [String]) -> [Int]? {
        let layout = cells.compactMap { cell in columns.firstIndex { $0.name == cell } }
        guard layout.count == cells.count, Set(layout).count == layout.count, layout.contains(0) else {
            return nil
        }
        return layout
    }

    private func raw(_ cells: [String], line: Int) -> RawLine {
        guard cells.count == layout.count else {
            return RawLine(line: line, fields: .failure(LineError(.wrongFieldCount, line: line)))
        }
        var fields = columns.map(\.emptyField)
        var places = [RawLine.Place?](repeating: nil, count: columns.count)
        var columnInLine = 1
        for (cell, index) in zip(cells, layout) {
            let place = RawLine.Place(line: line, column: columnInLine, isVerbatim: true)
            do {
                fields[index] = try field(cell, columns[index])
            } catch {
                return RawLine(line: line, fields: .failure(place.placing(error)))
            }
            places[index] = place
            columnInLine += cell.unicodeScalars.count + 1
        }
        return RawLine(line: line, fields: .success(fields), places: places)
    }

    private func field(_ cell: String, _ column: Column) throws(LineError) -> Field {
        if cell.isEmpty { throw LineError(.emptyText, field: column.name) }
        return cell == "-" ? column.emptyField : try column.field(spelledBy: cell)
    }
}
