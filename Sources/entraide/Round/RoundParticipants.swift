import ArgumentParser
import EntraideCore

struct RoundParticipants: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "participants", fr: "Qui participe et qui ne participe pas, avec la raison.",
            en: "Who takes part and who does not, with the reason.")
    }

    @OptionGroup var one: RoundArgument

    @Option(
        help: ArgumentHelp(
            fr: "Jour considéré avant le calcul, AAAA-MM-JJ (aujourd’hui par défaut).",
            en: "Day looked at before the run, YYYY-MM-DD (today by default)."))
    var on: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let day = try FieldCheck.date(on ?? today(), field: "--on")
        let records = try await global.onDatabase { try await Rounds($0).participants(one.round, on: day) }
        global.printer.list(records)
    }
}
