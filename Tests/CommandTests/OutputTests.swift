import Foundation
import Testing

@Suite("Forms of output")
struct OutputTests {
    private static let columns = [
        "match", "round", "status", "score", "provider", "offer", "receiver", "need", "ring", "distance_km",
    ]

    @Test("Text, csv and ndjson carry the same fields in the same order, in every language")
    func sameFields() async throws {
        let database = try await Scratch.like(.round)
        let text = try await database.output("match", "list")
        #expect(text.fields.allSatisfy { $0.count == Self.columns.count } && text.lines.count > 50)
        let csv = try await database.output("match", "list", "-o", "csv")
        #expect(csv.out.hasPrefix(Self.columns.joined(separator: ",") + "\r\n"), "\(csv.out.prefix(200))")
        let rows = csv.out.split(separator: "\r\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map { $0.isEmpty ? "-" : String($0) }
        }
        #expect(rows == text.fields)
        let ndjson = try await database.output("match", "list", "-o", "ndjson")
        for (line, fields) in zip(ndjson.lines, text.fields) {
            let keys = line.matches(of: #/"([a-z_]+)":/#).map { String($0.1) }
            #expect(keys == Self.columns)
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["match"] as? String == fields[0] && object?["score"] as? Int == Int(fields[3]))
        }
        #expect(ndjson.lines.count == text.lines.count)
        for form in ["text", "csv", "ndjson"] {
            let french = try await database.output("match", "list", "-o", form, in: .fr).out
            #expect(try await database.output("match", "list", "-o", form).out == french)
        }
    }

    @Test("A table is for people: aligned, in their language, without escapes outside a terminal")
    func table() async throws {
        let database = try await Scratch.like(.round)
        let french = try await database.output("round", "list", "-o", "table", in: .fr)
        let english = try await database.output("round", "list", "-o", "table")
        #expect(french.out != english.out && french.lines.count == english.lines.count)
        #expect(!french.out.contains("\u{1B}") && !french.out.contains("\t"))
        #expect(
            french.lines[0].contains("mises en relation") && english.lines[0].contains("matches"),
            "\(french.lines[0])")
        #expect(french.lines.allSatisfy { $0.count <= 80 })
        #expect(english.out.contains(/\d\.\d\d\d\b/), "scores as people read them")
        #expect(french.out.contains(/\d,\d\d\d\b/) && !french.out.contains(/\d\.\d/), "\(french)")
    }

    @Test("Who takes part is told in words on a table: what it brings, or why it is left aside")
    func participants() async throws {
        let database = try await Scratch.like(.round)
        for (tongue, words) in [
            (
                Tongue.fr,
                ["2 offres, 3 besoins\n", "1 offre, 0 besoin\n", "absente    sans accord pour participer\n"]
            ),
            (.en, ["2 offers, 3 needs\n", "1 offer, 0 needs\n", "absent      no consent to taking part\n"]),
        ] {
            let shown = try await database.output(
                "round", "participants", "printemps", "-o", "table", in: tongue)
            for word in words { #expect(shown.out.contains(word), "\(word) \(shown)") }
            #expect(!shown.out.contains("…") && shown.lines.allSatisfy { $0.count <= 80 }, "\(shown)")
        }
        let lines = try await database.output("round", "participants", "printemps").fields
        #expect(lines.contains { $0[2...] == ["absent", "no_consent", "-"] })
        #expect(lines.contains { $0[4] == "offers=2 needs=3" })
    }

    @Test("On a narrow terminal no name of a match is cut short")
    func matches() async throws {
        let database = try await Scratch.like(.round)
        let lines = try await database.output("match", "list", "-o", "text")
        let shown = try await database.output("match", "list", "-o", "table")
        #expect(shown.lines.count == 2 * lines.lines.count && !shown.out.contains("…"))
        for fields in lines.fields {
            #expect(
                shown.out.contains("\(fields[0])  ") && shown.out.contains("\(fields[4]) → \(fields[6])\n"))
        }
    }

    @Test("An empty list is an answer: status 0, nothing but a header")
    func empty() async throws {
        let database = try await Scratch.like(.entraide)
        for form in ["text", "ndjson"] {
            #expect(try await database.output("community", "list", "-o", form).out.isEmpty)
        }
        #expect(try await database.output("community", "list", "-o", "csv").lines.count == 1)
    }

    /// Runs the command on a terminal of its own, as util-linux's `script` makes one.
    private static func onTerminal(
        _ database: Scratch, _ command: String, _ environment: [String: String] = [:]
    ) async throws -> Outcome {
        let words = ["script", "-qec", "stty cols 100; '\(Entraide.path)' \(command)", "/dev/null"]
        let given = [
            "ENTRAIDE_DATABASE": database.conninfo, "LANG": "en_GB.UTF-8", "TERM": "xterm",
            "SHELL": "/bin/sh",
        ]
        return try await Turnstile.shared.pass {
            try await Spawned(words, environment: Entraide.environment(given.merging(environment) { $1 }))
                .outcome()
        }
    }

    @Test("On a terminal a list is a table in colour, unless NO_COLOR, --no-color or a dumb terminal says no")
    func terminal() async throws {
        let database = try await Scratch.like(.round)
        let colour = try await Self.onTerminal(database, "round list")
        #expect(
            colour.status == 0 && colour.out.contains("\u{1B}[") && colour.out.contains("printemps  "),
            "\(colour)")
        for (command, environment) in [
            ("round list", ["NO_COLOR": "1"]), ("round list --no-color", [:]),
            ("round list", ["TERM": "dumb"]),
        ] {
            let plain = try await Self.onTerminal(database, command, environment)
            #expect(
                plain.status == 0 && !plain.out.contains("\u{1B}") && plain.out.contains("printemps  "),
                "\(plain)")
            #expect(!plain.out.contains("\t"), "a table all the same")
        }
        let lines = try await Self.onTerminal(database, "round list -o text")
        #expect(lines.out.contains("printemps\tPrintemps\tpublished"), "\(lines)")
    }

    /// Runs a line of shell in which `"$0"` is the command; its status is the command's own.
    private static func shell(_ line: String, on database: Scratch) async throws -> Outcome {
        let words = ["sh", "-c", line, Entraide.path]
        let given = ["ENTRAIDE_DATABASE": database.conninfo, "LANG": "fr_FR.UTF-8"]
        return try await Turnstile.shared.pass {
            try await Spawned(words, environment: Entraide.environment(given)).outcome()
        }
    }

    @Test(
        "Output that cannot be written is an error, never a silence nor a crash; a reader that leaves is neither"
    )
    func unwritable() async throws {
        let database = try await Scratch.like(.entraide)
        for line in [#""$0" skill list > /dev/full"#, #""$0" skill list >&-"#, #""$0" --help > /dev/full"#] {
            let outcome = try await Self.shell(line, on: database)
            #expect(outcome.status == 70, "\(line) \(outcome)")
            #expect(outcome.err.split(separator: "\n").count == 1, "\(outcome)")
            #expect(outcome.err.hasSuffix("[output-not-written]\n"), "\(outcome)")
        }
        let refused = try await Self.shell(#""$0" round show jamais 2> /dev/full"#, on: database)
        #expect(refused.status == 66, "\(refused)")
        let left = try await Self.shell(
            #"(trap '' PIPE; sleep 0.2; "$0" skill list; echo "status $?" >&2) | true"#, on: database)
        #expect(left.err == "status 141\n", "\(left)")
    }

    @Test("What was typed comes back without its control characters")
    func controls() async throws {
        let database = try await Scratch.like(.entraide)
        for words in [
            ["community", "show", "a\u{1B}[31mb\u{9B}c\u{2028}d"], ["round", "\u{1B}]0;x\u{07}"],
            ["skill", "list", "--\u{1B}c"],
        ] {
            let outcome = try await database.home.run(
                words, environment: ["ENTRAIDE_DATABASE": database.conninfo])
            #expect(outcome.status == 66 || outcome.status == 64, "\(outcome)")
            #expect(
                !outcome.err.unicodeScalars.contains {
                    $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{2028}")
                }, "\(outcome)")
        }
    }

    @Test("A skill is found by its words, whatever their case and accents")
    func find() async throws {
        let database = try await Scratch.like(.entraide)
        let slugs = try await database.output("skill", "find", "DÉCOUPE", "LASER").fields.map { $0[0] }
        #expect(slugs.contains("decoupe-laser"))
        #expect(try await database.output("skill", "find", "decoupe laser").fields.map { $0[0] } == slugs)
        #expect(try await database.output("skill", "show", "decoupe-laser").fields[0][0] == "decoupe-laser")
    }
}
