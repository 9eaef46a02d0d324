import Testing

@Suite("One-time codes, by the command")
struct CodeTests {
    /// Verbs that a code opens; what else they want.
    private static let verbs = [
        "community confirm": [], "community erase": ["--yes"], "community pause": [String](),
    ]

    /// All that is held on a community but who looked at it.
    static func held(_ community: String, _ database: Scratch) async throws -> [String] {
        try await database.output("community", "export", community).lines.filter {
            !$0.hasPrefix(#"{"held":"audit""#)
        }
    }

    private static func code(_ community: String, _ database: Scratch) async throws -> String {
        try #require(
            try await database.output("community", "invite", community, "-o", "text").fields.first?[3])
    }

    @Test("On every verb that takes one, a code of one community reads and changes no other")
    func walk() async throws {
        let found = try await ConfinementTests.verbs().filter { $0.help.contains("--code <code>") }
        #expect(Set(found.map { $0.words.joined(separator: " ") }) == Set(Self.verbs.keys))
        for (verb, more) in Self.verbs {
            let database = try await ConfinementTests.filled()
            let mine = try await Self.code("mienne", database)
            _ = try await Self.code("autre", database)
            let before = try await Self.held("autre", database)
            let words = verb.split(separator: " ").map(String.init)
            for (subject, environment, tail) in [
                (["autre"], [:], []), (["personne"], [:], []),
                ([], ["ENTRAIDE_AS": "autre"], []), (["autre"], ["ENTRAIDE_AS": "autre"], []),
                (["mienne"], ["ENTRAIDE_AS": "autre"], []), ([], ["ENTRAIDE_AS": ""], []),
                ([], [:], ["--as", "autre"]), (["autre"], ["ENTRAIDE_AS": "mienne"], []),
                (["autre"], [:], ["--as", "mienne"]), ([], ["ENTRAIDE_AS": "mienne"], ["--as", "autre"]),
            ] as [([String], [String: String], [String])] {
                for rehearsed in [[], ["--dry-run"]] {
                    let asked = words + subject + ["--code", mine] + more + tail + rehearsed
                    let outcome = try await ConfinementTests.run(asked, on: database, environment)
                    #expect(outcome.status == 77 && outcome.out.isEmpty, "\(asked) \(environment) \(outcome)")
                    #expect(!outcome.err.contains("zinzolin") && !outcome.err.contains(mine), "\(outcome)")
                }
            }
            #expect(try await Self.held("autre", database) == before)
            // It was refused, and not used up.
            let outcome = try await ConfinementTests.run(
                words + ["--code", mine] + more, on: database, ["ENTRAIDE_AS": "mienne"])
            #expect(outcome.status == 0, "\(verb) \(outcome)")
            #expect(try await Self.held("autre", database) == before)
        }
    }

    @Test(
        "A letter names offers, needs and the file that they come from, on lines that mail programs leave as they are"
    )
    func named() async throws {
        let database = try await Scratch.like(.sample)
        let offers = "couture, découpe laser, impression 3D, menuiserie, vidéo, réparation de vélos"
        try await database.output(
            "community", "import", "--from", "csv", "--source", "annuaire-2026", "-",
            input:
                "id;nom;offres;besoins\n1;\(String(repeating: "Phare ", count: 14))fictif;\(offers);comptabilité associative\n2;Cap fictif;;\n"
        )
        let reply = "Ana, pour la coordination fictive des phares et balises, 01 00 00 00 00"
        for (tongue, parts) in [
            (
                Tongue.fr,
                [
                    "Ce que vous savez faire : couture, découpe laser", "réparation de vélos",
                    "Ce qui vous manque : comptabilité associative.",
                    "Cela vient d’un fichier : annuaire-2026.",
                ]
            ),
            (
                .en,
                [
                    "What you can do: sewing, laser cutting", "bicycle repair",
                    "What you lack: nonprofit accounting.",
                    "This comes from a file: annuaire-2026.",
                ]
            ),
        ] {
            let letters = try await database.output(
                "community", "invite", "--all-unconfirmed", "--dry-run", "--reply-to", reply, in: tongue)
            let plain = letters.out.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
            let flat = plain.replacing("\n", with: " ")
            for part in parts { #expect(flat.contains(part), "\(part)\n\(plain)") }
            let long = plain.split(separator: "\n").filter { $0.count > 72 }
            #expect(long.isEmpty, "\(long)")
            // Where there is none, nothing is said of it.
            let last = plain.split(separator: "\u{2013}\u{2013}\u{2013}").first ?? ""
            #expect(
                last.contains("Cap fictif") && !last.contains(tongue == .fr ? "savez faire" : "can do"),
                "\(last)")
        }
    }

    @Test(
        "Who was invited while active is listed until it answers, by its code or otherwise, or its code ends")
    func activeInvited() async throws {
        let database = try await ConfinementTests.filled()
        func listed() async throws -> [String?] {
            let figure = try await database.output("status").figures["invited"]
            let slugs = try await database.output("community", "list", "--invited").fields.map(\.first)
            #expect(figure == "\(slugs.count)")
            return slugs
        }
        #expect(try await listed().isEmpty)
        let letter = try await database.output("community", "invite", "autre")
        let code = try #require(letter.out.firstMatch(of: #/confirm --code ([0-9A-Z-]+)/#)?.output.1)
        #expect(try await listed() == ["autre"])
        // An answer of a later day counts, whichever way it came.
        let sent = "UPDATE one_time_codes SET created_at = now() - interval '3 days'"
        let confirmed = "UPDATE communities SET confirmed_on = now() - interval '9 days' WHERE slug = 'autre'"
        try await database.sql("\(sent); \(confirmed)")
        #expect(try await listed() == ["autre"])
        try await database.output("community", "pause", "autre")
        #expect(try await listed().isEmpty)
        try await database.output("community", "resume", "autre")
        #expect(try await listed() == ["autre"])
        try await database.output("community", "confirm", "autre", "--on-behalf", "--channel", "phone")
        #expect(try await listed().isEmpty)
        try await database.sql("\(confirmed); UPDATE one_time_codes SET expires_at = now()")
        #expect(try await listed().isEmpty)
        try await database.sql("UPDATE one_time_codes SET expires_at = now() + interval '9 days'")
        #expect(try await listed() == ["autre"])
        try await database.output("community", "confirm", "--code", String(code))
        #expect(try await listed().isEmpty)
    }

    @Test(
        "A letter in each language tells what is held, until when, whom to answer and how, and its code confirms"
    )
    func letter() async throws {
        let database = try await ConfinementTests.filled()
        try await database.sql(
            "UPDATE communities SET status = 'unconfirmed', confirmed_on = NULL WHERE slug = 'autre'")
        let rehearsed = try await database.output(
            "community", "invite", "autre", "--dry-run", "--days", "5", in: .en)
        #expect(rehearsed.out.contains("·····-·····") && rehearsed.err.contains("dry run"))
        let french = try await database.output(
            "community", "invite", "autre", "--reply-to", "Ana (fictive), 01 00 00 00 00", in: .fr)
        for words in [
            "Autre zinzolin", "fablab", "Ce que vous savez faire", "Ce qui vous manque", "un contact",
            "Ana (fictive), 01 00 00 00 00",
            "entraide community confirm --code ", "entraide community erase --yes --code ", "aucune session",
        ] { #expect(french.out.replacing("\n", with: " ").contains(words), "\(words)") }
        #expect(!french.out.contains("role@zinzolin"))
        let letters = try await database.output("community", "invite", "--all-unconfirmed")
        #expect(letters.out.isEmpty && letters.err.contains("0 communities invited"))
        let code = try #require(french.out.firstMatch(of: #/confirm --code ([0-9A-Z-]+)/#)?.output.1)
        let listed = try await database.output("community", "list", "--invited")
        #expect(listed.fields.map(\.first) == ["autre"])
        #expect(try await database.output("status").figures["invited"] == "1")
        for (tongue, words) in [(Tongue.fr, "autre serait confirmée"), (.en, "autre would be confirmed")] {
            let tried = try await database.run(
                "community", "confirm", "--code", String(code), "--dry-run", in: tongue)
            #expect(tried.status == 0 && tried.err.contains(words), "\(tried)")
        }
        #expect(
            try await database.sql("SELECT status FROM communities WHERE slug = 'autre'") == "unconfirmed\n")
        let confirmed = try await database.run(
            "community", "confirm", "--code", "-", "--consent", "publication", input: code.lowercased() + "\n"
        )
        #expect(confirmed.status == 0 && confirmed.err.contains("autre"), "\(confirmed)")
        let again = try await database.run("community", "pause", "--code", String(code), in: .fr)
        #expect(again.status == 77 && again.err.contains("[code-refused]"), "\(again)")
        let slip = try await database.run("community", "pause", "--code", String(code.dropLast()), in: .fr)
        #expect(slip.status == 65 && slip.err.contains("[code-mistyped]"), "\(slip)")
        for words in [["pause"], ["invite"], ["invite", "autre", "--all-unconfirmed"]] {
            let asked = try await ConfinementTests.run(["community"] + words, on: database, [:])
            #expect(asked.status == 64, "\(asked)")
        }
        let machine = try await database.output("community", "invite", "autre", "-o", "ndjson", "--days", "3")
        #expect(
            machine.out.wholeMatch(
                of:
                    #/\{"community":"autre","name":"[^"]+","purpose":"invitation","code":"[0-9A-Z-]{29}","expires_at":"[0-9T:Z-]{20}"\}\n/#
            )
                != nil, "\(machine)")
    }
}
