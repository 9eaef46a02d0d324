import ArgumentParser
import EntraideCore
import Lines

struct NetworkImport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "import", fr: "Lit qui est dans quel réseau ; le relire ne change rien.",
            en: "Reads who is in which network; reading it again changes nothing.",
            discussion: Bilingual(
                fr: """
                    Un fichier csv aux colonnes community,network,college,referent (yes ou no), les deux dernières facultatives. \
                    Qui n’y figure pas reste dans ses réseaux.
                    """,
                en: """
                    A csv file with the columns community,network,college,referent (yes or no), the last two as you please. \
                    Who is not in it stays in its networks.
                    """))
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
            try await Networks(database, dryRun: writing.dryRun).importMemberships(bytes, file: name)
        }
        let ending = ImportEnding(file: name, refused: report.refused.map(\.error))
        ending.tellRefused()
        try ending.finish(
            [
                "read": report.read,
                "added": report.added,
                "updated": report.updated,
                "unchanged": report.unchanged,
            ], global.printer, writing)
    }
}
