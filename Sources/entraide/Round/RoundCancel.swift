import ArgumentParser
import EntraideCore

struct RoundCancel: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "cancel", fr: "Annule la session.",
            en: "Cancels the round.",
            discussion: Bilingual(
                fr: """
                    Sans retour. Une session publiée demande --yes, ou --dry-run pour voir d’abord : les partenaires ne la verront \
                    plus. round withdraw la retire seulement, tant que personne n’a répondu.
                    """,
                en: """
                    There is no way back. A published round needs --yes, or --dry-run to see first: partners will see it no more. \
                    round withdraw only takes it back, while nobody has answered.
                    """))
    }

    @OptionGroup var one: RoundArgument
    @Flag(help: ArgumentHelp(fr: "Oui, annuler une session publiée.", en: "Yes, cancel a published round."))
    var yes = false

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await one.move(writing, global) {
            try await $0.cancel(one.round, evenPublished: yes || writing.dryRun)
        }
    }
}
