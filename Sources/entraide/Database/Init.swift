import ArgumentParser
import EntraideCore
import Foundation

struct Init: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "init",
            fr:
                "Crée la base si elle manque, la met à jour et y charge le vocabulaire ; sans effet la seconde fois.",
            en:
                "Makes the database if it is missing, brings it up to date, loads the vocabulary; harmless to repeat."
        )
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let done = try await Database.initialise(
            global.location, environment: ProcessInfo.processInfo.environment, logger: GlobalOptions.logger)
        if done.isNothing {
            Terminal.error(say(fr: "Déjà prêt : rien à faire.", en: "Ready already: nothing to do."))
        } else {
            Terminal.error(
                say(
                    fr: "Prêt. Compétences ajoutées : \(done.skillsAdded).",
                    en: "Ready. Skills added: \(done.skillsAdded)."))
        }
        Terminal.error(
            say(
                fr: "Ensuite : entraide community register",
                en: "Next: entraide community register"))
    }
}
