import Foundation
import Testing

@Suite("Nothing of an erased community is left")
struct CanaryTests {
    /// Letters that nothing else holds, one for each thing that a community can say of itself.
    private static let canaries = [
        "zinzolin-slug", "Zinzolin-nom", "zinzolin-contact", "zinzolin-source", "zinzolin-origine",
        "Zinzolin-college",
        "zinzolin",
    ]

    private static let routes = [
        "/", "/healthz", "/readyz", "/v1/skills", "/v1/communities", "/v1/communities/autre",
        "/v1/communities/autre/offers", "/v1/communities/autre/needs", "/v1/communities/zinzolin-slug",
        "/v1/communities/zinzolin-slug/offers", "/v1/communities/zinzolin-slug/needs", "/v1/rounds",
        "/v1/rounds/ete",
        "/v1/rounds/ete/certificate", "/v1/matches", "/v1/matches?round=ete",
        "/v1/matches?community=zinzolin-slug",
        "/v1/matches/ete/1", "/v1/matches/ete/2", "/v1/matches/ete/1/reasons", "/v1/matches/ete/2/reasons",
    ]

    /// How often a canary stands in `text`, whatever the case of its letters.
    private static func count(_ text: String) -> Int {
        let text = text.lowercased()
        return canaries.reduce(0) { $0 + text.ranges(of: $1.lowercased()).count }
    }

    private static func dump(_ database: Scratch) async throws -> String {
        let words = ["pg_dump", "-d", database.home.conninfo(database.name, user: "postgres")]
        let outcome = try await Spawned(words, environment: Entraide.environment([:])).outcome()
        guard outcome.status == 0 else { throw Spawned.Failure(description: "pg_dump: \(outcome)") }
        return outcome.out
    }

    /// All that the command tells of everybody.
    private static func exports(_ database: Scratch) async throws -> String {
        var text = ""
        for words in [
            ["community", "list"], ["community", "export", "autre"], ["community", "show", "autre"],
            ["network", "list"], ["network", "list", "nord"], ["round", "list"], ["round", "show", "ete"],
            ["round", "participants", "ete"], ["round", "verify", "ete"], ["match", "list"],
            ["skill", "export"], ["status"], ["community", "list", "--stale"], ["doctor", "--privacy"],
            ["community", "export", "--to", "entraide", "--all", "--contacts"],
            ["community", "export", "--to", "csv", "--all"], ["community", "export", "--to", "excel-fr"],
            ["community", "export", "--to", "murmurations"], ["community", "export", "--to", "offers-wants"],
            ["community", "export", "--to", "entraide", "--network", "nord"], ["partner", "--help"],
        ] {
            for format in ["text", "ndjson", "csv"] {
                let tail = words.last == "--help" || words[1...].contains("export") ? [] : ["-o", format]
                let outcome = try await database.home.run(
                    words + tail, environment: ["ENTRAIDE_DATABASE": database.conninfo])
                text += outcome.out + outcome.err
            }
        }
        return text
    }

    @Test(
        "Dump, logs, HTTP answers and exports hold no canary once it is erased, and its round still verifies")
    func noCanary() async throws {
        let home = try Home.fresh()
        let initialised = try await home.run(["init"])
        #expect(initialised.status == 0, "\(initialised)")
        let database = Scratch(home: home, name: "entraide")
        let profile = """
            {"community":"zinzolin-slug","name":"Zinzolin-nom (fictif)","kind":"fablab","visibility":"public",\
            "contact":"zinzolin-contact@exemple.example","source_id":"zinzolin-origine:zinzolin-source",\
            "consent":{"matching":true,"publication":true,"contact":true,"research":true},\
            "offers":[{"skill":"couture"}],"needs":[{"skill":"video"}]}

            """
        try await database.output(
            "community", "register", "--file", "-",
            input: profile + """
                {"community":"autre","name":"Autre (fictif)","kind":"fablab","visibility":"public",\
                "consent":{"matching":true,"publication":true},"offers":[{"skill":"video"}],"needs":[{"skill":"couture"}]}
                {"community":"enfant","name":"Enfant (fictif)","kind":"fablab","visibility":"public",\
                "parent":"zinzolin-slug","consent":{"matching":true},"offers":[{"skill":"redaction"}]}

                """)
        try await database.output("network", "add", "nord", "--name", "Nord (fictif)")
        try await database.output(
            "network", "join", "zinzolin-slug", "nord", "--college", "Zinzolin-college")
        try await database.output(
            "community", "pause", "zinzolin-slug", "--until", "2099-01-01", "--reason", "season")
        try await database.output("community", "resume", "zinzolin-slug")
        try await database.output("round", "create", "ete")
        try await database.output("round", "open", "ete")
        try await database.output("round", "run", "ete", "--on", "2027-01-15")
        try await database.output("round", "publish", "ete")
        // Refusals that a server could have quoted in its log.
        #expect(try await database.run("community", "register", "--file", "-", input: profile).status == 73)
        let (server, port) = try await ServeTests.start(database)
        var answers = ""
        for path in Self.routes { answers += try ServeTests.get(path, port: port).body }
        #expect(Self.count(answers) > 0)
        #expect(Self.count(try await Self.dump(database)) > 0)
        #expect(Self.count(try await Self.exports(database)) > 0)

        try await database.output("community", "invite", "zinzolin-slug")
        let code = try #require(
            try await database.output("community", "invite", "zinzolin-slug", "-o", "text").fields.first?[3])
        let key = ["ENTRAIDE_AS": "zinzolin-slug"]
        #expect(try await database.run("community", "pause", "zinzolin-slug", environment: key).status == 0)
        #expect(
            try await database.run("community", "erase", "zinzolin-slug", "--yes", environment: key).status
                == 77)
        let erased = try await database.run(
            "community", "erase", "--yes", "--code", code, environment: key)
        #expect(erased.status == 0, "\(erased)")
        #expect(
            try await database.sql("SELECT count(*) FROM one_time_codes, code_guesses") == "0\n")
        #expect(!erased.err.contains(code))

        // The same server goes on: what it may have kept counts too.
        for path in Self.routes {
            let answer = try ServeTests.get(path, port: port)
            // An answer may say back the slug that was asked for; that is the asker's own word.
            let said = (answer.head + answer.body).replacing(
                path.contains("zinzolin") ? "zinzolin-slug" : "\0", with: "")
            #expect(Self.count(said) == 0, "\(path)\n\(answer)")
        }
        #expect(Self.count(try await Self.exports(database)) == 0)
        let dump = try await Self.dump(database)
        #expect(!dump.contains(code) && !dump.contains(code.replacing("-", with: "")))
        #expect(Self.count(dump) == 0)
        kill(server.id, SIGTERM)
        let end = try await server.outcome(within: .seconds(20))
        #expect(end.err.contains("/v1/communities/{slug}") && Self.count(end.err + end.out) == 0)
        let log = try #require(FileManager.default.contents(atPath: "\(home.path)/server.log"))
        #expect(Self.count(String(decoding: log, as: UTF8.self)) == 0)
        let verified = try await database.output("round", "verify", "ete")
        #expect(verified.out.contains("certificate"), "\(verified)")
        #expect(try await home.run(["database", "stop"]).status == 0)
    }
}
