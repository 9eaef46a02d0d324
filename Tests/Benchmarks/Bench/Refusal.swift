import ArgumentParser

/// Why a run ends without a result: one line, and the exit status that goes with it.
struct Refusal: Error {
    /// Exit statuses, those of the command `entraide`.
    enum Kind: Int32 {
        /// A certificate that does not prove the result: the answer is no.
        case unproven = 1
        case usage = 64
        case badData = 65
        case noSuchFile = 66
        case cannotWrite = 73
    }

    let kind: Kind
    let line: String

    init(_ kind: Kind, _ line: String) {
        self.kind = kind
        self.line = line
    }
}

extension AsyncParsableCommand {
    /// Runs what the arguments ask for. What goes wrong is one line on standard error.
    static func status(of arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch let refusal as Refusal {
            complain(refusal.line)
            return refusal.kind.rawValue
        } catch let error where exitCode(for: error) == .success {
            print(fullMessage(for: error))
            return 0
        } catch {
            complain("bench: \(message(for: error))")
            return Refusal.Kind.usage.rawValue
        }
    }
}
