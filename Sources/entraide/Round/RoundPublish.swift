import ArgumentParser
import EntraideCore

struct RoundPublish: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "publish", fr: "Publie la session d’un coup : les partenaires la voient.",
            en: "Publishes the round all at once: partners see it.")
    }

    @OptionGroup var one: RoundArgument
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await one.move(writing, global) { try await $0.publish(one.round) }
    }
}
