import ArgumentParser
import EntraideCore
import Lines

struct SkillFind: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "find", fr: "Cherche une compétence par des mots, les plus proches d’abord.",
            en: "Finds a skill by words, the nearest first.",
            discussion: Bilingual(
                fr: """
                    Des mots ou une phrase, en français ou en anglais, dans n’importe quel ordre : ni la casse, ni les \
                    accents, ni les pluriels ne comptent, et de petites fautes sont admises.
                    """,
                en: """
                    Words or a sentence, in French or English, in any order: case, accents and plurals do not count, \
                    and small slips are allowed.
                    """))
    }

    @Argument(
        help: ArgumentHelp(fr: "Des mots, en français ou en anglais.", en: "Words, in French or English."))
    var words: [String]

    @Flag(
        help: ArgumentHelp(
            fr: "Dire pourquoi : le score, le nom trouvé et ce que chaque mot y rencontre.",
            en: "Say why: the score, the name found and what each word met in it."))
    var why = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let vocabulary = try await global.onDatabase { try await Communities($0).vocabulary() }
        let found = vocabulary.finder.find(words.joined(separator: " "))
        if why {
            global.printer.list(found.map(\.record))
        } else {
            global.printer.list(found.map(\.skill.record))
        }
    }
}
