import Foundation
import Testing

@Suite("Exporting communities, by the command")
struct ExportTests {
    /// Fictional communities: two shown to anyone, of which one agreed to be contacted, and one to partners.
    private func world() async throws -> Scratch {
        let database = try await Scratch.like(.sample)
        try await database.output(
            "community", "register", "--file", "-",
            input: """
                {"community":"exemple-ouvert","name":"=Exemple ouvert (fictif)","kind":"fablab","visibility":"public",\
                "territory":"02722","contact":"role@ouvert.example","source_id":"siret:98765432100017",\
                "consent":{"matching":true,"publication":true,"contact":true},"offers":[{"skill":"usages-surs"}],\
                "needs":[{"skill":"video"}]}
                {"community":"exemple-discret","name":"Exemple discret (fictif)","kind":"association","visibility":"public",\
                "contact":"role@discret.example","consent":{"matching":true,"publication":true,"contact":false},\
                "offers":[{"skill":"video"}]}
                {"community":"exemple-partenaire","name":"Exemple partenaire (fictif)","kind":"fablab",\
                "contact":"role@partenaire.example",\
                "consent":{"matching":true,"publication":true,"contact":true},"offers":[{"skill":"video"}]}

                """)
        return database
    }

    /// A path that nothing stands at yet.
    private func free(_ name: String) throws -> String {
        let file = try TestFolder.shared.file(name, "")
        try FileManager.default.removeItem(atPath: file)
        return file
    }

    private static let forms = ["entraide", "csv", "excel-fr", "mednum", "murmurations", "offers-wants"]

    @Test(
        "Each form goes whole to a file that its owner alone reads, and what does not go out is counted",
        arguments: forms)
    func written(form: String) async throws {
        let database = try await world()
        let file = try free("sortie.\(form)")
        let outcome = try await database.run("community", "export", "--to", form, file, in: .en)
        #expect(outcome.status == 0 && outcome.out.isEmpty, "\(outcome)")
        #expect(
            outcome.err.contains(#/exported: \d+, in .*\/sortie\./#) && outcome.err.contains("[not-shown]"),
            "\(outcome)")
        // By bytes: a byte order mark is part of the form.
        let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
        #expect(!text.contains("@") || form == "murmurations" || form == "offers-wants", "\(text)")
        #expect(!text.contains(".example") && !text.contains("partenaire"), "\(text)")
        #expect(
            form == "mednum" || text.contains("xemple-ouvert") || text.contains("xemple ouvert"), "\(text)")
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(!FileManager.default.fileExists(atPath: file + ".part"))
        let printed = try await database.output("community", "export", "--to", form)
        #expect(printed.out == text)
    }

    @Test("Contacts go where they are asked for and agreed to, and in no form made to be published")
    func contacts() async throws {
        let database = try await world()
        for form in Self.forms {
            let file = try free("contacts.\(form)")
            let outcome = try await database.run(
                "community", "export", "--to", form, file, "--contacts", in: .fr)
            guard ["entraide", "csv", "excel-fr"].contains(form) else {
                #expect(outcome.status == 64 && outcome.err.contains("[bad-option]"), "\(outcome)")
                #expect(!FileManager.default.fileExists(atPath: file))
                #expect(!FileManager.default.fileExists(atPath: file + ".part"))
                continue
            }
            #expect(outcome.status == 0, "\(outcome)")
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.contains("role@ouvert.example"), "\(text)")
            #expect(
                !text.contains("role@discret.example") && !text.contains("role@partenaire.example"), "\(text)"
            )
        }
    }

    @Test("The national form takes its addresses from a file, and no other form does")
    func addresses() async throws {
        let database = try await world()
        let book = try TestFolder.shared.file(
            "adresses.csv", "community,address\nexemple-ouvert,\"1 rue d’Exemple, bâtiment B\"\n")
        let without = try await database.run("community", "export", "--to", "mednum", in: .en)
        #expect(without.err.contains("exported: 0") && without.err.contains("[no-address]"), "\(without)")
        let file = try free("lieux.csv")
        let outcome = try await database.run(
            "community", "export", "--to", "mednum", file, "--addresses", book, in: .en)
        #expect(outcome.status == 0 && outcome.err.contains("exported: 1"), "\(outcome)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(
            text.contains("\"1 rue d’Exemple, bâtiment B\"") && text.contains("98765432100017"), "\(text)")
        // No spreadsheet runs a name.
        #expect(text.contains("'=Exemple ouvert"), "\(text)")

        let other = try await database.run("community", "export", "--to", "csv", "--addresses", book, in: .en)
        #expect(other.status == 64 && other.err.contains("[bad-option]"), "\(other)")
        let bare = try TestFolder.shared.file("bare.csv", "slug,rue\na,b\n")
        let refused = try await database.run(
            "community", "export", "--to", "mednum", "--addresses", bare, in: .fr)
        #expect(refused.status == 65 && refused.err.contains("[missing-column]"), "\(refused)")
        let missing = try await database.run(
            "community", "export", "--to", "mednum", "--addresses", "/nonexistent/adresses.csv", in: .en)
        #expect(missing.status == 66, "\(missing)")
    }

    @Test("A file that exists is replaced only when that is asked for")
    func existing() async throws {
        let database = try await world()
        let file = try TestFolder.shared.file("annuaire.csv", "Nom;Notes\nAtelier;à garder\n")
        let before = try await database.trace()
        for (tongue, words) in [
            (
                Tongue.fr,
                "annuaire.csv existe déjà\u{202F}; choisir un autre nom, ou --force pour le remplacer [bad-option]"
            ),
            (.en, "annuaire.csv exists already; choose another name, or --force to replace it [bad-option]"),
        ] {
            let outcome = try await database.run("community", "export", "--to", "csv", file, in: tongue)
            #expect(outcome.status == 64 && outcome.err.contains(words), "\(outcome)")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "Nom;Notes\nAtelier;à garder\n")
            #expect(!FileManager.default.fileExists(atPath: file + ".part"))
        }
        #expect(try await database.trace() == before)
        for (tongue, words) in [(Tongue.fr, "exportées\u{202F}: 65, dans "), (.en, "exported: 65, in ")] {
            let forced = try await database.run(
                "community", "export", "--to", "csv", file, "--force", in: tongue)
            #expect(forced.status == 0 && forced.err.contains("\(words)\(file)\n"), "\(forced)")
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("exemple-ouvert"))
    }

    @Test("With --to, the name of a community is no file")
    func slugForFile() async throws {
        let database = try await world()
        let folder = try TestFolder.shared.newName("ici")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (tongue, words) in [
            (Tongue.fr, "avec --to, l’argument est un fichier\u{202F}; pour une seule communauté\u{202F}: "),
            (.en, "with --to, the argument is a file; for one community alone: "),
        ] {
            let outcome = try await database.run(
                "community", "export", "--to", "entraide", "exemple-ouvert", in: tongue, folder: folder)
            #expect(outcome.status == 64, "\(outcome)")
            #expect(
                outcome.err.contains("\(words)entraide community export exemple-ouvert [usage]"), "\(outcome)"
            )
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        for name in ["./exemple-ouvert", "personne"] {
            let outcome = try await database.run(
                "community", "export", "--to", "entraide", name, in: .en, folder: folder)
            #expect(outcome.status == 0 && outcome.err.contains("exported: 65, in \(name)\n"), "\(outcome)")
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
                "exemple-ouvert", "personne",
            ])
    }

    @Test("A file that cannot be written is said, and nothing is left of it")
    func unwritable() async throws {
        let database = try await Scratch.like(.entraide)
        let outcome = try await database.run(
            "community", "export", "--to", "csv", "/nonexistent/folder/out.csv", in: .en)
        #expect(outcome.status != 0 && outcome.err.contains("[output-not-written]"), "\(outcome)")
    }
}
