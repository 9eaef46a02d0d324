import ArgumentParser
import EntraideCore
import Lines

struct CommunityImport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "import", fr: "Lit un fichier de communautés ; le relire ne change rien.",
            en: "Reads a file of communities; reading it again changes nothing.",
            discussion: Bilingual(
                fr: """
                    --from auto : un tableau tel qu’il est (CSV ou texte d’un tableur, JSON), ses colonnes devinées, ou \
                    des réponses au formulaire.
                    --from entraide : un profil entier par ligne (ndjson), qui remplace ce qui est su de sa communauté ; \
                    jamais deviné. Ses accords sont notés comme lus dans un fichier, sauf avec --on-behalf --channel.
                    --from csv : un tableau. --from fablabs : une liste JSON de fablabs.io.
                    --from mednum : un fichier de lieux aux colonnes du standard national, ou d’autres indiquées par --map.
                    --from form : une réponse au formulaire (entraide community form), message .eml ou texte, ou un dossier de \
                    réponses. Les accords sont notés comme donnés par courriel ; --on-behalf --channel dit un autre moyen, et que \
                    vous répondez de qui écrit : sans cela, seule une réponse au formulaire envoyé à une communauté (entraide \
                    community form SLUG) change ce qui est su d’elle. De plusieurs réponses d’une même communauté, la plus \
                    récente compte. Les réponses refusées vont en texte dans le dossier de --rejects, à corriger et relire.
                    Sauf les profils entiers et les formulaires, les communautés arrivent « à confirmer », avec des offres suggérées : aucune \
                    session d’entraide ne les prend en compte avant entraide community confirm.
                    """,
                en: """
                    --from auto: a table as it is (CSV or text of a spreadsheet, JSON), its columns guessed, or answers \
                    to the form.
                    --from entraide: a whole profile per line (ndjson), which replaces what is known of its community; never \
                    guessed. Its consents are noted as read in a file, unless --on-behalf --channel is given.
                    --from csv: a table. --from fablabs: a JSON list of fablabs.io.
                    --from mednum: a file of places with the national standard's columns, or others named by --map.
                    --from form: an answer to the form (entraide community form), a message .eml or its text, or a folder of \
                    answers. Consents are noted as given by mail; --on-behalf --channel tells of another way, and that you answer for who \
                    wrote: without it, only an answer to the form that was sent to a community (entraide community form SLUG) \
                    changes what is known of it. Of several answers of one community the latest counts. Refused answers go as text \
                    to the folder of --rejects, to be mended and read again.
                    But for whole profiles and forms, communities come in unconfirmed, with suggested offers: no round takes them \
                    in before entraide community confirm.
                    """))
    }

    enum Source: String, ExpressibleByArgument, CaseIterable {
        case auto, entraide, csv, mednum, fablabs, form
    }

    @Option(help: ArgumentHelp(fr: "Genre de fichier.", en: "Kind of file."))
    var from = Source.auto

    @Argument(
        help: ArgumentHelp(
            fr: "Le fichier ; - pour l’entrée standard ; un dossier pour --from form.",
            en: "The file; - for standard input; a folder for --from form."))
    var file: String

    @Option(
        help: ArgumentHelp(
            fr: """
                colonne=En-tête, ou un fichier gardé par --save-map ; pour --from form, mots=compétence. Colonnes : \(ImportColumn.names).
                """,
            en: """
                column=Header, or a file kept by --save-map; for --from form, words=skill. Columns: \(ImportColumn.names).
                """))
    var map: [String] = []

    @Flag(
        name: .customLong("propose-skills"), inversion: .prefixedNo,
        help: ArgumentHelp(
            fr:
                "Garder (par défaut) ou non les compétences inconnues, comme propositions à relire : « entraide skill proposals ».",
            en:
                "Keep (the default) or not unknown skills, as proposals to be read over: “entraide skill proposals”."
        ))
    var proposeSkills: Bool?

    @OptionGroup var table: TableOptions
    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let attestation = try attesting.attestation
        try table.spare(file)
        let input = try InputFile.source(file)
        switch from {
        case .entraide: try await importProfiles(input, attestation)
        case .form: try await importForms(try forms(input), attestation)
        case .auto where map.isEmpty:
            let answers = (try? forms(input)) ?? []
            if answers.contains(where: \.isAnswer) {
                try await importForms(answers, attestation)
            } else if try input.holdsProfiles() {
                // Whoever fills in a table must not rewrite profiles by what the file holds.
                throw EntraideError(.wholeProfiles, at: Place(file: input.name))
            } else {
                try await importTable(input)
            }
        case .auto, .csv, .mednum, .fablabs: try await importTable(input)
        }
    }

    /// A confined caller adds no word to the vocabulary.
    var isProposing: Bool { proposeSkills ?? (Confinement.current.community(global) == nil) }

    private func importProfiles(_ input: InputSource, _ attestation: Attestation) async throws {
        try table.refuse()
        if let pair = map.first {
            throw EntraideError(
                .badOption,
                ["option": "--map", "value": excerpt(of: pair), "expected": "--from auto|csv|mednum|form"])
        }
        let bytes = try input.bytes()
        let report = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).importProfiles(
                bytes, file: input.name, by: attestation, on: today(), proposing: isProposing)
        }
        try say(report)
    }

    private func importTable(_ input: InputSource) async throws {
        var options = try table.options(map: map)
        if from == .fablabs || from == .mednum, options.source == nil { options.source = from.rawValue }
        options.isProposing = isProposing
        let progress = Progress("import")
        let report = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).importTable(input, options) {
                progress.report($0, $1)
            }
        }
        progress.end()
        try table.save(report.map.map)
        TableReportText(report: report, file: input.name).say()
        tellProposed(report.proposed)
        global.printer.list(TableReportText.figures(report))
        writing.remind()
        if let kept = table.kept(rejects: report.refusedCount > 0, map: true) { Terminal.error(kept) }
        if report.refusedCount > 0 {
            throw EntraideError.refusedRows(
                report.refusedCount, others: report.read - report.refusedCount, isRehearsal: writing.dryRun,
                in: input.name)
        }
    }

    private func tellProposed(_ skills: [String]) {
        guard !skills.isEmpty else { return }
        let some = skills.prefix(5).joined(separator: ", ") + (skills.count > 5 ? "…" : "")
        Terminal.error(
            entraide.say(
                fr: "compétences proposées, \(skills.count) : \(some) ; à relire : entraide skill proposals",
                en: "skills proposed, \(skills.count): \(some); to be read over: entraide skill proposals"))
    }

    private func say(_ report: ImportReport) throws {
        let refused = report.refused.map(\.error)
        try say(report, problems: refused, ImportEnding(file: InputFile.name(file), refused: refused))
    }

    /// The report: figures on standard output, refused rows on standard error.
    ///
    /// - Parameter problems: everything that is wrong: a row may have several.
    func say(_ report: ImportReport, problems: [EntraideError], _ ending: ImportEnding) throws {
        ImportEnding(file: InputFile.name(file), refused: problems).tellRefused()
        tellProposed(report.proposed)
        PastTermsText.tell(report.past)
        if !report.changed.isEmpty {
            Terminal.error(
                entraide.say(
                    fr: "communautés modifiées : \(report.changed.joined(separator: ", "))",
                    en: "communities changed: \(report.changed.joined(separator: ", "))"))
        }
        if !report.newContact.isEmpty {
            let slugs = report.newContact.joined(separator: ", ")
            Terminal.error(
                entraide.say(
                    fr: "adresse de contact changée : \(slugs) ; à vérifier si ce n’était pas attendu",
                    en: "contact address changed: \(slugs); to be checked if nobody expected it"))
        }
        try ending.finish(
            [
                "read": report.read,
                "added": report.added,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "repeated": report.repeated,
                "past-dates": report.past.count,
            ], global.printer, writing)
    }
}

extension ImportColumn {
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
