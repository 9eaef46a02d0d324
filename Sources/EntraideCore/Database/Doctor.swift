package import Foundation
import Lines
package import Logging
import Postgres

/// Looks at everything that a healthy installation needs, and says what to do where something is missing.
package struct Doctor: Sendable {
    /// One thing looked at.
    package struct Check: Sendable, Equatable {
        /// What was looked at; scripts compare these.
        package enum Code: String, Sendable, CaseIterable {
            case serverPrograms = "server-programs"
            case reach
            case serverVersion = "server-version"
            case encoding
            case checksums
            case schema
            case readerRole = "reader-role"
            case readerWrites = "reader-writes"
            case vocabulary
            case clock
        }

        /// What was looked at.
        package let code: Code
        /// Whether it is as it should be.
        package let isGood: Bool
        /// What was found and, when it is not good, what to do.
        package let sentence: Bilingual
    }

    /// The checks made, in the order of ``Check/Code``. Those that a failed one makes pointless are left out.
    package let checks: [Check]
    /// Where the database is, without secrets.
    package let location: String

    /// Whether every check is good.
    package var isHealthy: Bool { checks.allSatisfy(\.isGood) }

    /// Examines the database at `location`. A stopped private server is started. Changes nothing that lasts.
    ///
    /// - Parameter now: this machine's clock, compared with the server's.
    package static func examine(
        _ location: DatabaseLocation, environment: [String: String], logger: Logger,
        now: @Sendable () -> Date = { Date() }
    ) async -> Doctor {
        var checks: [Check] = []
        if case .embedded(let home) = location {
            let check = await serverPrograms(EmbeddedCluster(home: home, environment: environment))
            checks.append(check)
            if !check.isGood { return Doctor(checks: checks, location: location.redacted) }
        }
        do {
            let database = try await Database.open(
                location, purpose: .administer, size: 1, environment: environment, logger: logger)
            checks.append(
                Check(
                    code: .reach, isGood: true,
                    sentence: Bilingual(fr: "la base de données répond", en: "the database answers")))
            checks += await examine(database, now: now)
            await database.close()
        } catch {
            checks.append(Check(code: .reach, isGood: false, sentence: Check.sentence(of: error)))
        }
        return Doctor(checks: checks, location: location.redacted)
    }

    private static func serverPrograms(_ cluster: EmbeddedCluster) async -> Check {
        do {
            let programs =
                cluster.exists
                ? try await cluster.programs()
                : try await ServerPrograms.find(environment: cluster.environment)
            return Check(
                code: .serverPrograms, isGood: true,
                sentence: Bilingual(
                    fr: "programmes du serveur PostgreSQL \(programs.major)\u{202F}: \(programs.folder)",
                    en: "server programs of PostgreSQL \(programs.major): \(programs.folder)"))
        } catch {
            return Check(code: .serverPrograms, isGood: false, sentence: Check.sentence(of: error))
        }
    }

    private static func examine(_ database: Database, now: @Sendable () -> Date) async -> [Check] {
        do {
            return try await database.pool.withConnection { connection in
                var checks = [
                    try await ServerChecks.version(connection), try await ServerChecks.encoding(connection),
                    try await ServerChecks.checksums(connection),
                ]
                let schema = try await ServerChecks.schema(connection)
                checks.append(schema)
                checks.append(try await ServerChecks.readerRole(connection))
                if schema.isGood, checks.last?.isGood == true {
                    checks.append(try await ServerChecks.readerWrites(connection))
                }
                if schema.isGood { checks.append(try await ServerChecks.vocabulary(connection)) }
                checks.append(try await ServerChecks.clock(connection, now: now))
                return checks
            }
        } catch {
            return [Check(code: .reach, isGood: false, sentence: Check.sentence(of: error))]
        }
    }
}

extension Doctor.Check {
    /// The sentence of an error, in both languages.
    static func sentence(of error: any Error) -> Bilingual {
        let error = EntraideError(any: error)
        return Bilingual(fr: error.message(in: .fr), en: error.message(in: .en))
    }
}
