import Lines

/// One row of a table, or why it cannot be read.
struct TableRow {
    /// As a spreadsheet numbers it, the first of the file being 1; for JSON the place in the list.
    let number: Int
    /// The line of the file that it begins on.
    let line: Int?
    let cells: Result<[String], EntraideError>
    /// The row's own bytes as UTF-8, without its line end.
    let bytes: [UInt8]

    /// Bytes that it takes in memory, as far as they grow with the file.
    var weight: Int { bytes.count + ((try? cells.get())?.count ?? 0) * MemoryLayout<String>.stride }
}

/// The rows of a table after its header, one at a time.
struct TableRows {
    private enum Source {
        case csv(CSVStream<TextPieces>)
        case json(JSONElements<TextPieces>, keys: [String], number: Int)
    }

    private var source: Source
    private let file: String

    /// The rows of a csv table, from the first of the file on.
    init(
        csv pieces: TextPieces, delimiter: UInt8, firstLine: Int, firstRow: Int, file: String
    ) {
        source = .csv(
            CSVStream(pieces, delimiter: delimiter, firstLine: firstLine, firstRow: firstRow) { pieces in
                try pieces.next()
            })
        self.file = file
    }

    /// The objects of a JSON list as rows whose columns are `keys`.
    init(json pieces: TextPieces, keys: [String], file: String) {
        source = .json(JSONElements(pieces) { pieces in try pieces.next() }, keys: keys, number: 0)
        self.file = file
    }

    /// The next row, nil at the end.
    ///
    /// - Throws: what makes all that follows untrustworthy: `malformed` (a quote that never closes, a row without end),
    ///   `cut-json`; `no-such-file`.
    mutating func next() throws(EntraideError) -> TableRow? {
        switch source {
        case .csv(var stream):
            // The copy must be the only owner, or each row would copy its block.
            source = .csv(CSVStream(TextPieces(InputPieces([]), .utf8), delimiter: 0) { _ in nil })
            defer { source = .csv(stream) }
            return try next(&stream)
        case .json(var elements, let keys, let number):
            defer { source = .json(elements, keys: keys, number: number + 1) }
            return try next(&elements, keys, number + 1)
        }
    }

    private func next(_ stream: inout CSVStream<TextPieces>) throws(EntraideError) -> TableRow? {
        while true {
            do {
                guard let row = try stream.next() else { return nil }
                if row.cells.allSatisfy(\.isEmpty) { continue }
                return TableRow(
                    number: stream.rowNumber, line: row.line, cells: .success(row.cells),
                    bytes: Array(stream.rowBytes))
            } catch let error as LineError {
                let placed = EntraideError(error).within(file: file)
                // A quote that never closes swallows the rest of the file: nothing after it can be trusted.
                if error.code == .unclosedQuote || error.code == .tooLong { throw placed }
                return TableRow(
                    number: stream.rowNumber, line: error.line, cells: .failure(placed),
                    bytes: Array(stream.rowBytes))
            } catch {
                throw EntraideError(any: error)
            }
        }
    }

    private func next(
        _ elements: inout JSONElements<TextPieces>, _ keys: [String], _ number: Int
    ) throws(EntraideError) -> TableRow? {
        do {
            guard let node = try elements.next() else { return nil }
            let members = Self.flat(node)
            return TableRow(
                number: number, line: elements.firstLine, cells: .success(keys.map { members[$0] ?? "" }),
                bytes: elements.bytes)
        } catch let error as LineError {
            guard !elements.bytes.isEmpty, error.code != .tooLong, !elements.isOver else {
                throw EntraideError(.cutJSON, ["line": "\(error.line ?? 1)"], at: Place(file: file))
            }
            return TableRow(
                number: number, line: error.line, cells: .failure(EntraideError(error).within(file: file)),
                bytes: elements.bytes)
        } catch {
            throw EntraideError(any: error)
        }
    }

    /// The values of an object as text by key; a list of values is joined by `|`, an object within is left.
    static func flat(_ node: JSONNode) -> [String: String] {
        var flat: [String: String] = [:]
        for (key, value) in node.members ?? [] { flat[key] = text(value) }
        return flat
    }

    private static func text(_ node: JSONNode) -> String? {
        switch node.content {
        case .null, .object: nil
        case .bool(let flag): flag ? "true" : "false"
        case .number(let digits): digits
        case .string(let text): text
        case .array(let items): items.compactMap(text).joined(separator: "|")
        }
    }

    /// Bytes of the source read so far, for a sense of progress.
    var given: Int {
        switch source {
        case .csv(let stream): stream.source.given
        case .json(let elements, _, _): elements.source.given
        }
    }
}
