import ArgumentParser
import EntraideCore

struct SkillProposals: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "proposals", fr: "Les compétences que des imports ont proposées, les plus employées d’abord.",
            en: "The skills that imports proposed, the most used first.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        global.printer.list(try await global.onDatabase { try await Skills($0).proposals() })
    }
}
