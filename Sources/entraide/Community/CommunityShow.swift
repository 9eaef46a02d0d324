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
        let slug = one.community
        let (record, consents, offers, needs) = try await global.onDatabase { database in
            let communities = Communities(database)
            return (
                try await communities.show(slug, for: .coordinator),
                try await communities.consents(of: slug),
                try await communities.offers(of: slug, for: .coordinator),
                try await communities.needs(of: slug, for: .coordinator)
            )
        }
        let printer = global.printer
        printer.one(record)
        // Lines are one record type each; a person at a terminal wants the whole profile.
        guard printer.format == .table else { return }
        let answers = consents.records.map { record in
            var record = record
            record.granted = record.granted ?? "unasked"
            return record
        }
        printer.section(
            answers, title: say(fr: "Accords", en: "Consents"), none: "",
            columns: ["purpose", "granted", "since", "channel"])
        Terminal.out(
            (consents.hasContact
                ? say(
                    fr: "Contact : gardé, et montré par entraide community export \(slug)",
                    en: "Contact: held, and shown by entraide community export \(slug)")
                : say(fr: "Contact : aucun", en: "Contact: none")) + "\n")
        printer.section(
            offers.map { $0.record(community: slug) }, title: say(fr: "Offres", en: "Offers"),
            none: say(fr: "aucune", en: "none"))
        printer.section(
            needs.map { $0.record(community: slug) }, title: say(fr: "Besoins", en: "Needs"),
            none: say(fr: "aucun", en: "none"))
    }
}
