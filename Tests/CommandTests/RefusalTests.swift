import Foundation
import Testing

/// One input that has to be refused.
struct BadInput: Sendable, CustomTestStringConvertible {
    let name: String
    /// Arguments; `FILE` stands for a file that holds `content`.
    let arguments: [String]
    var content: [UInt8] = []
    var file = "profil.yaml"
    let status: Int32
    let code: String
    /// Where it stands: what both sentences begin with, after the file's folder.
    var place = ""

    var testDescription: String { name }

    static func options(_ name: String, _ words: [String], _ status: Int32, _ code: String) -> BadInput {
        BadInput(name: name, arguments: words, status: status, code: code)
    }

    /// A whole profile from a file, wrong at `place`.
    static func file(_ name: String, _ text: String, _ file: String, _ code: String, _ place: String)
        -> BadInput
    {
        BadInput(
            name: name, arguments: ["community", "register", "--file", "FILE"], content: Array(text.utf8),
            file: file,
            status: 65, code: code, place: place)
    }

    static let head = "community: x\nname: X\nkind: fablab\n"
    static let line = #"{"community":"x","name":"X","kind":"fablab""#
    private static let register = ["community", "register", "x", "--name", "X", "--kind", "fablab"]

    static let onOptions: [BadInput] = [
        options("No file, no option", ["community", "register"], 64, "not-a-terminal"),
        options("No name", ["community", "register", "x", "--kind", "fablab"], 65, "missing-field"),
        options("No kind", ["community", "register", "x", "--name", "X"], 65, "missing-field"),
        options(
            "A kind that is none", ["community", "register", "x", "--name", "X", "--kind", "bar"], 65,
            "unknown-code"),
        options(
            "An identifier in capitals", ["community", "register", "X", "--name", "X", "--kind", "fablab"],
            65, "bad-slug"),
        options(
            "An identifier of 64 bytes",
            ["community", "register", String(repeating: "a", count: 64), "--name", "X", "--kind", "fablab"],
            65, "bad-slug"),
        options(
            "A name that is a dash", ["community", "register", "x", "--name=-", "--kind", "fablab"], 65,
            "bad-text"),
        options(
            "A name of spaces", ["community", "register", "x", "--name", "  ", "--kind", "fablab"], 65,
            "bad-text"),
        options(
            "A name with an escape",
            ["community", "register", "x", "--name", "a\u{1B}[31mb", "--kind", "fablab"], 65,
            "control-character"),
        options(
            "A name with a line separator",
            ["community", "register", "x", "--name", "a\u{2028}b", "--kind", "fablab"], 65,
            "control-character"),
        options(
            "A name without end",
            [
                "community", "register", "x", "--name", String(repeating: "é", count: 4000), "--kind",
                "fablab",
            ], 65, "too-long"),
        options("A level that is none", register + ["--offer", "couture:9"], 65, "out-of-range"),
        options("A level that is no number", register + ["--offer", "couture:fort"], 65, "wrong-type"),
        options(
            "A level past every machine's numbers", register + ["--offer", "couture:99999999999999999999"],
            65, "out-of-range"),
        options("An offer of too many parts", register + ["--offer", "couture:3:1:4"], 65, "wrong-type"),
        options("A negative reach", register + ["--max-km=-5"], 65, "out-of-range"),
        options("Half a position", register + ["--latitude", "48.1"], 65, "bad-coordinates"),
        options(
            "A position off the globe", register + ["--latitude", "98.1", "--longitude", "2"], 65,
            "bad-coordinates"),
        options("A language that is none", register + ["--language", "français"], 65, "unknown-code"),
        options("A slot that is none", register + ["--slot", "midi"], 65, "unknown-code"),
        options("A purpose that is none", register + ["--consent", "tout"], 65, "unknown-code"),
        options("A parent that is unknown", register + ["--parent", "personne"], 65, "bad-parent"),
        options(
            "A file and an identifier", ["community", "register", "x", "--file", "x.yaml"], 64, "bad-option"),
        options(
            "A file that is not there", ["community", "register", "--file", "/nowhere/x.yaml"], 66,
            "no-such-file"),
        options("A folder for a file", ["community", "register", "--file", "/tmp"], 66, "no-such-file"),
        options("An offer to nobody", ["offer", "add", "personne", "couture"], 66, "unknown-community"),
        options("A need of nobody", ["need", "add", "personne", "couture"], 66, "unknown-community"),
        options(
            "A date that is none", ["offer", "add", "le-granit-libre", "couture", "--until", "2027-02-30"],
            65, "bad-date"),
        options("A community that is unknown", ["community", "show", "personne"], 66, "unknown-community"),
        options("A round that is unknown", ["round", "show", "jamais"], 66, "unknown-round"),
        options("A match that is none", ["match", "show", "printemps"], 66, "unknown-match"),
        options("A match that is unknown", ["match", "show", "printemps/9999"], 66, "unknown-match"),
        options(
            "A match with a number too large", ["match", "show", "printemps/99999999999999999999"], 66,
            "unknown-match"),
        options("A skill that is unknown", ["skill", "show", "coutur"], 66, "unknown-skill"),
        options(
            "A day that is none", ["round", "participants", "printemps", "--on", "demain"], 65, "bad-date"),
        options("A scope that is none", ["token", "create", "p", "--scope", "tout"], 65, "unknown-code"),
        options("A token for nobody", ["token", "create", "personne"], 66, "unknown-partner"),
        options(
            "A map for profiles",
            ["community", "import", "--from", "entraide", "/dev/null", "--map", "nom=Nom"], 64, "bad-option"),
        options(
            "A community that stands",
            ["community", "register", "le-granit-libre", "--name", "X", "--kind", "fablab"], 73,
            "duplicate-community"),
        options("A round that stands", ["round", "create", "printemps"], 73, "duplicate-round"),
    ]

    static let onFiles: [BadInput] = [
        file("YAML: an unknown field", head + "nmae: Y\n", "p.yaml", "unknown-field", "p.yaml:4:7: nmae"),
        file(
            "YAML: an unknown code", "community: x\nname: X\nkind: bar\n", "p.yaml", "unknown-code",
            "p.yaml:3:7: kind"),
        file(
            "YAML: a missing field", "community: x\nkind: fablab\n", "p.yaml", "missing-field",
            "p.yaml:1:1: name"),
        file(
            "YAML: an unknown skill in a list", head + "offers:\n  - {skill: soudur}\n", "p.yaml",
            "unknown-skill", "p.yaml:5:13: offers[0].skill"),
        file(
            "YAML: a level that is none", head + "needs:\n  - skill: couture\n    level: 7\n", "p.yaml",
            "out-of-range", "p.yaml:6:12: needs[0].level"),
        file(
            "YAML: a list for a text", "community: x\nname: [X]\nkind: fablab\n", "p.yaml", "wrong-type",
            "p.yaml:2:7: name"),
        file(
            "YAML: a skill twice", head + "offers:\n  - {skill: couture}\n  - {skill: couture}\n", "p.yaml",
            "duplicate-in-file", "p.yaml:6:13: offers[1].skill"),
        file("YAML: a key twice", head + "name: Y\n", "p.yaml", "duplicate-in-file", "p.yaml:2:1"),
        file("YAML: not YAML", "community: [x\nname: X\n", "p.yaml", "malformed", "p.yaml:"),
        file(
            "YAML: a bad date", head + "needs:\n  - {skill: couture, needed_by: 2027-13-01}\n", "p.yaml",
            "bad-date", "p.yaml:5:33: needs[0].needed_by"),
        file("YAML: its own parent", head + "parent: x\n", "p.yaml", "bad-parent", "p.yaml:4:9: parent"),
        file(
            "ndjson: an unknown field", line + #","nmae":1}"# + "\n", "p.ndjson", "unknown-field",
            "p.ndjson:1:52: nmae"),
        file(
            "ndjson: a number as text", line + #","max_km":"80"}"# + "\n", "p.ndjson", "wrong-type",
            "p.ndjson:1:54: max_km"),
        file(
            "ndjson: a fraction", line + #","max_km":80.5}"# + "\n", "p.ndjson", "wrong-type",
            "p.ndjson:1:54: max_km"),
        file(
            "ndjson: a key twice", line + #","name":"Y"}"# + "\n", "p.ndjson", "duplicate-in-file",
            "p.ndjson:1:45"),
        file("ndjson: cut short", line, "p.ndjson", "malformed", "p.ndjson:1:"),
        file(
            "ndjson: the second line", line + "}\n" + line.replacing("\"x\"", with: "\"Y\"") + "}\n",
            "p.ndjson", "bad-slug", "p.ndjson:2:14: community"),
        file(
            "ndjson: an escaped control", line + #","contact":"a\u0007b"}"# + "\n", "p.ndjson",
            "control-character", "p.ndjson:1:"),
        file(
            "ndjson: a NUL", line + #","contact":"a\u0000b"}"# + "\n", "p.ndjson", "control-character",
            "p.ndjson:1:"),
        file("Nothing", "", "p.yaml", "empty-file", "p.yaml"),
        BadInput(
            name: "Bytes that are not UTF-8", arguments: ["community", "register", "--file", "FILE"],
            content: Array("community: x\nname: ".utf8) + [0xE9, 0x0A] + Array("kind: fablab\n".utf8),
            file: "p.yaml",
            status: 65, code: "invalid-utf8", place: "p.yaml"),
    ]
}

@Suite("Refusals")
struct RefusalTests {
    /// Runs `bad` in both languages and checks what a person and a script get.
    private static func check(_ bad: BadInput) async throws {
        let database = try await Refused.database()
        let path =
            bad.content.isEmpty && bad.place.isEmpty
            ? "" : try TestFolder.shared.file(bad.file, bytes: bad.content)
        let folder = path.isEmpty ? "/" : String(path.dropLast(bad.file.count + 1))
        let words = bad.arguments.map { $0 == "FILE" ? bad.file : $0 }
        var sentences: [String] = []
        for tongue in Tongue.allCases {
            let outcome = try await database.home.run(
                words, in: tongue, environment: ["ENTRAIDE_DATABASE": database.conninfo], folder: folder)
            #expect(outcome.status == bad.status, "\(outcome)")
            #expect(outcome.out.isEmpty, "\(outcome)")
            let last = outcome.err.split(separator: "\n").last.map(String.init) ?? ""
            #expect(last.hasSuffix("[\(bad.code)]"), "\(outcome)")
            #expect(last.hasPrefix("entraide: \(bad.place)"), "\(outcome)")
            #expect(!outcome.err.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(outcome)")
            sentences.append(last)
        }
        #expect(sentences[0] != sentences[1])
        #expect(try await database.trace() == Refused.trace())
    }

    @Test(
        "What is typed wrong is refused with its code, in both languages, and changes nothing",
        arguments: BadInput.onOptions)
    func options(bad: BadInput) async throws { try await Self.check(bad) }

    @Test(
        "What a file says wrong is refused where it stands, in both languages, and changes nothing",
        arguments: BadInput.onFiles)
    func files(bad: BadInput) async throws { try await Self.check(bad) }

    @Test("An unknown skill comes with the three nearest")
    func nearest() async throws {
        let database = try await Refused.database()
        let french = try await database.run(
            "community", "register", "x", "--name", "X", "--kind", "fablab", "--offer", "decoup-lazer",
            in: .fr)
        #expect(french.status == 66)
        let shown = try await database.run("skill", "show", "coutur", in: .fr)
        #expect(shown.err.contains("les plus proches\u{202F}: couture, "), "\(shown)")
        let nearest = try #require(
            french.err.firstMatch(
                of: #/les plus proches\s?: ([a-z0-9-]+), ([a-z0-9-]+), ([a-z0-9-]+) \[unknown-skill\]/#))
        #expect(nearest.1 == "decoupe-laser")
        let known = Set(try await database.output("skill", "list").fields.map { $0[0] })
        #expect(known.isSuperset(of: [String(nearest.1), String(nearest.2), String(nearest.3)]))
        #expect(try await database.trace() == Refused.trace())
    }
}

/// A database that every refusal is tried on, since none may change it.
private actor Refused {
    private static let shared = Refused()
    private var making: Task<(Scratch, String), any Error>?

    private func value() async throws -> (Scratch, String) {
        let task =
            making
            ?? Task {
                let database = try await Scratch.like(.round)
                return (database, try await database.trace())
            }
        making = task
        return try await task.value
    }

    static func database() async throws -> Scratch { try await shared.value().0 }
    static func trace() async throws -> String { try await shared.value().1 }
}
