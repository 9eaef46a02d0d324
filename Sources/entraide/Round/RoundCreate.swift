import ArgumentParser
import EntraideCore
import Matching

struct RoundCreate: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("create", fr: "Prépare une session d’entraide.", en: "Prepares a round.")
    }

    @OptionGroup var one: RoundArgument

    @Option(
        help: ArgumentHelp(fr: "Titre ; l’identifiant par défaut.", en: "Title; the identifier by default."))
    var title: String?

    @Option(
        help: ArgumentHelp(
            fr: """
                Ce qui passe d’abord : « first », aider le plus de communautés possible ; « bonus » (par défaut), le total, \
                où une première aide reçue compte davantage.
                """,
            en: """
                What comes first: 'first', to help as many communities as possible; 'bonus' (the default), the total, \
                where a first match counts more.
                """))
    var coverage: String?

    @Option(
        help: ArgumentHelp(
            fr: """
                Entraide mutuelle : « pairs », rechercher les communautés qui s’aident l’une l’autre ; « rings », aussi celles \
                qui s’aident en boucle à trois ; « off » (par défaut), non.
                """,
            en: """
                Mutual help: 'pairs' seeks communities that help each other; 'rings' also three that help in a circle; \
                'off' (the default) neither.
                """))
    var mutual: String?

    @Option(
        help: ArgumentHelp(
            fr: """
                Ce que vaut chaque paire réciproque ou boucle, en millionièmes d’une mise en relation parfaite \
                (\(Parameters.standard.mutualBonus) par défaut).
                """,
            en: """
                What each two-way pair or ring is worth, in millionths of a perfect match \
                (\(Parameters.standard.mutualBonus) by default).
                """))
    var bonusMutual: Int?

    @OptionGroup var zones: ZoneBonusOption

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Réseaux dont les communautés participent ; toutes si aucun n’est donné.",
            en: "Networks whose communities take part; all if none is given."))
    var network: [String] = []

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let coverage = try coverage.map { try FieldCheck.code($0, field: "--coverage", as: Coverage.self) }
        let mutual = try mutual.map { try FieldCheck.code($0, field: "--mutual", as: Mutual.self) } ?? .off
        if let bonusMutual, mutual == .off {
            throw EntraideError(
                .badOption,
                ["option": "--bonus-mutual", "value": "\(bonusMutual)", "expected": "--mutual pairs|rings"])
        }
        let bonuses = try zones.bonuses()
        try await global.onDatabase { database in
            let made = try await Rounds(database, dryRun: writing.dryRun)
                .create(
                    one.round, title: title ?? one.round, coverage: coverage ?? .bonus, mutual: mutual,
                    mutualBonus: bonusMutual, zones: bonuses, networks: network)
            writing.remind()
            if !writing.dryRun { global.printer.one(made.record) }
        }
    }
}
