import EntraideCore
import Postgres
import PostgresTestSupport
import Testing

@Suite("What the passing of time asks for", .core)
struct TickTests {
    private func world(_ core: Core) async throws {
        try await core.register(
            #"{"community":"a","name":"A","kind":"fablab","contact":"role@a.example","consent":{"matching":true},"#
                + #""offers":[{"skill":"video","until":"2027-01-20"},{"skill":"couture"}],"#
                + #""needs":[{"skill":"redaction","needed_by":"2027-01-20"},{"skill":"site-web"}]}"#,
            line("b", offers: ["redaction", "site-web"], needs: ["video", "couture"]))
    }

    @Test("A last day still counts; the day after is written once, and a rehearsal writes nothing")
    func due() async throws {
        let core = try Core()
        try await world(core)
        let upkeep = Upkeep(core.database)
        #expect(try await upkeep.tick(on: "2027-01-20") == TickReport())
        let before = try await core.snapshot()
        let rehearsed = try await Upkeep(core.database, dryRun: true).tick(on: "2027-01-21")
        #expect(rehearsed.needsClosed == 1 && rehearsed.offersEnded == 1)
        #expect(try await core.snapshot() == before)
        #expect(try await upkeep.tick(on: "2027-01-21") == rehearsed)
        let after = try await core.snapshot()
        #expect(try await upkeep.tick(on: "2027-01-21") == TickReport())
        #expect(try await core.snapshot() == after)
        #expect(try await core.dump("audit").contains("tick.run"))
    }

    @Test("A round freezes the same input before and after")
    func sameInput() async throws {
        let core = try Core()
        try await world(core)
        try await core.run("before", on: "2027-01-21")
        try await Upkeep(core.database).tick(on: "2027-01-21")
        try await core.run("after", on: "2027-01-21")
        let digests = try await core.column("SELECT input_digest AS x FROM rounds")
        #expect(digests.count == 2 && Set(digests).count == 1)
    }

    @Test("Each retention limit deletes what is older, no more, and says how much")
    func retention() async throws {
        let core = try Core()
        try await world(core)
        try await core.register(line("c", #""contact":"role@c.example""#), line("d"))
        try await core.pool.withConnection {
            try await $0.script(
                """
                UPDATE communities SET confirmed_on = '2025-01-01' WHERE slug = 'd';
                UPDATE communities SET status = 'paused', updated_at = '2024-01-20' WHERE slug = 'a';
                UPDATE communities SET status = 'unconfirmed', confirmed_on = NULL, created_at = '2026-01-20'
                  WHERE slug = 'c';
                UPDATE needs SET closed_at = '2025-01-20'
                  WHERE skill_id = (SELECT id FROM skills WHERE slug = 'site-web');
                UPDATE audit SET at = '2024-01-20';
                """)
        }
        let upkeep = Upkeep(core.database)
        var expected = TickReport()
        expected.stale = 1
        #expect(try await upkeep.tick(on: "2027-01-20") == expected)
        let audited = try await core.dump("audit").split(separator: "\n").count
        let report = try await upkeep.tick(on: "2027-01-21")
        #expect(report.auditDeleted == audited && report.needsDeleted == 1)
        #expect(report.unconfirmedContactsDeleted == 1 && report.pausedContactsDeleted == 1)
        #expect(try await core.dump("contacts").isEmpty)
    }

    @Test("Codes that ended, however they did, and counts of refused ones are deleted in their time")
    func codes() async throws {
        let core = try Core()
        try await core.register(line("a"), line("b"), line("c"))
        for slug in ["a", "a", "b", "c"] { _ = try await core.communities.invite(slug, expiry: .usual) }
        try await core.pool.withConnection {
            try await $0.script(
                """
                UPDATE one_time_codes SET expires_at = '2028-03-01';
                UPDATE one_time_codes SET revoked_at = '2026-01-20' WHERE revoked_at IS NOT NULL;
                UPDATE one_time_codes SET used_at = '2026-01-20'
                  WHERE community_id = (SELECT id FROM communities WHERE slug = 'b');
                INSERT INTO code_guesses (hour, guesses) VALUES ('2027-01-18 10:00Z', 3);
                """)
        }
        var report = try await Upkeep(core.database).tick(on: "2027-01-20")
        #expect(report.codesDeleted == 0 && report.guessesDeleted == 1)
        report = try await Upkeep(core.database).tick(on: "2027-01-21")
        #expect(report.codesDeleted == 2 && report.guessesDeleted == 0)
        #expect(try await core.dump("one_time_codes").split(separator: "\n").count == 2)
    }
}
