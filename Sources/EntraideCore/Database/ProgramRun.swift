import Foundation

/// One run of another program. Arguments are passed as they are: no shell reads them.
struct ProgramRun: Sendable {
    /// Absolute path of the program.
    var program: String
    var arguments: [String]
    /// The whole environment: nothing is inherited, so that no `PG…` variable of the user's changes what we start.
    var environment: [String: String] = [:]
    /// Working directory.
    var folder: String = "/"
    /// Bytes for standard input, under 64 KiB: they wait in a pipe before the program starts.
    var input: [UInt8] = []
    /// File to which standard output and error are appended; nil captures the output and drops errors.
    var log: String?

    struct Outcome: Sendable {
        /// Exit status; a signal's number when one ended the program.
        let status: Int32
        /// Standard output, when no log was given.
        let output: String

        var succeeded: Bool { status == 0 }
    }

    /// Runs the program to its end, without holding a thread meanwhile.
    ///
    /// - Throws: when the program cannot be started or the log cannot be opened.
    func run() async throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = Self.plain.merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)

        // Written before the start, while both ends are ours: a program that ends early cannot raise SIGPIPE here.
        let stdin = Pipe()
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        process.standardInput = stdin

        let captured = Pipe()
        var logHandle: FileHandle?
        if let log {
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
            try handle.seekToEnd()
            process.standardOutput = handle
            process.standardError = handle
            logHandle = handle
        } else {
            process.standardOutput = captured
            process.standardError = FileHandle.nullDevice
        }
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        try logHandle?.close()
        let output = log == nil ? try captured.fileHandleForReading.readToEnd() ?? Data() : Data()
        return Outcome(status: status, output: String(decoding: output, as: UTF8.self))
    }

    private static let plain = [
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC",
    ]
}
