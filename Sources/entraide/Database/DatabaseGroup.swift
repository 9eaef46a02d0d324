import ArgumentParser
import EntraideCore
import Foundation

struct DatabaseGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "database", fr: "La base privée : démarrer, arrêter, mettre à jour.",
            en: "The private database: start, stop, bring up to date.",
            [
                DatabaseStart.self, DatabaseStop.self, DatabaseStatus.self, DatabaseURL.self,
                DatabaseMigrate.self,
            ])
    }
}

extension GlobalOptions {
    /// The private cluster; there is none to start or stop when a database was given.
    var privateCluster: EmbeddedCluster {
        get throws {
            guard case .embedded(let home) = try location else {
                throw EntraideError(
                    .badOption,
                    [
                        "option": "--database", "value": try location.redacted,
                        "expected": say(
                            fr: "rien, pour la base privée", en: "nothing, for the private database"),
                    ])
            }
            return EmbeddedCluster(home: home, environment: ProcessInfo.processInfo.environment)
        }
    }
}
