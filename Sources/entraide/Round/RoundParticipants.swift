import ArgumentParser
import EntraideCore
import Lines

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
        let printer = global.printer
        printer.list(printer.format == .table ? records.map(told) : records)
    }

    /// The same with what it brings, or why it does not take part, in words of one column.
    private func told(_ record: OutcomeRecord) -> OutcomeRecord {
        var record = record
        guard let detail = record.detail, record.role == "participant" else {
            record.detail = record.reason.flatMap { CodeLabels.label("reason", $0) } ?? record.detail
            record.reason = nil
            return record
        }
        record.detail = detail.split(separator: " ").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return String(pair) }
            switch (parts[0], Int(parts[1])) {
            case ("offers", let count?):
                return say(
                    count, fr: ("\(count) offre", "\(count) offres"),
                    en: ("\(count) offer", "\(count) offers"))
            case ("needs", let count?):
                return say(
                    count, fr: ("\(count) besoin", "\(count) besoins"),
                    en: ("\(count) need", "\(count) needs"))
            case ("zones", _):
                return say(fr: "en zone : \(parts[1])", en: "in zone: \(parts[1])")
            default: return String(pair)
            }
        }.joined(separator: ", ")
        return record
    }
}
