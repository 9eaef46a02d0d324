package import Lines

extension Territories {
    /// What the import of a zone's list did.
    package struct ZoneReport: Sendable, Equatable {
        /// Rows under the header.
        package var rows = 0
        /// Communes that lie in the zone, wholly or in part.
        package var communes = 0
        /// Communes or quarters that came in, left, have another name, or stand as they did.
        package var added = 0
        package var removed = 0
        package var updated = 0
        package var unchanged = 0
        /// Communes or quarters that the file lists again: they count once.
        package var repeated: [String] = []
        /// Codes of communes that are not among the territories: kept as they are.
        package var unknown: [String] = []
        /// The list of the same vintage that this one took the place of.
        package var replaced: ZoneRecord?
        /// The lists of other vintages, which stay, oldest first.
        package var others: [ZoneRecord] = []
        /// Rows left out, in the file's order.
        package var refused: [ImportReport.Refusal] = []
    }

    /// Puts a list of a zone in the place of the one of the same vintage, whole, in one transaction. The same again changes
    /// nothing. A list with a row that is refused is not loaded: half a list would leave out who lies in the zone.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, csv.
    ///   - file: its name, for errors.
    ///   - map: which of its headers stand for which columns, each `column=Header`.
    /// - Throws: `bad-slug`, `bad-option`, `bad-text`; `empty-file`, `missing-column`, or what is wrong with the header.
    package func importZone(
        _ zone: Zone, _ bytes: [UInt8], file: String, map: [String] = []
    ) async throws -> ZoneReport {
        let zone = try zone.checked()
        let rows = try ZoneRows(bytes, file: file, map: try TerritoryMap(map))
        var report = ZoneReport()
        report.rows = rows.read
        report.refused = rows.refused
        report.repeated = rows.repeated
        report.communes = Set(rows.parts.map(\.territory)).count
        guard rows.refused.isEmpty else { return report }
        let (lists, change) = try await database.write(dryRun: dryRun) { connection in
            let store = ZoneStore(connection: connection)
            try await store.lock()
            let lists = try await store.zones().filter { $0.zone == zone.slug }
            let change = try await store.replace(zone, by: rows.parts)
            try await AuditStore(connection: connection).record(
                .zoneImport, zone.slug, detail: "vintage=\(zone.vintage) parts=\(rows.parts.count)")
            return (lists, change)
        }
        report.replaced = lists.first { $0.vintage == zone.vintage }
        report.others = lists.filter { $0.vintage != zone.vintage }
        report.added = change.added
        report.removed = change.removed
        report.updated = change.updated
        report.unchanged = rows.parts.count - change.added - change.updated
        report.unknown = change.unknown
        return report
    }

    /// Every list of a zone that is loaded.
    package func zones() async throws -> [ZoneRecord] {
        try await database.read { try await ZoneStore(connection: $0).zones() }
    }
}
