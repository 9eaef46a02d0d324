import ArgumentParser
import EntraideCore
import Foundation

/// One run of the command: parse, run, say what went wrong, leave with the right status.
struct CommandLineRun {
    let arguments: [String]

    func exit() async -> Never {
        Foundation.exit(await status())
    }

    private func status() async -> Int32 {
        do {
            let command = try Root.parseAsRoot(CommandPath.readable(arguments))
            try Confinement.current.check(command)
            try await Caller.$community.withValue(Confinement.current.community(of: command)) {
                try await run(command)
            }
            return 0
        } catch let answer as Answer {
            return answer.status
        } catch {
            return say(error)
        }
    }

    private func run(_ command: any ParsableCommand) async throws {
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            var command = command
            try command.run()
        }
    }

    /// Writes the one sentence and gives its status. Help and version are answers, not errors.
    private func say(_ error: any Error) -> Int32 {
        if isOfTheParser(error) {
            if isForPrograms {
                Terminal.out(Root.fullMessage(for: error) + "\n")
                return 0
            }
            let text = Usage.inLanguage(Root.fullMessage(for: error))
            if Root.exitCode(for: error) == .success {
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                Terminal.out(
                    lines.flatMap { Terminal.fitting(String($0), to: Terminal.width) }
                        .joined(separator: "\n") + "\n")
                return 0
            }
            Terminal.error(text)
            return ErrorCode.usage.exitStatus
        }
        let ours = EntraideError(any: error)
        Terminal.error("entraide: \(ours.message(in: .current)) [\(ours.code.rawValue)]")
        return ours.exitStatus
    }

    /// Whether a script of completions, or the description of all commands, was asked for: not prose, and left as it is.
    private var isForPrograms: Bool {
        arguments.contains {
            $0.hasPrefix("--generate-completion-script") || $0 == "--experimental-dump-help"
        }
    }

    /// Errors of ArgumentParser are not public types: everything that is not ours or the store's is its own.
    private func isOfTheParser(_ error: any Error) -> Bool {
        if error is EntraideError { return false }
        return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }
}

/// A run that went well and whose answer is no.
struct Answer: Error {
    let status: Int32

    /// `verify` and `doctor`: what was asked does not hold.
    static let no = Answer(status: 1)
}
