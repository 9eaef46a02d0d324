extension Territories {
    /// What an import did.
    package struct ImportReport: Sendable, Equatable {
        /// A row that did not come in, and why. Rows count from 1, the header being the first.
        package struct Refusal: Sendable, Equatable {
            /// The row's number.
            package let row: Int
            /// What is wrong with it, placed in the file.
            package let error: EntraideError
        }

        /// Rows under the header.
        package var rows = 0
        /// Distinct codes among the rows that came in.
        package var codes = 0
        /// Territories that were not there before.
        package var added = 0
        /// Territories that were there and have changed.
        package var updated = 0
        /// Territories that were there just so.
        package var unchanged = 0
        /// Rows left out, in the file's order.
        package var refused: [Refusal] = []
    }

    /// Brings in a file of communes: csv with the columns of ``CommuneRows/columns``, one row per commune and postcode.
    /// What is there and not in the file stays. The same file again changes nothing.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: its name, for errors.
    ///   - map: which of its headers stand for which columns.
    /// - Throws: `empty-file`, `missing-column`, `bad-option`, or what is wrong with the header; what is wrong with the database.
    /// - Complexity: linear in the file; the whole is held in memory.
    package func importCommunes(
        _ bytes: [UInt8], file: String, map: [String] = []
    ) async throws -> ImportReport {
        var rows = try CommuneRows(bytes, file: file, map: try TerritoryMap(map))
        var report = ImportReport()
        var gathering: [String: CommuneRows.Commune] = [:]
        while let row = rows.next() {
            report.rows += 1
            do {
                let commune = try row.commune.get()
                gathering[commune.territory.code, default: commune].merge(commune)
            } catch {
                report.refused.append(ImportReport.Refusal(row: row.number, error: error))
            }
        }
        guard report.rows > 0 else { throw EntraideError(.emptyFile, at: Place(file: file)) }
        let territories = gathering.values.map(\.territory).sorted { $0.code < $1.code }
        report.codes = territories.count
        let written = try await database.write(dryRun: dryRun) { connection in
            let written = try await TerritoryStore(connection: connection).upsert(territories)
            return [written.added, written.updated]
        }
        report.added = written[0]
        report.updated = written[1]
        report.unchanged = report.codes - report.added - report.updated
        return report
    }
}
