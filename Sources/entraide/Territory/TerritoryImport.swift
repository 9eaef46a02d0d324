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
        for refusal in report.refused {
            Terminal.error("\(refusal.error.message(in: .current)) [\(refusal.error.code.rawValue)]")
        }
        global.printer.list([
            FigureRecord(figure: "rows", value: "\(report.rows)"),
            FigureRecord(figure: "codes", value: "\(report.codes)"),
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
