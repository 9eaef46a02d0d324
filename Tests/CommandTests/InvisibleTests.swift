import Foundation
import Testing

@Suite("Characters that nobody sees")
struct InvisibleTests {
    /// An operator, a mark of direction, a tag, a joiner, a space of no width, a soft hyphen.
    private static let unseen = "\u{2063}\u{61C}\u{E0041}\u{200D}\u{200B}\u{AD}"

    private static func hidden(_ text: String) -> String {
        text.split(separator: " ").map { $0.prefix(2) + unseen + $0.dropFirst(2) }.joined(
            separator: "\(unseen) \(unseen)")
    }

    @Test("Whichever door a name or a skill comes in by, what is stored is what is seen")
    func doors() async throws {
        let database = try await Scratch.like(.entraide)
        let name = Self.hidden("Le Phare fictif")
        let skill = Self.hidden("tressage de paille")
        try await database.output(
            "community", "register", "un", "--name", name, "--kind", "fablab", "--contact",
            Self.hidden("role@phare.example"))
        try await database.output(
            "community", "register", "--file", "-",
            input: #"{"community":"deux","name":"\#(name)","kind":"fablab"}"# + "\n")
        try await database.output(
            "community", "import", "-", input: "nom;offres\n\(name);\(skill), \(Self.hidden("couture"))\n")
        var form = FilledForm(try await FormTests.form(on: database))
        form.write("2026-11 fr quatre", at: "Q0")
        form.write(name, at: "Q1")
        form.write(skill, at: "P1")
        let read = try await database.run("community", "import", "--from", "form", "-", input: form.text)
        #expect(read.status == 0 && read.figures["added"] == "1", "\(read)")
        #expect(
            try await database.sql("SELECT slug, name FROM communities ORDER BY slug")
                == ["deux", "le-phare-fictif", "quatre", "un"].map { $0 + "|Le Phare fictif\n" }.joined())
        #expect(
            try await database.sql("SELECT slug, label_fr, label_en FROM skills WHERE slug LIKE 'tressage%'")
                == "tressage-de-paille|tressage de paille|tressage de paille\n")
        #expect(
            try await database.output("offer", "list", "le-phare-fictif", in: .fr).fields.map { $0[1] }
                == ["couture", "tressage-de-paille"])
        #expect(try await database.sql("SELECT contact FROM contacts") == "role@phare.example\n")
        // Joiners stay where a language needs them.
        let persian = "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}"
        try await database.output("community", "register", "cinq", "--name", persian, "--kind", "fablab")
        form.write("2026-11 fr six", at: "Q0")
        form.write(persian, at: "Q1")
        let again = try await database.run("community", "import", "--from", "form", "-", input: form.text)
        #expect(again.status == 0, "\(again)")
        let stored = try await database.sql("SELECT name FROM communities WHERE slug IN ('cinq', 'six')")
        #expect(stored.unicodeScalars.elementsEqual("\(persian)\n\(persian)\n".unicodeScalars))
    }
}
