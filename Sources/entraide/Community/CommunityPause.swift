import ArgumentParser
import EntraideCore

struct CommunityPause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("pause", fr: "Met une communauté en pause.", en: "Puts a community on pause.")
    }

    @OptionGroup var one: CommunityArgument

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).pause(one.community)
        }
        Terminal.error(say(fr: "\(one.community) est en pause.", en: "\(one.community) is on pause."))
        writing.remind()
    }
}
