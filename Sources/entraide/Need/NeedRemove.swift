import ArgumentParser
import EntraideCore

struct NeedRemove: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("remove", fr: "Retire un besoin.", en: "Removes a need.")
    }

    @OptionGroup var one: CommunityArgument

    @Argument(help: ArgumentHelp(fr: "Identifiant de la compétence.", en: "The skill's identifier."))
    var skill: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).removeNeed(skill, from: one.community)
        }
        Terminal.error(say(fr: "Besoin retiré.", en: "Need removed."))
        writing.remind()
    }
}
