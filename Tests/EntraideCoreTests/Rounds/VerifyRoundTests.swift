import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Verifying a stored round", .core)
struct VerifyRoundTests {
    /// One thing altered behind the program's back.
    struct Alteration: Sendable, CustomTestStringConvertible {
        let what: String
        let sql: String
        /// The check that must say so, and what its detail must name.
        let check: String
        let detail: String

        init(_ what: String, _ sql: String, names check: String, _ detail: String = "") {
            self.what = what
            self.sql = sql
            self.check = check
            self.detail = detail
        }

        var testDescription: String { what }
    }

    private static let alterations: [Alteration] = [
        Alteration(
            "a provider's price",
            "UPDATE round_prices SET price = price + 1 WHERE kind = 'provider' AND n = 1",
            names: "price", "kind=provider index=1 subject=b"),
        Alteration(
            "a need's price", "UPDATE round_prices SET price = price + 1 WHERE kind = 'need' AND n = 0",
            names: "price",
            "kind=need index=0 subject=a skill=couture"),
        Alteration(
            "whose a price is", "UPDATE round_prices SET subject = 'zz' WHERE kind = 'offer' AND n = 0",
            names: "price",
            "kind=offer index=0"),
        Alteration(
            "a price that is gone", "DELETE FROM round_prices WHERE kind = 'receiver' AND n = 0",
            names: "price"),
        Alteration(
            "an enormous price",
            "UPDATE round_prices SET price = 9223372036854775807 WHERE kind = 'provider'",
            names: "price", "kind=provider index=0"),
        Alteration(
            "a match's score", "UPDATE matches SET score = score - 1 WHERE number = 2", names: "match",
            "number=2"),
        Alteration(
            "a match's provider",
            "UPDATE matches SET provider_id = (SELECT id FROM communities WHERE slug = 'd') WHERE number = 1",
            names: "match", "number=1"),
        Alteration(
            "a match's skill",
            "UPDATE matches SET offer_skill_id = (SELECT id FROM skills WHERE slug = 'mecenat') WHERE number = 1",
            names: "match", "number=1"),
        Alteration(
            "a match's candidate", "UPDATE matches SET candidate = 0 WHERE number = 3", names: "match",
            "number=3"),
        Alteration(
            "a match's distance", "UPDATE matches SET distance_hm = 7 WHERE number = 1", names: "match",
            "number=1"),
        Alteration(
            "a match that is gone", "DELETE FROM matches WHERE number = 3", names: "match",
            "stored=2 expected=3"),
        Alteration(
            "a match too many",
            """
            INSERT INTO matches (round_id, number, candidate, status, score, provider_id, offer_skill_id, receiver_id,
              need_skill_id) SELECT round_id, 9, candidate, status, score, receiver_id, offer_skill_id, provider_id,
              need_skill_id FROM matches WHERE number = 1
            """, names: "match", "stored=4 expected=3"),
        Alteration(
            "points of a reason",
            "UPDATE match_reasons SET points = points + 1 WHERE number = 2 AND factor = 'urgency'",
            names: "reason",
            "number=2 factor=urgency"),
        Alteration(
            "value of a reason", "UPDATE match_reasons SET value = 5 WHERE number = 1 AND factor = 'fit'",
            names: "reason", "number=1 factor=fit"),
        Alteration(
            "factor of a reason",
            "UPDATE match_reasons SET factor = 'novelty' WHERE number = 1 AND factor = 'fit'",
            names: "reason",
            "number=1 factor=fit"),
        Alteration(
            "a factor that is none",
            "UPDATE match_reasons SET factor = 'luck' WHERE number = 1 AND factor = 'fit'",
            names: "reason", "number=1 factor=fit"),
        Alteration(
            "a reason that is gone", "DELETE FROM match_reasons WHERE number = 1 AND factor = 'level'",
            names: "reason",
            "number=1"),
        Alteration(
            "a reason too many",
            "INSERT INTO match_reasons SELECT round_id, 1, 77, 'fit', 0, 0, 1 FROM rounds, LATERAL (SELECT id AS round_id) AS x",
            names: "reason", "number=1"),
        Alteration(
            "a frozen profile",
            "UPDATE round_inputs SET line = replace(line, '\"give\":3', '\"give\":4') WHERE subject = 'b'",
            names: "frozen-line", "kind=profile subject=b"),
        Alteration(
            "a frozen profile and its own digest",
            """
            UPDATE round_inputs SET line = replace(line, '"give":3', '"give":4'),
              digest = encode(sha256(convert_to(kind || chr(9) || replace(line, '"give":3', '"give":4') || chr(10), 'UTF8')), 'hex')
            WHERE subject = 'b'
            """, names: "input-digest"),
        Alteration(
            "a frozen parameter", "UPDATE round_inputs SET line = 'floor=1' WHERE subject = 'floor'",
            names: "frozen-line",
            "kind=parameter subject=floor"),
        Alteration(
            "a frozen line that reads no more", "UPDATE round_inputs SET line = '{' WHERE subject = 'b'",
            names: "frozen-line", "subject=b"),
        Alteration(
            "a frozen line's kind", "UPDATE round_inputs SET kind = 'rumour' WHERE subject = 'b'",
            names: "frozen-line",
            "subject=b"),
        Alteration(
            "a frozen line's subject", "UPDATE round_inputs SET subject = 'zz' WHERE subject = 'b'",
            names: "frozen-line",
            "subject=zz"),
        Alteration(
            "a frozen line that is gone", "DELETE FROM round_inputs WHERE subject = 'a'",
            names: "input-digest"),
        Alteration(
            "the frozen lines' order",
            "UPDATE round_inputs SET n = 100000 - n", names: "input-digest"),
        Alteration(
            "the instance", "UPDATE round_instances SET lines = replace(lines, ' 3', ' 4')",
            names: "instance-digest",
            "line="),
        Alteration(
            "a price that leaves room", "UPDATE round_prices SET price = 0 WHERE price > 0",
            names: "certificate"),
        Alteration("the instance that is gone", "DELETE FROM round_instances", names: "instance-digest"),
        Alteration(
            "the objective", "UPDATE rounds SET objective = objective + 1", names: "certificate", "objective"),
        Alteration("the bound", "UPDATE rounds SET bound = bound + 1", names: "certificate"),
        Alteration(
            "objective and bound together", "UPDATE rounds SET bound = bound - 1, objective = objective - 1",
            names: "certificate"),
        Alteration("the score", "UPDATE rounds SET score = score + 1", names: "score", "stored="),
        Alteration(
            "the number of candidates", "UPDATE rounds SET candidates = candidates + 1", names: "candidates",
            "stored="),
        Alteration(
            "the number of matches", "UPDATE rounds SET matches = matches + 1", names: "matches", "stored="),
        Alteration(
            "the input digest", "UPDATE rounds SET input_digest = replace(input_digest, 'a', 'b')",
            names: "input-digest"),
        Alteration(
            "the instance digest", "UPDATE rounds SET instance_digest = upper(instance_digest)",
            names: "instance-digest"),
        Alteration(
            "the result digest", "UPDATE rounds SET result_digest = reverse(result_digest)",
            names: "result-digest"),
    ]

    /// Three matches of different providers, some prices above nothing.
    private func stored(_ core: Core) async throws {
        try await core.register(
            line("a", needs: ["couture:3", "video:3"]), line("b", offers: ["video:4", "couture"]),
            line("c", needs: ["video"]), line("d", offers: ["redaction"], needs: ["mecenat"]),
            line("e", offers: ["mecenat"], needs: ["video:1"]))
        try await core.run("r")
        #expect(try await core.allMatches("r").count == 3)
    }

    @Test("What was stored holds, published and after later changes of everything that it names")
    func holds() async throws {
        let core = try Core()
        try await stored(core)
        let found = try await core.rounds.verify("r")
        #expect(found.holds)
        #expect(
            Set(found.checks.map(\.name)).isSuperset(of: [
                "frozen-line", "input-digest", "instance-digest", "instance", "match", "reason", "price",
                "result-digest",
                "score", "certificate", "whole-market",
            ]))
        try await core.rounds.publish("r")
        _ = try await core.communities.update("a", by: .itself) { $0.community.give = 0 }
        try await core.communities.removeOffer("video", from: "b")
        try await core.communities.pause("c")
        #expect(try await core.rounds.verify("r").holds)
    }

    @Test(
        "A ring altered in the store is found, and named",
        arguments: [
            Alteration(
                "a ring that is broken", "UPDATE matches SET ring = NULL WHERE number = 1", names: "match",
                "number=1"),
            Alteration("two rings made one", "UPDATE matches SET ring = 1", names: "certificate", "fault="),
            Alteration(
                "rings that change their names", "UPDATE matches SET ring = 3 - ring", names: "result-digest"),
            Alteration(
                "how many pairs", "UPDATE rounds SET pairs = pairs + 1", names: "figures", "figure=pairs"),
            Alteration("how many rings", "UPDATE rounds SET rings = 0", names: "figures", "figure=rings"),
            Alteration(
                "the scope of the bound", "UPDATE rounds SET scope = 'listed'", names: "figures",
                "figure=scope stored=listed expected=market"),
            Alteration("the bound", "UPDATE rounds SET bound = bound + 1", names: "certificate", "fault="),
            Alteration(
                "the bonus",
                "UPDATE round_inputs SET line = 'mutual-bonus=1' WHERE subject = 'mutual-bonus'",
                names: "certificate", "fault="),
            Alteration(
                "that rings count",
                "UPDATE round_inputs SET line = 'mutual=1' WHERE subject = 'mutual'",
                names: "certificate", "fault="),
            Alteration(
                "a multiplier out of nowhere",
                """
                INSERT INTO round_multipliers (round_id, provider, receiver, value) SELECT id, -1, 0, 5 FROM rounds
                """, names: "certificate", "fault="),
        ])
    func alteredRing(it: Alteration) async throws {
        let core = try Core()
        try await core.mutualProfiles()
        try await core.rounds.create("r", title: "R", mutual: .rings)
        try await core.rounds.open("r")
        _ = try await core.rounds.run("r", on: Core.day)
        #expect(try await core.rounds.verify("r").holds)
        try await core.pool.withConnection { try await $0.script(it.sql) }
        let found = try await core.rounds.verify("r")
        #expect(!found.holds)
        #expect(
            found.checks.contains { check in
                check.name == it.check && !check.holds && (check.detail ?? "").contains(it.detail)
            }, "\(found.checks.filter { !$0.holds })")
    }

    @Test("One thing altered in the store is found, and named", arguments: alterations)
    func alteration(it: Alteration) async throws {
        let core = try Core()
        try await stored(core)
        let before = try await core.snapshot()
        try await core.pool.withConnection { try await $0.script(it.sql) }
        #expect(try await core.snapshot() != before, "the alteration alters nothing")
        let found = try await core.rounds.verify("r")
        #expect(!found.holds)
        let naming = found.checks.filter { !$0.holds && $0.name == it.check }
        #expect(!naming.isEmpty, "\(found.checks.filter { !$0.holds })")
        #expect(
            it.detail.isEmpty || naming.contains { $0.detail?.contains(it.detail) == true },
            "\(naming.map { $0.detail ?? "-" })")
    }
}
