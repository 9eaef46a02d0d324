import Postgres

/// What an import did, row by row.
package struct ImportReport: Sendable, Equatable {
    /// One row that did not come in, and why.
    package struct Refusal: Sendable, Equatable {
        package let row: Int
        package let error: EntraideError

        package init(row: Int, error: EntraideError) {
            self.row = row
            self.error = error
        }
    }

    package var read = 0
    package var added = 0
    package var updated = 0
    package var unchanged = 0
    /// Rows about something that an earlier row of the same file already brought.
    package var repeated = 0
    package var refused: [Refusal] = []

    /// Slugs of the skills that rows name and nobody has accepted yet.
    package var proposed: [String] = []
    /// Offers and needs of the rows that came in whose last day is past already.
    package var past: [PastTerm] = []
    /// Slugs of the communities that stood already and were changed.
    package var changed: [String] = []
    /// Those of them whose contact is another one since.
    package var newContact: [String] = []

    package init() {}

    mutating func count(_ outcome: WriteOutcome) {
        switch outcome {
        case .added: added += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        }
    }
}

/// What writing one row did.
struct WrittenRow: Sendable {
    let outcome: WriteOutcome
    /// Whether a community that stood has another contact since.
    var isNewContact = false
}

extension ImportReport {
    /// What an audit line says of an import from `kind` of file.
    func detail(from kind: String) -> String {
        "from=\(kind) read=\(read) added=\(added) updated=\(updated) unchanged=\(unchanged) refused=\(refused.count)"
    }
}

extension CommunityStore {
    /// Says what an import from `kind` of file did to one community, and never what it said.
    func audit(
        _ action: AuditAction, _ slug: String, by attestation: Attestation, from kind: String
    ) async throws {
        try await AuditStore(connection: connection).record(
            action, slug, detail: "\(attestation.detail) from=\(kind)")
    }
}

extension Communities {
    /// Says in one audit line that communities were imported; a rehearsal says nothing.
    func recordImport(_ detail: String) async throws {
        guard !dryRun else { return }
        try await database.write { connection in
            try await AuditStore(connection: connection).record(.communityImport, detail: detail)
        }
    }

    /// Rows per transaction: a failure late in a large file loses no more than these.
    private static let batch = 1000

    /// Writes rows one by one, each whole or not at all: a row that is refused is undone to its savepoint and listed,
    /// and the others stay. What is not about the row itself (the database gone) ends the import.
    ///
    /// A rehearsal is one transaction, so that later rows see earlier ones.
    func writeRows<Item: Sendable>(
        _ rows: [(row: Int, item: Item)], into report: inout ImportReport, file: String,
        named name: @Sendable (Item) -> String,
        _ body: @escaping @Sendable (CommunityStore, Item) async throws -> WrittenRow
    ) async throws {
        let size = dryRun ? max(1, rows.count) : Self.batch
        for start in stride(from: 0, to: rows.count, by: size) {
            let slice = rows[start..<min(start + size, rows.count)]
            let (outcomes, refusals) = try await database.write(dryRun: dryRun) { connection in
                var outcomes: [(WrittenRow, String)] = []
                var refusals: [ImportReport.Refusal] = []
                let store = CommunityStore(connection: connection)
                for (row, item) in slice {
                    try await connection.execute("SAVEPOINT one_row")
                    do {
                        outcomes.append((try await body(store, item), name(item)))
                    } catch let error as EntraideError where [65, 66, 73].contains(error.code.exitStatus) {
                        try await connection.execute("ROLLBACK TO SAVEPOINT one_row")
                        refusals.append(
                            ImportReport.Refusal(row: row, error: error.within(file: file, line: row)))
                    }
                    try await connection.execute("RELEASE SAVEPOINT one_row")
                }
                return (outcomes, refusals)
            }
            for (row, slug) in outcomes {
                report.count(row.outcome)
                if row.outcome == .updated { report.changed.append(slug) }
                if row.isNewContact { report.newContact.append(slug) }
            }
            report.refused += refusals
        }
        report.refused.sort { $0.row < $1.row }
    }
}
