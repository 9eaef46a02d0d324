import ArgumentParser
import EntraideCore
import Lines

struct TerritoryImport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "import", fr: "Lit un fichier de communes ; le relire ne change rien.",
            en: "Reads a file of communes; reading it again changes nothing.")
    }

    @Argument(
        help: ArgumentHelp(
            fr: "Le fichier csv ; - pour l’entrée standard.", en: "The csv file; - for standard input."))
    var file: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
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
