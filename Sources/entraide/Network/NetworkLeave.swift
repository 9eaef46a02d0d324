import ArgumentParser
import EntraideCore

struct NetworkLeave: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "leave", fr: "Fait sortir une communauté d’un réseau.", en: "Takes a community out of a network.")
    }

    @OptionGroup var both: MembershipArguments
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Networks(database, dryRun: writing.dryRun).leave(both.community, both.network)
        }
        writing.remind()
    }
}
