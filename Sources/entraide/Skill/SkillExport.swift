import ArgumentParser
import EntraideCore
import Lines

struct SkillExport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "export",
            fr:
                "Écrit toutes les compétences, en ndjson sauf -o csv ou text, telles que skill import les lit.",
            en: "Writes all skills, in ndjson unless -o says csv or text, as skill import reads them.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let format = global.output ?? .ndjson
        guard format != .table else {
            throw EntraideError(
                .badOption, ["option": "--output", "value": "table", "expected": "ndjson, csv, text"])
        }
        let vocabulary = try await global.onDatabase { try await Communities($0).vocabulary() }
        Printer(format: format, color: false).list(vocabulary.skills.map(\.record))
    }
}
