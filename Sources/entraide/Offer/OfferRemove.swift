import ArgumentParser
import EntraideCore

struct OfferRemove: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("remove", fr: "Retire une offre.", en: "Removes an offer.")
    }

    @OptionGroup var one: CommunityArgument

    @Argument(help: ArgumentHelp(fr: "Identifiant de la compétence.", en: "The skill's identifier."))
    var skill: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).removeOffer(skill, from: one.community)
        }
        Terminal.error(say(fr: "Offre retirée.", en: "Offer removed."))
        writing.remind()
    }
}
