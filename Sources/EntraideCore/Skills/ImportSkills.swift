extension Skills {
    /// What an import did.
    package struct ImportReport: Sendable, Equatable {
        /// Rows of the file.
        package var read = 0
        /// Skills that were not there before.
        package var added = 0
        /// Slugs of the skills that were there and have changed.
        package var changed: [String] = []
        /// Skills that were there just so.
        package var unchanged = 0
        /// Rows left out, in the file's order.
        package var refused: [SkillRows.Refusal] = []
        /// Where a line break inside a cell became a space.
        package var mended: [Place] = []
    }

    /// Brings in a coordinator's skills, a record each, in ndjson, csv or text: new ones are added, others brought to
    /// what their row says, all of it. A skill that the file does not have stays as it is. A row that is wrong is
    /// listed and the others go in; the same file again changes nothing.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: its name, for errors.
    /// - Throws: `empty-file`, what is wrong with the header or with the database.
    /// - Complexity: linear in the file and in the vocabulary, in one transaction.
    package func importSkills(_ bytes: [UInt8], file: String) async throws -> ImportReport {
        let rows = try SkillRows(bytes, file: file)
        return try await database.write(dryRun: dryRun) { connection in
            try await ImportVocabulary.lock(on: connection)
            let store = SkillStore(connection: connection)
            let known = try await store.all()
            let standing = Dictionary(known.map { ($0.slug, $0) }) { first, _ in first }
            var rows = rows
            let given = rows.accept(beside: known)
            let added = given.filter { standing[$0.slug] == nil }
            let changed = given.filter { skill in standing[skill.slug].map { $0 != skill } ?? false }
            _ = try await store.insert(added)
            try await store.update(changed)
            try await store.unrelate(changed.map(\.slug))
            try await store.place(added + changed)
            try await store.relate(
                (added + changed).flatMap { skill in skill.related.map { (skill: skill.slug, related: $0) } })
            return ImportReport(
                read: rows.read, added: added.count, changed: changed.map(\.slug).sorted(),
                unchanged: given.count - added.count - changed.count, refused: rows.refused,
                mended: rows.mended)
        }
    }
}
