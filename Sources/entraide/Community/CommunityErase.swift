import ArgumentParser
import EntraideCore
import Lines

struct CommunityErase: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "erase", fr: "Efface tout ce qui est gardé sur une communauté, partout ; sans retour.",
            en: "Erases all that is held on a community, everywhere; there is no way back.",
            discussion: Bilingual(
                fr: """
                    Profil, contact, accords, appartenances, et son nom dans les données figées des sessions. Les sessions passées \
                    restent vérifiables par leur instance anonyme ; dans leurs mises en relation, ce côté devient « - ». Un fichier \
                    ne la fait pas revenir. Demande --yes, ou --dry-run pour voir d’abord ce qui serait touché.
                    """,
                en: """
                    Profile, contact, consents, memberships, and its name in the frozen input of rounds. Past rounds can still \
                    be verified by their anonymous instance; in their matches that side becomes '-'. No file brings it \
                    back. Needs --yes, or --dry-run to see first what would be touched.
                    """))
    }

    @OptionGroup var one: CommunityOrCode

    @Flag(help: ArgumentHelp(fr: "Oui, effacer.", en: "Yes, erase."))
    var yes = false

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        guard yes || writing.dryRun else {
            let whom = one.community.map(excerpt(of:)) ?? "--code CODE"
            throw EntraideError(.usage, ["erasure": "entraide community erase \(whom) --yes"])
        }
        let addressee = try one.addressee("erase")
        let report = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).erase(addressee)
        }
        global.printer.list([
            FigureRecord(figure: "rounds-touched", value: "\(report.rounds)"),
            FigureRecord(figure: "matches-touched", value: "\(report.matches)"),
        ])
        writing.remind()
    }
}
