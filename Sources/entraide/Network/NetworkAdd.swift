import ArgumentParser
import EntraideCore

struct NetworkAdd: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("add", fr: "Ajoute un réseau.", en: "Adds a network.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant du réseau.", en: "The network's identifier."))
    var network: String

    @Option(help: ArgumentHelp(fr: "Nom ; l’identifiant par défaut.", en: "Name; the identifier by default."))
    var name: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let added = try await global.onDatabase { database in
            try await Networks(database, dryRun: writing.dryRun).add(network, name: name ?? network)
        }
        global.printer.one(added.record)
        writing.remind()
    }
}
