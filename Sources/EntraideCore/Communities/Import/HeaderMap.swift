import Lines

/// What each column of a file serves for, as guessed from its headers or as given.
package struct HeaderMap: Sendable, Equatable {
    /// One column of the file.
    package struct Column: Sendable, Equatable {
        /// From 0.
        package let index: Int
        package let header: String
        package var use: ColumnUse

        /// `K (SIRET)`: how errors name it.
        package var name: String { "\(CellText.letters(index)) (\(excerpt(of: header)))" }
    }

    package internal(set) var columns: [Column]

    /// How many headers are known: what tells the row of headers from a title above it.
    var known: Int { columns.count { $0.use != .unknown } }

    /// Whether a column serves for `column`.
    func has(_ column: ImportColumn) -> Bool { columns.contains { $0.use == .column(column) } }

    /// The first column that serves for `column`.
    func first(_ column: ImportColumn) -> Column? { columns.first { $0.use == .column(column) } }

    /// A guess from headers: for each use the column with the best words, the first of several that are as good.
    init(headers: [String], words: HeaderWords) {
        var best: [ImportColumn: (index: Int, rank: Int)] = [:]
        columns = headers.enumerated().map { index, header in
            let text = spacingLineBreaks(in: header).text.trimmingSpaces
            return Column(index: index, header: CSVText.unguarded(text), use: .unknown)
        }
        for index in columns.indices where !columns[index].header.isEmpty {
            guard let (use, rank) = words.use(of: columns[index].header) else { continue }
            guard case .column(let column) = use, !column.isRepeatable else {
                columns[index].use = use
                continue
            }
            if let standing = best[column], standing.rank <= rank { continue }
            if let standing = best[column] { columns[standing.index].use = .leftAlone }
            best[column] = (index, rank)
            columns[index].use = use
        }
        // A column that lost to a better one is known all the same.
        for index in columns.indices where columns[index].use == .unknown {
            if words.use(of: columns[index].header) != nil { columns[index].use = .leftAlone }
        }
    }

    /// Puts what a map says in the place of a guess.
    ///
    /// - Throws: `missing-column`.
    mutating func apply(_ map: ColumnMap) throws(EntraideError) {
        for (use, header) in map.pairs {
            let wanted = Folding.fold(header)
            guard let place = columns.firstIndex(where: { Folding.fold($0.header) == wanted }) else {
                throw EntraideError(.missingColumn, ["column": use.text, "headers": headers])
            }
            if case .column(let column) = use, !column.isRepeatable {
                for index in columns.indices where columns[index].use == use {
                    columns[index].use = .leftAlone
                }
            }
            columns[place].use = use
        }
    }

    /// The file's headers, for an error.
    var headers: String { columns.map { excerpt(of: $0.header) }.joined(separator: ", ") }

    /// The same as a map, to be kept and given again.
    package var map: ColumnMap {
        ColumnMap(pairs: columns.filter { $0.use != .unknown }.map { ($0.use, $0.header) })
    }

    /// Marks as services the unknown columns whose header is a skill's name and whose cells say yes or no.
    ///
    /// - Parameter sample: the first rows under the header.
    mutating func findServices(_ words: SkillWords, sample: [[String]]) {
        for index in columns.indices where columns[index].use == .unknown {
            let skills = words.skills(header: columns[index].header)
            guard !skills.isEmpty else { continue }
            var isService = false
            for row in sample where index < row.count {
                guard let text = CellText.said(row[index]) else { continue }
                guard let isYes = CellText.isYes(text) else {
                    isService = false
                    break
                }
                if isYes { isService = true }
            }
            if isService { columns[index].use = .service(skills) }
        }
    }
}

/// Which header stands for which use: typed as `column=Header`, or kept in a file of two columns.
package struct ColumnMap: Sendable {
    package var pairs: [(use: ColumnUse, header: String)]

    package init(pairs: [(use: ColumnUse, header: String)] = []) { self.pairs = pairs }

    /// One pair as it is typed; the column in our words, or in any that headers are known by (`nom=Structure`).
    ///
    /// - Throws: `bad-option`.
    package init(pair: String) throws(EntraideError) {
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let use = try Self.use(parts[0]) else { throw Self.refusal(pair) }
        pairs = [(use, CSVText.unguarded(parts[1]))]
    }

    private static func use(_ word: String) throws(EntraideError) -> ColumnUse? {
        if let use = ColumnUse(text: word) { return use }
        return try HeaderWords().use(of: word)?.use
    }

    private static func refusal(_ value: String) -> EntraideError {
        let columns = (ImportColumn.allCases.map(\.rawValue) + ["skill:…", "-"]).joined(separator: ", ")
        return EntraideError(
            .badOption, ["option": "--map", "value": excerpt(of: value), "expected": "\(columns) = …"])
    }

    /// A kept map: csv with the header `column,header`.
    ///
    /// - Throws: `bad-option` for a column that is none of ours; `malformed`, `empty-file`.
    package init(csv bytes: [UInt8], file: String) throws(EntraideError) {
        pairs = []
        do throws(EntraideError) {
            let rows = try PlaceTables.rows(bytes)
            for (word, header) in rows {
                guard let use = try Self.use(word) else { throw Self.refusal(word) }
                pairs.append((use, CSVText.unguarded(header)))
            }
        } catch {
            throw error.within(file: file)
        }
        if pairs.isEmpty { throw EntraideError(.emptyFile, at: Place(file: file)) }
    }

    /// The map as csv, of which a spreadsheet runs nothing: whoever made the table wrote the headers.
    package var csv: String {
        let comma = UInt8(ascii: ",")
        let lines = pairs.map { use, header in
            CSVText.quoted(use.text, delimiter: comma) + "," + CSVText.cell(header, delimiter: comma)
        }
        return (["column,header"] + lines).map { $0 + "\r\n" }.joined()
    }
}
