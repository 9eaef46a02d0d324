import ArgumentParser
import EntraideCore
import Lines

struct Tick: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "tick",
            fr:
                "Fait ce qui est dû ce jour : fermer les besoins passés, finir les pauses, effacer ce qui a assez duré.",
            en:
                "Does what is due that day: closes past needs, ends pauses, erases what was kept long enough.",
            discussion: Bilingual(
                fr: """
                    À lancer chaque jour ; le relancer ne change rien. Un besoin passé est fermé, une offre terminée redevient une \
                    suggestion, une pause finie prend fin. Les profils sans confirmation depuis un an sont comptés : entraide community confirm les rafraîchit.
                    """,
                en: """
                    To be run every day; running it again changes nothing. A need past its date is closed, an offer past its \
                    last day becomes a suggestion again, a pause that is over ends. Profiles not confirmed for a year are counted: entraide community \
                    confirm makes them fresh.
                    """))
    }

    @Option(
        help: ArgumentHelp(
            fr: "Jour considéré, AAAA-MM-JJ (aujourd’hui par défaut).",
            en: "The day, YYYY-MM-DD (today by default)."))
    var on: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let day = try FieldCheck.date(on ?? today(), field: "--on")
        let report = try await global.onDatabase { database in
            try await Upkeep(database, dryRun: writing.dryRun).tick(on: day)
        }
        let printer = global.printer
        printer.list(report.figures.map { FigureRecord(figure: $0.name, value: "\($0.value)") })
        writing.remind()
    }
}
