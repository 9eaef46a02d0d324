import ArgumentParser
import EntraideCore
import Lines

struct MatchGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("match", fr: "Les mises en relation.", en: "Matches.", [MatchList.self, MatchShow.self])
    }
}

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

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        var filter = MatchFilter()
        filter.round = round
        filter.community = community
        filter.provider = provider
        filter.receiver = receiver
        filter.skill = skill
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

struct MatchShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "show", fr: "Une mise en relation, avec ses raisons sur un terminal.",
            en: "One match, with its reasons on a terminal.")
    }

    @Argument(help: ArgumentHelp(fr: "Session/numéro.", en: "Round/number."))
    var match: String

    @Flag(help: ArgumentHelp(fr: "Les raisons, facteur par facteur.", en: "The reasons, factor by factor."))
    var reasons = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        guard let name = MatchName(parsing: match) else {
            throw EntraideError(.unknownMatch, ["match": excerpt(of: match)])
        }
        try await global.onDatabase { database in
            let matches = Matches(database)
            let printer = global.printer
            let record = try await matches.show(name, for: .coordinator)
            if !reasons { printer.one(record) }
            if reasons || printer.format == .table {
                printer.list(try await matches.reasons(name, for: .coordinator))
            }
        }
    }
}
