import ArgumentParser
import EntraideCore

struct SkillAccept: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "accept", fr: "Fait entrer une compétence proposée dans le vocabulaire.",
            en: "Makes a proposed skill one of the vocabulary.")
    }

    @Argument(help: ArgumentHelp(fr: "La compétence proposée.", en: "The proposed skill."))
    var skill: String

    @Option(
        name: .customLong("label-fr"),
        help: ArgumentHelp(fr: "Son libellé français.", en: "Its French label."))
    var labelFR: String?

    @Option(
        name: .customLong("label-en"),
        help: ArgumentHelp(fr: "Son libellé anglais.", en: "Its English label."))
    var labelEN: String?

    @Option(
        help: ArgumentHelp(fr: "La compétence plus large.", en: "The broader skill."))
    var broader: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let accepted = try await global.onDatabase { database in
            try await Skills(database, dryRun: writing.dryRun).accept(
                skill, labelFR: labelFR, labelEN: labelEN, under: broader)
        }
        global.printer.one(accepted.record)
        writing.remind()
    }
}
