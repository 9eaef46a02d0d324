import ArgumentParser
import EntraideCore
import Matching

struct RoundCreate: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("create", fr: "Prépare une session d’entraide.", en: "Prepares a round.")
    }

    @OptionGroup var one: RoundArgument

    @Option(
        help: ArgumentHelp(fr: "Titre ; l’identifiant par défaut.", en: "Title; the identifier by default."))
    var title: String?

    @Option(
        help: ArgumentHelp(
            fr: """
                Ce qui passe d’abord : « first », aider le plus de communautés possible ; « bonus » (par défaut), le total, \
                où une première aide reçue compte davantage.
                """,
            en: """
                What comes first: 'first', to help as many communities as possible; 'bonus' (the default), the total, \
                where a first match counts more.
                """))
    var coverage: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let coverage = try coverage.map { try FieldCheck.code($0, field: "--coverage", as: Coverage.self) }
        try await global.onDatabase { database in
            let made = try await Rounds(database, dryRun: writing.dryRun)
                .create(one.round, title: title ?? one.round, coverage: coverage ?? .bonus)
            writing.remind()
            if !writing.dryRun { global.printer.one(made.record) }
        }
    }
}
