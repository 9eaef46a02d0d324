import Foundation
import Testing

/// Screens as they are meant to be, kept in files beside this one and compared byte for byte.
///
/// After a change that is meant: `ENTRAIDE_RECORD_SCREENS=1 swift test --filter CommandTests.ScreenTests` writes them
/// anew, to be looked at before they are kept.
enum Golden {
    private static let isRecording =
        !(ProcessInfo.processInfo.environment["ENTRAIDE_RECORD_SCREENS"] ?? "").isEmpty

    static let folder = Entraide.repository.appending(path: "Tests/CommandTests/Golden")

    /// Compares `screen` with the file of that name, or writes it when recording.
    static func check(
        _ name: String, _ tongue: Tongue, _ screen: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: "\(name).\(tongue.rawValue).txt")
        // What is typed goes on after a prompt.
        for line in screen.split(separator: "\n") where line.count > 80 && !line.contains("] > ") {
            Issue.record("wider than 80 columns: \(line)", sourceLocation: sourceLocation)
        }
        if isRecording {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(screen.utf8).write(to: file)
            return
        }
        let kept = FileManager.default.contents(atPath: file.path).map { String(decoding: $0, as: UTF8.self) }
        guard let kept else {
            Issue.record("no file \(file.lastPathComponent)", sourceLocation: sourceLocation)
            return
        }
        guard Array(kept.utf8) != Array(screen.utf8) else { return }
        let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
        let new = screen.split(separator: "\n", omittingEmptySubsequences: false)
        let place = zip(old, new).prefix { $0 == $1 }.count
        Issue.record(
            """
            \(file.lastPathComponent) differs from line \(place + 1):
            - \(old.dropFirst(place).first ?? "")
            + \(new.dropFirst(place).first ?? "")
            """, sourceLocation: sourceLocation)
    }
}
