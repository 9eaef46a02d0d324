import ArgumentParser
import EntraideCore

struct SkillShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("show", fr: "Une compétence.", en: "One skill.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la compétence.", en: "The skill's identifier."))
    var skill: String

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let vocabulary = try await global.onDatabase { try await Communities($0).vocabulary() }
        global.printer.one(try vocabulary.require(skill).record)
    }
}
