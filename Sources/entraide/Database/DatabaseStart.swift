import ArgumentParser
import EntraideCore
import Foundation

struct DatabaseStart: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("start", fr: "Démarre le serveur privé.", en: "Starts the private server.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.privateCluster.start()
        Terminal.error(say(fr: "Le serveur privé tourne.", en: "The private server is running."))
    }
}
