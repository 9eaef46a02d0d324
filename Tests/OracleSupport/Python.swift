import Foundation

/// Solvers of others, run in a process of their own. `ENTRAIDE_PYTHON` names another interpreter than `python3`.
enum Python {
    /// Whether the interpreter is there, with a module.
    static func has(_ module: String) -> Bool {
        (try? run(["-c", "import \(module)"], input: Data()))?.status == 0
    }

    /// The script ended otherwise than well.
    struct Failed: Error {
        let status: Int32
    }

    /// What a run prints, and its exit status.
    static func run(_ arguments: [String], input: Data) throws -> (status: Int32, output: Data) {
        // Through a file: a pipe written before it is read could fill up and wait for ever.
        let file = FileManager.default.temporaryDirectory.appending(path: "instances-\(UUID().uuidString)")
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["ENTRAIDE_PYTHON"] ?? "python3"] + arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
