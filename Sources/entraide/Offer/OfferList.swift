import ArgumentParser
import EntraideCore

struct OfferList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les offres d’une communauté.", en: "A community's offers.")
    }

    @OptionGroup var one: CommunityArgument

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let offers = try await global.onDatabase { database in
            try await Communities(database).offers(of: one.community, for: .coordinator)
        }
        global.printer.list(offers.map { $0.record(community: one.community) })
        let suggested = offers.count { $0.suggested }
        if suggested > 0 {
            Terminal.error(
                say(
                    fr:
                        "Offres suggérées par un import, hors des sessions tant que la communauté n’a pas confirmé : \(suggested).",
                    en:
                        "Offers suggested by an import, outside rounds until the community confirms: \(suggested)."
                ))
        }
    }
}
