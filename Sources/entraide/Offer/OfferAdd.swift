import ArgumentParser
import EntraideCore

struct OfferAdd: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("add", fr: "Ajoute une offre.", en: "Adds an offer.")
    }

    @OptionGroup var one: CommunityArgument

    @Argument(
        help: ArgumentHelp(
            fr: "compétence:niveau:capacité (niveau 3, capacité 1 par défaut).",
            en: "skill:level:capacity (level 3, capacity 1 by default)."))
    var offer: String

    @OptionGroup var terms: TermsOptions

    @Option(
        name: .customLong("group-max"),
        help: ArgumentHelp(fr: "Personnes à la fois, au plus.", en: "People at once, at most."))
    var groupMax: Int?

    @Option(help: ArgumentHelp(fr: "Dernier jour, AAAA-MM-JJ.", en: "Last day, YYYY-MM-DD."))
    var until: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let record = try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            var wanted = try Offer(
                spec: offer, vocabulary: try await communities.vocabulary(), field: "OFFER")
            try terms.apply(to: &wanted.terms)
            wanted.groupMax = try groupMax.map {
                try FieldCheck.integer($0, in: ProfileLimits.groupMax, field: "--group-max")
            }
            wanted.until = try until.map { try FieldCheck.coming($0, on: today(), field: "--until") }
            try await communities.add(wanted, to: one.community)
            return wanted.record(community: one.community)
        }
        writing.remind()
        global.printer.one(record)
    }
}
