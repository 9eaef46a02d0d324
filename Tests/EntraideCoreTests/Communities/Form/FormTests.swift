import EntraideCore
import Lines
import Postgres
import Testing

@Suite("Answers to the form", .core)
struct FormTests {
    private static func read(
        _ bytes: [UInt8], _ core: Core, by attestation: Attestation = .itself
    ) async throws -> FormImportReport {
        try await core.communities.importForms(
            [FormFile(InputSource(bytes: bytes, name: "a.txt"), path: nil)], named: "a.txt", by: attestation,
            on: Core.day, isVouched: true)
    }

    private static func read(_ text: String, _ core: Core) async throws -> FormImportReport {
        try await read(Array(text.utf8), core)
    }

    private static func read(_ texts: [String], _ core: Core) async throws -> FormImportReport {
        let files = texts.map { FormFile(InputSource(bytes: Array($0.utf8), name: "a.txt"), path: nil) }
        return try await core.communities.importForms(files, named: "a", by: .itself, on: Core.day)
    }

    private static let head = "Q0. Référence : 2026-11 fr\n"

    @Test("A box is ticked in whatever way people and programs tick")
    func ticks() async throws {
        let core = try Core()
        let ways = [
            "[x] b. tiers-lieu", "[X]b. tiers-lieu", "[ x ] b) tiers-lieu", "\u{2612} b. tiers-lieu",
            "\u{2714} b. tiers-lieu",
            "[\u{2713}] b. x", "(x) b. tiers-lieu", "[ ] x b. tiers-lieu", "[ ] b. tiers-lieu x",
            "[oui] b. tiers-lieu",
            "\u{FF3B}x\u{FF3D} b. tiers-lieu", "b", "B.", "tiers-lieu", "Tiers lieu", "third-place",
            "[ ] a. fablab [x] b. tiers-lieu [ ] c. association", "> [x] b. tiers-lieu",
        ]
        for (index, way) in ways.enumerated() {
            let text = Self.head + "Q1. Nom : Lieu \(index)\nQ2. Sorte :\n\(way)\nQ3. Commune :\n"
            let report = try await Self.read(text, core)
            #expect(report.figures.added == 1, "\(way) \(report.problems)")
            #expect(
                try await core.communities.show("lieu-\(index)", for: .coordinator).kind == "third-place",
                "\(way)")
        }
        let none =
            Self.head
            + "Q1. Nom : Sans case\nQ2. Sorte :\n[ ] a. fablab\n[] b.\n[_] c.\n\u{2610} d.\n( ) e.\n[non] f. lieu\n"
        #expect(try await Self.read(none, core).figures.added == 1)
        #expect(try await core.communities.show("sans-case", for: .coordinator).kind == "other")
    }

    @Test("The answer counts before the quote that it answers, and two answers that differ are refused")
    func quoted() async throws {
        let core = try Core()
        try await core.register(#"{"community":"a","name":"A fictive","kind":"fablab","give":2,"receive":2}"#)
        let reference = "Q0. R : 2026-11 fr a"
        func give(_ text: String) async throws -> Int? {
            let report = try await Self.read(reference + "\n" + text, core)
            #expect(report.problems.isEmpty, "\(text) \(report.problems)")
            return try await core.communities.show("a", for: .coordinator).give
        }
        #expect(try await give("Q10. En tout : 3\n\n> Q10. En tout : 2\n> Q9. x : 2\n") == 3)
        #expect(try await give("> Q10. En tout, long : 2\n\n4\n\n> Q9. x : 2\n") == 4)
        #expect(try await give(">> Q10. En tout :\n> 5\n>> Q9. x : 2\n") == 5)
        #expect(try await give("> Q10. En tout, combien de communautés vous\n> pouvez aider :\n>   6\n") == 6)
        #expect(try await give("Q10. En tout : 7 Q9. Combien : 3\n-- \nCamille 06 00 00 00 00\n") == 7)
        #expect(try await core.communities.show("a", for: .coordinator).receive == 3)
        #expect(try await give("*Q10.* En tout : huit\nLe 3 mars, X a écrit :\nautre chose\n") == 8)
        let both = try await Self.read(reference + "\nQ10. x : 3\nQ10. x : 4\n", core)
        #expect(both.problems.map(\.code) == [.answeredTwice] && both.problems[0].place.line == 3)
        let other = try await Self.read("Q0. R : 1999-01 fr a\nQ10. x : 3\n", core)
        #expect(other.problems.map(\.code) == [.unknownCode])
        let bare = try await Self.read("Q1. Nom : B\nQ10. x : 3\n", core)
        #expect(bare.problems.map(\.code) == [.missingField])
        #expect(try await core.communities.show("a", for: .coordinator).give == 8)
    }

    @Test("Numbers and languages are read as people write them, and what was guessed is told")
    func written() async throws {
        let core = try Core()
        let text =
            Self.head
            + "Q1. Nom : D fictive\nQ4. x : Français et un peu d’anglais\nQ6. x : une trentaine, 30 km\n"
            + "Q9. x : 2 ou 3\nQ10. x : deux\n"
        let report = try await Self.read(text, core)
        #expect(report.figures.added == 1, "\(report.problems)")
        #expect(report.understood.map(\.meaning) == ["2"])
        let shown = try await core.communities.show("d-fictive", for: .coordinator)
        #expect(
            shown.languages == ["en", "fr"] && shown.maxKm == 30 && shown.receive == 2 && shown.give == 2)
        let bad = try await Self.read(Self.head + "Q1. Nom : E\nQ4. x : peu importe\nQ9. x : 1, 2, 3\n", core)
        #expect(bad.problems.map(\.code) == [.unknownCode, .badNumber])
        let about = try await Self.read(Self.head + "Q1. Nom : F\nQ6. x : une trentaine\n", core)
        #expect(about.problems.map(\.code) == [.badNumber])
    }

    @Test("A consent is recorded with its channel, and no stays no when it is handed in by another")
    func consents() async throws {
        let core = try Core()
        let text = Self.head + "Q1. Nom : C fictive\nQ12. x :\n[ ] a. oui\n[x] b. non\nQ13. y : oui\n"
        let attestation = Attestation.onBehalf(through: .meeting).asked
        let report = try await Self.read(Array(text.utf8), core, by: attestation)
        #expect(report.figures.added == 1 && report.withoutConsent == ["c-fictive"])
        let rows = try await core.column(
            "SELECT purpose || ' ' || granted || ' ' || channel || ' ' || text_version AS x FROM consents ORDER BY 1"
        )
        #expect(rows == ["matching false meeting 2026-11", "publication true meeting 2026-11"])
    }

    @Test("No bytes whatever end the reading, and none that are wrong are stored")
    func hostile() async throws {
        let core = try Core()
        let mail = "From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n"
        let page = mail + "Content-Type: text/html\n\n"
        var texts: [String] = [
            mail, mail + "\n", mail + "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--\n",
            mail + "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
            mail + "Content-Type: multipart/mixed; boundary=x\n\n--x",
            mail + "Content-Transfer-Encoding: base64\n\n=====%%%%A",
            mail + "Content-Transfer-Encoding: quoted-printable\n\n=\n=E\n=",
            page + "<", page + "<!--", page + "<p a=\"",
            page + "&#xFFFFFFFFFF;&#;&;&#55296;<pre>\n</blockquote></blockquote>",
            page + String(repeating: "<blockquote>", count: 5000),
            "Q0. : 2026-11 fr " + String(repeating: "a", count: 5000),
            "Q0.", "Q0. : 2026-11 fr\nQ1.", "Q0.: 2026-11 fr\nN999. x : y\nN0. : z\nQ99. : 1\nP1z. : 2\n",
            Self.head + "Q1. : \u{7}\u{1B}[31m", Self.head + "Q1. : -",
            Self.head + String(repeating: "Q1. : x\nQ1. : y\n", count: 15_000),
            Self.head + "Q1. : x\nQ10. : 99999999999999999999999\nQ9. : -1\nN1a. : 9\n",
            String(repeating: ">", count: 100_000), String(repeating: "[x] a. ", count: 20_000),
            "\u{FEFF}" + Self.head,
        ]
        var nested = mail
        for level in 0..<40 { nested += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
        texts.append(nested)
        let before = try await core.snapshot()
        let report = try await Self.read(texts, core)
        #expect(report.figures.refused.count == texts.count, "\(report.problems)")
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "Q0. : 2026-11 fr\n", "Q2. :\n", "[x] a.", "> ", "N1. : ", "\n", "=\n", "<b>", "&eacute;",
            "--x\n",
            "\u{A0}", "==", "-- \n", ":", "P1d. : [x]", "\u{FFFD}",
        ]
        let many = (0..<300).flatMap { _ in
            let text = (0..<60).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            return [text, page + text, mail + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + text]
        }
        let random = try await Self.read(many, core)
        #expect(random.figures.read == many.count && random.figures.added == 0, "\(random.figures)")
        #expect(try await core.snapshot() == before)
    }

    @Test("A text that says more than a mail may is refused however it is coded, and a nested one is read")
    func sizes() async throws {
        let core = try Core()
        let answer = "Q0. Référence : 2026-11 fr\nQ1. Nom : Lieu profond\nQ3. Commune :\n"
        var mail = "From: a@a.example\nTo: b@b.example\nContent-Type: text/plain; charset=utf-8\n\n" + answer
        for _ in 0..<9 { mail = "From: a@a.example\nSubject: x\nContent-Type: message/rfc822\n\n" + mail }
        #expect(try await Self.read(mail, core).figures.added == 1)
        let head = "From: a@a.example\nSubject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: "
        let long = 9 << 20
        for (coding, body) in [
            ("8bit", String(repeating: "a", count: long)),
            ("base64", String(repeating: "YWFh", count: long / 3)),
            ("quoted-printable", String(repeating: "=61", count: long)),
        ] {
            let report = try await Self.read(head + coding + "\n\n" + answer + body, core)
            #expect(report.problems.map(\.code) == [.mailTooLarge], "\(coding)")
        }
    }
}
