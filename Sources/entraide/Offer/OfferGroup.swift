import ArgumentParser
import EntraideCore
import Matching

struct OfferGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "offer", fr: "Ce qu’une communauté peut transmettre.", en: "What a community can pass on.",
            [OfferAdd.self, OfferRemove.self, OfferList.self])
    }
}

/// The conditions that an offer or a need may set apart from its community's.
struct TermsOptions: ParsableArguments {
    @Option(help: ArgumentHelp(fr: "Posture : \(Posture.codes).", en: "Posture: \(Posture.codes)."))
    var posture: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(fr: "Formes : \(Format.codes).", en: "Formats: \(Format.codes)."))
    var format: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Manières de se rencontrer : \(Mode.codes) ; sinon comme la communauté.",
            en: "Ways of meeting: \(Mode.codes); else as the community."))
    var mode: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(fr: "Langues ; sinon comme la communauté.", en: "Languages; else as the community."))
    var language: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Créneaux : \(Slot.codes) ; sinon comme la communauté.", en: "Time slots: \(Slot.codes); else as the community."))
    var slot: [String] = []
}

struct OfferAdd: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("add", fr: "Ajoute une offre.", en: "Adds an offer.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @Argument(
        help: ArgumentHelp(
            fr: "compétence:niveau:capacité (niveau 3, capacité 1 par défaut).",
            en: "skill:level:capacity (level 3, capacity 1 by default)."))
    var offer: String

    @OptionGroup var terms: TermsOptions

    @Option(name: .customLong("group-max"), help: ArgumentHelp(fr: "Personnes à la fois, au plus.", en: "People at once, at most."))
    var groupMax: Int?

    @Option(help: ArgumentHelp(fr: "Dernier jour, AAAA-MM-JJ.", en: "Last day, YYYY-MM-DD."))
    var until: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            var wanted = try Offer(spec: offer, vocabulary: try await communities.vocabulary(), field: "OFFER")
            wanted.terms.posture = try terms.posture.map { try FieldCheck.code($0, field: "--posture") }
            wanted.terms.formats = try FieldCheck.codes(terms.format, field: "--format")
            wanted.terms.modes = try FieldCheck.codes(terms.mode, field: "--mode")
            wanted.terms.languages = try FieldCheck.languages(terms.language, field: "--language")
            wanted.terms.slots = try FieldCheck.codes(terms.slot, field: "--slot")
            wanted.groupMax = try groupMax.map {
                try FieldCheck.integer($0, in: ProfileLimits.groupMax, field: "--group-max")
            }
            wanted.until = try until.map { try FieldCheck.date($0, field: "--until") }
            try await communities.add(wanted, to: community)
            writing.remind()
            global.printer.one(wanted.record(community: community))
        }
    }
}

struct OfferRemove: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("remove", fr: "Retire une offre.", en: "Removes an offer.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @Argument(help: ArgumentHelp(fr: "Identifiant de la compétence.", en: "The skill's identifier."))
    var skill: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).removeOffer(skill, from: community)
        }
        Terminal.error(say(fr: "Offre retirée.", en: "Offer removed."))
        writing.remind()
    }
}

struct OfferList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les offres d’une communauté.", en: "A community's offers.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let offers = try await global.onDatabase { database in
            try await Communities(database).offers(of: community, for: .coordinator)
        }
        global.printer.list(offers.map { $0.record(community: community) })
        let suggested = offers.count { $0.suggested }
        if suggested > 0 {
            Terminal.error(
                say(
                    fr: "Offres suggérées par un import, hors des sessions tant que la communauté n’a pas confirmé : \(suggested).",
                    en: "Offers suggested by an import, outside rounds until the community confirms: \(suggested)."))
        }
    }
}
