import ArgumentParser
import EntraideCore

struct RoundOpen: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "open", fr: "Ouvre la session aux communautés.",
            en: "Opens the round to communities.")
    }

    @OptionGroup var one: RoundArgument
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await one.move(writing, global) { try await $0.open(one.round) }
    }
}
