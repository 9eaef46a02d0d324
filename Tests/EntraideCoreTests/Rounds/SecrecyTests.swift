import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("What a round must not hold", .core)
struct SecrecyTests {
    /// Words that stand in a profile where only the store may keep them.
    private static let canaries = ["canari", "Canari"]

    private func line(_ slug: String, offers: String = "[]", needs: String = "[]") -> String {
        #"{"community":"\#(slug)","name":"Canari de \#(slug)","kind":"fablab","contact":"canari-\#(slug)@secret.example","#
            + #""source_id":"canarisource:canari-\#(slug)","consent":{"matching":true,"publication":true},"#
            + #""offers":\#(offers),"needs":\#(needs)}"#
    }

    private func expectNone(in text: String, _ what: String) {
        for canary in Self.canaries { #expect(!text.contains(canary), "\(what)") }
    }

    @Test("No name, contact, source or consent stands in what a round stores or says")
    func roundTables() async throws {
        let core = try Core()
        try await core.register([
            line("a", needs: #"[{"skill":"video"}]"#), line("b", offers: #"[{"skill":"video"}]"#), line("c"),
        ])
        try await core.communities.pause("c")
        try await core.run("r")
        for table in [
            "rounds", "round_inputs", "round_instances", "round_prices", "matches",
            "match_reasons",
        ] {
            let text = try await core.dump(table)
            #expect(!text.isEmpty)
            expectNone(in: text, table)
            for word in ["consent", "contact", "source_id", "\"name\""] {
                #expect(!text.contains(word), "\(table)")
            }
        }
        let entries = try await core.rounds.explain("r", receiver: "a", provider: nil)
        #expect(!entries.isEmpty)
        for entry in entries {
            expectNone(in: entry.record(round: "r", receiver: "a").detail ?? "", "explain")
        }
        for outcome in try await core.rounds.participants("r", on: Core.day) {
            expectNone(in: "\(outcome)", "participants")
        }
        for match in try await core.allMatches("r") { expectNone(in: "\(match)", "match") }
        for check in try await core.rounds.verify("r").checks { expectNone(in: check.detail ?? "", "verify") }
        // The instance names nobody at all: it is made of numbers and of the letters of its lines.
        let instance = try await core.dump("round_instances")
        for slug in ["video", "\"a\"", "name"] { #expect(!instance.contains(slug)) }
    }

    @Test("No refusal repeats a contact, a name or a source")
    func refusals() async throws {
        let core = try Core()
        try await core.register(line("a"), line("b"))
        let secret = "canari@secret.example"
        func profile(_ more: String) -> String {
            #"{"community":"x","name":"Canari","kind":"fablab",\#(more)}"#
        }
        var refusals: [EntraideError?] = [
            await refusal { try await core.register(line("a")) },
            await refusal { try await core.register(line("x"), line("x")) },
            await refusal {
                try await core.communities.update("a", by: .itself) { $0.community.parent = "nobody" }
            },
        ]
        for more in [
            #""contact":"\#(secret)\u0007""#, #""contact":"\#(secret)\u202E""#, #""contact":["\#(secret)"]"#,
            #""contact":"\#(String(repeating: secret, count: 20))""#, #""source_id":"canari\u0000""#,
            #""source_id":7"#, #""give":"canari""#, #""contact":"\#(secret)","contact":"\#(secret)""#,
            #""contact":"\#(secret)"#, #""consent":"canari""#,
        ] {
            refusals.append(await refusal { try await core.register([profile(more)]) })
        }
        for yaml in [
            "contact: \"\(secret)\\a\"", "contact: [\(secret)", "contact: \(secret)\ncontact: \(secret)",
            "contact: {\(secret)}", "consent: \(secret)",
        ] {
            refusals.append(
                await refusal { try read(["community: x\nname: Canari\nkind: fablab\n\(yaml)\n"]) })
        }
        let report = try await core.load([
            profile(#""source_id":"canari-without-colon""#), profile(#""contact":"\#(secret)\t""#),
        ])
        refusals += report.refused.map(\.error)
        #expect(refusals.count >= 18)
        for (index, error) in refusals.enumerated() {
            let error = try #require(error, "case \(index) was not refused")
            for language in Language.allCases { expectNone(in: error.message(in: language), "case \(index)") }
            expectNone(in: "\(error.values.values.sorted())", "case \(index)")
        }
    }

    @Test("A refusal of the database itself is told without its words")
    func databaseWords() async throws {
        let core = try Core()
        try await core.register(line("a"))
        let error = await refusal {
            try await core.database.write { connection in
                try await connection.execute(
                    "INSERT INTO contacts SELECT community_id, contact FROM contacts")
            }
        }
        let refused = try #require(error)
        expectNone(in: refused.message(in: .fr) + "\(refused)", "database")
    }
}
