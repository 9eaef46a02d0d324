import ArgumentParser
import EntraideCore

struct NeedClose: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("close", fr: "Le besoin est comblé.", en: "The need is met.")
    }

    @OptionGroup var one: CommunityArgument

    @Argument(help: ArgumentHelp(fr: "Identifiant de la compétence.", en: "The skill's identifier."))
    var skill: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).closeNeed(skill, of: one.community)
        }
        Terminal.error(say(fr: "Besoin comblé.", en: "Need met."))
        writing.remind()
    }
}
