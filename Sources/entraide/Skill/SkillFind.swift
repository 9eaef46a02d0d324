import ArgumentParser
import EntraideCore

struct SkillFind: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "find", fr: "Cherche une compétence par ses mots, sans égard aux majuscules ni aux accents.",
            en: "Finds a skill by its words, ignoring case and accents.")
    }

    @Argument(
        help: ArgumentHelp(fr: "Des mots, en français ou en anglais.", en: "Words, in French or English."))
    var words: [String]

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let vocabulary = try await global.onDatabase { try await Communities($0).vocabulary() }
        global.printer.list(vocabulary.find(words.joined(separator: " ")).map(\.record))
    }
}
