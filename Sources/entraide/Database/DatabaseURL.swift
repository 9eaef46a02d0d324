import ArgumentParser
import EntraideCore
import Foundation

struct DatabaseURL: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "url", fr: "Donne de quoi se connecter avec psql ou --database, sans mot de passe.",
            en: "Gives what psql or --database connects with, without a password.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        switch try global.location {
        case .embedded: Terminal.out(try global.privateCluster.conninfo + "\n")
        case .given: Terminal.out(try global.location.redacted + "\n")
        }
    }
}
