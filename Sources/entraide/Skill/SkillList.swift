import ArgumentParser
import EntraideCore

struct SkillList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Toutes les compétences.", en: "All skills.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let vocabulary = try await global.onDatabase { try await Communities($0).vocabulary() }
        global.printer.list(vocabulary.skills.map(\.record))
    }
}
