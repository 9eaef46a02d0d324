package import Lines
import Matching
import Postgres

/// What reading forms did: the figures of any import, and what a coordinator should see of each answer.
package struct FormImportReport: Sendable {
    package var figures = ImportReport()
    /// Everything that is wrong in the answers that did not come in.
    package var problems: [EntraideError] = []
    /// Answers that did not come in.
    package var rejected: [RejectedForm] = []
    /// Answers in whose place a later one of the same community counts.
    package var superseded: [SupersededForm] = []
    /// Words taken for what they do not say outright, each with its place.
    package var understood: [(place: String, words: String, meaning: String)] = []
    /// What was taken of new offers of which an answer says no more, each with its place.
    package var assumed: [(place: String, what: Bilingual)] = []
    /// Communities that a form brought and that do not take part in rounds: their consent is missing.
    package var withoutConsent: [String] = []
    /// Communities that were to be confirmed, and whose answer did so.
    package var confirmed: [String] = []
}

/// An answer that did not come in: where it stands, and the text that was read of a mail, which is what can be mended.
package struct RejectedForm: Sendable {
    package let path: String
    /// Which message of a mailbox it is.
    package let number: Int?
    package let text: String?
}

/// An answer that a later one of the same community replaces.
package struct SupersededForm: Sendable, Equatable {
    package let file: String
    package let by: String
    /// Whether their dates tell which is later; their file names do otherwise.
    package let isByDate: Bool
}

extension Communities {
    /// The form for a community that stands, or for any other.
    ///
    /// - Throws: `unknown-community`.
    package func form(for slug: String?, in language: Language) async throws -> String {
        let vocabulary = try await vocabulary()
        let key = try await formKey()
        return try await database.read { connection in
            var known: FormKnown?
            if let slug {
                known = try await Self.known(slug, vocabulary, key, connection)
                if known == nil { throw EntraideError(.unknownCommunity, ["community": slug]) }
            }
            var form = FormText(known, language)
            return form.written()
        }
    }

    /// What signs forms: made when the first is printed.
    private func formKey() async throws -> [UInt8] {
        if let key = try await standingKey() { return key }
        return try await database.write(dryRun: dryRun) { try await ErasureStore(connection: $0).key() }
    }

    private func standingKey() async throws -> [UInt8]? {
        try await database.read { try await ErasureStore(connection: $0).standingKey() }
    }

    private static func known(
        _ slug: String, _ vocabulary: Vocabulary, _ key: [UInt8], _ connection: Connection
    ) async throws -> FormKnown? {
        guard let stored = try await CommunityStore(connection: connection).profile(slug) else { return nil }
        var place: Territory?
        if let code = stored.profile.community.territory {
            place = try await TerritoryStore(connection: connection).find(code: code)
        }
        let changed: String? = try await connection.query(
            "SELECT extract(epoch FROM updated_at)::text AS changed FROM communities WHERE slug = \(slug)"
        ).first?.get("changed")
        return FormKnown(
            profile: stored.profile, confirmedOn: stored.confirmedOn, changed: changed ?? "-", place: place,
            vocabulary: vocabulary, key: key)
    }

    /// Imports answers to the form, each a community: the one that the form names, or else a new one.
    ///
    /// An answer comes in whole or not at all, and changes no community but the one that it names, and that one only when
    /// it bears the mark of a form that was sent to it. Of several answers of one community the latest counts.
    ///
    /// - Parameters:
    ///   - only: the one community that answers may be about, which hands them in itself; nil for any.
    ///   - isVouched: whether a coordinator answers for who wrote them, mark or none.
    ///   - pairs: what words mean, as `words=skill`.
    ///   - proposing: whether a skill that nobody knows is kept as a proposed one, instead of refusing its answer.
    /// - Throws: what concerns the database; `not-permitted` for an answer about another community than `only`.
    package func importForms(
        _ files: [FormFile], named name: String, by attestation: Attestation, on day: String,
        only: String? = nil, isVouched: Bool = false, proposing: Bool = false, meaning pairs: [String] = []
    ) async throws -> FormImportReport {
        let vocabulary = try await vocabulary()
        let meanings = try FormMeanings(pairs, vocabulary)
        let words = try SkillWords(vocabulary, isProposing: proposing)
        let communes = try await database.read { connection in try await CommuneIndex.load(connection) }
        // Where no form was signed yet, no mark fits.
        let key = try await standingKey() ?? ErasureStore.randomKey()
        let files = files.flatMap(\.messages)
        if files.isEmpty { throw EntraideError(.emptyFile, at: Place(file: name)) }
        var report = FormImportReport()
        report.figures.read = files.count
        var choice = FormChoice()
        for (index, file) in files.enumerated() {
            var text: String?
            do {
                let content = try file.read()
                text = content.text
                let reference = try FormReference(content.sheet, file: file.name)
                if let only, reference.community != only {
                    throw EntraideError(.notPermitted, ["community": only])
                }
                let known = try await database.read { connection -> FormKnown? in
                    guard let slug = reference.community else { return nil }
                    return try await Self.known(slug, vocabulary, key, connection)
                }
                // A key that was made out for nobody makes nobody.
                if let only, known == nil { throw EntraideError(.notPermitted, ["community": only]) }
                var reading = FormReading(
                    file: file.name, sheet: content.sheet, reference: reference,
                    known: known, vocabulary: vocabulary, communes: communes, words: words,
                    meanings: meanings, isVouched: isVouched || only != nil)
                reading.read()
                choice.add(FormChoice.Answer(row: index, text: text, date: content.date, reading: reading))
            } catch let error as EntraideError where [65, 66, 73].contains(error.code.exitStatus) {
                choice.refuse(row: index, text: text, [error])
            }
        }
        choice.decide()
        report.superseded = choice.superseded
        report.figures.repeated = choice.repeated
        for refusal in choice.refused {
            report.refuse(files[refusal.row], refusal.text, row: refusal.row, refusal.errors)
        }
        for reading in choice.told {
            report.understood += reading.understood.map {
                ("\(reading.file):\($0.line)", $0.words, $0.meaning)
            }
        }
        try await write(choice.taken, of: files, key, named: name, into: &report, by: attestation, on: day)
        if report.figures.added + report.figures.updated > 0 {
            try await recordImport(
                report.figures.detail(from: "form")
                    + (isVouched ? " \(attestation.detail) vouched=yes" : ""))
        }
        return report
    }

    private func write(
        _ answers: [FormChoice.Answer], of files: [FormFile], _ key: [UInt8], named name: String,
        into report: inout FormImportReport, by attestation: Attestation, on day: String
    ) async throws {
        let before = report.figures.refused
        report.figures.refused = []
        let rows = answers.map { (row: $0.row, item: $0.reading) }
        try await writeRows(rows, into: &report.figures, file: name, named: \.profile.community.slug) {
            store, reading in
            do {
                return try await Self.bring(reading, key, with: store, by: attestation, on: day)
            } catch let error as EntraideError {
                throw error.within(file: reading.file, line: reading.reference.line)
            }
        }
        let failed = Dictionary(report.figures.refused.map { ($0.row, $0.error) }) { first, _ in first }
        report.figures.refused = (before + report.figures.refused).sorted { $0.row < $1.row }
        for answer in answers {
            let reading = answer.reading
            if let error = failed[answer.row] {
                report.note(files[answer.row], answer.text, [error])
                continue
            }
            let slug = reading.profile.community.slug
            report.assumed += reading.assumed.map { ("\(reading.file):\($0.line)", $0.sentence) }
            report.figures.proposed += reading.profile.skills.filter {
                reading.proposals.map(\.slug).contains($0)
            }
            if reading.isConfirming { report.confirmed.append(slug) }
            if !reading.profile.consents(to: .matching) { report.withoutConsent.append(slug) }
        }
        report.figures.proposed = Set(report.figures.proposed).sorted()
    }

    /// Adds a community, or brings the one that the form names to what was answered.
    private static func bring(
        _ prepared: FormReading, _ key: [UInt8], with store: CommunityStore, by attestation: Attestation,
        on day: String
    ) async throws -> WrittenRow {
        let slug = prepared.profile.community.slug
        let place = FormQuestion.reference.place(file: prepared.file, line: prepared.reference.line)
        guard try await store.lock(slug), let stored = try await store.profile(slug) else {
            if try await ErasureStore(connection: store.connection).isErased(slug) {
                throw EntraideError(.erasedBefore, at: place)
            }
            // A form that was printed for a community that is no more brings no other in its place.
            guard prepared.reference.mark == nil else {
                throw EntraideError(.unknownCommunity, ["community": slug], at: place)
            }
            try await prepared.propose(with: store)
            var wanted = prepared.profile
            wanted.community.status = .active
            try await store.insert(wanted, confirmedOn: day, channel: attestation.channel)
            try await store.audit(.communityRegister, slug, by: attestation, from: "form")
            return WrittenRow(outcome: .added)
        }
        guard prepared.reference.community != nil else {
            // Read again, it changes nothing; anything else would change a community that it does not name.
            var wanted = prepared.profile.replacing(stored.profile)
            wanted.community.visibility = stored.profile.community.visibility
            if wanted == stored.profile { return WrittenRow(outcome: .unchanged) }
            throw EntraideError.identityNotStated(slug, isNamed: false, at: place)
        }
        // What was read is read again on what stands now that nobody else can write it.
        var reading = prepared
        if let known = try await known(slug, prepared.vocabulary, key, store.connection),
            known.mark != prepared.known?.mark
        {
            reading = prepared.again(on: known)
            reading.read()
            if let problem = reading.problems.first { throw problem }
        }
        let isConfirming = reading.isConfirming
        let isChanged = reading.profile != stored.profile
        if !isChanged, !isConfirming { return WrittenRow(outcome: .unchanged) }
        if let hindrance = reading.hindrance { throw hindrance }
        try await reading.propose(with: store)
        if isChanged {
            try await store.replace(with: reading.profile, channel: attestation.channel)
            try await store.audit(.communityUpdate, slug, by: attestation, from: "form")
        }
        if isConfirming {
            try await store.confirm(slug, on: day)
            try await store.audit(.communityConfirm, slug, by: attestation, from: "form")
        }
        return WrittenRow(
            outcome: .updated, isNewContact: reading.profile.contact != stored.profile.contact)
    }
}

extension FormImportReport {
    fileprivate mutating func refuse(
        _ file: FormFile, _ text: String?, row: Int, _ all: [EntraideError]
    ) {
        if let error = all.first {
            figures.refused.append(ImportReport.Refusal(row: row, error: error.within(file: file.name)))
        }
        note(file, text, all)
    }

    fileprivate mutating func note(_ file: FormFile, _ text: String?, _ all: [EntraideError]) {
        problems += all.map { $0.within(file: file.name) }
        guard let path = file.path else { return }
        // What stands in a mailbox is no file of its own.
        rejected.append(
            RejectedForm(
                path: path, number: file.number, text: text ?? file.number.flatMap { _ in file.whole }))
    }
}

extension FormReading {
    /// Skills of the answer that nobody has accepted yet.
    fileprivate var proposals: [Skill] {
        let used = Set(profile.skills)
        return words.standingProposals.filter { used.contains($0.slug) }
    }

    fileprivate func propose(with store: CommunityStore) async throws {
        if !proposals.isEmpty { try await SkillStore(connection: store.connection).propose(proposals) }
    }

    /// The same answers on what stands now.
    fileprivate func again(on known: FormKnown) -> FormReading {
        FormReading(
            file: file, sheet: sheet, reference: reference, known: known, vocabulary: vocabulary,
            communes: communes,
            words: words, meanings: meanings, isVouched: isVouched)
    }
}
