import ArgumentParser
import EntraideCore
import Foundation
import Lines
import Logging

extension LineFormat: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}

/// What every verb takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            fr: "Base PostgreSQL à utiliser (URI ou mots-clés libpq) au lieu de la base privée.",
            en: "PostgreSQL database to use (URI or libpq keywords) instead of the private one."))
    var database: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            fr: "Agir pour cette communauté, sur son seul profil.",
            en: "Act for this community, on its own profile only."))
    var community: String?

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            fr: "Forme du résultat ; par défaut un tableau sur un terminal, des lignes sinon.",
            en: "Form of the output; a table on a terminal by default, lines elsewhere."))
    var output: LineFormat?

    @Option(help: ArgumentHelp(fr: "Langue des phrases.", en: "Language of sentences."))
    var lang: Language?

    @Flag(name: .customLong("no-color"), help: ArgumentHelp(fr: "Sans couleur.", en: "No colour."))
    var noColor = false

    var location: DatabaseLocation {
        get throws {
            try DatabaseLocation.resolve(
                option: database, environment: ProcessInfo.processInfo.environment, userID: geteuid())
        }
    }

    var printer: Printer {
        Printer(
            format: output ?? (Terminal.isOutputTerminal ? .table : .text),
            color: !noColor && Terminal.takesColor)
    }

    /// Runs `body` on the database, opened for `purpose` and closed after, whatever happens.
    func onDatabase<Result>(
        _ purpose: Database.Purpose = .command, _ body: (Database) async throws -> Result
    ) async throws -> Result {
        let database = try await Database.open(
            location, purpose: purpose, environment: ProcessInfo.processInfo.environment, logger: Self.logger)
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    /// Warnings and worse, on standard error.
    static var logger: Logger {
        var logger = Logger(label: "entraide") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }

    /// For a server: who asked for what, and how it went.
    static var serverLogger: Logger {
        var logger = logger
        logger.logLevel = .info
        return logger
    }
}

/// What every verb that writes takes too.
struct WriteOptions: ParsableArguments {
    @Flag(
        name: .customLong("dry-run"),
        help: ArgumentHelp(
            fr: "Tout vérifier sans rien enregistrer.", en: "Check everything and store nothing."))
    var dryRun = false

    /// Says that nothing was stored.
    func remind() {
        if dryRun {
            Terminal.error(say(fr: "(essai : rien n’a été enregistré)", en: "(dry run: nothing was stored)"))
        }
    }
}

/// On whose word something is written.
struct AttestationOptions: ParsableArguments {
    @Flag(
        name: .customLong("on-behalf"),
        help: ArgumentHelp(
            fr: "Parler au nom de la communauté, qui a donné son accord pour participer ; demande --channel.",
            en: "Speaking for the community, which has agreed to take part; needs --channel."))
    var onBehalf = false

    @Option(
        help: ArgumentHelp(
            fr: "Comment elle l’a dit : phone, mail ou meeting.",
            en: "How it said so: phone, mail or meeting."))
    var channel: String?

    var attestation: Attestation {
        get throws {
            let channel = try channel.map { try FieldCheck.code($0, field: "--channel", as: Channel.self) }
            switch (onBehalf, channel) {
            case (true, let channel?) where [.phone, .mail, .meeting].contains(channel):
                return .onBehalf(through: channel)
            case (true, nil):
                throw EntraideError(.usage, ["what": "--on-behalf --channel phone|mail|meeting"])
            case (true, _):
                throw EntraideError(
                    .badOption,
                    [
                        "option": "--channel", "value": channel?.rawValue ?? "",
                        "expected": "phone, mail, meeting",
                    ])
            case (false, nil): return .itself
            case (false, _):
                throw EntraideError(
                    .badOption,
                    ["option": "--channel", "value": channel?.rawValue ?? "", "expected": "--on-behalf"])
            }
        }
    }
}
