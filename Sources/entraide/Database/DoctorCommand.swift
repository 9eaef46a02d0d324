import ArgumentParser
import EntraideCore
import Foundation
import Lines

struct DoctorCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "doctor",
            fr: "Examine l’installation et dit quoi faire ; sort avec 1 si quelque chose ne va pas.",
            en: "Examines the installation and says what to do; exits with 1 if something is wrong.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
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
