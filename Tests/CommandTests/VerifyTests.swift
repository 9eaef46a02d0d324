import Testing

/// One thing changed in a stored round, behind the command's back.
private struct Alteration: Sendable, CustomTestStringConvertible {
    let name: String
    let sql: String
    /// The check that has to say no, and what its detail names.
    let check: String
    let detail: String

    var testDescription: String { name }

    static let all: [Alteration] = [
        Alteration(
            name: "A price of an offer",
            sql: "UPDATE round_prices SET price = price + 1 WHERE kind = 'offer' AND n = 7", check: "price",
            detail: "kind=offer index=7 "),
        Alteration(
            name: "A price of a receiver",
            sql: "UPDATE round_prices SET price = price + 1 WHERE kind = 'receiver' AND n = 0",
            check: "price",
            detail: "kind=receiver index=0 "),
        Alteration(
            name: "A match's score", sql: "UPDATE matches SET score = score - 1 WHERE number = 3",
            check: "match",
            detail: "number=3 "),
        Alteration(
            name: "A match's provider",
            sql:
                "UPDATE matches SET provider_id = (SELECT provider_id FROM matches WHERE number = 9) WHERE number = 4",
            check: "match", detail: "number=4 "),
        Alteration(
            name: "A match gone",
            sql: "DELETE FROM matches WHERE number = (SELECT max(number) FROM matches)", check: "match",
            detail: "stored=133 expected=134"),
        Alteration(
            name: "A reason's points",
            sql: "UPDATE match_reasons SET points = points + 1 WHERE number = 5 AND factor = 'urgency'",
            check: "reason", detail: "number=5 factor=urgency"),
        Alteration(
            name: "A profile's line",
            sql: """
                UPDATE round_inputs SET line = replace(line, '"level":4', '"level":3')
                WHERE subject = 'le-granit-libre' AND line LIKE '%"level":4%'
                """,
            check: "frozen-line", detail: "subject=le-granit-libre"),
        Alteration(
            name: "The instance",
            sql: "UPDATE round_instances SET lines = replace(lines, '1', '2') WHERE n = 1",
            check: "instance-digest", detail: "line=1"),
        Alteration(
            name: "The objective and its bound",
            sql: "UPDATE rounds SET objective = objective + 1, bound = bound + 1",
            check: "certificate", detail: "fault="),
        Alteration(
            name: "The bound alone", sql: "UPDATE rounds SET bound = bound - 1", check: "certificate",
            detail: ""),
        Alteration(
            name: "The score", sql: "UPDATE rounds SET score = score + 1", check: "score", detail: "stored="),
        Alteration(
            name: "The result's digest", sql: "UPDATE rounds SET result_digest = repeat('0', 64)",
            check: "result-digest", detail: "-"),
    ]
}

@Suite("Verifying a stored round")
struct VerifyTests {
    @Test("One thing altered is found and named, with status 1", arguments: Alteration.all)
    private func alteration(_ altered: Alteration) async throws {
        let database = try await Scratch.like(.round)
        let before = try await database.sql(
            "SELECT md5(string_agg(t::text, '|')) FROM (\(Self.everything)) t")
        try await database.sql(altered.sql)
        let after = try await database.sql("SELECT md5(string_agg(t::text, '|')) FROM (\(Self.everything)) t")
        try #require(before != after, "nothing was altered")
        for tongue in Tongue.allCases {
            let outcome = try await database.run("round", "verify", "printemps", in: tongue)
            #expect(outcome.status == 1, "\(outcome)")
            #expect(
                outcome.err.contains(
                    tongue == .fr ? "n’est plus celle qui a été enregistrée" : "is no longer what was stored"),
                "\(outcome)")
            let faults = outcome.fields.filter { $0[1] == "no" }
            #expect(
                faults.contains { $0[0] == altered.check && $0[2].contains(altered.detail) }, "\(outcome)")
        }
    }

    /// All that a round is made of.
    private static let everything = """
        SELECT to_jsonb(r) FROM rounds r UNION ALL SELECT to_jsonb(i) FROM round_inputs i
        UNION ALL SELECT to_jsonb(i) FROM round_instances i UNION ALL SELECT to_jsonb(p) FROM round_prices p
        UNION ALL SELECT to_jsonb(m) FROM matches m UNION ALL SELECT to_jsonb(m) FROM match_reasons m
        """

    @Test("An unaltered copy verifies, whatever happened to the communities since")
    func unaltered() async throws {
        let database = try await Scratch.like(.round)
        try await database.output(
            "community", "update", "le-granit-libre", "--name", "Un autre nom", "--give", "1")
        try await database.output("offer", "remove", "le-granit-libre", "programmation")
        let outcome = try await database.output("round", "verify", "printemps", "-o", "ndjson")
        #expect(outcome.lines.allSatisfy { $0.contains(#""holds":"yes""#) }, "\(outcome)")
    }
}
