package import Lines
import Postgres

/// How a table is to be imported.
package struct TableImportOptions: Sendable {
    /// Names the identifiers of the file: two files that number their rows from 1 need two names.
    /// Nil for `mednum` or `fablabs` where the columns are theirs, else `csv`.
    package var source: String?
    /// Nil to guess.
    package var encoding: TextEncoding?
    package var map = ColumnMap()
    /// Whether `map` is all there is, and no column is guessed.
    package var isMapWhole = false
    /// Whether a label that nobody knows is kept as a proposed skill, and the offer or need with it.
    package var isProposing = false
    /// Where rows that do not come in are written; nil for nowhere.
    package var rejects: String?
    /// The language of reasons in the rejects.
    package var language = Language.fr

    package init() {}
}

/// What an import of a table did.
package struct TableImportReport: Sendable {
    package var shape: TableShape
    package var map: HeaderMap
    /// Whether communes are loaded: without them no place finds its own.
    package var hasCommunes = true
    package var read = 0
    package var added = 0
    package var updated = 0
    package var unchanged = 0
    /// Rows about a place that an earlier row of the file brought.
    package var repeated = 0
    /// Places that the file says are closed, on pause since.
    package var closed = 0
    package var refusedCount = 0
    /// The first of them, in the file's order.
    package var refused: [ImportReport.Refusal] = []
    /// Skills named by cells, and of them those that nothing knows.
    package var skillsMet = 0
    /// Slugs of the skills that cells name and nobody has accepted yet.
    package var proposed: [String] = []
    package var losses = ImportLosses()
    package var duplicates = LikelyDuplicates()
}

extension TableImportReport {
    /// What an audit line says of an import from `kind` of file.
    fileprivate func detail(from kind: String) -> String {
        "from=\(kind) read=\(read) added=\(added) updated=\(updated) unchanged=\(unchanged) refused=\(refusedCount)"
    }
}

extension Communities {
    /// Imports a table of communities as its authors keep it: any common encoding, delimiter and headers.
    ///
    /// Communities come in unconfirmed, with suggested offers and no consent. Rows are read and written in batches, one
    /// transaction each, in memory that does not grow with the file but by 16 bytes a row; a rehearsal is one
    /// transaction.
    ///
    /// - Parameter progress: called at each batch with the bytes read and the bytes there are.
    /// - Throws: what concerns the whole file: what it is when it is no table, `missing-column`, `empty-file`.
    package func importTable(
        _ input: InputSource, _ options: TableImportOptions,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> TableImportReport {
        let vocabulary = try await vocabulary()
        let words = try SkillWords(vocabulary, isProposing: options.isProposing)
        var found = try ShapeGuess(
            source: input, words: try HeaderWords(), encoding: options.encoding, map: options.map,
            isMapWhole: options.isMapWhole
        ).find()
        if !options.isMapWhole { found.map.findServices(words, sample: found.sample) }
        let isRehearsal = dryRun
        do {
            return try await database.pool.withConnection { connection in
                let store = PlaceBatchStore(connection: connection, isWithin: isRehearsal)
                var run = try TableImport(
                    input: input, found: found, options: options, store: store,
                    communes: try await CommuneIndex.load(connection), words: words)
                if isRehearsal {
                    try await run.rehearse(progress)
                } else {
                    try await run.perform(progress)
                    if run.report.added + run.report.updated > 0 {
                        try await AuditStore(connection: connection).record(
                            .communityImport, detail: run.report.detail(from: run.sourceName))
                    }
                }
                return run.report
            }
        } catch {
            throw EntraideError(any: error)
        }
    }
}

/// One import under way.
private struct TableImport {
    /// Rows per transaction: a failure late in a large file loses no more than these.
    private static let batchRows = 5000
    /// Bytes of the rows of one: many short cells take more memory than they take of the file.
    private static let batchBytes = 16 << 20
    /// Refusals kept to be told; all of them go to the rejects.
    static let mostRefusals = 200

    let input: InputSource
    let store: PlaceBatchStore
    var report: TableImportReport
    private var rows: TableRows
    private var reading: RowReading
    private var rejects: RejectsFile?
    private let hasOffers: Bool
    /// What the identifiers of the file are kept under.
    var sourceName: String { reading.source }

    /// Hashes of the identities met: a number a place, whatever its length.
    private var seen: Set<Int> = []
    private var batches = 0

    private struct Pending {
        let row: TableRow
        let item: PlaceBatchStore.Item
    }

    private struct Batch {
        var pending: [Pending] = []
        var refused: [(row: TableRow, error: EntraideError)] = []
        var proposals: [Skill] = []

        var isEmpty: Bool { pending.isEmpty && refused.isEmpty }
    }

    init(
        input: InputSource, found: ShapeGuess.Found, options: TableImportOptions, store: PlaceBatchStore,
        communes: CommuneIndex, words: SkillWords
    ) throws(EntraideError) {
        self.input = input
        self.store = store
        report = TableImportReport(shape: found.shape, map: found.map)
        rows = try found.shape.rows(of: input)
        report.hasCommunes = !communes.isEmpty
        reading = RowReading(
            map: found.map, communes: communes, words: words, source: options.source ?? Self.source(of: found)
        )
        rejects = options.rejects.map {
            RejectsFile(path: $0, shape: found.shape, map: found.map, language: options.language)
        }
        hasOffers = found.map.columns.contains { column in
            if case .service = column.use { return true }
            return column.use == .column(.offers)
        }
    }

    /// The name of a file's identifiers: the national standard's and fablabs.io's are the same in every file of theirs.
    private static func source(of found: ShapeGuess.Found) -> String {
        let headers = Set(found.map.columns.map(\.header))
        if headers.isSuperset(of: ["id", "nom", "services", "typologie"]) { return "mednum" }
        return headers.isSuperset(of: ["id", "slug", "kind_name"]) ? "fablabs" : "csv"
    }

    /// How a rehearsal leaves its transaction.
    private struct Rehearsed: Error {}

    nonisolated(nonsending) mutating func rehearse(_ progress: (Int, Int) -> Void) async throws {
        do {
            try await store.connection.transaction { _ in
                try await store.prepare()
                try await all(progress)
                throw Rehearsed()
            }
        } catch is Rehearsed {}
    }

    nonisolated(nonsending) mutating func perform(_ progress: (Int, Int) -> Void) async throws {
        try await store.prepare()
        do {
            try await all(progress)
            try await store.clear()
        } catch {
            try? await store.clear()
            throw error
        }
    }

    private nonisolated(nonsending) mutating func all(_ progress: (Int, Int) -> Void) async throws {
        var batch = try nextBatch()
        while !batch.isEmpty {
            // The next batch is read while the server writes this one, which is written whatever comes next.
            let items = batch.pending.map(\.item)
            let (number, store, proposals) = (batches, store, batch.proposals)
            async let writing = store.write(items, proposing: proposals, batch: number)
            let next = Result { () throws(EntraideError) in try nextBatch() }
            for refusal in try await writing {
                batch.refused.append((batch.pending[refusal.index].row, refusal.error))
            }
            for (row, error) in batch.refused.sorted(by: { $0.row.number < $1.row.number }) {
                try refuse(row, error)
            }
            batches += 1
            progress(rows.given, input.size ?? rows.given)
            batch = try next.get()
        }
        if report.read == 0 { throw EntraideError(.emptyFile, at: Place(file: input.name)) }
        // A file without a word on offers takes none back.
        if hasOffers { try await store.takeBackOffers() }
        let outcomes = try await store.outcomes()
        (report.added, report.updated, report.unchanged, report.closed) = outcomes
        report.duplicates = try await store.likelyDuplicates()
        report.losses = reading.losses
        report.skillsMet = reading.skillsMet
        report.proposed = reading.words.allProposed
        try rejects?.close()
    }

    private mutating func nextBatch() throws(EntraideError) -> Batch {
        var batch = Batch()
        var slugs: Set<String> = []
        var bytes = 0
        while batch.pending.count + batch.refused.count < Self.batchRows, bytes < Self.batchBytes,
            let row = try rows.next()
        {
            report.read += 1
            bytes += row.weight
            do throws(EntraideError) {
                let place = try reading.place(try row.cells.get(), row: row.number)
                // Both are noted, whichever finds the place.
                var isAgain = !seen.insert(place.identity.hashValue).inserted
                if let other = place.otherIdentity, !seen.insert(other.hashValue).inserted { isAgain = true }
                if isAgain { report.repeated += 1 }
                let isSlugTaken = !isAgain && !slugs.insert(place.slug).inserted
                batch.pending.append(
                    Pending(
                        row: row,
                        item: PlaceBatchStore.Item(
                            place: place, isAgain: isAgain, isSlugTaken: isSlugTaken)))
            } catch {
                batch.refused.append((row, error))
            }
        }
        batch.proposals = reading.words.takeProposals()
        return batch
    }

    private mutating func refuse(_ row: TableRow, _ error: EntraideError) throws(EntraideError) {
        let placed = error.within(file: input.name, line: row.number)
        report.refusedCount += 1
        if report.refused.count < Self.mostRefusals {
            report.refused.append(ImportReport.Refusal(row: row.number, error: placed))
        }
        try rejects?.add(row, placed)
    }
}
