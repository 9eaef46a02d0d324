import EntraideCore
import Foundation
import Lines

/// A file named on the command line.
enum InputFile {
    /// How long a confined caller may take to send what it announced.
    private static let patience = Duration.seconds(60)

    /// The bytes of a file, `-` being standard input.
    ///
    /// - Throws: `no-such-file`; `too-long` past `most`, or past what the sender of a standard input may send; `timed-out` for a
    ///   confined caller who sends too slowly. What is read is read before the database is opened: whoever waits for its end
    ///   holds no connection.
    static func read(_ path: String, most: Int = .max) throws -> [UInt8] {
        guard path == "-" else {
            return try InputSource(path: path, name: name(path)).bytes(most: most)
        }
        return try standardInput(most: min(most, isConfined ? 1 << 25 : 1 << 30)).bytes()
    }

    /// The first line of standard input, and no more of it than a line of this kind can hold.
    ///
    /// - Throws: `timed-out`, as ``read(_:most:)``.
    static func line() throws -> String {
        String(decoding: try standardInput(most: 1024).line(), as: UTF8.self)
    }

    /// A file to be read in pieces; standard input is read whole.
    static func source(_ path: String) throws -> InputSource {
        path == "-"
            ? InputSource(bytes: try read(path), name: name(path)) : InputSource(path: path, name: name(path))
    }

    /// What errors call it.
    static func name(_ path: String) -> String { path == "-" ? "stdin" : escapingControls(path) }

    private static var isConfined: Bool { Caller.community != nil }

    private static func standardInput(most: Int) -> TimedInput {
        TimedInput(STDIN_FILENO, name: name("-"), most: most, within: isConfined ? patience : nil)
    }
}
