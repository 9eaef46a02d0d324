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
        let found = try await global.onDatabase { try await Rounds($0).verify(one.round) }
        global.printer.list(
            found.checks.map { CheckRecord(check: $0.name, holds: $0.holds, detail: $0.detail) })
        guard found.holds else {
            Terminal.error(
                say(
                    fr: "La session \(one.round) a été altérée : voir les lignes « NON » ou « no ».",
                    en: "Round \(one.round) has been altered: see the lines that say no."))
            throw Answer.no
        }
        Terminal.error(
            say(
                fr: "Vérifié : aucune répartition ne fait mieux selon les critères choisis.",
                en: "Verified: no other choice of matches does better by the criteria chosen."))
    }
}
