import Foundation
import Testing

@Suite("Where things stand")
struct LayoutTests {
    @Test("The top level holds what belongs there, and nothing beside it")
    func topLevel() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.root.path)
        let allowed: Set = ["Package.swift", "Sources", "Tests", "sql", "deploy", "README.md", "LICENSE"]
        // SwiftPM writes its list of versions where it builds; the repository does not carry it.
        let stray = names.filter { !$0.hasPrefix(".") && !allowed.contains($0) && $0 != "Package.resolved" }
        #expect(stray.isEmpty, "\(stray)")
        #expect(allowed.subtracting(names).isEmpty, "missing: \(allowed.subtracting(names).sorted())")
    }

    @Test("The README names the two commands that show and test the whole, and both can be run")
    func commandsOfReadme() throws {
        let readme = try Repository.text("README.md")
        for script in ["deploy/demo", "deploy/test"] {
            #expect(readme.contains(script))
            #expect(
                FileManager.default.isExecutableFile(atPath: Repository.root.appending(path: script).path))
        }
    }

    @Test("No module is named Entraide, which a disk that ignores case would take for the command")
    func moduleNames() throws {
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "Sources").path)
        #expect(modules.contains("entraide"))
        #expect(Set(modules.map { $0.lowercased() }).count == modules.count)
        #expect(!modules.contains("Entraide"))
        let package = try Repository.text("Package.swift")
        #expect(!package.contains("name: \"Entraide\""))
    }

    /// Names of rooms for what has no room.
    private static let vagueWords: Set = [
        "Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Common", "New",
        "Deprecated", "Misc",
    ]

    @Test("No file or folder has a name that says nothing")
    func fileNames() throws {
        let paths = try ["Sources", "Tests", "sql", "deploy"].flatMap { try Repository.files(under: $0) }
        let vague = paths.filter { path in
            path.split(separator: "/").contains { part in
                let name = part.split(separator: ".").first ?? part
                return Self.words(of: name).contains { Self.vagueWords.contains($0) }
            }
        }
        #expect(vague.isEmpty, "\(vague)")
        #expect(Self.words(of: "PoolManagerNew") == ["Pool", "Manager", "New"])
        #expect(Self.words(of: "CSVReader") == ["C", "S", "V", "Reader"])
    }

    /// The words of a name in capitals: `PoolQueue` is `Pool` and `Queue`.
    private static func words(of name: Substring) -> [String] {
        name.reduce(into: [String]()) { words, character in
            if character.isUppercase || words.isEmpty {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
        }
    }

    @Test("No Swift file is longer than 500 lines")
    func lengths() throws {
        let paths = try ["Sources", "Tests", "sql"].flatMap {
            try Repository.files(under: $0, suffix: ".swift")
        }
        let long = try paths.map { ($0, try Repository.text($0).count { $0 == "\n" }) }.filter { $0.1 > 500 }
        #expect(paths.count > 100)
        #expect(long.isEmpty, "\(long)")
    }

    @Test("Every module with sources has its folder of tests")
    func testsOfModules() throws {
        let tests = Set(
            try FileManager.default.contentsOfDirectory(atPath: Repository.root.appending(path: "Tests").path)
        )
        let untested = Set(try Repository.shippedSources().map(\.module)).filter { module in
            switch module {
            case "entraide": !tests.contains("CommandTests")
            // Its index is held to its folder here, and its text is run by the tests of the core.
            case "Schema": !tests.contains("EntraideCoreTests")
            default: !tests.contains("\(module)Tests")
            }
        }
        #expect(untested.isEmpty, "\(untested.sorted())")
    }

    @Test("The command's entry point stays under 25 lines")
    func entryPoint() throws {
        let source = try Repository.text("Sources/entraide/Entraide.swift")
        #expect(source.contains("@main"))
        #expect(source.count { $0 == "\n" } < 25)
    }
}
