import ArgumentParser
import EntraideCore

struct NeedAdd: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("add", fr: "Ajoute un besoin, ou en rouvre un.", en: "Adds a need, or opens one again.")
    }

    @OptionGroup var one: CommunityArgument

    @Argument(
        help: ArgumentHelp(
            fr: "compétence:niveau:urgence:quantité (niveau 2, urgence 2, quantité 1 par défaut).",
            en: "skill:level:urgency:quantity (level 2, urgency 2, quantity 1 by default)."))
    var need: String

    @Option(
        name: .customLong("level-now"),
        help: ArgumentHelp(
            fr:
                "Où elle en est : 1 je découvre, 2 je me débrouille, 3 j’aide déjà d’autres, 4 on vient me chercher pour ça.",
            en:
                "Where it stands: 1 I am discovering, 2 I manage, 3 I help others already, 4 people come to me for it."
        ))
    var levelNow: Int?

    @OptionGroup var terms: TermsOptions

    @Option(
        name: .customLong("needed-by"),
        help: ArgumentHelp(fr: "Pour quel jour, AAAA-MM-JJ.", en: "By which day, YYYY-MM-DD."))
    var neededBy: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let record = try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            var wanted = try Need(
                spec: need, levelNow: levelNow, vocabulary: try await communities.vocabulary(), field: "NEED")
            try terms.apply(to: &wanted.terms)
            wanted.neededBy = try neededBy.map {
                try FieldCheck.coming($0, on: today(), field: "--needed-by")
            }
            try await communities.add(wanted, to: one.community)
            return wanted.record(community: one.community)
        }
        writing.remind()
        global.printer.one(record)
    }
}
