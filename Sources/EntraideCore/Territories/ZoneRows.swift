import Foundation
import Lines

/// The rows of a csv list of a zone, read whole: communes, or quarters with their communes.
struct ZoneRows {
    /// Rows under the header.
    private(set) var read = 0
    /// What they list, by territory, then by quarter; each once.
    private(set) var parts: [ZonePart] = []
    /// What they list twice, as a commune's code or a quarter's with its commune, in the file's order.
    private(set) var repeated: [String] = []
    /// Rows left out, in the file's order.
    private(set) var refused: [Territories.ImportReport.Refusal] = []

    /// The headers that each column goes by, without case, accents or signs; the first ones are preferred.
    private enum Use: CaseIterable {
        case commune, name, quarter, quarterName

        /// What a word of `--map` stands for.
        init?(word: String) {
            let plain = HeaderWords.plain(word)
            guard let use = Use.allCases.first(where: { $0.headers.contains(plain) }) else { return nil }
            self = use
        }

        var headers: [String] {
            switch self {
            case .commune:
                [
                    "code insee", "code commune", "insee commune", "insee com", "insee", "codgeo", "code geo",
                    "com", "depcom", "code insee commune", "commune code", "municipality code", "code",
                ]
            case .name:
                [
                    "nom commune", "nom de la commune", "lib com", "libgeo", "libelle commune",
                    "commune name",
                    "municipality", "nom", "name", "libelle", "commune",
                ]
            case .quarter:
                [
                    "code qp", "code qpv", "code quartier", "code du quartier", "quarter code", "qp", "qpv",
                    "quarter", "quartier",
                ]
            case .quarterName:
                [
                    "nom qp", "nom qpv", "lib qp", "nom quartier", "nom du quartier", "libelle quartier",
                    "quarter name",
                ]
            }
        }
    }

    /// How many parts a list may have: some five times the communes of France.
    static let most = 200_000

    /// Reads a file, of any common encoding, with semicolons, commas or tabs.
    ///
    /// - Throws: `empty-file`, `missing-column`, `bad-option`, `malformed` for more than ``most`` parts, or what keeps the
    ///   header from being read.
    init(_ bytes: [UInt8], file: String, map: TerritoryMap) throws(EntraideError) {
        var guess = EncodingGuess()
        guess.take(bytes)
        var decoder = TextDecoder(guess.encoding)
        let text = decoder.decode(bytes) + decoder.finish()
        var reader = CSVReader(bytes: text, delimiter: Self.delimiter(of: text))
        let header: CSVRow?
        do { header = try reader.next() } catch { throw EntraideError(error).within(file: file) }
        guard let header else { throw EntraideError(.emptyFile, at: Place(file: file)) }
        let names = header.cells.map { HeaderWords.plain($0) }
        var places: [Use: Int] = [:]
        for use in Use.allCases {
            places[use] = use.headers.lazy.compactMap { names.firstIndex(of: $0) }.first
        }
        let given: [Use: Int]
        do throws(EntraideError) {
            given = try map.places(
                among: header.cells, expected: "code_insee, nom, code_qp, nom_qp = …", column: Use.init(word:)
            )
        } catch {
            throw error.within(file: file, line: header.line)
        }
        places.merge(given) { $1 }
        guard let commune = places[.commune] else {
            throw EntraideError(
                .missingColumn,
                [
                    "column": "code_insee",
                    "headers": header.cells.map { excerpt(of: $0) }.joined(separator: ", "),
                ], at: Place(file: file, line: header.line))
        }
        var found: [ZonePart] = []
        while true {
            let row: CSVRow
            do {
                guard let next = try reader.next() else { break }
                row = next
            } catch {
                read += 1
                refused.append(.init(row: read + 1, error: EntraideError(error).within(file: file)))
                continue
            }
            if row.cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
            read += 1
            do throws(EntraideError) {
                func cell(_ use: Use) throws(EntraideError) -> String {
                    try Self.text(places[use].flatMap { $0 < row.cells.count ? row.cells[$0] : nil } ?? "")
                }
                let codes = try Self.codes(row, commune, header: header.cells[commune])
                let quarter = try cell(.quarter)
                if places[.quarter] != nil, quarter.isEmpty {
                    throw EntraideError(.missingField, ["name": header.cells[places[.quarter] ?? 0]])
                }
                let name = try quarter.isEmpty ? cell(.name) : cell(.quarterName)
                found += codes.map { ZonePart(territory: $0, quarter: quarter, name: name) }
                guard found.count <= Self.most else {
                    throw EntraideError(.malformed, ["what": "> \(Self.most)"])
                }
            } catch {
                refused.append(.init(row: read + 1, error: error.within(file: file, line: row.line)))
                if found.count > Self.most { throw error.within(file: file, line: row.line) }
            }
        }
        guard read > 0 else { throw EntraideError(.emptyFile, at: Place(file: file)) }
        // Of rows about the same place the first one's name counts.
        var seen: Set<[String]> = []
        for part in found {
            if seen.insert([part.territory, part.quarter]).inserted {
                parts.append(part)
            } else {
                repeated.append(part.quarter.isEmpty ? part.territory : "\(part.quarter) (\(part.territory))")
            }
        }
        parts.sort { ($0.territory, $0.quarter) < ($1.territory, $1.quarter) }
    }

    /// The codes of a cell: a quarter may lie in several communes.
    private static func codes(
        _ row: CSVRow, _ column: Int, header: String
    ) throws(EntraideError) -> [String] {
        let cell = column < row.cells.count ? row.cells[column] : ""
        let position = column < row.positions.count ? row.positions[column] : nil
        let place = Place(line: position?.line, column: position?.column, field: excerpt(of: header))
        let pieces = cell.split { ",;/|".contains($0) || $0.isWhitespace }.map(String.init)
        guard !pieces.isEmpty else {
            throw EntraideError(.missingField, ["name": excerpt(of: header)], at: place)
        }
        guard let wrong = pieces.first(where: { !CommuneCode.isWellFormed($0.uppercased()) }) else {
            return pieces.map { $0.uppercased() }
        }
        // One code with a space in it looks like two.
        let whole = pieces.count > 1 ? CommuneCode.near(cell) : []
        let near = whole.isEmpty ? CommuneCode.near(wrong) : whole
        var values = ["value": excerpt(of: whole.isEmpty ? wrong : cell)]
        if !near.isEmpty { values["suggestion"] = near.joined(separator: ", ") }
        throw EntraideError(.badCommuneCode, values, at: place)
    }

    /// A cell as stored text; `-` counts as empty.
    private static func text(_ cell: String) throws(EntraideError) -> String {
        let value = cell.trimmingCharacters(in: .whitespacesAndNewlines)
        return value.isEmpty || value == "-" ? "" : try FieldCheck.text(value, limit: 200, field: "name")
    }

    /// Of semicolon, tab and comma the one that the first line has most of.
    private static func delimiter(of text: [UInt8]) -> UInt8 {
        let line = text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        var best = (byte: UInt8(ascii: ","), count: line.count { $0 == UInt8(ascii: ",") })
        for byte in [UInt8(ascii: ";"), UInt8(ascii: "\t")] {
            let count = line.count { $0 == byte }
            if count > best.count { best = (byte, count) }
        }
        return best.byte
    }
}
