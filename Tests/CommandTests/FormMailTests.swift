import Foundation
import Testing

@Suite("Answers by mail: who wrote them, and which one counts")
struct FormMailTests {
    /// A database with one community that consents, and the form that was sent to it.
    private static func mienne() async throws -> (Scratch, FilledForm) {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "--file", "-",
            input: """
                {"community":"mienne","name":"Mienne (fictive)","kind":"fablab","give":1,"contact":"role@mienne.example",\
                "consent":{"matching":true}}

                """)
        return (database, FilledForm(try await FormTests.form("mienne", on: database)))
    }

    private static func folder(_ files: [(name: String, bytes: [UInt8])]) throws -> String {
        let folder = try TestFolder.shared.newName("forms")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)")) }
        return folder
    }

    /// A plain mail of a form.
    private static func mail(_ form: FilledForm, on date: String? = nil) -> [UInt8] {
        let head = ["From: a@mienne.example", "To: b@reseau.example"] + (date.map { ["Date: \($0)"] } ?? [])
        return Array((head.joined(separator: "\n") + "\n\n" + form.text).utf8)
    }

    /// What the form says of the state that it was made from.
    private static func mark(_ form: FilledForm) throws -> String {
        String(try #require(form.text.firstMatch(of: #/2026-11 fr mienne ([0-9a-f]{8})\n/#)?.output.1))
    }

    private static func give(_ database: Scratch, _ slug: String = "mienne") async throws -> String {
        try await database.sql("SELECT give FROM communities WHERE slug = '\(slug)'")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    // MARK: Who wrote it

    @Test("Only the form that was sent to a community changes it, or a coordinator who answers for it")
    func mark() async throws {
        let (database, sent) = try await Self.mienne()
        var form = sent
        form.write("5", at: "Q10")
        form.write("autre@ailleurs.example", at: "Q11")
        let mark = try Self.mark(sent)
        // Without the mark, whoever knows the name may have written it.
        let bare = form.text.replacing(" " + mark, with: "")
        let before = try await FormTests.profile(database, "mienne")
        for (tongue, words) in [
            (
                Tongue.fr,
                ["« mienne »", "rien ne montre", "garder mienne à la fin de la ligne Q0", "--on-behalf"]
            ),
            (.en, ["'mienne'", "nothing shows", "keep mienne at the end of line Q0", "--on-behalf"]),
        ] {
            let refused = try await database.run(
                "community", "import", "--from", "form", "-", in: tongue, input: bare)
            #expect(refused.status == 65 && refused.err.contains("[identity-not-stated]"), "\(refused)")
            for word in words {
                #expect(refused.err.replacing("\u{A0}", with: " ").contains(word), "\(word) \(refused)")
            }
            #expect(!refused.err.contains("ailleurs"), "\(refused)")
        }
        // A mark of one's own making is none, nor is that of another community or database.
        let other = try await Scratch.like(.entraide)
        try await other.output(
            "community", "register", "--file", "-",
            input: try await database.output("community", "export", "--to", "entraide", "--all", "--contacts")
                .out)
        let abroad = FilledForm(try await FormTests.form("mienne", on: other))
        let abroadMark = try Self.mark(abroad)
        #expect(abroadMark != mark)
        for forged in [
            "00000000", abroadMark, String(mark.reversed()) == mark ? "abcdef01" : String(mark.reversed()),
        ] {
            let refused = try await database.run(
                "community", "import", "--from", "form", "-", input: form.text.replacing(mark, with: forged))
            #expect(refused.status == 65 && refused.err.contains("[stale-form]"), "\(refused)")
        }
        #expect(try await FormTests.profile(database, "mienne") == before)
        // Unchanged, it needs no proof.
        let same = try await database.run(
            "community", "import", "--from", "form", "-", input: sent.text.replacing(" " + mark, with: ""))
        #expect(same.status == 0 && same.figures["unchanged"] == "1", "\(same)")
        // Its address changes, and the report says so without telling which.
        let done = try await database.run("community", "import", "--from", "form", "-", input: form.text)
        #expect(done.status == 0 && done.figures["updated"] == "1", "\(done)")
        #expect(done.err.contains("contact address changed: mienne"), "\(done)")
        #expect(!done.err.contains("@"), "\(done)")
        // A coordinator may answer for who wrote it.
        let again = bare.replacing("ailleurs.example", with: "ici.example")
        let vouched = try await database.run(
            "community", "import", "--from", "form", "-", "--on-behalf", "--channel", "mail", in: .fr,
            input: again)
        #expect(vouched.status == 0 && vouched.figures["updated"] == "1", "\(vouched)")
        #expect(
            vouched.err.replacing("\u{202F}", with: " ").contains("adresse de contact changée : mienne"),
            "\(vouched)")
        let audit = try await database.sql(
            "SELECT detail FROM audit WHERE action = 'community.import' ORDER BY id")
        #expect(
            audit.split(separator: "\n").map { $0.contains("channel=mail vouched=yes") } == [false, true])
        // What is held on it tells that an answer changed it, each time, and not what the answer said.
        let held = try await database.output("community", "export", "mienne")
        let lines = held.lines.filter { $0.contains("community.update") }
        #expect(lines.count == 2 && lines.allSatisfy { $0.contains("channel=mail from=form") }, "\(held)")
        #expect(lines.allSatisfy { !$0.contains(".example") }, "\(lines)")
    }

    @Test(
        "A form without a mark confirms nobody who was to be confirmed, and one for a new community comes in")
    func confirming() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "import", "--from", "csv", "-", input: "id,name,offers\n1,Le Phare fictif,couture\n")
        var form = FilledForm(try await FormTests.form(on: database))
        form.write("2026-11 fr le-phare-fictif", at: "Q0")
        form.tick("a", at: "Q12")
        let refused = try await FormTests.read(Array(form.text.utf8), on: database)
        #expect(refused.status == 65 && refused.err.contains("[identity-not-stated]"), "\(refused)")
        #expect(try await database.sql("SELECT status FROM communities") == "unconfirmed\n")
        form.write("2026-11 fr le-phare-d-a-cote", at: "Q0")
        form.write("Le Phare d’à côté (fictif)", at: "Q1")
        let added = try await FormTests.read(Array(form.text.utf8), on: database)
        #expect(added.status == 0 && added.figures["added"] == "1", "\(added)")
    }

    // MARK: Which one counts

    @Test("Of two answers of a community the later by its date counts, whatever the names of the files")
    func later() async throws {
        for names in [("a.eml", "b.eml"), ("b.eml", "a.eml")] {
            let (database, sent) = try await Self.mienne()
            var first = sent
            var second = sent
            first.write("5", at: "Q10")
            first.write("beaucoup", at: "Q9")
            second.write("7", at: "Q10")
            let folder = try Self.folder([
                (names.0, Self.mail(first, on: "Tue, 12 Jan 2027 23:30:00 +0000")),
                // Earlier by the clock on the wall, later by the zone.
                (names.1, Self.mail(second, on: "12 Jan 2027 22:45 -0200 (there)")),
            ])
            let done = try await database.run("community", "import", "--from", "form", folder)
            #expect(
                done.status == 0 && done.figures["updated"] == "1" && done.figures["read"] == "2", "\(done)")
            #expect(
                done.err.contains("\(names.0): superseded by \(folder)/\(names.1), later by its date"),
                "\(done)")
            #expect(try await Self.give(database) == "7")
            // Read again, it changes nothing and refuses nothing.
            let again = try await database.run("community", "import", "--from", "form", folder, in: .fr)
            #expect(again.status == 0 && again.figures["unchanged"] == "1", "\(again)")
            #expect(again.err.contains("remplacée par") && again.err.contains("plus récente d’après sa date"))
            #expect(try await Self.give(database) == "7")
        }
    }

    @Test(
        "Where dates are missing or equal the last file name counts, and that is told",
        arguments: [
            (nil, "Tue, 12 Jan 2027 10:00:00 +0100"), ("Tue, 12 Jan 2027 10:00:00 +0100", nil), (nil, nil),
            ("Tue, 12 Jan 2027 10:00:00 +0100", "Tue, 12 Jan 2027 09:00:00 +0000"),
        ] as [(String?, String?)])
    func byName(_ dates: (String?, String?)) async throws {
        let (database, sent) = try await Self.mienne()
        var first = sent
        var second = sent
        first.write("5", at: "Q10")
        second.write("7", at: "Q10")
        let folder = try Self.folder([
            ("z.eml", Self.mail(second, on: dates.1)), ("a.eml", Self.mail(first, on: dates.0)),
        ])
        let done = try await database.run("community", "import", "--from", "form", folder, in: .fr)
        #expect(done.status == 0 && done.figures["updated"] == "1", "\(done)")
        #expect(done.err.contains("a.eml") && done.err.contains("par ordre de nom de fichier"), "\(done)")
        #expect(try await Self.give(database) == "7")
    }

    @Test("An answer that may not come in sets none aside, be it the later")
    func unproven() async throws {
        let (database, sent) = try await Self.mienne()
        var mine = sent
        mine.write("5", at: "Q10")
        var forged = FilledForm(sent.text.replacing(" " + (try Self.mark(sent)), with: ""))
        forged.write("9", at: "Q10")
        var blank = FilledForm(try await FormTests.form(on: database))
        blank.write("Mienne", at: "Q1")
        blank.write("9", at: "Q10")
        let folder = try Self.folder([
            ("a.eml", Self.mail(mine, on: "Tue, 12 Jan 2027 10:00:00 +0000")),
            ("b.eml", Self.mail(forged, on: "Wed, 13 Jan 2027 10:00:00 +0000")),
            ("c.eml", Self.mail(blank, on: "Wed, 13 Jan 2027 10:00:00 +0000")),
        ])
        let done = try await database.run("community", "import", "--from", "form", folder)
        #expect(
            done.status == 65 && done.figures["updated"] == "1" && done.figures["refused"] == "2", "\(done)")
        #expect(done.err.matches(of: #/\[identity-not-stated\]/#).count == 2, "\(done)")
        #expect(try await Self.give(database) == "5")
    }

    @Test("A mark that is made up sets no answer aside, even where it changes nothing and comes later")
    func madeUp() async throws {
        let (database, sent) = try await Self.mienne()
        var mine = sent
        mine.write("5", at: "Q10")
        let empty = sent.text.replacing(try Self.mark(sent), with: "00000000")
        let folder = try Self.folder([
            ("a.eml", Self.mail(mine, on: "Tue, 12 Jan 2027 10:00:00 +0000")),
            ("b.eml", Self.mail(FilledForm(empty), on: "Fri, 31 Dec 2099 10:00:00 +0000")),
        ])
        let done = try await database.run("community", "import", "--from", "form", folder)
        // It says what stood before: once the true one is in, that would be a change.
        #expect(done.status == 65 && done.figures["updated"] == "1", "\(done)")
        #expect(done.err.contains("b.eml") && done.err.contains("[stale-form]"), "\(done)")
        #expect(try await Self.give(database) == "5")
    }

    @Test(
        "An answer that came in once fits no more, even where all is put back as it was when its form was made"
    )
    func replayed() async throws {
        let (database, sent) = try await Self.mienne()
        var mine = sent
        mine.write("5", at: "Q10")
        let answer = try Self.folder([("a.eml", Self.mail(mine))])
        let first = try await database.run("community", "import", "--from", "form", answer)
        #expect(first.status == 0 && first.figures["updated"] == "1", "\(first)")
        try await database.output("community", "update", "mienne", "--give", "1")
        let again = try await database.run("community", "import", "--from", "form", answer)
        #expect(again.status == 65 && again.err.contains("[stale-form]"), "\(again)")
        #expect(try await Self.give(database) == "1")
    }

    @Test(
        "An answer above the quoted form of another community is refused: blanks would take in what that one said"
    )
    func quoted() async throws {
        let (database, sent) = try await Self.mienne()
        var other = FilledForm(try await FormTests.form(on: database))
        other.write("Le Quai (fictif)", at: "Q1")
        other.write("role@quai.example", at: "Q11")
        let quote = other.text.split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }
        let text = sent.text + "\n" + quote.joined(separator: "\n") + "\n"
        let refused = try await database.run("community", "import", "--from", "form", "-", input: text)
        #expect(refused.status == 65 && refused.err.contains("[several-answers]"), "\(refused)")
        // What it answers may be quoted below.
        let own = sent.text.split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }
        var mine = sent
        mine.write("5", at: "Q10")
        let read = try await database.run(
            "community", "import", "--from", "form", "-",
            input: mine.text + "\n" + own.joined(separator: "\n") + "\n")
        #expect(read.status == 0 && read.figures["updated"] == "1", "\(read)")
    }

    @Test("An answer far longer than any is refused, with its question")
    func endless() async throws {
        let (database, sent) = try await Self.mienne()
        var form = sent
        form.write(String(repeating: "a ", count: 3_000) + "anglais", at: "Q4")
        let refused = try await database.run("community", "import", "--from", "form", "-", input: form.text)
        #expect(refused.status == 65 && refused.err.contains("[too-long]"), "\(refused)")
        #expect(refused.err.utf8.count < 2_000 && refused.err.contains("Q4"), "\(refused)")
    }

    // MARK: Mailboxes, and mails made to be long

    @Test("A mailbox is as many answers as it holds messages, and what is refused of it is kept one by one")
    func mailbox() async throws {
        let database = try await Scratch.like(.entraide)
        let blank = FilledForm(try await FormTests.form(on: database))
        func named(_ name: String, _ give: String) -> FilledForm {
            var form = blank
            form.write(name, at: "Q1")
            form.write(give, at: "Q10")
            return form
        }
        let envelope = Array("From nobody@example Tue Jan 12 10:00:00 2027\n".utf8)
        let empty = Array("\n".utf8)
        let talk = Self.mail(named("Le Cap (fictif)", "2")) + Array("\nFrom here on, nothing.\nBye\n".utf8)
        let box =
            envelope + named("Le Quai (fictif)", "3").webmail + empty + envelope + talk + empty + envelope
            + Self.mail(named("Le Môle (fictif)", "beaucoup"))
        let file = try TestFolder.shared.file("answers.mbox", bytes: box)
        let rejects = try TestFolder.shared.newName("rejects")
        for kind in ["auto", "form"] {
            let done = try await database.run(
                "community", "import", "--from", kind, file, "--rejects", rejects)
            #expect(
                done.status == 65 && done.figures["read"] == "3" && done.figures["refused"] == "1", "\(done)")
            #expect(done.err.contains("answers.mbox (message 3):"), "\(done)")
        }
        #expect(
            try await database.sql("SELECT slug, give FROM communities ORDER BY slug")
                == "le-cap-fictif|2\nle-quai-fictif|3\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: rejects) == ["answers.mbox-3.txt"])
    }

    @Test(
        "A mail that carries the answers of two communities is refused, one that carries the form it answers is not"
    )
    func carried() async throws {
        let database = try await Scratch.like(.entraide)
        let blank = FilledForm(try await FormTests.form(on: database))
        var quay = blank
        quay.write("Le Quai (fictif)", at: "Q1")
        var pier = blank
        pier.write("Le Môle (fictif)", at: "Q1")
        pier.write("2", at: "Q10")
        func carrying(_ mails: [[UInt8]]) -> [UInt8] {
            Array("From: a@b.example\nTo: c@d.example\nContent-Type: multipart/mixed; boundary=zz\n\n".utf8)
                + mails.flatMap {
                    Array("--zz\nContent-Type: message/rfc822\n\n".utf8) + $0 + Array("\n".utf8)
                }
                + Array("--zz--\n".utf8)
        }
        for tongue in Tongue.allCases {
            let file = try TestFolder.shared.file(
                "two.eml", bytes: carrying([Self.mail(quay), pier.webmail]))
            let refused = try await database.run("community", "import", "--from", "form", file, in: tongue)
            #expect(refused.status == 65 && refused.err.contains("[several-answers]"), "\(refused)")
        }
        let one = try TestFolder.shared.file("one.eml", bytes: carrying([pier.webmail, Self.mail(blank)]))
        let read = try await database.run("community", "import", "--from", "form", one)
        #expect(read.status == 0 && read.figures["added"] == "1", "\(read)")
        #expect(try await database.sql("SELECT slug FROM communities") == "le-mole-fictif\n")
    }

    @Test(
        "A mail of too many parts, levels, lines or bytes is refused with its limits, in no time",
        .timeLimit(.minutes(2)))
    func tooLarge() async throws {
        let database = try await Scratch.like(.entraide)
        let head = "From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n"
        let page = head + "Content-Type: text/html\n\n"
        var nested = head
        for level in 0..<40 { nested += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
        let texts = [
            nested + "\nQ0. : 2026-11 fr\n",
            head + "Content-Type: multipart/mixed; boundary=b\n\n"
                + String(repeating: "--b\n\nx\n", count: 1000),
            page + String(repeating: "<blockquote>", count: 60) + String(repeating: "<br>", count: 3_000_000),
            page + String(repeating: "<p>x", count: 25_000),
            head + "\n" + String(repeating: "x\n", count: 25_000),
            head + "\n" + String(repeating: "x", count: 5 << 20),
            "Q0. : 2026-11 fr\n" + String(repeating: "Q1. : x\n", count: 25_000),
        ]
        let folder = try Self.folder(texts.enumerated().map { ("\($0.offset).eml", Array($0.element.utf8)) })
        let refused = try await database.run("community", "import", "--from", "form", folder)
        #expect(refused.figures["refused"] == "\(texts.count)", "\(refused)")
        #expect(refused.err.matches(of: #/\[mail-too-large\]/#).count == texts.count, "\(refused)")
        #expect(
            refused.err.contains("at most 200 parts, 12 levels, 4 MB and 20000 lines of text"), "\(refused)")
    }

    // MARK: What was refused

    @Test("What was refused is written over nothing: not a file of that name, not where a link leads")
    func rejects() async throws {
        let database = try await Scratch.like(.entraide)
        var form = FilledForm(try await FormTests.form(on: database))
        form.write("Le Quai (fictif)", at: "Q1")
        form.write("beaucoup", at: "Q9")
        let plain = Array((form.text + "plain\n").utf8)
        let folder = try Self.folder([
            ("a.eml", form.webmail), ("a.eml.txt", plain), ("b.txt", plain), ("c.eml", form.webmail),
        ])
        let kept = try TestFolder.shared.newName("rejects")
        let elsewhere = try TestFolder.shared.file("precious", bytes: Array("precious\n".utf8))
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: kept + "/b.txt", withDestinationPath: elsewhere)
        try FileManager.default.createSymbolicLink(
            atPath: kept + "/c.eml.txt", withDestinationPath: kept + "/nowhere")
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: kept).sorted() }
        func read() async throws {
            let refused = try await database.run(
                "community", "import", "--from", "form", folder, "--rejects", kept)
            #expect(refused.status == 65 && refused.figures["refused"] == "4", "\(refused)")
        }
        try await read()
        #expect(
            try names() == ["a.eml-2.txt", "a.eml.txt", "b-2.txt", "b.txt", "c.eml-2.txt", "c.eml.txt"])
        #expect(try String(contentsOfFile: elsewhere, encoding: .utf8) == "precious\n")
        for copy in ["a.eml-2.txt", "b-2.txt"] {
            #expect(FileManager.default.contents(atPath: "\(kept)/\(copy)") == Data(plain), "\(copy)")
        }
        let mode = try FileManager.default.attributesOfItem(atPath: kept + "/b-2.txt")[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        // Refused again, it is kept once; what was mended since stays.
        try Data("mended\n".utf8).write(to: URL(filePath: kept + "/a.eml.txt"))
        try await read()
        #expect(
            try names() == [
                "a.eml-2.txt", "a.eml-3.txt", "a.eml.txt", "b-2.txt", "b.txt", "c.eml-2.txt", "c.eml.txt",
            ])
        #expect(try String(contentsOfFile: kept + "/a.eml.txt", encoding: .utf8) == "mended\n")
    }
}
