import ArgumentParser
import EntraideCore

struct NetworkList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "list", fr: "Les réseaux, ou les communautés d’un réseau.",
            en: "Networks, or the communities of one.",
            discussion: Bilingual(
                fr: "Avec un réseau et -o csv, ce que lit entraide network import.",
                en: "With a network and -o csv, what entraide network import reads."))
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant d’un réseau.", en: "A network's identifier."))
    var network: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            let networks = Networks(database)
            if let network {
                global.printer.list(try await networks.members(of: network).map(\.record))
            } else {
                global.printer.list(try await networks.list().map(\.record))
            }
        }
    }
}
