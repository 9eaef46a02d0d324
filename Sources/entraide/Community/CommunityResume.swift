import ArgumentParser
import EntraideCore

struct CommunityResume: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("resume", fr: "Met fin à la pause d’une communauté.", en: "Ends a community's pause.")
    }

    @OptionGroup var one: CommunityArgument

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let status = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).resume(one.community)
        }
        Terminal.error(
            say(
                fr: "\(one.community) est \(status.label.fr).",
                en: "\(one.community) is \(status.label.en)."))
        writing.remind()
    }
}
