import Foundation
import Testing

@Suite("Importing")
struct ImportTests {
    private static let good =
        #"{"community":"un","name":"Un","kind":"fablab","offers":[{"skill":"couture"}]}"#

    @Test("Rows that are wrong are listed where they stand, the others come in, and the status is 65")
    func refusedRows() async throws {
        let database = try await Scratch.like(.entraide)
        let lines = [
            Self.good,
            #"{"community":"deux","name":"Deux","kind":"bar"}"#,
            #"{"community":"trois","name":"Trois","kind":"fablab","offers":[{"skill":"coutur"}]}"#,
            "not json",
            "",
            #"{"community":"un","name":"Encore un","kind":"fablab"}"#,
            #"{"community":"six","name":"Six","kind":"collective","parent":"un"}"#,
            #"{"community":"sept","name":"Sept","kind":"collective","parent":"personne"}"#,
        ]
        let file = try TestFolder.shared.file("reseau.ndjson", lines.joined(separator: "\n") + "\n")
        let folder = String(file.dropLast("/reseau.ndjson".count))
        for tongue in Tongue.allCases {
            let colon = tongue == .fr ? "\u{202F}:" : ":"
            let outcome = try await database.run(
                "community", "import", "--from", "entraide", "--no-propose-skills", "reseau.ndjson",
                in: tongue,
                folder: folder)
            #expect(outcome.status == 65)
            #expect(outcome.figures["read"] == "7" && outcome.figures["refused"] == "5", "\(outcome)")
            #expect(outcome.figures[tongue == .fr ? "added" : "unchanged"] == "2", "\(outcome)")
            let said = outcome.err.split(separator: "\n")
            let expected = [
                ("reseau.ndjson:2:42: kind\(colon)", "[unknown-code]"),
                ("reseau.ndjson:3:72: offers[0].skill\(colon)", "[unknown-skill]"),
                ("reseau.ndjson:4:", "[malformed]"),
                ("reseau.ndjson:6: community\(colon)", "[duplicate-in-file]"),
                ("reseau.ndjson:8", "[bad-parent]"),
                ("entraide: reseau.ndjson\(colon)", "[refused-rows]"),
            ]
            #expect(said.count == expected.count, "\(outcome)")
            for (line, (place, code)) in zip(said, expected) {
                #expect(line.hasPrefix(place) && line.hasSuffix(code), "\(line)")
            }
            // Second in English: what came in is there, and importing again changes nothing.
            #expect(try await database.output("community", "list").fields.map { $0[0] } == ["six", "un"])
        }
    }

    @Test("A consent read in a file is never the community's own word, and whose contact changed is told")
    func wordOfAFile() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "un", "--name", "Un", "--kind", "fablab", "--contact",
            "un@exemple.example",
            "--consent", "matching")
        let channels = "SELECT purpose || ' ' || channel FROM consents ORDER BY 1"
        let consent = #""consent":{"matching":true,"contact":true}"#
        let lines =
            #"{"community":"un","name":"Un","kind":"fablab","contact":"autre@ailleurs.example",\#(consent)}"#
            + "\n"
            + #"{"community":"deux","name":"Deux","kind":"fablab","contact":"deux@exemple.example"}"# + "\n"
        for (tongue, words) in [
            (Tongue.fr, "adresse de contact changée\u{202F}: un\u{202F};"),
            (.en, "contact address changed: un;"),
        ] {
            let seen = try await database.output(
                "community", "import", "--from", "entraide", "-", "--dry-run", in: tongue, input: lines)
            #expect(seen.err.contains(words) && !seen.err.contains("ailleurs"), "\(seen)")
        }
        let read = try await database.output("community", "import", "--from", "entraide", "-", input: lines)
        #expect(read.err.contains("contact address changed: un;"), "\(read)")
        // What was said already stays as it was said.
        #expect(try await database.sql(channels) == "contact file\nmatching coordinator\n")
        let held = try await database.output("community", "export", "un")
        let lived = try await database.sql(
            "SELECT subject || ' ' || action || ' ' || detail FROM audit WHERE detail LIKE 'channel=%' ORDER BY subject, id"
        )
        #expect(held.out.contains("community.update"), "\(held)")
        let again = try await database.output("community", "import", "--from", "entraide", "-", input: lines)
        #expect(
            lived == """
                deux community.register channel=file from=entraide
                un community.register channel=coordinator
                un community.update channel=file from=entraide

                """, "\(lived)")
        #expect(!again.err.contains("contact address"), "\(again)")
        let vouched = try await database.output(
            "community", "import", "--from", "entraide", "--on-behalf", "--channel", "meeting", "-",
            input: #"{"community":"trois","name":"Trois","kind":"fablab",\#(consent)}"#)
        #expect(vouched.figures["added"] == "1")
        #expect(
            try await database.sql(
                "SELECT DISTINCT channel FROM consents AS k JOIN communities AS c ON c.id = community_id WHERE slug = 'trois'"
            ) == "meeting\n")
        let made = try await database.run(
            "community", "import", "--from", "entraide", "--on-behalf", "--channel", "file", "-", input: lines
        )
        #expect(made.status == 64 && made.err.contains("[bad-option]"), "\(made)")
        // A file of one profile is a file all the same; a key tells who sends it.
        try await database.output(
            "community", "register", "--file", "-",
            input: #"{"community":"quatre","name":"Quatre","kind":"fablab","consent":{"matching":true}}"#)
        try await database.output(
            "community", "update", "quatre", "--file", "-",
            input: #"{"community":"quatre","name":"Quatre","kind":"fablab","consent":{"contact":true}}"#)
        let own = try await database.home.run(
            ["community", "update", "quatre", "--file", "-"],
            input: Array(
                #"{"community":"quatre","name":"Quatre","kind":"fablab","consent":{"research":true}}"#.utf8),
            environment: ["ENTRAIDE_DATABASE": database.conninfo, "ENTRAIDE_AS": "quatre"])
        #expect(own.status == 0, "\(own)")
        #expect(
            try await database.sql(
                """
                SELECT purpose || ' ' || channel FROM consents AS k JOIN communities AS c ON c.id = community_id
                WHERE slug = 'quatre' ORDER BY 1
                """) == "contact file\nmatching file\nresearch self\n")
    }

    @Test("A dry run of an import reports what would happen and stores nothing")
    func dryRun() async throws {
        let database = try await Scratch.like(.entraide)
        let before = try await database.trace()
        let rehearsal = try await database.output(
            "community", "import", "--from", "entraide", Entraide.sample("communities.ndjson"), "--dry-run",
            in: .fr)
        #expect(
            rehearsal.figures["added"] == "96" && rehearsal.err.contains("rien n’a été enregistré"),
            "\(rehearsal)")
        let communes = try await database.output(
            "territory", "import", Entraide.sample("communes.csv"), "--dry-run")
        #expect(communes.figures["added"] == "92")
        #expect(try await database.trace() == before)
    }

    @Test("Importing again changes nothing, and a changed line changes its community alone")
    func again() async throws {
        let database = try await Scratch.like(.sample)
        let text = try String(contentsOfFile: Entraide.sample("communities.ndjson"), encoding: .utf8)
        let again = try await database.output("community", "import", "--from", "entraide", "-", input: text)
        #expect(again.figures["unchanged"] == "96" && again.figures["updated"] == "0", "\(again)")
        let changed = text.replacing(
            #""name":"Le Granit Libre (exemple fictif)""#, with: #""name":"Le Granit""#)
        #expect(changed != text)
        let brought = try await database.output(
            "community", "import", "--from", "entraide", "-", input: changed)
        #expect(brought.figures["unchanged"] == "95" && brought.figures["updated"] == "1", "\(brought)")
        #expect(try await database.output("community", "show", "le-granit-libre").fields[0][1] == "Le Granit")
        let communes = try await database.output("territory", "import", Entraide.sample("communes.csv"))
        #expect(communes.figures["added"] == "0" && communes.figures["unchanged"] == "92", "\(communes)")
    }

    @Test("Communes are found by name without accents, by code and by postcode")
    func territories() async throws {
        let database = try await Scratch.like(.sample)
        for words in ["soissons", "SOISSONS", "02722", "02200"] {
            let found = try await database.output("territory", "find", words)
            #expect(found.fields.map { $0[0] } == ["02722"], "\(words) \(found)")
        }
        let none = try await database.output("territory", "find", "Atlantide")
        #expect(none.out.isEmpty)
    }

    @Test("A file of places without a column of names is refused with its headers, and --map names them")
    func places() async throws {
        let database = try await Scratch.like(.entraide)
        let file = try TestFolder.shared.file(
            "lieux.csv",
            """
            Pointure;Lat;Long;Services
            Médiathèque d’Exemple;45,5;4,5;Utiliser le numérique au quotidien
            ;45,6;4,6;
            Maison d’Exemple;45,7;4,7;

            """)
        let refused = try await database.run("community", "import", "--from", "mednum", file)
        #expect(refused.status == 65 && refused.err.contains("[missing-column]"), "\(refused)")
        #expect(refused.err.contains("Pointure, Lat, Long, Services") && refused.err.contains("--map"))
        let imported = try await database.run(
            "community", "import", "--from", "mednum", file, "--map", "nom=Pointure", "--map",
            "latitude=Lat", "--map",
            "longitude=Long", "--map", "services=Services")
        #expect(imported.status == 65 && imported.err.contains("lieux.csv:3"), "\(imported)")
        #expect(imported.figures["added"] == "2" && imported.figures["refused"] == "1", "\(imported)")
        let list = try await database.output("community", "list", "--status", "unconfirmed")
        #expect(list.fields.map { $0[0] } == ["maison-d-exemple", "mediatheque-d-exemple"], "\(list)")
        #expect(list.fields.map { $0[7] } == ["45.7", "45.5"])
    }

    @Test("Offers and needs past their last day come in, counted and named, from every file of profiles")
    func pastDates() async throws {
        let database = try await Scratch.like(.entraide)
        let lines = [
            #"{"community":"un","name":"Un","kind":"fablab","offers":[{"skill":"couture","until":"2020-03-01"}],"#
                + #""needs":[{"skill":"video","needed_by":"2021-11-26"},{"skill":"redaction","needed_by":"2999-01-01"}]}"#,
            #"{"community":"deux","name":"Deux","kind":"bar","needs":[{"skill":"video","needed_by":"2021-11-26"}]}"#,
        ]
        let told: [Tongue: [String]] = [
            .fr: [
                "2 dates sont déjà passées\u{202F}: aucune session n’en tient compte, et entraide tick les clôt.",
                "  un\u{202F}: offre couture, jusqu’au 1er mars 2020",
                "  un\u{202F}: besoin video, pour le 26 novembre 2021",
            ],
            .en: [
                "2 dates are past already: no round takes them in, and entraide tick closes them.",
                "  un: offer couture, until 1 March 2020", "  un: need video, by 26 November 2021",
            ],
        ]
        for tongue in Tongue.allCases {
            let read = try await database.run(
                "community", "import", "--from", "entraide", "-", in: tongue,
                input: lines.joined(separator: "\n"))
            #expect(read.status == 65 && read.figures["past-dates"] == "2", "\(read)")
            // A row that is refused brought nothing.
            #expect(read.err.contains(told[tongue, default: []].joined(separator: "\n") + "\n"), "\(read)")
        }
        let updated = try await database.output(
            "community", "update", "un", "--file", "-", input: lines[0] + "\n")
        #expect(updated.err.contains("2 dates are past already"), "\(updated)")
        let one =
            #"{"community":"trois","name":"Trois","kind":"fablab","needs":[{"skill":"video","needed_by":"2021-11-26"}]}"#
        let registered = try await database.output(
            "community", "register", "--file", "-", in: .fr, input: one + "\n")
        #expect(registered.err.contains("Une date est déjà passée\u{202F}: aucune session"), "\(registered)")
        let none = try await database.output(
            "community", "import", "--from", "entraide", "-", input: Self.good + "\n")
        #expect(none.figures["past-dates"] == "0" && !none.err.contains("past already"), "\(none)")
    }
}
