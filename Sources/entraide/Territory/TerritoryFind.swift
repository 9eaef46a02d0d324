import ArgumentParser
import EntraideCore

struct TerritoryFind: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "find", fr: "Cherche une commune par son nom, son code ou son code postal.",
            en: "Finds a commune by name, code or postcode.")
    }

    @Argument(help: ArgumentHelp(fr: "Nom, code INSEE ou code postal.", en: "Name, INSEE code or postcode."))
    var words: [String]

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let found = try await global.onDatabase {
            try await Territories($0).find(words.joined(separator: " "))
        }
        global.printer.list(found.map(\.record))
    }
}
