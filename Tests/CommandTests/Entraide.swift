import Foundation

/// The command under test, as the build left it.
enum Entraide {
    /// `ENTRAIDE_BIN` when set; else the program beside this bundle of tests; else that of a debug build.
    static let path: String = {
        if let given = ProcessInfo.processInfo.environment["ENTRAIDE_BIN"], !given.isEmpty { return given }
        let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let folders = sequence(first: bundle) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        let built = repository.appending(path: ".build/debug")
        for folder in Array(folders.dropFirst().prefix(4)) + [built] {
            let candidate = folder.appending(path: "entraide").path
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder.boolValue
            {
                return candidate
            }
        }
        return "entraide"
    }()

    /// The folder of the project, through any link that led here.
    static let repository = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Path of a file of the sample.
    static func sample(_ name: String) -> String {
        repository.appending(path: "deploy/sample/\(name)").path
    }

    /// The environment of a run: nothing of ours but the way to programs, and what the test says.
    static func environment(_ more: [String: String]) -> [String: String] {
        var clean = ["LANG": "C.UTF-8", "TZ": "UTC"]
        for name in ["PATH", "LD_LIBRARY_PATH"] { clean[name] = ProcessInfo.processInfo.environment[name] }
        return clean.merging(more) { $1 }
    }
}

/// The language that a run is made in.
enum Tongue: String, CaseIterable, Sendable {
    case fr, en

    /// What a person of that language has in `LANG`.
    var locale: String { self == .fr ? "fr_FR.UTF-8" : "en_GB.UTF-8" }
}
