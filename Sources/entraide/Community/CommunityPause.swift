import ArgumentParser
import EntraideCore
import Lines

struct CommunityPause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "pause", fr: "Met une communauté en pause, jusqu’à un jour ou jusqu’à nouvel ordre.",
            en: "Puts a community on pause, until a day or until further notice.",
            discussion: Bilingual(
                fr: """
                    Les sessions d’entraide la laissent de côté ; son profil reste. Avec --until, entraide tick la remet en route \
                    le lendemain de ce jour ; entraide community resume le fait avant. La raison n’est montrée qu’à la \
                    coordination et à elle-même. Répétée, la commande remplace ce qui était dit.

                    entraide community pause atelier-du-fanal --until 2027-08-31 --reason season
                    """,
                en: """
                    Rounds leave it out; its profile stays. With --until, entraide tick brings it back on the day after; entraide \
                    community resume does so before. The reason is shown to the coordinator and to itself alone. Said again, \
                    it replaces what was said.

                    entraide community pause atelier-du-fanal --until 2027-08-31 --reason season
                    """))
    }

    @OptionGroup var one: CommunityOrCode

    @Option(
        help: ArgumentHelp(
            fr: "Dernier jour de la pause, AAAA-MM-JJ.", en: "Last day of the pause, YYYY-MM-DD."))
    var until: String?

    @Option(
        help: ArgumentHelp(
            fr: "Pourquoi : \(PauseReason.codes).", en: "Why: \(PauseReason.codes)."))
    var reason: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let addressee = try one.addressee("pause")
        let day = today()
        let until = try until.map { try FieldCheck.coming($0, on: day, field: "--until") }
        let reason = try reason.map { try FieldCheck.code($0, field: "--reason", as: PauseReason.self) }
        let slug = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun)
                .pause(addressee, until: until, reason: reason, on: day)
        }
        if let until {
            Terminal.error(
                say(
                    fr:
                        "\(slug) est en pause jusqu’au \(Language.fr.day(until)) inclus ; plus tôt : entraide community resume \(slug)",
                    en:
                        "\(slug) is on pause through \(Language.en.day(until)); sooner: entraide community resume \(slug)"
                ))
        } else {
            Terminal.error(
                say(
                    fr:
                        "\(slug) est en pause jusqu’à nouvel ordre ; pour reprendre : entraide community resume \(slug)",
                    en:
                        "\(slug) is on pause until further notice; to come back: entraide community resume \(slug)"
                ))
        }
        writing.remind()
    }
}
