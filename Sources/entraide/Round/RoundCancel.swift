import ArgumentParser
import EntraideCore

struct RoundCancel: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "cancel", fr: "Annule la session.",
            en: "Cancels the round.")
    }

    @OptionGroup var one: RoundArgument
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await one.move(writing, global) { try await $0.cancel(one.round) }
    }
}
