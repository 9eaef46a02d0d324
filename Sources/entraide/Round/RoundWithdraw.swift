import ArgumentParser
import EntraideCore

struct RoundWithdraw: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "withdraw", fr: "Retire une session publiée tant que personne n’a répondu.",
            en: "Takes a published round back while nobody has answered.")
    }

    @OptionGroup var one: RoundArgument
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await one.move(writing, global) { try await $0.withdraw(one.round) }
    }
}
