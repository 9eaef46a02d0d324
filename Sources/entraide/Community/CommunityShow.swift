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
            let consents = try await communities.consents(of: one.community)
            printer.section(
                consents.records, title: say(fr: "Accords", en: "Consents"), none: "",
                columns: ["purpose", "granted", "since", "channel"])
            Terminal.out(
                (consents.hasContact
                    ? say(
                        fr: "Contact : gardé, et montré par entraide community export \(one.community)",
                        en: "Contact: held, and shown by entraide community export \(one.community)")
                    : say(fr: "Contact : aucun", en: "Contact: none")) + "\n")
            printer.section(
                try await communities.offers(of: one.community, for: .coordinator).map {
                    $0.record(community: one.community)
                }, title: say(fr: "Offres", en: "Offers"), none: say(fr: "aucune", en: "none"))
            printer.section(
                try await communities.needs(of: one.community, for: .coordinator).map {
                    $0.record(community: one.community)
                }, title: say(fr: "Besoins", en: "Needs"), none: say(fr: "aucun", en: "none"))
        }
    }
}
