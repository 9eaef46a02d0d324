import ArgumentParser
import EntraideCore

struct SkillGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "skill", fr: "Le vocabulaire des compétences.", en: "The vocabulary of skills.",
            [SkillList.self, SkillFind.self, SkillShow.self])
    }
}

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

struct SkillFind: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "find", fr: "Cherche une compétence par ses mots, sans égard aux majuscules ni aux accents.",
            en: "Finds a skill by its words, ignoring case and accents.")
    }

    @Argument(help: ArgumentHelp(fr: "Des mots, en français ou en anglais.", en: "Words, in French or English."))
    var words: [String]

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let vocabulary = try await global.onDatabase { try await Communities($0).vocabulary() }
        global.printer.list(vocabulary.find(words.joined(separator: " ")).map(\.record))
    }
}

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
