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
        for refusal in report.refused {
            Terminal.error("\(refusal.error.message(in: .current)) [\(refusal.error.code.rawValue)]")
        }
        global.printer.list([
            FigureRecord(figure: "read", value: "\(report.read)"),
            FigureRecord(figure: "added", value: "\(report.added)"),
            FigureRecord(figure: "updated", value: "\(report.updated)"),
            FigureRecord(figure: "unchanged", value: "\(report.unchanged)"),
            FigureRecord(figure: "refused", value: "\(report.refused.count)"),
        ])
        writing.remind()
        if !report.refused.isEmpty {
            throw EntraideError(.refusedRows, ["count": "\(report.refused.count)"], at: Place(file: name))
        }
    }
}
