import Foundation
import Lines

/// Standard output and standard error, and what the terminal behind them can do.
enum Terminal {
    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    static let isErrorTerminal = isatty(STDERR_FILENO) == 1

    static func out(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    /// One line on standard error.
    static func error(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Columns of the terminal; 80 when it does not say.
    static var width: Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
    }

    /// Whether colour is welcome: a terminal, not `dumb`, and no `NO_COLOR`.
    static var takesColor: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isOutputTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}

/// How far a long computation is, on a terminal, once it has lasted a second.
final class Progress: Sendable {
    private let label: String
    private let start = ContinuousClock.now

    init(_ label: String) {
        self.label = label
    }

    func report(_ done: Int, _ all: Int) {
        guard Terminal.isErrorTerminal, all > 0, done % 256 == 0, ContinuousClock.now - start > .seconds(1)
        else { return }
        let share = 100 * done / all
        FileHandle.standardError.write(Data("\r\(label) \(share) %".utf8))
    }

    /// Wipes the line.
    func end() {
        guard Terminal.isErrorTerminal, ContinuousClock.now - start > .seconds(1) else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
