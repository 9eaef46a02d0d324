import ArgumentParser
import EntraideCore
import Lines

struct CommunityShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "show", fr: "Une communauté, ses offres et ses besoins.",
            en: "One community, its offers and needs.")
    }

    @OptionGroup var one: CommunityArgument

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            let communities = Communities(database)
            let printer = global.printer
            printer.one(try await communities.show(one.community, for: .coordinator))
            // Lines are one record type each; a person at a terminal wants the whole profile.
            guard printer.format == .table else { return }
            printer.list(
                try await communities.offers(of: one.community, for: .coordinator).map {
                    $0.record(community: one.community)
                })
            printer.list(
                try await communities.needs(of: one.community, for: .coordinator).map {
                    $0.record(community: one.community)
                })
        }
    }
}
