package import Lines

/// How a file is written: found from its bytes alone, the same for the same bytes.
package struct TableShape: Sendable, Equatable {
    package enum Form: Sendable, Equatable {
        case csv(delimiter: UInt8)
        /// A list of objects, whose keys are the columns.
        case json(keys: [String])
    }

    package let form: Form
    package let encoding: TextEncoding
    /// The bytes that the file says its encoding with; empty where it does not.
    let mark: [UInt8]
    /// The header's row, 1 when it is the first; 0 where there is none.
    package let headerRow: Int
    /// Bytes of UTF-8 before the first row: a line `sep=;`.
    let skipped: Int
    /// What stands before the header, as UTF-8, to be written again: the line `sep=;`.
    let opening: [UInt8]
    /// The header's cells, and its bytes as UTF-8; none for JSON.
    let header: [String]
    let headerBytes: [UInt8]

    /// The rows after the header, over again.
    func rows(of source: InputSource) throws(EntraideError) -> TableRows {
        let pieces = TextPieces(try source.pieces(), encoding, skipping: skipped)
        switch form {
        case .json(let keys): return TableRows(json: pieces, keys: keys, file: source.name)
        case .csv(let delimiter):
            var rows = TableRows(
                csv: pieces, delimiter: delimiter, firstLine: skipped > 0 ? 2 : 1,
                firstRow: skipped > 0 ? 2 : 1,
                file: source.name)
            while let row = try rows.next() {
                if row.number >= headerRow { break }
            }
            return rows
        }
    }
}

/// Finds the shape of a file and what its columns are for.
struct ShapeGuess {
    let source: InputSource
    let words: HeaderWords
    /// Given by whoever knows better; nil to guess.
    let encoding: TextEncoding?
    /// Given columns, and whether they are all there is.
    let map: ColumnMap
    let isMapWhole: Bool

    /// Rows among which the header is looked for.
    private static let headerRows = 20
    /// More than any table of communities has; a row of rejects is as wide as the header.
    static let mostColumns = 1000
    /// Rows that a guess looks at.
    private static let sampleRows = 200

    /// What was found.
    struct Found {
        let shape: TableShape
        var map: HeaderMap
        /// The first rows under the header.
        let sample: [[String]]
    }

    /// Reads the file once.
    ///
    /// - Throws: the error that names a file that is no table; `missing-column` when no header is a name's.
    func find() throws(EntraideError) -> Found {
        let (head, encoding) = try look()
        let mark = head.starts(with: encoding.byteOrderMark) ? encoding.byteOrderMark : []
        var decoder = TextDecoder(encoding)
        let text = decoder.decode(head)
        guard text.contains(where: { $0 > 0x20 }) else {
            throw EntraideError(.emptyFile, at: Place(file: source.name))
        }
        if FileRecognition(head: text, hasStrayZeros: false) == .json { return try json(encoding, mark) }
        let found = try csv(text, encoding, mark)
        guard found.map.has(.name) else {
            throw EntraideError(
                .missingColumn, ["column": ImportColumn.name.rawValue, "headers": found.map.headers],
                at: Place(file: source.name, line: found.shape.headerRow))
        }
        return found
    }

    /// The first bytes, and the encoding by all of them.
    private func look() throws(EntraideError) -> (head: [UInt8], encoding: TextEncoding) {
        var pieces = try source.pieces()
        var guess = EncodingGuess()
        var head: [UInt8] = []
        while let piece = try pieces.next() {
            guess.take(piece)
            if head.isEmpty {
                head = piece
                try recognise(head, encoding ?? guess.encoding, hasStrayZeros: guess.hasStrayZeros)
                if encoding != nil { break }
            }
        }
        return (head, encoding ?? guess.encoding)
    }

    /// - Throws: the error that names a file that is no text.
    private func recognise(
        _ head: [UInt8], _ encoding: TextEncoding, hasStrayZeros: Bool
    ) throws(EntraideError) {
        let isWide = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
        var decoder = TextDecoder(encoding)
        let readable = isWide ? decoder.decode(head) : head.withoutByteOrderMark
        if case .unusable(let error) = FileRecognition(
            head: readable, hasStrayZeros: !isWide && hasStrayZeros)
        {
            throw error.within(file: source.name)
        }
    }

    /// The delimiter and the header that make the most sense together: the most known headers, then the most cells,
    /// then the order of ``delimiters``.
    private func csv(
        _ text: [UInt8], _ encoding: TextEncoding, _ mark: [UInt8]
    ) throws(EntraideError) -> Found {
        let announced = Self.separatorLine(text)
        let body = Array(text.dropFirst(announced?.length ?? 0))
        let offset = announced == nil ? 0 : 1
        var best: (found: Found, known: Int, width: Int)?
        for delimiter in announced.map({ [$0.delimiter] }) ?? Self.delimiters {
            let rows = sample(body, delimiter, offset)
            for row in rows.prefix(Self.headerRows) {
                // A spreadsheet saves columns that are only formatted: they are none.
                let filled = (row.cells.lastIndex { !$0.trimmingSpaces.isEmpty } ?? -1) + 1
                let cells = Array(row.cells.prefix(min(filled, Self.mostColumns + 1)))
                let map = try header(cells)
                let width = cells.count { !$0.isEmpty }
                if let best, (best.known, best.width) >= (map.known, width) { continue }
                let shape = TableShape(
                    form: .csv(delimiter: delimiter), encoding: encoding, mark: mark, headerRow: row.number,
                    skipped: announced?.length ?? 0,
                    opening: Array(text.prefix(announced?.length ?? 0)), header: cells,
                    headerBytes: cells.count == row.cells.count
                        ? row.bytes : CSVText.row(cells, delimiter: delimiter))
                let under = rows.filter { $0.number > row.number }.map(\.cells)
                best = (Found(shape: shape, map: map, sample: under), map.known, width)
            }
        }
        guard var found = best?.found else { throw EntraideError(.emptyFile, at: Place(file: source.name)) }
        do throws(EntraideError) {
            if found.map.columns.count > Self.mostColumns { throw Self.tooWide }
            try found.map.apply(map)
        } catch {
            throw error.within(file: source.name, line: found.shape.headerRow)
        }
        return found
    }

    private static let tooWide = EntraideError(.tooManyColumns, ["limit": "\(mostColumns)"])

    /// The map of a row taken for the header. What a given map names counts as known.
    private func header(_ cells: [String]) throws(EntraideError) -> HeaderMap {
        var map = HeaderMap(headers: cells, words: words)
        if isMapWhole {
            for index in map.columns.indices { map.columns[index].use = .unknown }
        }
        for (use, header) in self.map.pairs {
            let wanted = Folding.fold(header)
            for index in map.columns.indices where Folding.fold(map.columns[index].header) == wanted {
                map.columns[index].use = use
            }
        }
        return map
    }

    private static let delimiters = [
        UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]

    /// A first line `sep=;`, as Excel writes and reads it.
    private static func separatorLine(_ text: [UInt8]) -> (delimiter: UInt8, length: Int)? {
        let head = text.prefix(8)
        guard head.count > 5, String(decoding: head.prefix(4), as: UTF8.self).lowercased() == "sep=" else {
            return nil
        }
        let end = text[5...].prefix { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        // Two line ends are one of its own and a blank line, which is passed over anyway.
        return end.isEmpty ? nil : (text[4], 5 + (end.starts(with: [0x0D, 0x0A]) ? 2 : 1))
    }

    /// The first rows; the last may be cut and is left, unless the file ends there.
    private func sample(
        _ text: [UInt8], _ delimiter: UInt8, _ offset: Int
    ) -> [(number: Int, cells: [String], bytes: [UInt8])] {
        var stream = CSVStream(text as [UInt8]?, delimiter: delimiter, firstRow: 1 + offset) { rest in
            defer { rest = nil }
            return rest
        }
        var rows: [(number: Int, cells: [String], bytes: [UInt8])] = []
        while rows.count < Self.sampleRows {
            do {
                guard let row = try stream.next() else { break }
                rows.append((stream.rowNumber, row.cells, Array(stream.rowBytes)))
            } catch let error as LineError where error.code == .badCSV || error.code == .invalidUTF8 {
                continue
            } catch {
                break
            }
        }
        return rows
    }

    /// A list of objects: its columns are the keys of the first ones.
    private func json(_ encoding: TextEncoding, _ mark: [UInt8]) throws(EntraideError) -> Found {
        var elements = JSONElements(TextPieces(try source.pieces(), encoding)) { pieces in try pieces.next() }
        var keys: [String] = []
        var met: Set<String> = []
        var objects: [[String: String]] = []
        do {
            while objects.count < Self.sampleRows, let node = try elements.next() {
                for (key, _) in node.members ?? [] where met.insert(key).inserted { keys.append(key) }
                if keys.count > Self.mostColumns { throw Self.tooWide.within(file: source.name) }
                objects.append(TableRows.flat(node))
            }
        } catch let error as LineError {
            throw EntraideError(.cutJSON, ["line": "\(error.line ?? 1)"], at: Place(file: source.name))
        } catch {
            throw EntraideError(any: error)
        }
        guard !objects.isEmpty else { throw EntraideError(.notAList, at: Place(file: source.name)) }
        var map = try header(keys)
        try map.apply(self.map)
        guard map.has(.name) else {
            throw EntraideError(
                .missingColumn, ["column": ImportColumn.name.rawValue, "headers": map.headers],
                at: Place(file: source.name))
        }
        return Found(
            shape: TableShape(
                form: .json(keys: keys), encoding: encoding, mark: mark, headerRow: 0, skipped: 0,
                opening: [],
                header: [], headerBytes: []
            ),
            map: map, sample: objects.map { object in keys.map { object[$0] ?? "" } })
    }
}
