import ArgumentParser
import EntraideCore
import Matching

struct NeedGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "need", fr: "Ce qui manque à une communauté.", en: "What a community lacks.",
            [NeedAdd.self, NeedRemove.self, NeedList.self, NeedClose.self])
    }
}

struct NeedAdd: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("add", fr: "Ajoute un besoin, ou en rouvre un.", en: "Adds a need, or opens one again.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @Argument(
        help: ArgumentHelp(
            fr: "compétence:niveau:urgence:quantité (niveau 2, urgence 2, quantité 1 par défaut).",
            en: "skill:level:urgency:quantity (level 2, urgency 2, quantity 1 by default)."))
    var need: String

    @Option(
        name: .customLong("level-now"),
        help: ArgumentHelp(
            fr: "Où elle en est : 1 je découvre, 2 je me débrouille, 3 j’aide déjà d’autres, 4 on vient me chercher pour ça.",
            en: "Where it stands: 1 I am discovering, 2 I manage, 3 I help others already, 4 people come to me for it."))
    var levelNow: Int?

    @OptionGroup var terms: TermsOptions

    @Option(name: .customLong("needed-by"), help: ArgumentHelp(fr: "Pour quel jour, AAAA-MM-JJ.", en: "By which day, YYYY-MM-DD."))
    var neededBy: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            var wanted = try Need(
                spec: need, levelNow: levelNow, vocabulary: try await communities.vocabulary(), field: "NEED")
            wanted.terms.posture = try terms.posture.map { try FieldCheck.code($0, field: "--posture") }
            wanted.terms.formats = try FieldCheck.codes(terms.format, field: "--format")
            wanted.terms.modes = try FieldCheck.codes(terms.mode, field: "--mode")
            wanted.terms.languages = try FieldCheck.languages(terms.language, field: "--language")
            wanted.terms.slots = try FieldCheck.codes(terms.slot, field: "--slot")
            wanted.neededBy = try neededBy.map { try FieldCheck.date($0, field: "--needed-by") }
            try await communities.add(wanted, to: community)
            writing.remind()
            global.printer.one(wanted.record(community: community))
        }
    }
}

struct NeedRemove: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("remove", fr: "Retire un besoin.", en: "Removes a need.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @Argument(help: ArgumentHelp(fr: "Identifiant de la compétence.", en: "The skill's identifier."))
    var skill: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).removeNeed(skill, from: community)
        }
        Terminal.error(say(fr: "Besoin retiré.", en: "Need removed."))
        writing.remind()
    }
}

struct NeedClose: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("close", fr: "Le besoin est comblé.", en: "The need is met.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @Argument(help: ArgumentHelp(fr: "Identifiant de la compétence.", en: "The skill's identifier."))
    var skill: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).closeNeed(skill, of: community)
        }
        Terminal.error(say(fr: "Besoin comblé.", en: "Need met."))
        writing.remind()
    }
}

struct NeedList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les besoins d’une communauté.", en: "A community's needs.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let needs = try await global.onDatabase { database in
            try await Communities(database).needs(of: community, for: .coordinator)
        }
        global.printer.list(needs.map { $0.record(community: community) })
    }
}
