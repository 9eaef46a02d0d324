import ArgumentParser
import EntraideCore
import Lines

struct TerritoryImport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "import", fr: "Lit un fichier de communes, ou la liste d’une zone ; le relire ne change rien.",
            en: "Reads a file of communes, or the list of a zone; reading it again changes nothing.",
            discussion: Bilingual(
                fr: """
                    Avec --zone, le fichier csv liste les communes d’une zone (code_insee, nom) ou ses quartiers avec leur \
                    commune (code_qp, nom_qp, insee_com) et remplace, en entier, la liste de même millésime. Seules les \
                    communes de la zone doivent y figurer : un fichier de toutes les communes est à filtrer avant. Les codes \
                    inconnus sont gardés et signalés.
                    """,
                en: """
                    With --zone, the csv file lists the communes of a zone (code_insee, name) or its quarters with their \
                    commune (code_qp, quarter_name, insee_com) and takes, whole, the place of the list of the same vintage. It \
                    must hold the communes of the zone alone: a file of all communes is to be filtered before. Codes that \
                    nobody knows are kept and told.
                    """))
    }

    @Argument(
        help: ArgumentHelp(
            fr: "Le fichier csv ; - pour l’entrée standard.", en: "The csv file; - for standard input."))
    var file: String

    @Option(
        help: ArgumentHelp(
            fr: "La zone que le fichier liste, par exemple frr ou qpv ; avec --vintage et --source.",
            en: "The zone that the file lists, such as frr or qpv; with --vintage and --source."))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            fr: "Millésime de la liste : AAAA ou AAAA-MM-JJ.", en: "Vintage of the list: YYYY or YYYY-MM-DD.")
    )
    var vintage: String?

    @Option(
        help: ArgumentHelp(
            fr: "D’où vient la liste : adresse ou nom.", en: "Where the list came from: an address or a name."
        ))
    var source: String?

    @Option(
        help: ArgumentHelp(
            fr: """
                colonne=En-tête, pour un fichier dont les en-têtes sont autres : --map "code_insee=Code de la commune". Se répète.
                """,
            en: """
                column=Header, for a file whose headers are others: --map "code_insee=Code of the commune". May be repeated.
                """))
    var map: [String] = []

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let given = [("--zone", zone), ("--vintage", vintage), ("--source", source)]
        let missing = given.filter { $0.1 == nil }.map(\.0)
        guard missing.count < given.count else { return try await importCommunes() }
        guard let zone, let vintage, let source else {
            throw EntraideError(.incompleteZone, ["missing": missing.joined(separator: ", ")])
        }
        try await importZone(Zone(slug: zone, vintage: vintage, source: source))
    }

    private func importZone(_ zone: Zone) async throws {
        let bytes = try InputFile.read(file)
        let name = InputFile.name(file)
        let report = try await global.onDatabase { database in
            try await Territories(database, dryRun: writing.dryRun)
                .importZone(zone, bytes, file: name, map: map)
        }
        let ending = ImportEnding(file: name, refused: report.refused.map(\.error), nothingLoaded: true)
        ending.tellRefused()
        for sentence in ZoneReportText(zone: zone, report: report).sentences { Terminal.error(sentence) }
        try ending.finish(
            [
                "rows": report.rows,
                "communes": report.communes,
                "added": report.added,
                "removed": report.removed,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "repeated": report.repeated.count,
                "unknown": report.unknown.count,
            ], global.printer, writing)
    }

    private func importCommunes() async throws {
        let bytes = try InputFile.read(file)
        let name = InputFile.name(file)
        let report = try await global.onDatabase { database in
            try await Territories(database, dryRun: writing.dryRun).importCommunes(
                bytes, file: name, map: map)
        }
        let ending = ImportEnding(file: name, refused: report.refused.map(\.error))
        ending.tellRefused()
        try ending.finish(
            [
                "rows": report.rows,
                "codes": report.codes,
                "added": report.added,
                "updated": report.updated,
                "unchanged": report.unchanged,
            ], global.printer, writing)
    }
}
