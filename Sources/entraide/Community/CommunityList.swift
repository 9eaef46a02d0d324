import ArgumentParser
import EntraideCore
import Lines

struct CommunityList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "list", fr: "Les communautés, toutes ou choisies.", en: "Communities, all or chosen.",
            discussion: Bilingual(
                fr: """
                    Avec --stale, une ligne par raison pour laquelle une communauté est au repos : community reason on detail wake, \
                    où wake est la commande qui la réveillerait. Raisons : \(RestReason.codes).
                    """,
                en: """
                    With --stale, a line for each reason why a community rests: community reason on detail wake, where wake is the \
                    command that would wake it. Reasons: \(RestReason.codes).
                    """))
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

    @Flag(
        help: ArgumentHelp(
            fr: "Celles qui sont au repos, pourquoi, et ce qui les réveillerait.",
            en: "Those that rest, why, and what would wake them."))
    var stale = false

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
        if stale { return try await listResting(filter) }
        try await global.onDatabase { database in
            try await global.printer.pages(of: CommunityRecord.self) { last in
                try await Communities(database).list(filter, for: .coordinator, after: last?.community)
            }
        }
    }

    private func listResting(_ filter: CommunityFilter) async throws {
        let day = today()
        let printer = global.printer
        try await global.onDatabase { database in
            let communities = Communities(database)
            guard printer.format == .table else {
                return try await printer.pages(of: RestRecord.self) { last in
                    try await communities.resting(filter, on: day, after: last?.community).map(\.record)
                }
            }
            var last: String?
            while true {
                let page = try await communities.resting(filter, on: day, after: last)
                guard let end = page.last else { break }
                for rest in page { Terminal.sentences(RestText.lines(rest)) }
                last = end.community
            }
            if last == nil { Terminal.error(say(fr: "Rien n’est au repos.", en: "Nothing rests.")) }
        }
    }
}

/// A rest as a person reads it: a sentence, and below it the command that would end it.
enum RestText {
    static func lines(_ rest: Rest) -> String {
        let sentence = "\(rest.community)\(say(fr: " : ", en: ": "))\(rest.sentence[.current])"
        return sentence + (rest.wake.map { "\n    \($0)" } ?? "")
    }
}
