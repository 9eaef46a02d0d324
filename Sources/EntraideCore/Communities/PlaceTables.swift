import Lines

/// The written tables that turn a place file's words into ours: activities into skills, types into kinds. Both are data
/// files beside this one.
struct PlaceTables {
    private var skillsByLabel: [String: [String]] = [:]
    private var kindByLabel: [String: CommunityKind] = [:]

    /// The tables that come with the program.
    static func embedded(_ vocabulary: Vocabulary) throws(EntraideError) -> PlaceTables {
        var tables = PlaceTables()
        for row in try rows(PackageResources.mednum_activities_csv) {
            // A coordinator may have dropped a skill that the table knows.
            guard vocabulary[row.1] != nil else { continue }
            tables.skillsByLabel[Folding.fold(row.0), default: []].append(row.1)
        }
        for row in try rows(PackageResources.mednum_kinds_csv) {
            tables.kindByLabel[Folding.fold(row.0)] = CommunityKind(rawValue: row.1)
        }
        return tables
    }

    static func rows(_ bytes: [UInt8]) throws(EntraideError) -> [(String, String)] {
        var rows: [(String, String)] = []
        do {
            var reader = CSVReader(bytes: bytes, delimiter: UInt8(ascii: ","))
            _ = try reader.next()
            while let row = try reader.next() {
                if row.cells.count == 2 { rows.append((row.cells[0], row.cells[1])) }
            }
        } catch {
            throw EntraideError(error)
        }
        return rows
    }

    /// The skills that an activity stands for; nil when the table does not know it.
    func skills(for label: String) -> [String]? { skillsByLabel[Folding.fold(label)] }

    /// The kind of a place, as a whole or by the first of several types that the table knows; nil when it knows none.
    func knownKind(of types: String) -> CommunityKind? {
        for label in [types] + labels(in: types) {
            if let kind = kindByLabel[Folding.fold(label)] { return kind }
        }
        return nil
    }

    /// The labels in a cell: separated by `|` as the standard writes them, else by `,` or `;` outside parentheses.
    func labels(in cell: String) -> [String] {
        labels(in: cell, separators: cell.utf8.contains(UInt8(ascii: "|")) ? "|" : ",;")
    }

    /// The labels in a cell, cut at any of `separators` (ASCII) outside parentheses.
    func labels(in cell: String, separators: StaticString) -> [String] {
        var labels: [String] = []
        var depth = 0
        var start = cell.startIndex
        func end(at index: String.Index) {
            let label = cell[start..<index].trimmingSpaces
            if !label.isEmpty { labels.append(label) }
        }
        for index in cell.utf8.indices {
            let byte = cell.utf8[index]
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
            guard depth == 0, separators.withUTF8Buffer({ $0.contains(byte) }) else { continue }
            end(at: index)
            start = cell.utf8.index(after: index)
        }
        end(at: cell.endIndex)
        return labels
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmingSpaces: String {
        // Most begin and end with a plain character.
        if let first = unicodeScalars.first, let last = unicodeScalars.last, "!"..."~" ~= first,
            "!"..."~" ~= last
        {
            return String(self)
        }
        var rest = self[...]
        while let first = rest.unicodeScalars.first, first.properties.isWhitespace {
            rest = rest[rest.unicodeScalars.index(after: rest.startIndex)...]
        }
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace {
            rest = rest[..<rest.unicodeScalars.index(before: rest.endIndex)]
        }
        return String(rest)
    }
}
