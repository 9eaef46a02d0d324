import Foundation
import Lines

/// The rows of a csv file of communes, read one at a time.
struct CommuneRows {
    /// What one row says, or why it was refused.
    struct Row: Sendable {
        /// From 1, the header being the first.
        let number: Int
        let commune: Result<Commune, EntraideError>
    }

    /// One row's commune.
    struct Commune: Sendable {
        var territory: Territory
        /// 0 for a commune or a district, 1 for a former commune: whose name and figures count.
        var rank: Int

        /// Takes the other row's postcodes, and its other values when it ranks higher. Of equals the first counts.
        mutating func merge(_ other: Commune) {
            let postcodes = Set(territory.postcodes).union(other.territory.postcodes).sorted()
            if other.rank < rank { self = other }
            territory.postcodes = postcodes
        }
    }

    /// What the header must name, in any order and beside others. `type` says whether a row is a commune of its own
    /// (COM), a district of Paris, Lyon or Marseille (ARM), or a former commune (COMD) that bears its successor's code.
    static let columns = [
        "code_insee", "nom", "code_postal", "departement", "region", "lat", "lon", "population_2021", "type",
    ]

    private let file: String
    private var reader: CSVReader
    private var number = 1
    private let places: [String: Int]
    private let width: Int

    /// Reads the header.
    ///
    /// - Throws: `empty-file`, `missing-column`, `bad-option`, or what keeps the header from being read.
    init(_ bytes: [UInt8], file: String, map: TerritoryMap) throws(EntraideError) {
        self.file = file
        reader = CSVReader(bytes: bytes)
        let header: CSVRow?
        do {
            header = try reader.next()
        } catch {
            throw EntraideError(error).within(file: file)
        }
        guard let header else { throw EntraideError(.emptyFile, at: Place(file: file)) }
        let names = header.cells.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        var places: [String: Int]
        do throws(EntraideError) {
            places = try map.places(
                among: header.cells, expected: Self.columns.joined(separator: ", ") + " = …"
            ) { Self.columns.contains($0) ? $0 : nil }
        } catch {
            throw error.within(file: file, line: header.line)
        }
        for column in Self.columns where places[column] == nil {
            guard let place = names.firstIndex(of: column) else {
                let headers = header.cells.map { excerpt(of: $0) }.joined(separator: ", ")
                throw EntraideError(
                    .missingColumn, ["column": column, "headers": headers],
                    at: Place(file: file, line: header.line))
            }
            places[column] = place
        }
        self.places = places
        width = header.cells.count
    }

    /// The next row, nil at the end.
    mutating func next() -> Row? {
        number += 1
        let row: CSVRow
        do {
            guard let read = try reader.next() else { return nil }
            row = read
        } catch {
            // The reader ends by itself where nothing that follows can be trusted.
            return Row(number: number, commune: .failure(EntraideError(error).within(file: file)))
        }
        do {
            return Row(number: number, commune: .success(try commune(row)))
        } catch {
            return Row(number: number, commune: .failure(error.within(file: file, line: row.line)))
        }
    }

    private func commune(_ row: CSVRow) throws(EntraideError) -> Commune {
        guard row.cells.count == width else {
            throw EntraideError(.malformed, ["what": LineError.Code.wrongFieldCount.rawValue])
        }
        let code = try text("code_insee", row, required: true, maxBytes: 16)
        guard code.utf8.allSatisfy({ Self.isCode($0) }) else {
            throw refusal(.malformed, ["what": LineError.Code.badCode.rawValue], "code_insee", row)
        }
        let name = try text("nom", row, required: true, maxBytes: 200)
        let postcode = try text("code_postal", row, maxBytes: 16)
        guard postcode.utf8.allSatisfy({ Self.isCode($0) }) else {
            throw refusal(.malformed, ["what": LineError.Code.badCode.rawValue], "code_postal", row)
        }
        let latitude = try degrees("lat", row, limit: 90)
        let longitude = try degrees("lon", row, limit: 180)
        guard (latitude == nil) == (longitude == nil) else { throw refusal(.badCoordinates, [:], "lat", row) }
        let territory = Territory(
            code: code, name: name, postcodes: postcode.isEmpty ? [] : [postcode],
            departement: try text("departement", row, maxBytes: 16),
            region: try text("region", row, maxBytes: 16),
            latitudeE6: latitude, longitudeE6: longitude, population: try population(row))
        return Commune(territory: territory, rank: try text("type", row, maxBytes: 16) == "COMD" ? 1 : 0)
    }

    /// The cell as stored text: NFC, without spaces around it. `-` counts as empty.
    private func text(
        _ column: String, _ row: CSVRow, required: Bool = false, maxBytes: Int
    ) throws(EntraideError) -> String {
        let value = cell(column, row).precomposedStringWithCanonicalMapping
        if value.isEmpty || value == "-" {
            if required { throw refusal(.missingField, ["name": column], column, row) }
            return ""
        }
        do {
            try checkText(value, maxBytes: maxBytes, field: column)
        } catch {
            let values = error.code == .tooLong ? ["limit": "\(maxBytes)"] : EntraideError(error).values
            throw refusal(EntraideError(error).code, values, column, row)
        }
        return value
    }

    private func degrees(_ column: String, _ row: CSVRow, limit: Int) throws(EntraideError) -> Int? {
        let value = cell(column, row)
        if value.isEmpty { return nil }
        guard let degrees = FixedDecimal(rounding: value, places: 6),
            degrees.units.magnitude <= limit * 1_000_000
        else { throw refusal(.badCoordinates, [:], column, row) }
        return degrees.units
    }

    private func population(_ row: CSVRow) throws(EntraideError) -> Int? {
        let value = cell("population_2021", row)
        if value.isEmpty { return nil }
        guard let count = Int(value), (0...Int(Int32.max)).contains(count) else {
            throw refusal(.outOfRange, ["range": "0…\(Int32.max)"], "population_2021", row)
        }
        return count
    }

    private func cell(_ column: String, _ row: CSVRow) -> String {
        guard let place = places[column], place < row.cells.count else { return "" }
        return row.cells[place].trimmingCharacters(in: .whitespaces)
    }

    private func refusal(
        _ code: ErrorCode, _ values: [String: String], _ column: String, _ row: CSVRow
    ) -> EntraideError {
        let place = places[column].flatMap { $0 < row.positions.count ? row.positions[$0] : nil }
        return EntraideError(
            code, values, at: Place(line: place?.line ?? row.line, column: place?.column, field: column))
    }

    /// Official codes are digits and capitals: 2A004, 75056, BE-21004.
    private static func isCode(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
