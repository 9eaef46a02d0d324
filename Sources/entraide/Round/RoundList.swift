import ArgumentParser
import EntraideCore

struct RoundList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Toutes les sessions d’entraide.", en: "All rounds.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let rounds = try await global.onDatabase { try await Rounds($0).list(for: .coordinator) }
        global.printer.list(rounds.map(\.record))
    }
}
