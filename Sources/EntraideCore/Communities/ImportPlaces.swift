import Crypto
import Lines
import Matching

/// The columns of the national standard for digital-mediation places (mednum, v1) that an import reads. Other columns
/// are left alone: opening hours, telephone numbers and the like are not ours to copy.
package enum PlaceColumn: String, CaseIterable, Sendable {
    case id, nom, adresse, latitude, longitude, services, typologie
    case codeINSEE = "code_insee"
}

/// One row of a file of places, read and checked, before it becomes a community.
struct PlaceRow: Sendable {
    var identity: String
    var profile: Profile
}

extension Communities {
    /// The name that ties an imported community to its row: `mednum:<id>`.
    static let placeSource = "mednum"

    /// Imports a file of digital-mediation places. Places come in unconfirmed, with suggested offers and no consent:
    /// outside every round until each is confirmed. What a community has confirmed since is its own, and stays.
    ///
    /// - Parameter map: the file's header for a column of the standard, where it differs.
    /// - Throws: `missing-column`, `malformed`, `empty-file`: what concerns the whole file.
    package func importPlaces(
        _ bytes: [UInt8], file: String, map: [PlaceColumn: String]
    ) async throws -> ImportReport {
        let tables = try PlaceTables.embedded(try await vocabulary())
        var report = ImportReport()
        var rows: [(row: Int, item: PlaceRow)] = []
        var place: [String: Int] = [:]
        let reading = PlaceReading(file: file, map: map, tables: tables)
        report.missingColumns = try reading.each(bytes) { number, result, notUnderstood in
            report.read += 1
            switch result {
            case .failure(let error):
                report.refused.append(ImportReport.Refusal(row: number, error: error))
            case .success(let row):
                for label in notUnderstood { report.notUnderstood[label, default: 0] += 1 }
                if let first = place[row.identity] {
                    // The same place on two rows: its services come together.
                    for offer in row.profile.offers
                    where !rows[first].item.profile.offers.contains(where: {
                        $0.terms.skill == offer.terms.skill
                    }) {
                        rows[first].item.profile.offers.append(offer)
                    }
                    report.repeated += 1
                } else {
                    place[row.identity] = rows.count
                    rows.append((number, row))
                }
            }
        }
        try await writeRows(rows, into: &report, file: file, named: \.profile.community.slug) { store, row in
            try await bring(row, with: store)
        }
        return report
    }

    private func bring(_ row: PlaceRow, with store: CommunityStore) async throws -> WriteOutcome {
        var wanted = row.profile
        wanted.sourceID = "\(Self.placeSource):\(row.identity)"
        if let known = try await store.profile(source: Self.placeSource, id: row.identity),
            try await store.lock(known.profile.community.slug),
            let stored = try await store.profile(known.profile.community.slug)
        {
            guard stored.profile.community.status == .unconfirmed else { return .unchanged }
            wanted = row.profile.brought(to: stored.profile)
            if wanted == stored.profile { return .unchanged }
            try await store.replace(with: wanted, channel: .self)
            return .updated
        }
        if try await ErasureStore(connection: store.connection).isErased(
            "\(Self.placeSource):\(row.identity)")
        {
            throw EntraideError(.erasedBefore)
        }
        if try await !store.existing([wanted.community.slug]).isEmpty {
            wanted.community.slug = Self.distinct(wanted.community.slug, identity: row.identity)
        }
        try await store.insert(wanted.canonical, confirmedOn: nil, channel: .self)
        return .added
    }

    /// Another slug for a place whose name is taken, always the same for the same place.
    private static func distinct(_ slug: String, identity: String) -> String {
        var head = slug.prefix(Slug.maxBytes - 7)
        while head.last == "-" { head.removeLast() }
        return "\(head)-\(hexDigest(identity).prefix(6))"
    }
}

extension Profile {
    /// A standing profile with what a file of places says of it: name, kind, place and suggested offers. What else a
    /// coordinator noted meanwhile (a contact, needs, offers promised) stays.
    fileprivate func brought(to standing: Profile) -> Profile {
        var wanted = standing
        wanted.community.name = community.name
        wanted.community.kind = community.kind
        wanted.community.territory = community.territory
        wanted.community.position = community.position
        wanted.offers.removeAll(where: \.suggested)
        wanted.offers += offers.filter { offer in
            !wanted.offers.contains { $0.terms.skill == offer.terms.skill }
        }
        return wanted.canonical
    }
}

/// Reads rows of a file of places.
private struct PlaceReading {
    let file: String
    let map: [PlaceColumn: String]
    let tables: PlaceTables

    typealias Row = (_ number: Int, _ result: Result<PlaceRow, EntraideError>, _ notUnderstood: [String]) ->
        Void

    /// Calls `body` for each row after the header, and answers which columns the file does not have; numbers count the header as row 1, as a spreadsheet does.
    func each(_ bytes: [UInt8], _ body: Row) throws(EntraideError) -> [PlaceColumn] {
        var reader = CSVReader(bytes: bytes, delimiter: Self.delimiter(of: bytes))
        let header: CSVRow?
        do { header = try reader.next() } catch { throw EntraideError(error).within(file: file) }
        guard let header else { throw EntraideError(.emptyFile, at: Place(file: file)) }
        let columns = try columns(header.cells)
        var number = header.number
        while true {
            let row: CSVRow
            number += 1
            do throws(LineError) {
                guard let next = try reader.next() else {
                    return PlaceColumn.allCases.filter { columns[$0] == nil }
                }
                row = next
            } catch {
                let placed = EntraideError(error).within(file: file)
                // A quote that never closes swallows the rest of the file: nothing after it can be trusted.
                if error.code == .unclosedQuote || error.code == .tooLong { throw placed }
                body(number, .failure(placed), [])
                continue
            }
            if row.cells.allSatisfy(\.isEmpty) { continue }
            var notUnderstood: [String] = []
            do throws(EntraideError) {
                let read = try place(row.cells, columns, header.cells, &notUnderstood)
                body(row.number, .success(read), notUnderstood)
            } catch {
                body(row.number, .failure(error.within(file: file, line: row.line)), [])
            }
        }
    }

    /// A comma or a semicolon, whichever the first line has more of.
    private static func delimiter(of bytes: [UInt8]) -> UInt8 {
        let first = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let semicolons = first.count { $0 == UInt8(ascii: ";") }
        let commas = first.count { $0 == UInt8(ascii: ",") }
        return semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }

    /// Where each column of the standard stands in this file.
    private func columns(_ headers: [String]) throws(EntraideError) -> [PlaceColumn: Int] {
        var found: [PlaceColumn: Int] = [:]
        let folded = headers.map { Folding.fold($0) }
        for column in PlaceColumn.allCases {
            let wanted = Folding.fold(map[column] ?? column.rawValue)
            found[column] = folded.firstIndex(of: wanted)
            if found[column] == nil, map[column] != nil || column == .nom {
                throw EntraideError(
                    .missingColumn,
                    [
                        "column": column.rawValue,
                        "headers": headers.map { excerpt(of: $0) }.joined(separator: ", "),
                    ],
                    at: Place(file: file, line: 1))
            }
        }
        return found
    }

    private func place(
        _ cells: [String], _ columns: [PlaceColumn: Int], _ headers: [String], _ notUnderstood: inout [String]
    ) throws(EntraideError) -> PlaceRow {
        func cell(_ column: PlaceColumn) -> String? {
            guard let index = columns[column], index < cells.count else { return nil }
            let text = spacingLineBreaks(in: cells[index]).text.trimmingSpaces
            return text.isEmpty ? nil : text
        }
        func header(_ column: PlaceColumn) -> String {
            columns[column].map { headers[$0] } ?? column.rawValue
        }

        let name = try FieldCheck.text(cell(.nom) ?? "", limit: ProfileLimits.name, field: header(.nom))
        let folded = Folding.fold(name)
        guard let slug = Slug.made(from: folded) else {
            throw EntraideError(.badSlug, ["value": excerpt(of: name)], at: Place(field: header(.nom)))
        }
        var community = Community(slug: slug, name: name, kind: tables.kind(of: cell(.typologie)))
        community.status = .unconfirmed
        do throws(EntraideError) {
            // A French spreadsheet writes 45,5; a coordinate has no thousands, so its comma is decimal.
            community.position = try FieldCheck.position(
                roundedLatitude: cell(.latitude)?.replacing(",", with: "."),
                roundedLongitude: cell(.longitude)?.replacing(",", with: "."))
        } catch {
            throw EntraideError(
                error.code, error.values, at: Place(field: "\(header(.latitude)), \(header(.longitude))"))
        }
        if let code = cell(.codeINSEE) {
            community.territory = try FieldCheck.territory(code, field: header(.codeINSEE))
        }
        var profile = Profile(community: community)
        for label in tables.labels(in: cell(.services) ?? "") {
            guard let skills = tables.skills(for: label) else {
                notUnderstood.append(label)
                continue
            }
            for skill in skills where !profile.offers.contains(where: { $0.terms.skill == skill }) {
                var offer = Offer(terms: OfferInput(skill: skill))
                offer.suggested = true
                profile.offers.append(offer)
            }
        }
        // Without an id column, a place is its name at its address.
        let identity = try cell(.id).map { id throws(EntraideError) in
            try FieldCheck.text(id, limit: ProfileLimits.sourceID, field: header(.id))
        }
        return PlaceRow(
            identity: identity ?? hexDigest("\(folded)\n\(Folding.fold(cell(.adresse) ?? ""))"),
            profile: profile)
    }
}
