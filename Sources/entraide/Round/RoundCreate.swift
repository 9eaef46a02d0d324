import ArgumentParser
import EntraideCore

struct RoundCreate: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("create", fr: "Prépare une session d’entraide.", en: "Prepares a round.")
    }

    @OptionGroup var one: RoundArgument

    @Option(
        help: ArgumentHelp(fr: "Titre ; l’identifiant par défaut.", en: "Title; the identifier by default."))
    var title: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            let made = try await Rounds(database, dryRun: writing.dryRun)
                .create(one.round, title: title ?? one.round)
            writing.remind()
            if !writing.dryRun { global.printer.one(made.record) }
        }
    }
}
