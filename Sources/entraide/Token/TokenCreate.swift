import ArgumentParser
import EntraideCore

struct TokenCreate: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "create", fr: "Crée un jeton et l’affiche, cette seule fois.",
            en: "Makes a token and shows it, this once.",
            discussion: Bilingual(
                fr: """
                    Le jeton seul va sur la sortie standard : le garder dans un fichier que vous seul pouvez lire. Avec curl : \
                    (umask 077; printf 'Authorization: Bearer %s\\n' "$(entraide token create PARTENAIRE)" > jeton.entete)
                    """,
                en: """
                    The token alone goes to standard output: keep it in a file that only you can read. For curl: \
                    (umask 077; printf 'Authorization: Bearer %s\\n' "$(entraide token create PARTNER)" > token.header)
                    """))
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant du partenaire.", en: "The partner's identifier."))
    var partner: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Portées : \(TokenScope.codes).",
            en: "Scopes: \(TokenScope.codes)."))
    var scope: [String] = ["communities", "matches"]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr:
                "Réseaux dont il montre les communautés réservées aux partenaires ; tous si aucun n’est donné.",
            en: "Networks whose communities reserved to partners it shows; all if none is given."))
    var network: [String] = []

    @Option(help: ArgumentHelp(fr: "Durée en jours.", en: "How many days it lasts."))
    var days = 90

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let scopes = try FieldCheck.codes(scope, field: "--scope", as: TokenScope.self)
        let token = try await global.onDatabase { database in
            try await Partners(database, dryRun: writing.dryRun).createToken(
                for: partner, scopes: scopes, networks: network, days: days)
        }
        writing.remind()
        if !writing.dryRun { Terminal.out(token + "\n") }
    }
}
