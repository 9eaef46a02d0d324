import ArgumentParser
import EntraideCore
import Foundation

struct DatabaseStop: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "stop", fr: "Arrête le serveur privé ; la commande suivante le redémarre.",
            en: "Stops the private server; the next command starts it again.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.privateCluster.stop()
        Terminal.error(say(fr: "Le serveur privé est arrêté.", en: "The private server is stopped."))
    }
}
