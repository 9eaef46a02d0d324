import ArgumentParser
import EntraideCore
import Lines

struct RoundVerify: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "verify",
            fr:
                "Vérifie une session enregistrée contre ses scellés et sa preuve ; sort avec 1 si quelque chose diffère.",
            en: "Checks a stored round against its digests and its proof; exits with 1 if anything differs.")
    }

    @OptionGroup var one: RoundArgument
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let (found, round) = try await global.onDatabase { database in
            let rounds = Rounds(database)
            return (try await rounds.verify(one.round), try await rounds.show(one.round, for: .coordinator))
        }
        global.printer.list(
            found.checks.map { CheckRecord(check: $0.name, holds: $0.holds, detail: $0.detail) })
        guard found.holds else {
            Terminal.error(
                say(
                    fr: """
                        La session \(one.round) n’est plus celle qui a été enregistrée : voir les lignes à « NON » ou « no ». Ne rien \
                        en publier ; restaurer une sauvegarde, ou recommencer une session.
                        """,
                    en: """
                        Round \(one.round) is no longer what was stored: see the lines that say no. Publish nothing of it; restore \
                        a backup, or begin a new round.
                        """))
            throw Answer.no
        }
        guard let result = round.result else { return }
        Terminal.error(
            proofSentence(objective: result.objective, bound: result.bound, scope: result.scope))
    }
}
