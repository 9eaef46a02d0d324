import ArgumentParser
import EntraideCore
import Lines

struct Status: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "status", fr: "Ce que contient la base, en chiffres.", en: "What the database holds, in figures.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let report = try await global.onDatabase { try await StatusReport.of($0) }
        let printer = global.printer
        printer.list(
            report.entries.map { entry in
                FigureRecord(
                    figure: printer.format == .table ? entry.label[.current] : entry.key, value: entry.value)
            })
        guard report.resting > 0 else { return }
        Terminal.error(
            say(
                fr: "Ce qui repose, pourquoi, et ce qui le réveillerait : entraide community list --stale",
                en: "What rests, why, and what would wake it: entraide community list --stale"))
    }
}
