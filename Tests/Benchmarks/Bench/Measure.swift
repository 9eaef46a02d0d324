import ArgumentParser
import Foundation

/// Runs another program to its end, and says what it took.
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs a program, and writes what it took to a file; ends with its status.")

    @Argument(help: "The file for the figures.") var figures: String
    @Argument(parsing: .captureForPassthrough, help: "The program by its path, and its arguments.")
    var command: [String]

    func run() async throws {
        guard let program = command.first else { throw Refusal(.usage, "bench: measure which program?") }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = Array(command.dropFirst())
        let start = ContinuousClock.now
        do { try process.run() } catch { throw Refusal(.noSuchFile, "\(program): cannot be run") }
        process.waitUntilExit()
        var line = FigureLine()
        line.add("seconds", ContinuousClock.now - start)
        line.add("cpu", Usage.processorTimeOfChildren)
        line.add("peak_mib", Usage.peakMebibytesOfChildren)
        do {
            try Data("\(line.text)\n".utf8).write(to: URL(filePath: figures))
        } catch {
            throw Refusal(.cannotWrite, "\(figures): cannot be written")
        }
        let isKilled = process.terminationReason == .uncaughtSignal
        throw ExitCode(process.terminationStatus + (isKilled ? 128 : 0))
    }
}
