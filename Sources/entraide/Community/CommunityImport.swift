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
                    --from entraide : un profil entier par ligne (ndjson).
                    --from mednum : un fichier de lieux aux colonnes du standard national, ou d’autres indiquées par --map. \
                    Les lieux arrivent « à confirmer », avec des offres suggérées : aucune session d’entraide ne les prend \
                    en compte avant entraide community confirm.
                    """,
                en: """
                    --from entraide: a whole profile per line (ndjson).
                    --from mednum: a file of places with the national standard's columns, or others named by --map. \
                    Places come in unconfirmed, with suggested offers: no round takes them in before \
                    entraide community confirm.
                    """))
    }

    enum Source: String, ExpressibleByArgument, CaseIterable {
        case entraide, mednum
    }

    @Option(help: ArgumentHelp(fr: "De quelle sorte de fichier.", en: "From which kind of file."))
    var from: Source

    @Argument(
        help: ArgumentHelp(
            fr: "Le fichier ; - pour l’entrée standard.", en: "The file; - for standard input."))
    var file: String

    @Option(
        help: ArgumentHelp(
            fr: "colonne=En-tête, pour mednum ; colonnes : \(PlaceColumn.names).",
            en: "column=Header, for mednum; columns: \(PlaceColumn.names)."))
    var map: [String] = []

    @Flag(
        name: .customLong("propose-skills"),
        help: ArgumentHelp(
            fr: "Garder les compétences inconnues comme propositions, pour entraide.",
            en: "Keep unknown skills as proposals, for entraide."))
    var proposeSkills = false

    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let attestation = try attesting.attestation
        let columns = try columnMap()
        let bytes = try InputFile.read(file)
        let name = InputFile.name(file)
        let report = try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            switch from {
            case .entraide:
                return try await communities.importProfiles(
                    bytes, file: name, by: attestation, on: today(), proposing: proposeSkills)
            case .mednum:
                return try await communities.importPlaces(bytes, file: name, map: columns)
            }
        }
        try say(report)
    }

    private func columnMap() throws -> [PlaceColumn: String] {
        var columns: [PlaceColumn: String] = [:]
        for pair in map {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard from == .mednum, parts.count == 2, let column = PlaceColumn(rawValue: parts[0]) else {
                throw EntraideError(
                    .badOption,
                    ["option": "--map", "value": excerpt(of: pair), "expected": "\(PlaceColumn.names) = …"])
            }
            columns[column] = parts[1]
        }
        return columns
    }

    /// The report: figures on standard output, refused rows and what was not understood on standard error.
    private func say(_ report: ImportReport) throws {
        for refusal in report.refused {
            Terminal.error("\(refusal.error.message(in: .current)) [\(refusal.error.code.rawValue)]")
        }
        for (label, count) in report.notUnderstood.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            Terminal.error(
                entraide.say(
                    fr: "activité sans compétence connue, \(count) fois : \(excerpt(of: label))",
                    en: "activity with no known skill, \(count) times: \(excerpt(of: label))"))
        }
        if !report.missingColumns.isEmpty {
            let names = report.missingColumns.map(\.rawValue).joined(separator: ", ")
            Terminal.error(
                entraide.say(
                    fr: "colonnes que le fichier n’a pas, ou à indiquer par --map : \(names)",
                    en: "columns that the file lacks, or that --map should name: \(names)"))
        }
        if !report.proposed.isEmpty {
            let slugs = report.proposed.joined(separator: ", ")
            Terminal.error(
                entraide.say(
                    fr: "compétences proposées : \(slugs) ; voir entraide skill proposals",
                    en: "skills proposed: \(slugs); see entraide skill proposals"))
        }
        if !report.changed.isEmpty {
            Terminal.error(
                entraide.say(
                    fr: "communautés modifiées : \(report.changed.joined(separator: ", "))",
                    en: "communities changed: \(report.changed.joined(separator: ", "))"))
        }
        global.printer.list([
            FigureRecord(figure: "read", value: "\(report.read)"),
            FigureRecord(figure: "added", value: "\(report.added)"),
            FigureRecord(figure: "updated", value: "\(report.updated)"),
            FigureRecord(figure: "unchanged", value: "\(report.unchanged)"),
            FigureRecord(figure: "repeated", value: "\(report.repeated)"),
            FigureRecord(figure: "refused", value: "\(report.refused.count)"),
        ])
        writing.remind()
        if !report.refused.isEmpty {
            throw EntraideError(
                .refusedRows, ["count": "\(report.refused.count)"], at: Place(file: InputFile.name(file)))
        }
    }
}

extension PlaceColumn {
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
