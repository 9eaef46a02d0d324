import Foundation
import Testing

@Suite("Standard input")
struct StandardInputTests {
    /// A command whose standard input stays open until the test closes it.
    private struct Waiting {
        let process: Spawned
        private let pipe: Int32

        init(_ words: [String], on database: Scratch, _ environment: [String: String]) throws {
            let path = try TestFolder.shared.newName("p")
            guard mkfifo(path, 0o600) == 0 else { throw Spawned.Failure(description: "no pipe") }
            // Both ends: what opens it to read never waits, and only our closing it is its end.
            pipe = open(path, O_RDWR | O_CLOEXEC)
            process = try Spawned(
                ["sh", "-c", #"exec "$0" "$@" < "$PIPE""#, Entraide.path] + words,
                environment: Entraide.environment(
                    ["PIPE": path, "ENTRAIDE_DATABASE": database.conninfo].merging(environment) { $1 }))
        }

        /// Sends `text` and waits until the command has taken it.
        func send(_ text: String) async throws {
            let bytes = Array(text.utf8)
            try #require(write(pipe, bytes, bytes.count) == bytes.count)
            var left: Int32 = 1
            let deadline = ContinuousClock.now + .seconds(60)
            while ioctl(pipe, UInt(FIONREAD), &left) == 0, left > 0 {
                if ContinuousClock.now > deadline {
                    throw Spawned.Failure(description: "never read it: \(process.output)")
                }
                try await Task.sleep(for: .milliseconds(10))
            }
        }

        func end() async throws -> Outcome {
            close(pipe)
            return try await process.outcome()
        }
    }

    @Test("Who says nothing on standard input holds no connection, and is heard when it speaks")
    func silent() async throws {
        let database = try await ConfinementTests.filled()
        let code = try #require(
            try await database.output("community", "invite", "mienne", "-o", "text").fields.first?[3])
        let mine = ["ENTRAIDE_AS": "mienne"]
        for (words, environment, head, tail) in [
            (
                ["community", "update", "mienne", "--file", "-"], mine,
                #"{"community":"mienne","name":"Mienne"#, #" relue (fictive)","kind":"fablab"}"# + "\n"
            ),
            (
                ["community", "update", "autre", "--file", "-"], [:],
                "community: autre\n", "name: Autre (fictive)\nkind: fablab\n"
            ),
            (
                ["community", "register", "--file", "-"], [:],
                "community: neuve\n", "name: Neuve (fictive)\nkind: fablab\n"
            ),
            (
                ["community", "confirm", "--code", "-"], mine,
                String(code.prefix(8)), code.dropFirst(8) + "\n"
            ),
        ] {
            let waiting = try Waiting(words, on: database, environment)
            try await waiting.send(head)
            let held = try await database.home.sql(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = '\(database.name)' AND application_name = 'entraide'
                """)
            #expect(held == "0\n", "\(words)")
            try await waiting.send(tail)
            let outcome = try await waiting.end()
            #expect(outcome.status == 0, "\(words) \(outcome)")
        }
        #expect(
            try await database.sql("SELECT name FROM communities WHERE slug = 'mienne'")
                == "Mienne relue (fictive)\n")
    }

    /// What a profile may hold and a byte.
    private static let large = String(repeating: " ", count: 256 << 10) + "{"

    @Test("A file is read before the database is looked for")
    func order() async throws {
        let nowhere = ["ENTRAIDE_DATABASE": "host=/nonexistent dbname=x"]
        let home = try Home.fresh()
        for (words, code, status) in [
            (["community", "update", "mienne", "--file", "/nonexistent/p.yaml"], "no-such-file", Int32(66)),
            (["community", "register", "--file", "/nonexistent/p.yaml"], "no-such-file", 66),
            (["community", "update", "mienne", "--file", "-"], "too-long", 65),
        ] {
            let outcome = try await home.run(words, input: Array(Self.large.utf8), environment: nowhere)
            #expect(outcome.status == status && outcome.err.contains("[\(code)]"), "\(words) \(outcome)")
        }
    }

    @Test("A profile has 256 KiB at most, for a key and for the coordinator, each of a file of many")
    func profiles() async throws {
        let database = try await ConfinementTests.filled()
        let before = try await database.trace()
        func padded(_ to: Int) -> String {
            let line = #"{"community":"mienne","name":"M (fictive)","kind":"fablab""#
            return line + String(repeating: " ", count: to - line.utf8.count - 1) + "}"
        }
        let limit = 256 << 10
        for environment in [["ENTRAIDE_AS": "mienne"], [:]] {
            for input in [
                padded(limit + 1), "community: mienne\n" + String(repeating: "- [x]\n", count: limit / 5),
                String(repeating: "[", count: limit + 1),
            ] {
                let outcome = try await database.run(
                    "community", "update", "mienne", "--file", "-", input: input, environment: environment)
                #expect(outcome.status == 65 && outcome.out.isEmpty, "\(outcome)")
                #expect(
                    outcome.err.contains("stdin") && outcome.err.contains("262144")
                        && outcome.err.contains("[too-long]"), "\(outcome)")
            }
        }
        let neighbour = #"{"community":"voisine","name":"V (fictive)","kind":"fablab"}"#
        for input in [
            neighbour + "\n" + padded(limit + 1).replacing("mienne", with: "longue") + "\n",
            "community: v\nname: V\nkind: fablab\n---\n---x: y\n# " + String(repeating: "x", count: limit)
                + "\ncommunity: w\nname: W\nkind: fablab\n",
        ] {
            let outcome = try await database.run("community", "register", "--file", "-", input: input)
            #expect(outcome.status == 65 && outcome.err.contains("[too-long]"), "\(outcome)")
        }
        let rows = try await database.run(
            "community", "import", "--from", "entraide", "-",
            input: padded(limit + 1).replacing("mienne", with: "longue") + "\n")
        #expect(rows.status == 65 && rows.err.contains("[too-long]"), "\(rows)")
        #expect(try await database.trace() == before)
        // A file of many may be longer than one of them.
        let many = (0..<40).map { n in
            "community: place-\(n)\nname: Place \(n) (fictive)\nkind: fablab\n# "
                + String(repeating: "x", count: 10_000)
        }
        let registered = try await database.run(
            "community", "register", "--file", "-", input: many.joined(separator: "\n---\n") + "\n")
        #expect(registered.status == 0 && registered.lines.count == 40, "\(registered.err)")
        let most = try await database.run(
            "community", "update", "mienne", "--file", "-", input: padded(limit),
            environment: ["ENTRAIDE_AS": "mienne"])
        #expect(most.status == 0, "\(most)")
    }
}
