import ArgumentParser
import EntraideCore
import Lines

struct SkillImport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "import", fr: "Lit un fichier de compétences ; le relire ne change rien.",
            en: "Reads a file of skills; reading it again changes nothing.",
            discussion: Bilingual(
                fr: """
                    Une compétence par ligne, en ndjson, en csv (virgules ou points-virgules) ou en texte, telle que \
                    entraide skill export les écrit. Une ligne dit tout de sa compétence : ce qu’elle laisse vide \
                    est effacé. Les compétences absentes du fichier restent telles quelles.
                    """,
                en: """
                    A skill per line, in ndjson, csv (commas or semicolons) or text, as entraide skill export writes \
                    them. A line says all of its skill: what it leaves empty is cleared. Skills that the file does not \
                    have stay as they are.
                    """))
    }

    @Argument(
        help: ArgumentHelp(
            fr: "Le fichier ; - pour l’entrée standard.", en: "The file; - for standard input."))
    var file: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let bytes = try InputFile.read(file)
        let name = InputFile.name(file)
        let report = try await global.onDatabase { database in
            try await Skills(database, dryRun: writing.dryRun).importSkills(bytes, file: name)
        }
        for place in report.mended {
            let line = say(
                fr: "retour à la ligne remplacé par une espace", en: "line break replaced by a space")
            Terminal.error("\(place.description)\(say(fr: "\u{202F}:", en: ":")) \(line)")
        }
        let ending = ImportEnding(file: name, refused: report.refused.map(\.error))
        ending.tellRefused()
        if !report.changed.isEmpty {
            let slugs = report.changed.joined(separator: ", ")
            Terminal.error(say(fr: "compétences modifiées : \(slugs)", en: "skills changed: \(slugs)"))
        }
        try ending.finish(
            [
                "read": report.read,
                "added": report.added,
                "updated": report.changed.count,
                "unchanged": report.unchanged,
            ], global.printer, writing)
    }
}
