import ArgumentParser
import EntraideCore
import Lines

struct MatchList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les mises en relation, toutes ou choisies.", en: "Matches, all or chosen.")
    }

    @Option(help: ArgumentHelp(fr: "Celles de cette session.", en: "Those of this round."))
    var round: String?

    @Option(help: ArgumentHelp(fr: "Celles où figure cette communauté.", en: "Those with this community."))
    var community: String?

    @Option(help: ArgumentHelp(fr: "Celles de cette aidante.", en: "Those of this provider."))
    var provider: String?

    @Option(help: ArgumentHelp(fr: "Celles de cette aidée.", en: "Those of this receiver."))
    var receiver: String?

    @Option(help: ArgumentHelp(fr: "Celles sur cette compétence.", en: "Those about this skill."))
    var skill: String?

    @Option(help: ArgumentHelp(fr: "Celles à cet état.", en: "Those in this state."))
    var status: String?

    @Option(
        help: ArgumentHelp(fr: "Celles d’un membre de ce réseau.", en: "Those of a member of this network."))
    var network: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        var filter = MatchFilter()
        filter.round = round
        filter.community = community
        filter.provider = provider
        filter.receiver = receiver
        filter.skill = skill
        filter.network = network
        filter.status = try status.map { try FieldCheck.code($0, field: "--status") }
        try await global.onDatabase { database in
            var cursor: MatchCursor?
            try await global.printer.pages(of: MatchRecord.self) { last in
                if last != nil, cursor == nil { return [] }
                let page = try await Matches(database).list(filter, for: .coordinator, after: cursor)
                cursor = page.cursor
                return page.records
            }
        }
    }
}
