import ArgumentParser
import EntraideCore

struct PartnerAdd: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("add", fr: "Ajoute un partenaire.", en: "Adds a partner.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant du partenaire.", en: "The partner's identifier."))
    var partner: String

    @Option(help: ArgumentHelp(fr: "Nom ; l’identifiant par défaut.", en: "Name; the identifier by default."))
    var name: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let added = try await global.onDatabase { database in
            try await Partners(database, dryRun: writing.dryRun).add(partner, name: name ?? partner)
        }
        global.printer.one(added.record)
        writing.remind()
    }
}
