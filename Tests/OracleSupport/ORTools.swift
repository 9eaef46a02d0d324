import Foundation

/// An independent solver by minimum-cost flow: OR-tools, with the very script that it is measured with.
package enum ORTools {
    /// Whether a test that wants it can run.
    package static let isAvailable = Python.has("ortools")

    /// Why such a test is skipped.
    package static let reason = "needs Python with OR-tools (ENTRAIDE_PYTHON, or python3)"

    /// The optimal objective of each instance, given in the text form; nil where none was found.
    package static func objectives(of instances: [String]) throws -> [Int?] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Benchmarks/solve_with_ortools.py")
        let folder = FileManager.default.temporaryDirectory.appending(path: "flows-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var paths: [String] = []
        for (index, instance) in instances.enumerated() {
            let file = folder.appending(path: "\(index).txt")
            try Data(instance.utf8).write(to: file)
            paths.append(file.path)
        }
        let (status, output) = try Python.run([script.path] + paths, input: Data())
        guard status == 0 else { throw Python.Failed(status: status) }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: " ").first.flatMap { Int($0.dropFirst("objective=".count)) }
        }
    }
}
