import ArgumentParser
import EntraideCore

struct SkillMerge: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "merge",
            fr: "Remplace une compétence proposée par une autre, offres et besoins compris.",
            en: "Puts another skill in the place of a proposed one, offers and needs included.")
    }

    @Argument(help: ArgumentHelp(fr: "La compétence proposée.", en: "The proposed skill."))
    var skill: String

    @Argument(help: ArgumentHelp(fr: "Celle qui la remplace.", en: "The one that takes its place."))
    var into: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let target = try await global.onDatabase { database in
            try await Skills(database, dryRun: writing.dryRun).merge(skill, into: into)
        }
        global.printer.one(target.record)
        writing.remind()
    }
}
