import Foundation

/// An independent solver: SciPy's HiGHS, in a process of its own. `ENTRAIDE_PYTHON` names another interpreter than `python3`.
package enum SciPy {
    /// Whether a test that wants it can run.
    package static let isAvailable = (try? run(["-c", "import scipy"], input: Data()))?.status == 0

    /// Why such a test is skipped.
    package static let reason = "needs Python with SciPy (ENTRAIDE_PYTHON, or python3)"

    /// The optimal objective of each instance, given in the text form; nil where none was found.
    package static func objectives(of instances: [String]) throws -> [Int?] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "solve_instances.py")
        let (status, output) = try run([script.path], input: Data(instances.joined().utf8))
        guard status == 0 else { throw Failed(status: status) }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { Int($0) }
    }

    /// The script ended otherwise than well.
    package struct Failed: Error {
        package let status: Int32
    }

    private static func run(_ arguments: [String], input: Data) throws -> (status: Int32, output: Data) {
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
