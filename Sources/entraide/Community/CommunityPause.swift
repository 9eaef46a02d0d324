import ArgumentParser
import EntraideCore

struct CommunityPause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("pause", fr: "Met une communauté en pause.", en: "Puts a community on pause.")
    }

    @OptionGroup var one: CommunityOrCode

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let addressee = try one.addressee("pause")
        let community = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).pause(addressee)
        }
        Terminal.error(say(fr: "\(community) est en pause.", en: "\(community) is on pause."))
        writing.remind()
    }
}
