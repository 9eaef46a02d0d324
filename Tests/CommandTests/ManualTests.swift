import Foundation
import Testing

@Suite("Manual pages and completions")
struct ManualTests {
    /// Every command by the name of its page, as the command tells of itself.
    private static func pages(of command: [String: Any], after words: [String] = []) -> [String] {
        guard let name = command["commandName"] as? String, name != "help" else { return [] }
        let own = words + [name]
        let children = command["subcommands"] as? [[String: Any]] ?? []
        return [own.joined(separator: "-")] + children.flatMap { pages(of: $0, after: own) }
    }

    @Test("Every command has its page in both languages, sound to man, and each shell its completions")
    func everyVerb() async throws {
        let home = try Home.fresh()
        let prefix = try TestFolder.shared.newName("manual")
        let script = Entraide.repository.appending(path: "deploy/manual").path
        let environment = Entraide.environment(["LANG": "fr_FR.UTF-8"])
        let made = try await Spawned([script, Entraide.path, prefix], environment: environment).outcome()
        #expect(made.status == 0 && made.out.isEmpty && made.err.isEmpty, "\(made)")

        let dump = try await home.run(["--experimental-dump-help"])
        let described = try JSONSerialization.jsonObject(with: Data(dump.out.utf8)) as? [String: Any]
        let root = try #require(described?["command"] as? [String: Any])
        let names = Self.pages(of: root)
        #expect(names.contains("entraide-community-register") && names.count > 50)
        for name in names {
            let english = try String(
                contentsOfFile: "\(prefix)/share/man/man1/\(name).1", encoding: .utf8)
            let french = try String(
                contentsOfFile: "\(prefix)/share/man/fr/man1/\(name).1", encoding: .utf8)
            #expect(english.hasPrefix(".TH \"\(name.uppercased())\" \"1\"") && english != french, "\(name)")
            #expect(french.contains("\n.SH NOM\n") && french.contains("\n.SH CODE DE RETOUR\n"), "\(name)")
            #expect(!french.contains("Show help") && english.contains("Show help"), "\(name)")
        }
        let found = try FileManager.default.contentsOfDirectory(atPath: "\(prefix)/share/man/fr/man1")
        #expect(Set(found) == Set(names.map { "\($0).1" }))

        // What man has to say of them, where there is a man.
        let check = """
            command -v man > /dev/null || exit 0
            for page in "$0"/share/man/man1/*.1 "$0"/share/man/fr/man1/*.1; do
                LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l "$page" 2>&1 > /dev/null
            done
            """
        let read = try await Spawned(["sh", "-c", check, prefix], environment: environment).outcome()
        #expect(read.status == 0 && read.out.isEmpty && read.err.isEmpty, "\(read)")

        for path in [
            "bash-completion/completions/entraide", "zsh/site-functions/_entraide",
            "fish/vendor_completions.d/entraide.fish",
        ] {
            let script = try String(contentsOfFile: "\(prefix)/share/\(path)", encoding: .utf8)
            for verb in ["register", "verify", "participants"] {
                #expect(script.contains(verb), "\(path) \(verb)")
            }
            #expect(path.hasPrefix("bash") || script.contains("Les communautés et leurs profils"), "\(path)")
            #expect(!script.contains("Show help information."), "\(path)")
        }
        let syntax = try await Spawned(
            ["bash", "-n", "\(prefix)/share/bash-completion/completions/entraide"], environment: environment
        ).outcome()
        #expect(syntax.status == 0, "\(syntax)")
    }
}
