import ArgumentParser
import EntraideCore
import Foundation
import Lines

struct DoctorCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "doctor",
            fr: "Examine l’installation et dit quoi faire ; sort avec 1 si quelque chose ne va pas.",
            en: "Examines the installation and says what to do; exits with 1 if something is wrong.",
            discussion: Bilingual(
                fr: """
                    Avec --privacy, plutôt : quelles données personnelles sont gardées, une ligne par colonne : table column about \
                    use kept seen_by reader rows.
                    """,
                en: """
                    With --privacy, instead: what personal data is held, a line for each column: table column about use kept \
                    seen_by reader rows.
                    """))
    }

    @Flag(
        help: ArgumentHelp(
            fr: "Les données personnelles gardées, pour quoi, combien de temps, et qui peut les voir.",
            en: "What personal data is held, what for, how long, and who could see it."))
    var privacy = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        if privacy { return try await tellPrivacy() }
        let doctor = try await Doctor.examine(
            global.location, environment: ProcessInfo.processInfo.environment, logger: GlobalOptions.logger)
        let printer = global.printer
        printer.list(
            doctor.checks.map { check in
                CheckRecord(
                    check: check.code.rawValue, holds: check.isGood,
                    detail: printer.format == .table ? check.sentence[.current] : nil)
            })
        if printer.format != .table {
            for check in doctor.checks where !check.isGood {
                Terminal.error("\(check.code.rawValue): \(check.sentence[.current])")
            }
        }
        if !doctor.isHealthy { throw Answer.no }
    }
}
