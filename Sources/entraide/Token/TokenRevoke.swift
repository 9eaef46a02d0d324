import ArgumentParser
import EntraideCore

struct TokenRevoke: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "revoke", fr: "Révoque un jeton : la requête suivante est refusée.",
            en: "Revokes a token: the next request is refused.")
    }

    @Argument(
        help: ArgumentHelp(
            fr: "Identifiant du jeton (voir token list).", en: "The token's id (see token list)."))
    var token: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Partners(database, dryRun: writing.dryRun).revokeToken(token)
        }
        Terminal.error(say(fr: "Jeton révoqué.", en: "Token revoked."))
        writing.remind()
    }
}
