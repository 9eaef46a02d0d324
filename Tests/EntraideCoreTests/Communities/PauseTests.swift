import EntraideCore
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("Pauses, and what rests", .core)
struct PauseTests {
    private func pair(_ core: Core) async throws {
        try await core.register(
            line("a", offers: ["video"], needs: ["couture"]), line("b", offers: ["couture"], needs: ["video"])
        )
    }

    private func status(_ core: Core, _ slug: String) async throws -> String? {
        try await core.communities.show(slug, for: .coordinator).status
    }

    private func rests(_ core: Core, on day: String = Core.day) async throws -> [RestRecord] {
        try await core.communities.resting(CommunityFilter(), on: day).map(\.record)
    }

    @Test("A pause lasts through its last day; tick ends it the day after, once, and says so")
    func untilADay() async throws {
        let core = try Core()
        try await pair(core)
        try await core.communities.pause("a", until: "2027-02-01", reason: .season, on: Core.day)
        #expect(try await Upkeep(core.database).tick(on: "2027-02-01").pausesEnded == 0)
        #expect(try await status(core, "a") == "paused")
        #expect(try await Upkeep(core.database, dryRun: true).tick(on: "2027-02-02").pausesEnded == 1)
        #expect(try await status(core, "a") == "paused")
        #expect(try await Upkeep(core.database).tick(on: "2027-02-02").pausesEnded == 1)
        #expect(try await status(core, "a") == "active")
        #expect(try await core.dump("pauses").isEmpty)
        #expect(try await core.dump("audit").contains("by=tick"))
        #expect(try await Upkeep(core.database).tick(on: "2027-02-02") == TickReport())
    }

    @Test("A round counts a pause that is over as ended, whether or not tick ran")
    func withoutTick() async throws {
        let core = try Core()
        try await pair(core)
        try await core.communities.pause("a", until: "2027-02-01", on: Core.day)
        #expect(try await core.run("during", on: "2027-02-01").participants == 1)
        #expect(try await core.run("after", on: "2027-02-02").participants == 2)
        try await Upkeep(core.database).tick(on: "2027-02-02")
        try await core.run("ticked", on: "2027-02-02")
        let digests = try await core.column("SELECT input_digest AS x FROM rounds WHERE slug <> 'during'")
        #expect(digests.count == 2 && Set(digests).count == 1)
        #expect(try await rests(core, on: "2027-02-02").isEmpty)
    }

    @Test("Resuming works before the date; pausing again replaces what was said; a past date is refused")
    func resume() async throws {
        let core = try Core()
        try await pair(core)
        try await core.communities.pause("a", until: "2027-02-01", reason: .moving, on: Core.day)
        try await core.communities.pause("a", on: "2027-01-20")
        let pause = try await core.communities.profile("a").pause
        #expect(pause == Pause(since: Core.day, until: nil, reason: nil))
        #expect(try await Upkeep(core.database).tick(on: "2030-01-01").pausesEnded == 0)
        #expect(try await core.communities.resume("a") == .active)
        #expect(try await core.dump("pauses").isEmpty)
        let before = try await core.snapshot()
        let refused = await refusal {
            try await core.communities.pause("a", until: "2027-01-14", on: Core.day)
        }
        #expect(refused?.code == .pastDate)
        #expect(try await core.snapshot() == before)
    }

    @Test("What rests is told reason by reason, with the command that would wake it")
    func reasons() async throws {
        let core = try Core()
        let yes = #""consent":{"matching":true}"#
        try await core.register(
            line("active", offers: ["video"], needs: ["couture"]), line("old", offers: ["video"]),
            line("empty"), line("mute", offers: ["video"], #""consent":{}"#),
            line("no", offers: ["video"], #""consent":{"matching":false}"#), line("paused", needs: ["video"]),
            line("closed", needs: ["video", "couture"]),
            #"{"community":"ended","name":"E","kind":"fablab",\#(yes),"offers":[{"skill":"video","until":"2027-01-14"}]}"#,
            #"{"community":"late","name":"L","kind":"fablab",\#(yes),"needs":[{"skill":"video","needed_by":"2027-01-10"}]}"#,
            line("new", offers: ["video"], #""consent":{}"#))
        try await core.communities.pause("paused", until: "2027-03-01", reason: .people, on: Core.day)
        for skill in ["video", "couture"] { try await core.communities.closeNeed(skill, of: "closed") }
        try await core.pool.withConnection {
            try await $0.script(
                """
                UPDATE communities SET status = 'unconfirmed', confirmed_on = NULL WHERE slug = 'new';
                UPDATE communities SET confirmed_on = '2026-01-01' WHERE slug = 'old';
                UPDATE needs SET closed_at = '2027-01-02Z' WHERE closed_at IS NOT NULL
                """)
        }
        let told = try await rests(core).map {
            "\($0.community) \($0.reason) \($0.on ?? "-") \($0.wake ?? "-")"
        }
        let said = try await core.column(
            "SELECT to_char(given_at, 'YYYY-MM-DD') AS x FROM consents AS k JOIN communities AS c ON c.id = k.community_id WHERE c.slug = 'no'"
        ).joined()
        #expect(
            told == [
                "closed needs_over 2027-01-02 entraide need add closed couture",
                "empty empty - entraide need add empty SKILL",
                "ended offers_over 2027-01-14 entraide offer add ended video",
                "late needs_over 2027-01-10 entraide need add late video",
                "mute no_consent - entraide community confirm mute --on-behalf --channel CHANNEL",
                "new unconfirmed - entraide community invite new",
                "no no_consent \(said) -",
                "old stale 2026-01-01 entraide community confirm old --on-behalf --channel CHANNEL",
                "paused paused 2027-03-01 entraide community resume paused",
            ], "\(told)")
        let report = try await StatusReport.of(core.database, on: Core.day)
        #expect(report.resting == 9)
        #expect(report.entries.first { $0.key == "resting.needs_over" }?.value == "2")
        // Each command does what it says.
        _ = try await core.communities.confirm("old", by: .onBehalf(through: .phone), on: Core.day)
        _ = try await core.communities.confirm("new", by: .onBehalf(through: .phone), on: Core.day)
        _ = try await core.communities.confirm("mute", by: .onBehalf(through: .phone), on: Core.day)
        _ = try await core.communities.resume("paused")
        let vocabulary = try bundledVocabulary()
        let video = try Need(spec: "video", vocabulary: vocabulary, field: "NEED")
        for slug in ["closed", "late", "empty"] {
            try await core.communities.add(video, to: slug, on: Core.day)
        }
        try await core.communities.add(
            try Offer(spec: "video", vocabulary: vocabulary, field: "OFFER"), to: "ended", on: Core.day)
        #expect(try await rests(core).map(\.community) == ["no"])
    }

    @Test("A list of what rests comes in pages, each community once")
    func pages() async throws {
        let core = try Core()
        try await core.register((0..<7).map { line("c\($0)") })
        var seen: [String] = []
        while true {
            let page = try await core.communities.resting(
                CommunityFilter(), on: Core.day, after: seen.last, limit: 3)
            if page.isEmpty { break }
            seen += page.map(\.community)
        }
        #expect(seen == (0..<7).map { "c\($0)" })
    }
}
