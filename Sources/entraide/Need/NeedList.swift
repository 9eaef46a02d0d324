import ArgumentParser
import EntraideCore

struct NeedList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les besoins d’une communauté.", en: "A community's needs.")
    }

    @OptionGroup var one: CommunityArgument

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let needs = try await global.onDatabase { database in
            try await Communities(database).needs(of: one.community, for: .coordinator)
        }
        global.printer.list(needs.map { $0.record(community: one.community) })
    }
}
