import Foundation
import Testing

@Suite("Registering")
struct RegisterTests {
    private static let yaml = """
        community: fablab-des-dunes
        name: Fablab des Dunes (exemple fictif)
        kind: fablab
        territory: "59183"
        languages: [fr]
        modes: [remote, on-site]
        max_km: 80
        give: 3
        receive: 2
        stage: organising
        contact: contact@dunes.example
        consent: {matching: yes, publication: yes, contact: yes, research: no}
        offers:
          - {skill: decoupe-laser, level: 3, capacity: 2, formats: [workshop, visit]}
        needs:
          - {skill: comptabilite-associative, level_now: 1, level: 2, urgency: 3, needed_by: 2027-03-01}

        """
    private static let ndjson = """
        {"community":"fablab-des-dunes","name":"Fablab des Dunes (exemple fictif)","kind":"fablab","territory":"59183",\
        "languages":["fr"],"modes":["remote","on-site"],"max_km":80,"give":3,"receive":2,"stage":"organising",\
        "contact":"contact@dunes.example",\
        "consent":{"matching":true,"publication":true,"contact":true,"research":false},\
        "offers":[{"skill":"decoupe-laser","level":3,"capacity":2,"formats":["workshop","visit"]}],\
        "needs":[{"skill":"comptabilite-associative","level_now":1,"level":2,"urgency":3,"needed_by":"2027-03-01"}]}

        """

    /// All that is kept of the community, as the command shows it and as it is stored.
    private static func profile(in database: Scratch) async throws -> [String] {
        let community = try await database.output("community", "show", "fablab-des-dunes", "-o", "ndjson").out
        let offers = try await database.output("offer", "list", "fablab-des-dunes", "-o", "ndjson").out
        let needs = try await database.output("need", "list", "fablab-des-dunes", "-o", "ndjson").out
        let consents = try await database.sql(
            "SELECT purpose, granted, channel FROM consents ORDER BY purpose")
        return [community, offers, needs, consents, try await database.sql("SELECT contact FROM contacts")]
    }

    @Test("YAML, ndjson and standard input say the same")
    func sameProfile() async throws {
        let byYAML = try await Scratch.like(.entraide)
        let byNDJSON = try await Scratch.like(.entraide)
        let byInput = try await Scratch.like(.entraide)
        let yaml = try TestFolder.shared.file("profil.yaml", Self.yaml)
        let ndjson = try TestFolder.shared.file("profil.ndjson", Self.ndjson)
        let first = try await byYAML.output("community", "register", "--file", yaml)
        #expect(first.fields.map { $0[0] } == ["fablab-des-dunes"])
        try await byNDJSON.output("community", "register", "--file", ndjson)
        try await byInput.output("community", "register", "--file", "-", input: Self.yaml)
        let profile = try await Self.profile(in: byYAML)
        #expect(try await Self.profile(in: byNDJSON) == profile)
        #expect(try await Self.profile(in: byInput) == profile)
        #expect(profile[0].contains("\"status\":\"active\"") && profile[1].contains("decoupe-laser"))
        #expect(profile[3].contains("matching|t|file") && profile[3].contains("research|f|file"))
        #expect(profile[4] == "contact@dunes.example\n")
        #expect(!profile[0].contains("dunes.example"))
    }

    @Test("Options say what a file says")
    func options() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "fablab-des-dunes", "--name", "Fablab des Dunes (exemple fictif)",
            "--kind",
            "fablab", "--territory", "59183", "--language", "fr", "--mode", "remote", "on-site", "--max-km",
            "80",
            "--give", "3", "--receive", "2", "--stage", "organising", "--contact", "contact@dunes.example",
            "--consent", "matching", "publication", "contact", "--offer", "decoupe-laser:3:2", "--need",
            "comptabilite-associative:2:3")
        let other = try await Scratch.like(.entraide)
        try await other.output("community", "register", "--file", "-", input: Self.ndjson)
        #expect(try await Self.profile(in: database)[0] == Self.profile(in: other)[0])
        let offer = try await database.output("offer", "list", "fablab-des-dunes")
        #expect(offer.fields.map { Array($0[1...3]) } == [["decoupe-laser", "3", "2"]])
        let need = try await database.output("need", "list", "fablab-des-dunes")
        #expect(need.fields.map { Array($0[1...5]) } == [["comptabilite-associative", "1", "2", "3", "1"]])
    }

    @Test("Without consent a community is told so, and --on-behalf records it with its channel")
    func consent() async throws {
        let database = try await Scratch.like(.entraide)
        let silent = try await database.output(
            "community", "register", "a", "--name", "A", "--kind", "fablab", in: .fr)
        #expect(silent.err.contains("n’a pas encore consenti") && silent.err.contains("--on-behalf"))
        let said = try await database.output(
            "community", "register", "b", "--name", "B", "--kind", "fablab", "--on-behalf", "--channel",
            "phone")
        #expect(!said.err.contains("consented"))
        #expect(
            try await database.sql("SELECT purpose, granted, channel FROM consents") == "matching|t|phone\n")
        // Nobody says it in its place without telling how it was told.
        for (tongue, words) in [(Tongue.fr, "elle vous l’a dit"), (.en, "it told you so")] {
            let unsaid = try await database.run("community", "confirm", "a", in: tongue)
            #expect(unsaid.status == 64 && unsaid.err.contains("[on-behalf-missing]"), "\(unsaid)")
            #expect(unsaid.err.contains(words) && unsaid.err.contains("--on-behalf"), "\(unsaid)")
        }
        let own = try await database.run("community", "confirm", "b", "--as", "b", "--consent", "publication")
        #expect(own.status == 0, "\(own)")
        #expect(
            try await database.sql(
                "SELECT purpose, channel FROM consents ORDER BY 1;"
                    + "SELECT subject, detail FROM audit WHERE action = 'community.confirm'")
                == "matching|phone\npublication|self\nb|channel=self\n")
        let confirmed = try await database.run(
            "community", "confirm", "a", "--on-behalf", "--channel", "meeting")
        #expect(confirmed.status == 0 && confirmed.err.contains("takes part"), "\(confirmed)")
        for words in [
            ["--on-behalf"], ["--channel", "mail"], ["--on-behalf", "--channel", "self"],
            ["--on-behalf", "--channel", "coordinator"],
        ] {
            let refused = try await database.home.run(
                ["community", "confirm", "a"] + words, environment: ["ENTRAIDE_DATABASE": database.conninfo])
            #expect(refused.status == 64 && refused.err.contains(/\[(bad-option|usage)\]/), "\(refused)")
        }
    }

    @Test(
        "A coordinator's word is noted as such, the community's own only by its key, and asking it again says how"
    )
    func coordinatorsWord() async throws {
        let database = try await Scratch.like(.entraide)
        let channels =
            "SELECT string_agg(purpose || ' ' || granted || ' ' || channel, ', ' ORDER BY purpose) FROM consents"
        let audited = "SELECT action || ' ' || detail FROM audit WHERE subject = 'a' ORDER BY id"
        try await database.output(
            "community", "register", "a", "--name", "A", "--kind", "fablab", "--consent", "matching",
            "publication")
        try await database.output("community", "update", "a", "--withdraw", "research")
        #expect(
            try await database.sql(channels)
                == "matching true coordinator, publication true coordinator, research false coordinator\n")
        for (tongue, words) in [(Tongue.fr, "la coordination\n"), (.en, "the coordinator\n")] {
            let shown = try await database.output("community", "show", "a", "-o", "table", in: tongue)
            #expect(shown.out.contains(words), "\(shown)")
        }
        let own = try await database.run("community", "update", "a", "--as", "a", "--consent", "contact")
        #expect(own.status == 0, "\(own)")
        // Asked again, it says so itself or through a channel; what it was not asked about stays as it was noted.
        try await database.output("community", "confirm", "a", "--on-behalf", "--channel", "phone")
        #expect(
            try await database.sql(channels)
                == "contact true self, matching true phone, publication true coordinator, research false coordinator\n"
        )
        #expect(
            try await database.sql(audited) == """
                community.register channel=coordinator
                community.update channel=coordinator
                community.update channel=self
                community.confirm channel=phone

                """)
    }

    @Test("A dry run checks everything, shows it, and stores nothing")
    func dryRun() async throws {
        let database = try await Scratch.like(.round)
        let before = try await database.trace()
        let outcomes = try await [
            database.run(
                "community", "register", "--file", "-", "--dry-run",
                input: Self.yaml.replacing("fablab-des-dunes", with: "fablab-du-cap")),
            database.run("offer", "add", "le-granit-libre", "couture", "--dry-run"),
            database.run("offer", "remove", "le-granit-libre", "programmation", "--dry-run"),
            database.run("need", "add", "le-granit-libre", "couture", "--dry-run"),
            database.run("need", "close", "le-granit-libre", "graphisme", "--dry-run"),
            database.run("community", "update", "le-granit-libre", "--name", "X", "--dry-run"),
            database.run("community", "pause", "le-granit-libre", "--dry-run"),
            database.run("round", "create", "ete", "--dry-run"),
            database.run("round", "withdraw", "printemps", "--dry-run"),
            database.run("partner", "add", "p", "--dry-run"),
        ]
        for outcome in outcomes {
            #expect(
                outcome.status == 0 && outcome.err.contains("(dry run: nothing was stored)"), "\(outcome)")
        }
        #expect(try await database.trace() == before)
        #expect(try await database.output("round", "show", "printemps").fields[0][2] == "published")
        let refused = try await database.run(
            "community", "register", "le-granit-libre", "--name", "X", "--kind", "fablab", "--dry-run")
        #expect(refused.status == 73, "\(refused)")
    }

    @Test("Update changes what is given and leaves the rest; pause, resume, offers and needs come and go")
    func changes() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output("community", "register", "--file", "-", input: Self.yaml)
        let updated = try await database.output("community", "update", "fablab-des-dunes", "--max-km", "12")
        #expect(updated.fields[0][12] == "12" && updated.fields[0][6] == "59183", "\(updated)")
        let same = try await database.output("community", "update", "fablab-des-dunes", "--max-km", "12")
        #expect(same.out == updated.out && same.err.contains("Nothing to change"))
        try await database.output("community", "pause", "fablab-des-dunes")
        #expect(try await database.output("community", "list", "--status", "paused").lines.count == 1)
        try await database.output("community", "resume", "fablab-des-dunes")
        #expect(try await database.output("community", "list", "--status", "active").lines.count == 1)
        try await database.output("offer", "add", "fablab-des-dunes", "couture:4", "--until", "2030-01-01")
        #expect(try await database.output("community", "list", "--offers", "couture").lines.count == 1)
        let twice = try await database.run("offer", "add", "fablab-des-dunes", "couture")
        #expect(twice.status == 73 && twice.err.contains("[duplicate-offer]"), "\(twice)")
        try await database.output("offer", "remove", "fablab-des-dunes", "couture")
        let gone = try await database.run("offer", "remove", "fablab-des-dunes", "couture")
        #expect(gone.status == 66 && gone.err.contains("[unknown-offer]"), "\(gone)")
        try await database.output("need", "close", "fablab-des-dunes", "comptabilite-associative")
        #expect(
            try await database.output("community", "list", "--needs", "comptabilite-associative").out.isEmpty)
        try await database.output("need", "add", "fablab-des-dunes", "comptabilite-associative:3:1")
        #expect(
            try await database.output("community", "list", "--needs", "comptabilite-associative").lines.count
                == 1)
    }

    @Test(
        "What is shown of a community has its consents with their days, and that a contact is held, not the contact"
    )
    func shown() async throws {
        let database = try await Scratch.like(.sample)
        try await database.output(
            "community", "register", "seule", "--name", "Seule", "--kind", "fablab", "--contact",
            "role@seule.example",
            "--consent", "publication")
        try await database.output(
            "community", "confirm", "seule", "--on-behalf", "--channel", "phone")
        try await database.sql("UPDATE consents SET given_at = '2026-11-12 10:00Z'")
        for (tongue, words) in [
            (
                Tongue.fr,
                [
                    "Accords\n", "participer aux sessions d’entraide  oui          2026-11-12  téléphone\n",
                    "montrer son profil aux partenaires  oui          2026-11-12  la coordination\n",
                    "servir à la recherche               non demandé  -           -\n",
                    "Contact\u{202F}: gardé, et montré par entraide community export seule\n",
                    "Offres\naucune\n", "Besoins\naucun\n",
                ]
            ),
            (
                .en,
                [
                    "Consents\n", "taking part in rounds            yes        2026-11-12  phone\n",
                    "use in research                  not asked  -           -\n",
                    "Contact: held, and shown by entraide community export seule\n", "Offers\nnone\n",
                ]
            ),
        ] {
            let shown = try await database.output("community", "show", "seule", "-o", "table", in: tongue)
            for word in words { #expect(shown.out.contains(word), "\(word) \(shown)") }
            #expect(!shown.out.contains("role@") && shown.err.isEmpty, "\(shown)")
        }
        // Whoever was asked nothing agreed to nothing.
        try await database.sql("DELETE FROM consents")
        for (tongue, words) in [
            (
                Tongue.fr,
                [
                    "accord pour                         donné        depuis  par\n",
                    "participer aux sessions d’entraide  non demandé  -       -\n",
                    "servir à la recherche               non demandé  -       -\n",
                ]
            ),
            (.en, ["taking part in rounds            not asked  -      -\n"]),
        ] {
            let shown = try await database.output("community", "show", "seule", "-o", "table", in: tongue)
            for word in words { #expect(shown.out.contains(word), "\(word) \(shown)") }
        }
        // Lines are of one type.
        #expect(try await database.output("community", "show", "seule").lines.count == 1)
    }
}
