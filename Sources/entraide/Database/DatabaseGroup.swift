import ArgumentParser
import EntraideCore
import Foundation

struct DatabaseGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "database", fr: "La base privée : démarrer, arrêter, mettre à jour.",
            en: "The private database: start, stop, bring up to date.",
            [Start.self, Stop.self, StatusOfServer.self, URLOfDatabase.self, Migrate.self])
    }

    struct Start: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            .named("start", fr: "Démarre le serveur privé.", en: "Starts the private server.")
        }

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await global.privateCluster.start()
            Terminal.error(say(fr: "Le serveur privé tourne.", en: "The private server is running."))
        }
    }

    struct Stop: AsyncParsableCommand {
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

    struct StatusOfServer: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            .named(
                "status", fr: "Dit si le serveur privé tourne.", en: "Tells whether the private server is running.")
        }

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            switch try global.privateCluster.status() {
            case .missing:
                throw EntraideError(.databaseMissing)
            case .stopped:
                Terminal.out("stopped\n")
                throw Answer.no
            case .running(let pid):
                Terminal.out("running\t\(pid)\n")
            }
        }
    }

    struct URLOfDatabase: AsyncParsableCommand {
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

    struct Migrate: AsyncParsableCommand {
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
                        "expected": say(fr: "rien, pour la base privée", en: "nothing, for the private database"),
                    ])
            }
            return EmbeddedCluster(home: home, environment: ProcessInfo.processInfo.environment)
        }
    }
}
