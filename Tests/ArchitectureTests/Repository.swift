import Foundation

/// The folder of this project, as the tests look at it.
enum Repository {
    /// Found from this very file, through any link that led to it.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file's text, by its path from the root.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Paths from the root of every file under `folder`, in order.
    static func files(under folder: String, suffix: String = "") throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        return names.filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }
            .filter { path in
                var isFolder: ObjCBool = false
                let exists = FileManager.default.fileExists(
                    atPath: root.appending(path: path).path, isDirectory: &isFolder)
                return exists && !isFolder.boolValue
            }
            .sorted()
    }

    /// Every Swift file that ships: those of `Sources`, and the schema's. Read once.
    static func shippedSources() throws -> [SwiftSource] {
        try sources.get()
    }

    private static let sources = Result {
        try (files(under: "Sources", suffix: ".swift") + files(under: "sql", suffix: ".swift")).map { path in
            SwiftSource(path: path, text: try text(path))
        }
    }
}
