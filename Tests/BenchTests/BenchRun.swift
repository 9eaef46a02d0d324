import Foundation

/// A run of the command `Bench`, as the build left it beside this bundle of tests.
struct BenchRun {
    let status: Int32
    let out: String
    let err: String

    /// The fields of a line of figures.
    var figures: [String: String] {
        out.split(whereSeparator: \.isWhitespace).reduce(into: [:]) { figures, field in
            let parts = field.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { figures[String(parts[0])] = String(parts[1]) }
        }
    }

    /// Runs it with these arguments, to its end.
    init(_ arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, not pipes: whatever it writes, nothing fills up.
        let (out, err) = (folder.appending(path: "out"), folder.appending(path: "err"))
        try Data().write(to: out)
        try Data().write(to: err)
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        // A signal is told apart from a status, as a shell does.
        status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
        self.out = try String(contentsOf: out, encoding: .utf8)
        self.err = try String(contentsOf: err, encoding: .utf8)
    }

    private static let program: URL = {
        let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let folders = sequence(first: bundle) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let built = root.appending(path: ".build/debug")
        let places = (folders.dropFirst().prefix(4) + [built]).map { $0.appending(path: "Bench") }
        return places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
            ?? URL(filePath: "Bench")
    }()
}

/// A file with a text, removed with the last reference to it.
final class TextFile {
    let path: String

    init(_ text: String = "") throws {
        path = FileManager.default.temporaryDirectory.appending(path: "instance-\(UUID().uuidString)").path
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
