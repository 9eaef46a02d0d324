import Testing

@Suite("Help")
struct HelpTests {
    private static func help(_ words: [String], in tongue: Tongue) async throws -> Outcome {
        try await Home.fresh().run(words + ["--help"], in: tongue)
    }

    /// The subcommands that a help lists.
    private static func subcommands(in help: String) -> [String] {
        guard let start = help.firstRange(of: "SUBCOMMANDS:\n") else { return [] }
        return help[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { $0.hasPrefix("  ") && !$0.hasPrefix("  See ") }
            .compactMap { line in
                // A description that goes on stands further to the right.
                line.hasPrefix("   ") ? nil : line.split(separator: " ").first.map(String.init)
            }
    }

    /// Every command under `words`, itself included, with its English help.
    private static func commands(under words: [String] = []) async throws -> [(words: [String], help: String)]
    {
        let help = try await help(words, in: .en)
        #expect(help.status == 0, "\(words) \(help)")
        var found = [(words, help.out)]
        for name in subcommands(in: help.out) { found += try await commands(under: words + [name]) }
        return found
    }

    /// Words of English that no French text holds. French options and codes are named in English: those are left out.
    private static let english: Set = [
        "the", "of", "to", "and", "with", "for", "is", "are", "show", "this", "that", "help", "version",
        "information",
        "see", "default", "values", "missing", "expected", "unknown", "unexpected", "invalid", "provide",
        "overview",
        "arguments", "subcommand", "subcommands", "error", "more", "detailed", "did", "you", "value", "was",
        "specified", "following", "or", "already", "been",
    ]

    /// What French shares with that list.
    private static let shared: Set = ["arguments", "version", "information"]

    /// English words in a French text, outside the names of options, values and subcommands, quotes and examples.
    private static func foreignWords(in french: String) -> [String] {
        let prose = french.split(separator: "\n")
            .map { $0.replacing(#/^  [a-z]+  +/#, with: " ") }
            .filter { !$0.hasPrefix("USAGE") && !$0.hasPrefix("Usage") && !$0.hasPrefix("  See") }
            .joined(separator: "\n")
            .replacing(#/'[^']*'|<[^>]*>|--[a-z-]+|entraide [a-z]+( [a-z]+)?/#, with: " ")
        return prose.matches(of: #/[A-Za-zÀ-ÿ]+(?:-[A-Za-zÀ-ÿ0-9]+)*/#).map { $0.output.lowercased() }
            .filter { english.contains($0) && !shared.contains($0) }
    }

    @Test("Every command explains itself in French and in English")
    func everyCommand() async throws {
        let commands = try await Self.commands()
        #expect(commands.count > 40)
        for verb in [
            ["init"], ["round", "verify"], ["community", "register"], ["database", "migrate"], ["serve"],
        ] {
            #expect(commands.contains { $0.words == verb }, "\(verb)")
        }
        for (words, english) in commands {
            let french = try await Self.help(words, in: .fr)
            #expect(french.status == 0 && french.err.isEmpty, "\(words)")
            #expect(french.out != english, "\(words)")
            #expect(french.out.hasPrefix("PRÉSENTATION\u{202F}: "), "\(words): \(french.out.prefix(80))")
            #expect(english.hasPrefix("OVERVIEW: "), "\(words)")
            #expect(Self.foreignWords(in: french.out) == [], "\(words):\n\(french.out)")
            #expect(!english.contains { "éèàçêùÉ«»".contains($0) }, "\(words):\n\(english)")
        }
    }

    @Test("The check of French sees what ArgumentParser would say")
    func check() {
        #expect(Self.foreignWords(in: "OVERVIEW: Inscrit\n  -h, --help   Show help information.") != [])
        #expect(Self.foreignWords(in: "Valeurs possibles : 'text', 'csv' or 'table'.") == ["or"])
        #expect(
            Self.foreignWords(in: "  --on-behalf  Dit pour la communauté ; short-help, public-body") == [])
    }

    @Test("The language is that of --lang, then LC_ALL, LC_MESSAGES, LANG; English otherwise")
    func language() async throws {
        let home = try Home.fresh()
        func isFrench(_ arguments: [String], _ environment: [String: String]) async throws -> Bool {
            try await home.run(arguments + ["--help"], environment: environment).out.hasPrefix("PRÉS")
        }
        #expect(try await isFrench(["skill", "list"], ["LANG": "fr_FR.UTF-8"]))
        #expect(
            try await isFrench(["skill", "list"], ["LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_BE.UTF-8"]))
        #expect(try await !isFrench(["skill", "list"], ["LANG": "fr_FR.UTF-8", "LC_ALL": "C"]))
        #expect(try await !isFrench(["skill", "list"], ["LANG": "de_DE.UTF-8"]))
        #expect(try await !isFrench(["skill", "list"], ["LANG": ""]))
        #expect(try await isFrench(["skill", "list", "--lang", "fr"], ["LANG": "en_GB.UTF-8"]))
        #expect(try await !isFrench(["skill", "list", "--lang=en"], ["LANG": "fr_FR.UTF-8"]))
    }

    @Test(
        "A command that cannot be understood leaves with 64, in the reader's language",
        arguments: [
            ["--bla"], ["round", "list", "--bla"], ["round", "list", "--lnag", "fr"],
            ["round", "show"], ["skill", "list", "-o", "excel"], ["skill", "list", "--lang", "de"],
            ["skill", "list", "--output"], ["skill", "list", "a", "b"], ["community", "import"],
            ["community", "register", "a", "--max-km", "loin"], ["skill", "list", "--no-color=yes"],
            ["explain", "a"], ["community", "import", "--from", "excel", "x.csv"],
        ])
    func usage(words: [String]) async throws {
        let home = try Home.fresh()
        let french = try await home.run(words, in: .fr)
        let english = try await home.run(words, in: .en)
        for outcome in [french, english] {
            #expect(outcome.status == 64, "\(outcome)")
            #expect(outcome.out.isEmpty)
        }
        #expect(french.err.hasPrefix("Erreur\u{202F}: "), "\(french.err)")
        #expect(english.err.hasPrefix("Error: "), "\(english.err)")
        #expect(Self.foreignWords(in: french.err) == [], "\(french.err)")
        #expect(!french.err.contains("»?"), "\(french.err)")
    }

    @Test(
        "A word that names no command is told, with the nearest one or with all there are; --lang stands anywhere"
    )
    func unknownCommands() async throws {
        let home = try Home.fresh()
        for (words, told) in [
            (
                ["round", "verfy"],
                "« entraide round » n’a pas de commande « verfy » ; vouliez-vous dire « entraide round verify »"
            ),
            (["comunity", "list", "--lang", "fr"], "vouliez-vous dire « entraide community »"),
            (["--lang", "fr", "partner", "bla"], "il y a : add"), (["bla"], "il y a : init, status"),
        ] {
            let outcome = try await home.run(words, in: .fr)
            #expect(outcome.status == 64 && outcome.out.isEmpty, "\(outcome)")
            let plain = outcome.err.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
            #expect(plain.contains(told) && plain.hasSuffix("[unknown-command]\n"), "\(outcome)")
        }
        #expect(
            try await home.run(["bla"], in: .en).err.hasPrefix(
                "entraide: 'entraide' has no command 'bla'; there are: init"))
        let help = try await home.run(["help", "skill", "list"], in: .fr).out
        for words in [
            ["--lang", "fr", "help", "skill", "list"], ["help", "skill", "list", "--lang=fr"],
            ["skill", "--lang", "fr", "list", "--help"],
        ] {
            #expect(try await home.run(words, in: .en).out == help, "\(words)")
        }
    }

    @Test("The version is one line, the same in every language")
    func version() async throws {
        let home = try Home.fresh()
        let outcome = try await home.run(["--version"], in: .fr)
        #expect(outcome.status == 0)
        #expect(outcome.out.wholeMatch(of: #/entraide \d+\.\d+\.\d+\n/#) != nil, "\(outcome)")
        #expect(try await home.run(["--version"], in: .en).out == outcome.out)
    }
}
