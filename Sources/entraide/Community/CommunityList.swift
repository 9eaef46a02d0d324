import ArgumentParser
import EntraideCore
import Lines

struct CommunityList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les communautés, toutes ou choisies.", en: "Communities, all or chosen.")
    }

    @Option(
        help: ArgumentHelp(fr: "Celles qui offrent cette compétence.", en: "Those that offer this skill."))
    var offers: String?

    @Option(help: ArgumentHelp(fr: "Celles qui ont ce besoin.", en: "Those that have this need."))
    var needs: String?

    @Option(help: ArgumentHelp(fr: "Celles de ce territoire (code).", en: "Those of this territory (code)."))
    var territory: String?

    @Option(help: ArgumentHelp(fr: "Celles de cette sorte.", en: "Those of this kind."))
    var kind: String?

    @Option(
        help: ArgumentHelp(
            fr: "Celles à cet état : unconfirmed, active, paused.",
            en: "Those in this state: unconfirmed, active, paused."))
    var status: String?

    @Option(help: ArgumentHelp(fr: "Celles de ce réseau.", en: "Those of this network."))
    var network: String?

    @Flag(
        help: ArgumentHelp(
            fr: "Celles qui ont été invitées et n’ont pas répondu.",
            en: "Those that were invited and have not answered."))
    var invited = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        var filter = CommunityFilter()
        filter.offers = offers
        filter.needs = needs
        filter.territory = territory
        filter.network = network
        filter.isUnanswered = invited
        filter.kind = try kind.map { try FieldCheck.code($0, field: "--kind") }
        filter.status = try status.map { try FieldCheck.code($0, field: "--status") }
        try await global.onDatabase { database in
            try await global.printer.pages(of: CommunityRecord.self) { last in
                try await Communities(database).list(filter, for: .coordinator, after: last?.community)
            }
        }
    }
}
