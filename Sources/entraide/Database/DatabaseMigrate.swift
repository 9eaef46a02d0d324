import ArgumentParser
import EntraideCore
import Foundation

struct DatabaseMigrate: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "migrate", fr: "Met le schéma de la base à la version de ce programme.",
            en: "Brings the schema of the database to this program's version.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let applied = try await global.onDatabase(.administer) { try await $0.migrate() }
        Terminal.error(
            applied.isEmpty
                ? say(fr: "Déjà à jour.", en: "Up to date already.")
                : say(
                    fr: "Migrations appliquées : \(applied.map(String.init).joined(separator: ", ")).",
                    en: "Migrations applied: \(applied.map(String.init).joined(separator: ", "))."))
    }
}
