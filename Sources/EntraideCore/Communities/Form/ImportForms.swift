import Foundation
package import Lines
import Matching
import Postgres

/// What reading forms did: the figures of any import, and what a coordinator should see of each answer.
package struct FormImportReport: Sendable {
    package var figures = ImportReport()
    /// Everything that is wrong in the answers that did not come in.
    package var problems: [EntraideError] = []
    /// Files that did not come in, by their paths, each with the text that was read of a mail: that is what can be mended.
    package var rejected: [(path: String, text: String?)] = []
    /// Words taken for what they do not say outright, each with its place.
    package var understood: [(place: String, words: String, meaning: String)] = []
    /// Communities that a form brought and that do not take part in rounds: their consent is missing.
    package var withoutConsent: [String] = []
    /// Communities that were to be confirmed, and whose answer did so.
    package var confirmed: [String] = []
}

/// An answer to the form, as it came: a mail, or its text.
package struct FormFile: Sendable {
    /// What errors call it.
    package let name: String
    let source: InputSource
    /// Where it stands; nil for standard input.
    package let path: String?

    /// Bytes of a file: a long mail with pictures is under this.
    private static let most = 32 << 20

    package init(_ source: InputSource, path: String?) {
        name = source.name
        self.source = source
        self.path = path
    }

    /// The answers of a folder, by name; hidden files, folders, links and what is no plain file apart.
    ///
    /// - Throws: `no-such-file`.
    package static func all(in folder: String, named name: String) throws(EntraideError) -> [FormFile] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw EntraideError(.noSuchFile, ["file": name])
        }
        return names.filter { !$0.hasPrefix(".") }.sorted(by: precedes).compactMap { file in
            let path = (folder as NSString).appendingPathComponent(file)
            let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            guard kind == .typeRegular else { return nil }
            let shown = (name as NSString).appendingPathComponent(escapingControls(file))
            return FormFile(InputSource(path: path, name: shown), path: path)
        }
    }

    /// The answers that the file holds: of the texts of a mail, the one that says the most. With that text, unless it is
    /// the file itself.
    ///
    /// - Throws: `no-such-file`, `empty-file`, `too-long`, `unreadable-form`.
    func read() throws(EntraideError) -> (sheet: FormSheet, text: String?) {
        let place = Place(file: name)
        let bytes = try source.bytes(most: Self.most)
        guard bytes.contains(where: { $0 > 0x20 }) else { throw EntraideError(.emptyFile, at: place) }
        if let message = MailMessage(bytes) { return Self.fullest(message.bodies) }
        var guess = EncodingGuess()
        guess.take(bytes)
        switch FileRecognition(head: Array(bytes.prefix(1 << 16)), hasStrayZeros: guess.hasStrayZeros) {
        case .unusable(let error):
            // A mail saved as a web page is an answer like any other.
            if error.code == .webPage {
                let text = HTMLText.plain(MailMessage.text(of: bytes))
                return (FormSheet(MailMessage.Body(text: text)), text)
            }
            let what = Self.isOldOffice(bytes) ? "Outlook .msg, Word .doc" : error.values["format"] ?? "?"
            throw EntraideError(.unreadableForm, ["format": what], at: place)
        case .text, .json: return (FormSheet(MailMessage.Body(text: MailMessage.text(of: bytes))), nil)
        }
    }

    private static func isOldOffice(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    }

    private static func fullest(_ bodies: [MailMessage.Body]) -> (sheet: FormSheet, text: String?) {
        let first = bodies.first ?? MailMessage.Body(text: "")
        var best = (sheet: FormSheet(first), text: first.text)
        for body in bodies.dropFirst() {
            let sheet = FormSheet(body)
            if (sheet.answered, sheet.marks) > (best.sheet.answered, best.sheet.marks) {
                best = (sheet, body.text)
            }
        }
        return best
    }

    /// Whether the file is an answer to the form. A large file of anything else is not read further than its beginning.
    package var isAnswer: Bool {
        guard var pieces = try? source.pieces(), let head = try? pieces.next(),
            MailMessage.begins(head) || head.firstRange(of: Array("Q0".utf8)) != nil
        else { return false }
        return (try? read()).map { $0.sheet.marks > 2 } ?? false
    }
}

extension Communities {
    /// The form for a community that stands, or for any other.
    ///
    /// - Throws: `unknown-community`.
    package func form(for slug: String?, in language: Language) async throws -> String {
        let vocabulary = try await vocabulary()
        return try await database.read { connection in
            var known: FormKnown?
            if let slug {
                known = try await Self.known(slug, vocabulary, connection)
                if known == nil { throw EntraideError(.unknownCommunity, ["community": slug]) }
            }
            var form = FormText(known, language)
            return form.written()
        }
    }

    private static func known(
        _ slug: String, _ vocabulary: Vocabulary, _ connection: Connection
    ) async throws -> FormKnown? {
        guard let stored = try await CommunityStore(connection: connection).profile(slug) else { return nil }
        var place: Territory?
        if let code = stored.profile.community.territory {
            place = try await TerritoryStore(connection: connection).find(code: code)
        }
        return FormKnown(
            profile: stored.profile, confirmedOn: stored.confirmedOn, place: place, vocabulary: vocabulary)
    }

    /// Imports answers to the form, each a community: the one that the form names, or else a new one.
    ///
    /// An answer comes in whole or not at all, and changes no community but the one that it names.
    ///
    /// - Parameters:
    ///   - only: the one community that answers may be about; nil for any.
    ///   - pairs: what words mean, as `words=skill`.
    ///   - proposing: whether a skill that nobody knows is kept as a proposed one, instead of refusing its answer.
    /// - Throws: what concerns the database; `not-permitted` for an answer about another community than `only`.
    package func importForms(
        _ files: [FormFile], named name: String, by attestation: Attestation, on day: String,
        only: String? = nil, proposing: Bool = false, meaning pairs: [String] = []
    ) async throws -> FormImportReport {
        let vocabulary = try await vocabulary()
        let meanings = try FormMeanings(pairs, vocabulary)
        let words = try SkillWords(vocabulary, isProposing: proposing)
        let communes = try await database.read { connection in try await CommuneIndex.load(connection) }
        var report = FormImportReport()
        var readings: [String: FormReading] = [:]
        var rows: [(row: Int, item: FormReading)] = []
        var texts: [Int: String] = [:]
        for (index, file) in files.enumerated() {
            report.figures.read += 1
            var text: String?
            do {
                let sheet: FormSheet
                (sheet, text) = try file.read()
                let reference = try FormReference(sheet, file: file.name)
                if let only, reference.community != only {
                    throw EntraideError(.notPermitted, ["community": only])
                }
                let known = try await database.read { connection -> FormKnown? in
                    guard let slug = reference.community else { return nil }
                    return try await Self.known(slug, vocabulary, connection)
                }
                // A key that was made out for nobody makes nobody.
                if let only, known == nil { throw EntraideError(.notPermitted, ["community": only]) }
                var reading = FormReading(
                    file: file.name, sheet: sheet, reference: reference,
                    known: known, vocabulary: vocabulary, communes: communes, words: words, meanings: meanings
                )
                reading.read()
                report.understood += reading.understood.map {
                    ("\(file.name):\($0.line)", $0.words, $0.meaning)
                }
                if let first = reading.problems.first {
                    report.refuse(file, text, row: index, first, reading.problems)
                    continue
                }
                let slug = reading.profile.community.slug
                // It will not be taken, so another answer of this community may be.
                if reading.isStale, reading.profile != reading.known?.profile {
                    throw EntraideError(
                        .staleForm, ["community": slug],
                        at: Place(file: file.name, line: reference.line, field: FormQuestion.reference.field))
                }
                if let other = readings[slug] {
                    if other.profile == reading.profile {
                        report.figures.repeated += 1
                        continue
                    }
                    throw EntraideError(
                        .duplicateInFile, ["value": slug],
                        at: Place(file: file.name, line: reference.line, field: FormQuestion.reference.field))
                }
                readings[slug] = reading
                texts[index] = text
                rows.append((index, reading))
            } catch let error as EntraideError where [65, 66, 73].contains(error.code.exitStatus) {
                report.refuse(file, text, row: index, error, [error])
            }
        }
        if files.isEmpty { throw EntraideError(.emptyFile, at: Place(file: name)) }
        try await write(rows, of: files, texts, named: name, into: &report, by: attestation, on: day)
        if report.figures.added + report.figures.updated > 0 {
            try await recordImport(report.figures.detail(from: "form"))
        }
        return report
    }

    private func write(
        _ rows: [(row: Int, item: FormReading)], of files: [FormFile], _ texts: [Int: String],
        named name: String,
        into report: inout FormImportReport, by attestation: Attestation, on day: String
    ) async throws {
        let before = report.figures.refused
        report.figures.refused = []
        try await writeRows(rows, into: &report.figures, file: name, named: \.profile.community.slug) {
            store, reading in
            do {
                return try await Self.bring(reading, with: store, by: attestation, on: day)
            } catch let error as EntraideError {
                throw error.within(file: reading.file, line: reading.reference.line)
            }
        }
        let failed = Dictionary(report.figures.refused.map { ($0.row, $0.error) }) { first, _ in first }
        report.figures.refused = (before + report.figures.refused).sorted { $0.row < $1.row }
        for (row, reading) in rows {
            if let error = failed[row] {
                report.note(files[row], texts[row], [error])
                continue
            }
            let slug = reading.profile.community.slug
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
        _ prepared: FormReading, with store: CommunityStore, by attestation: Attestation, on day: String
    ) async throws -> WriteOutcome {
        let slug = prepared.profile.community.slug
        let field = FormQuestion.reference.field
        guard try await store.lock(slug), let stored = try await store.profile(slug) else {
            if try await ErasureStore(connection: store.connection).isErased(slug) {
                throw EntraideError(.erasedBefore, at: Place(field: field))
            }
            // A form that was printed for a community that is no more brings no other in its place.
            guard prepared.reference.mark == nil else {
                throw EntraideError(.unknownCommunity, ["community": slug], at: Place(field: field))
            }
            try await prepared.propose(with: store)
            var wanted = prepared.profile
            wanted.community.status = .active
            try await store.insert(wanted, confirmedOn: day, channel: attestation.channel)
            return .added
        }
        guard prepared.reference.community != nil else {
            // Read again, it changes nothing; anything else would change a community that it does not name.
            var wanted = prepared.profile.replacing(stored.profile)
            wanted.community.visibility = stored.profile.community.visibility
            if wanted == stored.profile { return .unchanged }
            throw EntraideError(.identityNotStated, ["community": slug], at: Place(field: field))
        }
        // What was read is read again on what stands now that nobody else can write it.
        var reading = prepared
        if let known = try await known(slug, prepared.vocabulary, store.connection),
            known.mark != prepared.known?.mark
        {
            reading = prepared.again(on: known)
            reading.read()
            if let problem = reading.problems.first { throw problem }
        }
        let isConfirming = reading.isConfirming
        let isChanged = reading.profile != stored.profile
        if !isChanged, !isConfirming { return .unchanged }
        if reading.isStale { throw EntraideError(.staleForm, ["community": slug], at: Place(field: field)) }
        try await reading.propose(with: store)
        if isChanged { try await store.replace(with: reading.profile, channel: attestation.channel) }
        if isConfirming { try await store.confirm(slug, on: day) }
        return .updated
    }
}

extension FormImportReport {
    fileprivate mutating func refuse(
        _ file: FormFile, _ text: String?, row: Int, _ error: EntraideError, _ all: [EntraideError]
    ) {
        figures.refused.append(ImportReport.Refusal(row: row, error: error.within(file: file.name)))
        note(file, text, all)
    }

    fileprivate mutating func note(_ file: FormFile, _ text: String?, _ all: [EntraideError]) {
        problems += all.map { $0.within(file: file.name) }
        if let path = file.path { rejected.append((path, text)) }
    }
}

extension FormReading {
    /// Skills of the answer that nobody has accepted yet.
    fileprivate var proposals: [Skill] {
        let used = Set(profile.skills)
        return words.standingProposals.filter { used.contains($0.slug) }
    }

    /// Whether a community that was to be confirmed now stands by its profile: it answered, and takes part.
    fileprivate var isConfirming: Bool {
        known?.profile.community.status == .unconfirmed
            && sheet.answers[.consent(.matching)].map { !$0.isBlank } == true
            && profile.consents(to: .matching)
    }

    fileprivate func propose(with store: CommunityStore) async throws {
        if !proposals.isEmpty { try await SkillStore(connection: store.connection).propose(proposals) }
    }

    /// The same answers on what stands now.
    fileprivate func again(on known: FormKnown) -> FormReading {
        FormReading(
            file: file, sheet: sheet, reference: reference, known: known, vocabulary: vocabulary,
            communes: communes,
            words: words, meanings: meanings)
    }
}
