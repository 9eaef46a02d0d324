import Foundation
import Lines

/// The rows of a csv list of a zone, read whole: communes, or quarters with their communes.
struct ZoneRows {
    /// Rows under the header.
    private(set) var read = 0
    /// What they list, by territory, then by quarter; each once.
    private(set) var parts: [ZonePart] = []
    /// Rows left out, in the file's order.
    private(set) var refused: [Territories.ImportReport.Refusal] = []

    /// The headers that each column goes by, without case, accents or signs; the first ones are preferred.
    private enum Use: CaseIterable {
        case commune, name, quarter, quarterName

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
    /// - Throws: `empty-file`, `missing-column`, `malformed` for more than ``most`` parts, or what keeps the header from
    ///   being read.
    init(_ bytes: [UInt8], file: String) throws(EntraideError) {
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
                let codes = try Self.codes(commune < row.cells.count ? row.cells[commune] : "")
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
        parts = found.filter { seen.insert([$0.territory, $0.quarter]).inserted }
            .sorted { ($0.territory, $0.quarter) < ($1.territory, $1.quarter) }
    }

    /// The codes of a cell: a quarter may lie in several communes.
    private static func codes(_ cell: String) throws(EntraideError) -> [String] {
        let codes = cell.split { ",;/|".contains($0) || $0.isWhitespace }.map { String($0).uppercased() }
        guard !codes.isEmpty else { throw EntraideError(.missingField, ["name": "code_insee"]) }
        for code in codes {
            let isCode = code.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "-")
            }
            guard isCode, code.utf8.count <= 16 else {
                throw EntraideError(
                    .malformed, ["what": LineError.Code.badCode.rawValue], at: Place(field: "code_insee"))
            }
        }
        return codes
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
