import EntraideCore
import Foundation
import Lines

/// Standard output and standard error, and what the terminal behind them can do.
enum Terminal {
    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    static let isErrorTerminal = isatty(STDERR_FILENO) == 1

    /// Standard output. What cannot be written ends the command, and says so: a full disk must not pass for an answer.
    static func out(_ text: String) {
        switch write(text, to: STDOUT_FILENO) {
        case 0: return
        // The reader left, as `head` does: no fault, and the status that the signal itself would have left.
        case EPIPE: exit(128 + SIGPIPE)
        case let cause:
            let ours = EntraideError(.outputNotWritten, ["what": String(cString: strerror(cause))])
            error("entraide: \(ours.message(in: .current)) [\(ours.code.rawValue)]")
            exit(ours.code.exitStatus)
        }
    }

    /// Sentences on standard output, broken between words where a terminal is narrower.
    static func sentences(_ text: String) {
        guard isOutputTerminal else { return out(text + "\n") }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        out(lines.flatMap { fitting(String($0), to: width) }.map { $0 + "\n" }.joined())
    }

    /// Lines on standard error. A word of the command line that they repeat cannot reach the terminal as a control.
    static func error(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            isErrorTerminal ? fitting(String(line), to: width) : [String(line)]
        }
        // Nobody is left to tell where standard error itself is gone.
        _ = write(lines.map { escapingControls($0) + "\n" }.joined(), to: STDERR_FILENO)
    }

    /// A line as lines of at most `width` cells, broken between words; what goes on stands under what it belongs to: the
    /// text of an option, or two columns in.
    static func fitting(_ line: String, to width: Int) -> [String] {
        guard DisplayWidth.of(line) > width else { return [line] }
        let indent = line.prefix { $0 == " " }.count
        let body = line.dropFirst(indent)
        // Two columns, as a list of options has them.
        if indent > 0, let gap = body.firstRange(of: #/  +/#) {
            let column = indent + body.distance(from: body.startIndex, to: gap.upperBound)
            if column < width / 2 {
                let text = DisplayWidth.wrap(String(body[gap.upperBound...]), to: width - column)
                let head = String(line.prefix(column))
                return text.enumerated().map {
                    ($0 == 0 ? head : String(repeating: " ", count: column)) + $1
                }
            }
        }
        let text = DisplayWidth.wrap(String(body), to: width - indent - 2)
        return text.enumerated().map {
            String(repeating: " ", count: indent + ($0 == 0 || indent > 0 ? 0 : 2)) + $1
        }
    }

    /// The beginning of a line on standard error, which the reader ends.
    static func prompt(_ text: String) {
        _ = write(escapingControls(text), to: STDERR_FILENO)
    }

    /// A line on standard error that stands out, for terminals that take it.
    static func bold(_ line: String) {
        _ = write("\u{1B}[1m\(escapingControls(line))\u{1B}[0m\n", to: STDERR_FILENO)
    }

    /// Writes all of `text`; 0, or the number of what went wrong. `FileHandle.write` would end the process on a full disk.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Whoever shares the descriptor made it non-blocking.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    /// Columns of the terminal; 80 when it does not say.
    static var width: Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
    }

    /// Whether the terminal behind standard error can draw over a line.
    static let redraws = isErrorTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb"

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
        guard Terminal.redraws, all > 0, done % 256 == 0, ContinuousClock.now - start > .seconds(1)
        else { return }
        let share = Language.current.percent(ofPPM: 100 * done / all * 10_000, places: 0)
        FileHandle.standardError.write(Data("\r\(label) \(share)".utf8))
    }

    /// Wipes the line.
    func end() {
        guard Terminal.redraws, ContinuousClock.now - start > .seconds(1) else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
