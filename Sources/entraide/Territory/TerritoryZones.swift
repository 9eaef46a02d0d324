import ArgumentParser
import EntraideCore

struct TerritoryZones: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "zones", fr: "Les listes de zones chargées, avec leur millésime et leur source.",
            en: "The lists of zones that are loaded, with their vintage and source.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let zones = try await global.onDatabase { try await Territories($0).zones() }
        global.printer.list(zones)
    }
}
