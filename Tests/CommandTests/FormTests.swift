import Foundation
import Testing

@Suite("The form to mail back")
struct FormTests {
    private static let slug = "l-oeuvriere-du-fanal-exemple-fictif"

    /// The whole profile as an export writes it.
    static func profile(_ database: Scratch, _ slug: String = slug) async throws -> String {
        let all = try await database.output("community", "export", "--to", "entraide", "--all", "--contacts")
        return all.lines.first { $0.hasPrefix("{\"community\":\"\(slug)\"") } ?? ""
    }

    static func form(_ words: String..., on database: Scratch, in tongue: Tongue = .fr) async throws
        -> String
    {
        let outcome = try await database.home.run(
            ["community", "form"] + words, in: tongue, environment: ["ENTRAIDE_DATABASE": database.conninfo])
        #expect(outcome.status == 0 && outcome.err.isEmpty, "\(outcome)")
        return outcome.out
    }

    static func read(
        _ bytes: [UInt8], named name: String = "reponse.eml", on database: Scratch, from kind: String = "form"
    ) async throws -> Outcome {
        let file = try TestFolder.shared.file(name, bytes: bytes)
        return try await database.run("community", "import", "--from", kind, file)
    }

    @Test("What three mail programs, a phone and a text file bring back is one and the same profile")
    func mailPrograms() async throws {
        let plain = try await Scratch.like(.sample)
        let blank = try await Self.form(on: plain)
        let filled = FilledForm.workshop(blank)
        let first = try await Self.read(Array(filled.text.utf8), named: "reponse.txt", on: plain)
        #expect(first.status == 0 && first.figures["added"] == "1", "\(first)")
        let wanted = try await Self.profile(plain)
        let shown = try await plain.output("community", "show", Self.slug, "-o", "ndjson").out
        for part in [
            "\"name\":\"L’Œuvrière du Fanal (exemple fictif)\"", "\"kind\":\"fablab\"",
            "\"territory\":\"59183\"",
            "\"languages\":[\"fr\",\"fsl\"]", "\"max_km\":80", "\"slots\":[\"evening\",\"weekend\"]",
            "\"contact\":\"contact@fanal.example\"", "\"stage\":\"organising\"", "\"give\":3",
            "\"receive\":4",
            "{\"skill\":\"comptabilite-associative\",\"level_now\":1,\"level\":2,\"urgency\":3,\"quantity\":2}",
            "{\"skill\":\"decoupe-laser\",\"level\":3,\"capacity\":2}",
            "{\"skill\":\"couture\",\"level\":4,\"capacity\":3}", "\"matching\":true", "\"research\":false",
        ] { #expect(wanted.contains(part), "\(part)\n\(wanted)") }
        let channels = try await plain.sql(
            "SELECT DISTINCT channel FROM consents AS s JOIN communities AS c ON c.id = s.community_id WHERE c.slug = '\(Self.slug)'"
        )
        #expect(channels == "mail\n")

        let mails = [
            ("flowed and quoted", filled.thunderbird),
            ("above, in Windows-1252", filled.outlook(above: blank)),
            ("base64, quoted", filled.webmail), ("a page alone", filled.pageAlone),
        ]
        for (name, mail) in mails {
            for kind in ["form", "auto"] {
                let database = try await Scratch.like(.sample)
                let outcome = try await Self.read(mail, on: database, from: kind)
                #expect(outcome.status == 0 && outcome.figures["added"] == "1", "\(name) \(outcome)")
                #expect(try await Self.profile(database) == wanted, "\(name)")
                #expect(
                    try await database.output("community", "show", Self.slug, "-o", "ndjson").out == shown)
            }
        }
        // The same answer, however it comes again, changes nothing.
        for (name, mail) in mails {
            let again = try await Self.read(mail, on: plain)
            #expect(again.status == 0 && again.figures["unchanged"] == "1", "\(name) \(again)")
        }
    }

    @Test("A form in English is read as one in French is, whatever the language of the run")
    func english() async throws {
        let database = try await Scratch.like(.sample)
        var filled = FilledForm(try await Self.form(on: database, in: .en))
        filled.write("Beacon Workshop (fictional)", under: "Q1")
        filled.write("b", at: "Q2")
        filled.write("two", at: "Q9")
        filled.write("sewing", at: "N1")
        filled.write("I manage", under: "N1a")
        filled.write("yes, please", at: "Q12")
        let outcome = try await database.run(
            "community", "import", "--from", "form", "-", in: .fr, input: filled.text)
        #expect(outcome.status == 0 && outcome.figures["added"] == "1", "\(outcome)")
        let profile = try await Self.profile(database, "beacon-workshop-fictional")
        for part in [
            "\"kind\":\"third-place\"", "\"languages\":[\"en\"]", "\"receive\":2", "\"matching\":true",
            "{\"skill\":\"couture\",\"level_now\":2,\"level\":3",
        ] { #expect(profile.contains(part), "\(part)\n\(profile)") }
    }

    @Test(
        "A form of what is known comes back without changing anything, quoted or not, for every sample community"
    )
    func roundTrip() async throws {
        let database = try await Scratch.like(.sample)
        let before = try await database.output(
            "community", "export", "--to", "entraide", "--all", "--contacts"
        ).out
        let trace = try await database.trace()
        let slugs = try await database.sql("SELECT slug FROM communities ORDER BY slug LIMIT 12").split(
            separator: "\n")
        let folder = try TestFolder.shared.newName("forms")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (index, slug) in slugs.map(String.init).enumerated() {
            let form = FilledForm(try await Self.form(slug, on: database, in: index % 2 == 0 ? .fr : .en))
            #expect(form.lines.allSatisfy { $0.unicodeScalars.count <= 72 }, "\(slug)")
            #expect(form.lines.allSatisfy { !$0.hasSuffix(" ") }, "\(slug)")
            let bytes = [
                Array(form.text.utf8), form.thunderbird, form.webmail, form.outlook(above: form.text),
            ][index % 4]
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(index).eml"))
        }
        let outcome = try await database.run("community", "import", "--from", "form", folder)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.figures["unchanged"] == "12" && outcome.figures["read"] == "12", "\(outcome)")
        let after = try await database.output(
            "community", "export", "--to", "entraide", "--all", "--contacts"
        ).out
        #expect(after == before)
        #expect(try await database.trace() == trace)
    }

    @Test("What is changed in a form of what is known changes, and nothing else does")
    func corrected() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "--file", "-",
            input: """
                {"community":"la-mienne","name":"La Mienne (fictive)","kind":"fablab","contact":"role@mienne.example",\
                "give":2,"consent":{"matching":true},"offers":[{"skill":"couture","level":2,"capacity":2,"formats":["visit"]},\
                {"skill":"video","level":3}],"needs":[{"skill":"podcast-radio","level_now":2,"level":4,"urgency":1,\
                "needed_by":"2030-01-01"}]}

                """)
        var form = FilledForm(try await Self.form("la-mienne", on: database))
        let unchanged = form
        form.write("", at: "Q11")
        form.write("3", at: "P1a")
        form.write("", at: "P2")
        form.write("[x]", at: "P2d")
        form.write("site web", at: "P3")
        form.tick("b", at: "Q13")
        let outcome = try await Self.read(form.thunderbird, on: database)
        #expect(outcome.status == 0 && outcome.figures["updated"] == "1", "\(outcome)")
        let held = try await database.output("community", "export", "la-mienne").out
        for part in [
            "{\"skill\":\"couture\",\"level\":3,\"capacity\":2,\"formats\":[\"visit\"]}",
            "role@mienne.example",
            "\"skill\":\"site-web\"", "\"needed_by\":\"2030-01-01\"", "\"urgency\":1", "\"level\":4",
            "\"publication\":false",
        ] { #expect(held.contains(part), "\(part)\n\(held)") }
        #expect(!held.contains("\"skill\":\"video\""), "\(held)")
        // Read again, it changes nothing; an older form does not bring back what was.
        let again = try await Self.read(form.webmail, on: database)
        #expect(again.status == 0 && again.figures["unchanged"] == "1", "\(again)")
        let stale = try await Self.read(unchanged.webmail, on: database)
        #expect(stale.status == 65 && stale.err.contains("[stale-form]"), "\(stale)")
        #expect(
            try await database.output("community", "export", "la-mienne").out.contains(
                "\"skill\":\"site-web\""))
    }

    @Test("Who was to be confirmed is confirmed by an answer that says yes, and only then")
    func confirmed() async throws {
        let database = try await Scratch.like(.sample)
        try await database.output(
            "community", "import", "--from", "csv", "-", input: "id,name,offers\n1,Le Phare fictif,couture\n")
        var form = FilledForm(try await Self.form("le-phare-fictif", on: database))
        let silent = try await Self.read(Array(form.text.utf8), on: database)
        #expect(silent.status == 0 && silent.figures["unchanged"] == "1", "\(silent)")
        form.tick("a", at: "Q12")
        let said = try await Self.read(form.thunderbird, on: database)
        #expect(said.status == 0 && said.err.contains("communities confirmed: le-phare-fictif"), "\(said)")
        let shown = try await database.output("community", "show", "le-phare-fictif", "-o", "ndjson").out
        #expect(
            shown.contains("\"status\":\"active\"") && shown.contains("\"offers\":[\"couture\"]"), "\(shown)")
    }

    @Test("Of a folder, the answers that are wrong are named file by file, and the others come in")
    func folder() async throws {
        let database = try await Scratch.like(.sample)
        let blank = try await Self.form(on: database)
        let folder = try TestFolder.shared.newName("forms")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func put(_ name: String, _ bytes: [UInt8]) throws {
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        }
        try put("a.eml", FilledForm.workshop(blank).outlook(above: blank))
        var bad = FilledForm(blank)
        bad.write("Le Quai (fictif)", at: "Q1")
        bad.tick("ab", at: "Q2")
        bad.write("Nulle-Part 99999", at: "Q3")
        bad.write("beaucoup", at: "Q9")
        bad.write("zglorb", at: "N1")
        try put("b.eml", bad.webmail)
        var good = FilledForm(blank)
        good.write("Le Môle (fictif)", under: "Q1")
        good.write("réparer des vélos", at: "P1")
        try put("c.txt", Array(good.text.utf8))
        try put("d.docx", [0x50, 0x4B, 3, 4, 20, 0] + Array("word/document.xml".utf8))
        try put("e.pdf", Array("%PDF-1.7\n".utf8))
        try put("f.txt", [])
        try put("g.txt", Array("Bonjour, merci, à bientôt.\n".utf8))
        try put("h.bin", [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 1, 2, 3])
        try put("i.msg", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        try put(".hidden", [1, 2, 3])
        let rehearsed = try await database.run(
            "community", "import", "--from", "form", "--no-propose-skills", folder, "--dry-run")
        #expect(rehearsed.figures["added"] == "2" && rehearsed.figures["refused"] == "7", "\(rehearsed)")
        let looked = try await database.run(
            "community", "import", "--from", "form", "--no-propose-skills", folder, "--dry-run", "-o",
            "table",
            in: .fr)
        #expect(looked.out.contains("réponses lues ") && !looked.out.contains("lignes lues"), "\(looked)")
        #expect(
            looked.err.hasSuffix(
                "réponses refusées\u{202F}: 7, listées ci-dessus\u{202F}; les autres seraient acceptées [refused-rows]\n"
            ), "\(looked)")
        #expect(
            try await database.sql("SELECT count(*) FROM communities WHERE slug LIKE 'le-mole%'") == "0\n")
        let rejects = try TestFolder.shared.newName("rejects")
        let outcome = try await database.run(
            "community", "import", "--no-propose-skills", folder, "--rejects", rejects)
        #expect(outcome.status == 65 && outcome.figures == rehearsed.figures, "\(outcome)")
        for part in [
            "b.eml:", "Q2 'Your community is rather': several boxes ticked (a, b)", "[several-boxes]",
            "Q3 'Your commune, with its postcode': commune 'Nulle-Part 99999'",
            "Q9 'How many communities can help you in each round': 'beaucoup'",
            "N1 'What you lack': unknown skill 'zglorb'", "d.docx: this file (docx)",
            "e.pdf: this file (PDF)",
            "f.txt: the file holds no record", "[empty-file]", "g.txt: no question recognised",
            "[not-a-form]",
            "h.bin: this file", "i.msg: this file (Outlook", "[unreadable-form]",
            "'réparer des vélos' read as reparation-velos",
            "without consent to take part, outside rounds: le-mole-fictif",
            "to be mended and read again: \(rejects)\n",
            "answers refused: 7, listed above; the others are accepted [refused-rows]",
        ] { #expect(outcome.err.contains(part), "\(part)\n\(outcome.err)") }
        // The mail that was refused stands there as text: mended, it comes in.
        let kept = try String(contentsOfFile: "\(rejects)/b.eml.txt", encoding: .utf8)
        let mended = kept.replacing("Nulle-Part 99999", with: "59140 Dunkerque").replacing(
            "beaucoup", with: "2"
        )
        .replacing("\u{2612} b.", with: "\u{2610} b.")
        #expect(kept != mended)
        let again = try await database.run(
            "community", "import", "--from", "form", "-", "--map", "zglorb=couture", input: mended)
        #expect(again.status == 0 && again.figures["added"] == "1", "\(again)")
        #expect(
            try await database.output("need", "list", "le-quai-fictif").fields.map { $0[1] } == ["couture"])
        let proposing = FilledForm(blank)
        var words = proposing
        words.write("Le Cap (fictif)", at: "Q1")
        words.write("zglorb", at: "P1")
        let proposed = try await database.run(
            "community", "import", "--from", "form", "-", input: words.text)
        #expect(proposed.status == 0 && proposed.err.contains("skills proposed, 1: zglorb"), "\(proposed)")
    }

    @Test("A list keeps what is known beside what it proposes; a number is whole, and not below nothing")
    func listsAndNumbers() async throws {
        let database = try await Scratch.like(.entraide)
        var form = FilledForm(try await Self.form(on: database))
        form.write("Le Phare (fictif)", at: "Q1")
        form.write("1 000", at: "Q9")
        form.write("menuiserie, tressage de paille", at: "P1")
        let folder = try TestFolder.shared.newName("forms")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(form.text.utf8).write(to: URL(filePath: folder + "/a.txt"))
        // What is no plain file is not waited for.
        #expect(mkfifo(folder + "/b.txt", 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/c.txt", withDestinationPath: "/dev/zero")
        let read = try await database.run("community", "import", "--from", "form", folder)
        #expect(read.status == 0 && read.figures["read"] == "1" && read.figures["added"] == "1", "\(read)")
        #expect(
            try await database.output("offer", "list", "le-phare-fictif").fields.map { $0[1] }
                == ["menuiserie", "tressage-de-paille"])
        #expect(try await database.sql("SELECT receive FROM communities") == "1000\n")
        for (answer, question) in [("-5", "Q9"), ("4", "N1a"), ("-2", "N1c")] {
            var wrong = FilledForm(try await Self.form(on: database))
            wrong.write("La Balise (fictive)", at: "Q1")
            wrong.write("couture", at: "N1")
            wrong.write(answer, at: question)
            let refused = try await Self.read(Array(wrong.text.utf8), on: database)
            #expect(refused.status == 65 && refused.err.contains("[bad-number]"), "\(question) \(refused)")
        }
    }

    @Test("What is wrong is told by the words of the question, in the language of who reads")
    func words() async throws {
        let database = try await Scratch.like(.entraide)
        var form = FilledForm(try await Self.form(on: database))
        form.write("zz", at: "Q2")
        form.write("klingon", at: "Q4")
        form.write("peut-être", at: "N1b")
        form.write("couture", at: "N1")
        let bare = form.text.replacing("Q0.", with: "Q 0").replacing(
            "telles quelles :", with: "telles quelles")
        for (tongue, parts) in [
            (
                Tongue.fr,
                [
                    "Q1 « Le nom de votre communauté » : réponse obligatoire laissée vide ; l’écrire après les deux-points",
                    "Q2 « Votre communauté est plutôt » : valeur inconnue « zz » ; valeurs possibles : a fablab, b tiers-lieu",
                    "Q4 « Les langues que vous parlez » : valeur inconnue « klingon » ; valeurs possibles : français",
                    "N1b « Ça presse, oui ou non » : valeur inconnue « peut-être » ; valeurs possibles : oui, non",
                ]
            ),
            (
                .en,
                [
                    "Q1 'The name of your community': an answer is needed here and was left empty; write it after the colon",
                    "Q2 'Your community is rather': unknown value 'zz'; it may be: a fablab, b third place",
                    "Q4 'The languages that you speak': unknown value 'klingon'; it may be: French",
                    "N1b 'It is pressing, yes or no': unknown value 'peut-être'; it may be: yes, no",
                ]
            ),
        ] {
            let refused = try await database.run(
                "community", "import", "--from", "form", "-", in: tongue, input: form.text)
            let plain = refused.err.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
            for part in parts { #expect(plain.contains(part), "\(part)\n\(plain)") }
            for code in ["kind", "territory", "third-place", "public-body", "languages:", "imprim"] {
                #expect(!plain.contains(code), "\(code)\n\(plain)")
            }
            let unnamed = try await database.run(
                "community", "import", "--from", "form", "-", in: tongue, input: bare)
            #expect(unnamed.status == 65 && !unnamed.err.contains("reference:"), "\(unnamed)")
        }
    }

    @Test("What an offer is given where nothing is answered is told, and nothing where all is")
    func assumed() async throws {
        let database = try await Scratch.like(.entraide)
        var form = FilledForm(try await Self.form(on: database))
        form.write("Le Phare (fictif)", at: "Q1")
        form.write("4", at: "Q10")
        form.write("couture", at: "P1")
        form.write("découpe laser", at: "P2")
        form.write("2", at: "P2a")
        form.write("vidéo", at: "P3")
        form.write("4", at: "P3a")
        form.write("1", at: "P3c")
        for (tongue, parts) in [
            (
                Tongue.fr,
                [
                    "P1 « couture » : faute de réponse, niveau 3 (j’aide déjà d’autres) et 4 communautés par session",
                    "P2 « découpe laser » : faute de réponse, 4 communautés par session",
                ]
            ),
            (
                .en,
                [
                    "P1 'sewing': for want of an answer, level 3 (I help others already) and 4 communities per round",
                    "P2 'laser cutting': for want of an answer, 4 communities per round",
                ]
            ),
        ] {
            let told = try await database.run(
                "community", "import", "--from", "form", "-", "--dry-run", in: tongue, input: form.text)
            let plain = told.err.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
            #expect(told.status == 0)
            for part in parts {
                #expect(plain.contains("stdin:") && plain.contains(part), "\(part)\n\(plain)")
            }
            #expect(!plain.contains("P3"), "\(plain)")
        }
        let added = try await database.run("community", "import", "--from", "form", "-", input: form.text)
        #expect(added.figures["added"] == "1", "\(added)")
        #expect(
            try await database.sql("SELECT level, capacity FROM offers ORDER BY level, capacity")
                == "2|4\n3|4\n4|1\n")
    }

    @Test(
        "That a list goes on is no skill",
        arguments: ["etc", "etc.", "…", "...", "ETC…", "et cetera", "and so on"])
    func more(_ words: String) async throws {
        let database = try await Scratch.like(.entraide)
        var form = FilledForm(try await Self.form(on: database))
        form.write("Le Phare (fictif)", at: "Q1")
        form.write("menuiserie, tressage de paille, \(words)", at: "P1")
        form.write("tressage d’osier \(words)", at: "P2")
        form.write(words, at: "P3")
        let read = try await database.run("community", "import", "--from", "form", "-", input: form.text)
        #expect(read.status == 0 && read.figures["added"] == "1", "\(read)")
        var expected = ["menuiserie", "tressage-de-paille", "tressage-d-osier"]
        if words.contains(" ") { expected[2] = "tressage-d-osier-" + words.replacing(" ", with: "-") }
        #expect(
            try await database.output("offer", "list", "le-phare-fictif").fields.map { $0[1] }
                == expected.sorted())
        let table = try await Scratch.like(.entraide)
        let listed = try await table.run(
            "community", "import", "-",
            input: "nom;offres\nLe Cap fictif;menuiserie, tressage de paille, \(words)\n")
        #expect(listed.status == 0, "\(listed)")
        #expect(
            try await table.output("offer", "list", "le-cap-fictif").fields.map { $0[1] }
                == ["menuiserie", "tressage-de-paille"])
    }

    @Test("An answer changes no community but the one that it names, and a confined caller's only its own")
    func confined() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "--file", "-",
            input: """
                {"community":"mienne","name":"Mienne","kind":"fablab","give":1}
                {"community":"autre","name":"Autre","kind":"fablab","give":1}

                """)
        var mine = FilledForm(try await Self.form("mienne", on: database))
        var other = FilledForm(try await Self.form("autre", on: database))
        mine.write("5", at: "Q10")
        other.write("5", at: "Q10")
        // A blank form of that name does not say that it is that community.
        var blank = FilledForm(try await Self.form(on: database))
        let anonymous = blank
        blank.write("Autre", at: "Q1")
        blank.write("7", at: "Q10")
        let unnamed = try await Self.read(blank.webmail, on: database)
        #expect(unnamed.status == 65 && unnamed.err.contains("[identity-not-stated]"), "\(unnamed)")
        #expect(unnamed.err.contains("write autre at the end of line Q0"), "\(unnamed)")
        func send(_ form: FilledForm, _ words: [String] = []) async throws -> Outcome {
            try await database.home.run(
                ["community", "import", "--from", "form", "-"] + words, input: Array(form.text.utf8),
                environment: ["ENTRAIDE_DATABASE": database.conninfo, "ENTRAIDE_AS": "mienne"])
        }
        for form in [other, blank, anonymous] {
            let refused = try await send(form)
            #expect(refused.status == 77 && refused.out.isEmpty, "\(refused)")
        }
        // A key that was made out for nobody makes nobody.
        let ghost = try await database.home.run(
            ["community", "import", "--from", "form", "-"],
            input: Array(mine.text.replacing("fr mienne", with: "fr personne").utf8),
            environment: ["ENTRAIDE_DATABASE": database.conninfo, "ENTRAIDE_AS": "personne"])
        #expect(ghost.status == 77, "\(ghost)")
        #expect(try await send(mine, ["--on-behalf", "--channel", "mail"]).status == 77)
        #expect(try await send(mine, ["--rejects", "/tmp/x"]).status == 77)
        #expect(
            try await database.sql("SELECT slug, give FROM communities ORDER BY slug")
                == "autre|1\nmienne|1\n")
        let done = try await send(mine)
        #expect(done.status == 0 && done.figures["updated"] == "1", "\(done)")
        #expect(
            try await database.sql("SELECT slug, give FROM communities ORDER BY slug")
                == "autre|1\nmienne|5\n")
        let unknown = try await database.run("community", "form", "personne")
        #expect(unknown.status == 66, "\(unknown)")
    }

    @Test("A form is in one language: it shares no line with that of the other but names that both have")
    func oneLanguage() async throws {
        let database = try await Scratch.like(.entraide)
        let french = FilledForm(try await Self.form(on: database, in: .fr))
        let english = FilledForm(try await Self.form(on: database, in: .en))
        let shared = Set(french.lines).intersection(english.lines)
        #expect(shared == ["", "    [ ] a. fablab", "    [ ] c. association"], "\(shared)")
        // Nor does what is known of one say the other's words.
        try await database.output(
            "community", "register", "mienne", "--name", "Mienne", "--kind", "commons", "--offer",
            "couture:3:1",
            "--need", "comptabilite-associative:1:3", "--language", "br")
        let known = Set(FilledForm(try await Self.form("mienne", on: database, in: .fr)).lines)
            .intersection(FilledForm(try await Self.form("mienne", on: database, in: .en)).lines)
        #expect(known == shared, "\(known)")
    }

    @Test("The blank form, as people get it", arguments: Tongue.allCases)
    func blankForm(tongue: Tongue) async throws {
        let database = try await Scratch.like(.entraide)
        try Golden.check("form", tongue, try await Self.form(on: database, in: tongue))
    }
}
