import Testing

@Suite("Confined to one community")
struct ConfinementTests {
    /// Verbs that a confined caller may run on its own profile, or on the vocabulary.
    private static let own = [
        "community show", "community form", "community update", "community confirm", "community pause",
        "community resume",
        "community export", "offer add", "offer remove", "offer list", "need add", "need remove", "need list",
        "need close",
    ]
    private static let everybody = ["skill list", "skill find", "skill show"]

    static func filled() async throws -> Scratch {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "--file", "-",
            input: """
                {"community":"mienne","name":"Mienne (fictive)","kind":"fablab","needs":[{"skill":"video"}]}
                {"community":"autre","name":"Autre zinzolin (fictive)","kind":"fablab","contact":"role@zinzolin.example",\
                "needs":[{"skill":"video"}],"offers":[{"skill":"video"}]}

                """)
        return database
    }

    static func run(
        _ words: [String], on database: Scratch, _ environment: [String: String]
    ) async throws -> Outcome {
        try await database.home.run(
            words, environment: ["ENTRAIDE_DATABASE": database.conninfo].merging(environment) { $1 })
    }

    /// Every verb, with its help.
    static func verbs(under words: [String] = []) async throws -> [(words: [String], help: String)] {
        let help = try await Home.fresh().run(words + ["--help"]).out
        guard let start = help.firstRange(of: "SUBCOMMANDS:\n") else { return [(words, help)] }
        var found: [(words: [String], help: String)] = []
        for line in help[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix(while: { $0.hasPrefix("  ") && !$0.hasPrefix("  See ") })
        where !line.hasPrefix("   ") {
            guard let name = line.split(separator: " ").first else { continue }
            found += try await verbs(under: words + [String(name)])
        }
        return found
    }

    /// What the usage asks for, filled in: `autre` wherever any word will do.
    private static func arguments(_ help: String) -> [String] {
        guard let start = help.firstRange(of: "USAGE: ") else { return [] }
        let usage = help[start.upperBound...].prefix { $0 != "\n" }
        // What stands in brackets may be left out, but for whom it is about.
        var rest = usage.replacing(#/\[(<(?:community|subject)>)\]/#) { $0.output.1 }
        while rest.contains("[") {
            let less = rest.replacing(#/\[[^\[\]]*\]/#, with: "")
            if less == rest { break }
            rest = less
        }
        return rest.split(separator: " ").map(String.init).filter {
            $0 != "<options>" && ($0.hasPrefix("-") || $0.hasPrefix("<"))
        }.map { $0 == "<from>" ? "entraide" : $0.hasPrefix("<") ? "autre" : $0 }
    }

    @Test("No verb reads or changes another's profile, by ENTRAIDE_AS or by --as")
    func walk() async throws {
        let database = try await Self.filled()
        let before = try await database.trace()
        let verbs = try await Self.verbs()
        #expect(verbs.count > 40)
        for (words, help) in verbs where !Self.everybody.contains(words.joined(separator: " ")) {
            let asked = words + Self.arguments(help)
            var outcome = try await Self.run(asked, on: database, ["ENTRAIDE_AS": "mienne"])
            #expect(outcome.status == 77 && outcome.out.isEmpty, "\(asked) \(outcome)")
            #expect(outcome.err.contains("[not-permitted]"), "\(asked) \(outcome)")
            #expect(!outcome.err.contains("zinzolin"), "\(asked)")
            outcome = try await Self.run(asked + ["--as", "mienne"], on: database, [:])
            #expect(outcome.status == 77 && outcome.out.isEmpty, "\(asked) \(outcome)")
            // Its own slug opens the verbs about itself, and no others.
            guard !Self.own.contains(words.joined(separator: " ")) else { continue }
            let itself = asked.map { $0 == "autre" ? "mienne" : $0 }
            outcome = try await Self.run(itself, on: database, ["ENTRAIDE_AS": "mienne"])
            #expect(outcome.status == 77 && outcome.out.isEmpty, "\(itself) \(outcome)")
        }
        #expect(try await database.trace() == before)
    }

    @Test("Its own profile and the vocabulary are open; nothing leads out of them")
    func ownProfile() async throws {
        let database = try await Self.filled()
        let mine = ["ENTRAIDE_AS": "mienne"]
        for words in [
            ["community", "show", "mienne"], ["community", "pause", "mienne"],
            ["community", "resume", "mienne"],
            ["community", "update", "mienne", "--give", "4"], ["community", "confirm", "mienne"],
            ["community", "export", "mienne"], ["offer", "add", "mienne", "comptabilite-associative"],
            ["offer", "list", "mienne"], ["offer", "remove", "mienne", "comptabilite-associative"],
            ["need", "list", "mienne"], ["need", "close", "mienne", "video"], ["skill", "show", "video"],
            ["skill", "find", "compta"], ["skill", "list"], ["--help"], ["help", "community"],
        ] {
            let outcome = try await Self.run(words, on: database, mine)
            #expect(outcome.status == 0, "\(words) \(outcome)")
            #expect(!"\(outcome)".contains("zinzolin"), "\(words)")
        }
        for words in [
            ["community", "show", "mienne", "--database", database.conninfo],
            ["community", "show", "autre", "--as", "autre"],
            ["community", "show", "mienne", "--as", "autre"],
            ["community", "update", "mienne", "--file", "/etc/passwd"],
            ["community", "confirm", "mienne", "--on-behalf", "--channel", "mail"],
        ] {
            let outcome = try await Self.run(words, on: database, mine)
            #expect(outcome.status == 77 && outcome.out.isEmpty, "\(words) \(outcome)")
            #expect(!outcome.err.contains("root:"), "\(words)")
        }
        let nothing = try await Self.run(["community", "show", "mienne"], on: database, ["ENTRAIDE_AS": ""])
        #expect(nothing.status == 77, "\(nothing)")
        #expect(
            try await database.sql(
                "SELECT DISTINCT split_part(actor, ' ', 2) FROM audit WHERE actor LIKE '% as:%'")
                == "as:mienne\n")
        let profile = #"{"community":"autre","name":"Prise","kind":"fablab"}"# + "\n"
        let other = try await database.run(
            "community", "update", "mienne", "--file", "-", input: profile, environment: mine)
        #expect(other.status != 0, "\(other)")
        #expect(
            try await database.sql("SELECT name FROM communities WHERE slug = 'autre'").contains("zinzolin"))
    }

    @Test("A profile says nothing of others, and no refusal tells who they are")
    func namesOfOthers() async throws {
        let database = try await Self.filled()
        try await database.output(
            "community", "register", "mere", "--name", "Mère (fictive)", "--kind", "association")
        try await database.output("community", "update", "mienne", "--parent", "mere")
        try await database.sql(
            "INSERT INTO sources SELECT 'mednum', 'zinzolin-1', id FROM communities WHERE slug = 'autre'")
        func update(_ more: String) async throws -> Outcome {
            try await database.run(
                "community", "update", "mienne", "--file", "-",
                input: #"{"community":"mienne","name":"Mienne (fictive)","kind":"fablab""# + more + "}\n",
                environment: ["ENTRAIDE_AS": "mienne"])
        }
        var sentences: Set<String> = []
        for more in [
            #","parent":"autre""#, #","parent":"personne""#,
            #","source_id":"mednum:zinzolin-1""#, #","source_id":"mednum:nulle-part""#,
        ] {
            let refused = try await update(more)
            #expect(refused.status == 77 && refused.out.isEmpty, "\(more) \(refused)")
            sentences.insert(refused.err)
        }
        for parent in ["autre", "personne"] {
            let refused = try await Self.run(
                ["community", "update", "mienne", "--parent", parent], on: database,
                ["ENTRAIDE_AS": "mienne"])
            #expect(refused.status == 77 && refused.out.isEmpty, "\(refused)")
            sentences.insert(refused.err)
        }
        #expect(sentences.count == 1)
        // Its own is no secret, and stays whether it is said or not.
        for more in [#","parent":"mere""#, #","give":4"#] {
            let changed = try await update(more)
            #expect(changed.status == 0 && changed.fields.first?[5] == "mere", "\(changed)")
        }
    }

    @Test("Of rounds a key reads what is published; of others it learns that they hold something about it")
    func rounds() async throws {
        let database = try await Scratch.like(.round)
        let pair = try await database.sql(
            """
            SELECT g.slug || ' ' || r.slug FROM matches AS m JOIN communities AS g ON g.id = m.provider_id
            JOIN communities AS r ON r.id = m.receiver_id ORDER BY m.number LIMIT 1
            """)
        let sides = pair.split { $0 == " " || $0 == "\n" }.map(String.init)
        try #require(sides.count == 2)
        try await database.sql("UPDATE communities SET visibility = 'private' WHERE slug = '\(sides[0])'")
        func held(_ environment: [String: String]) async throws -> Outcome {
            let outcome = try await database.run("community", "export", sides[1], environment: environment)
            #expect(outcome.status == 0, "\(outcome)")
            return outcome
        }
        func count(_ what: String, in outcome: Outcome) -> Int {
            outcome.lines.count { $0.hasPrefix("{\"held\":\"\(what)\"") }
        }
        let kinds = ["match", "reason", "price", "frozen-input"]
        let mine = ["ENTRAIDE_AS": sides[1]]
        let published = try await held(mine)
        #expect(kinds.allSatisfy { count($0, in: published) > 0 }, "\(published)")
        #expect(published.out.contains(sides[0]) && count("unpublished-rounds", in: published) == 0)
        for state in ["proposed", "cancelled"] {
            try await database.output(
                "round", state == "proposed" ? "withdraw" : "cancel", "printemps")
            let own = try await held(mine)
            #expect(kinds.allSatisfy { count($0, in: own) == 0 }, "\(state) \(own)")
            #expect(!own.out.contains("\"\(sides[0])\"") && !own.out.contains("printemps"), "\(state) \(own)")
            let lines = kinds.map { count($0, in: published) }.reduce(0, +)
            #expect(
                own.lines.contains(
                    #"{"held":"unpublished-rounds","what":{"rounds":1,"lines":\#(lines)}}"#),
                "\(state) \(own)")
            // Whoever keeps the database, and answers to the community for it, is told all.
            let whole = try await held([:])
            #expect(kinds.allSatisfy { count($0, in: whole) == count($0, in: published) }, "\(whole)")
            #expect(count("unpublished-rounds", in: whole) == 0)
        }
    }

    @Test("Words that come over SSH are split without a shell")
    func ssh() async throws {
        let database = try await Self.filled()
        func ask(_ text: String) async throws -> Outcome {
            try await Self.run([], on: database, ["ENTRAIDE_AS": "mienne", "SSH_ORIGINAL_COMMAND": text])
        }
        let changed = try await ask(#"entraide community update mienne --name 'L’atelier $(id)'"#)
        #expect(changed.status == 0 && changed.fields.first?[1] == "L’atelier $(id)", "\(changed)")
        for text in ["community show autre", "community show mi\\enne --as autre", "round list"] {
            let refused = try await ask(text)
            #expect(refused.status == 77 && refused.out.isEmpty, "\(text) \(refused)")
        }
        for text in ["community show mienne; id", "community show 'mienne", "community show mienne && id"] {
            let refused = try await ask(text)
            #expect(refused.status == 64 && refused.out.isEmpty, "\(text) \(refused)")
        }
    }
}
