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

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        guard let zone, let vintage, let source else {
            let given = [("--zone", zone), ("--vintage", vintage), ("--source", source)].first { $0.1 != nil }
            guard let given else { return try await importCommunes() }
            throw EntraideError(
                .badOption,
                [
                    "option": given.0, "value": excerpt(of: given.1 ?? ""),
                    "expected": "--zone, --vintage, --source",
                ])
        }
        try await importZone(Zone(slug: zone, vintage: vintage, source: source))
    }

    /// How many codes that nobody knows are told one by one.
    private static let toldCodes = 50

    private func importZone(_ zone: Zone) async throws {
        let bytes = try InputFile.read(file)
        let name = InputFile.name(file)
        let report = try await global.onDatabase { database in
            try await Territories(database, dryRun: writing.dryRun).importZone(zone, bytes, file: name)
        }
        let ending = ImportEnding(file: name, refused: report.refused.map(\.error))
        ending.tellRefused()
        if !report.refused.isEmpty {
            Terminal.error(
                say(
                    fr:
                        "Rien n’a été chargé : une liste incomplète laisserait des communautés hors de la zone.",
                    en:
                        "Nothing was loaded: a list that is not whole would leave communities out of the zone."
                ))
        }
        tell(unknown: report.unknown)
        try ending.finish(
            [
                "rows": report.rows,
                "communes": report.communes,
                "added": report.added,
                "removed": report.removed,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "unknown": report.unknown.count,
            ], global.printer, writing)
    }

    private func tell(unknown codes: [String]) {
        guard !codes.isEmpty else { return }
        let more = codes.count > Self.toldCodes ? ", …" : ""
        let list = codes.prefix(Self.toldCodes).joined(separator: ", ") + more
        Terminal.error(
            say(
                codes.count,
                fr: (
                    "Un code n’est pas parmi les communes chargées (ancienne commune ?) : \(list)",
                    "\(codes.count) codes ne sont pas parmi les communes chargées (anciennes communes ?) : \(list)"
                ),
                en: (
                    "One code is not among the communes loaded (a former commune?): \(list)",
                    "\(codes.count) codes are not among the communes loaded (former communes?): \(list)"
                )))
    }

    private func importCommunes() async throws {
        let bytes = try InputFile.read(file)
        let name = InputFile.name(file)
        let report = try await global.onDatabase { database in
            try await Territories(database, dryRun: writing.dryRun).importCommunes(bytes, file: name)
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
