import ArgumentParser
import EntraideCore
import Lines

struct MatchShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "show", fr: "Une mise en relation, avec ses raisons sur un terminal.",
            en: "One match, with its reasons on a terminal.")
    }

    @Argument(help: ArgumentHelp(fr: "Session/numéro.", en: "Round/number."))
    var match: String

    @Flag(help: ArgumentHelp(fr: "Les raisons, facteur par facteur.", en: "The reasons, factor by factor."))
    var reasons = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        guard let name = MatchName(parsing: match) else {
            throw EntraideError(.unknownMatch, ["match": excerpt(of: match)])
        }
        try await global.onDatabase { database in
            let matches = Matches(database)
            let printer = global.printer
            let record = try await matches.show(name, for: .coordinator)
            if !reasons { printer.one(record) }
            // Those of a match with an erased side are not told; the match is.
            let isWhole = record.provider != nil && record.receiver != nil
            if reasons || printer.format == .table && isWhole {
                printer.list(try await matches.reasons(name, for: .coordinator))
            }
        }
    }
}
