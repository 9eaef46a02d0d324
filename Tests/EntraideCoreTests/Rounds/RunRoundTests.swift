import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Running rounds", .core)
struct RunRoundTests {
    private func matched(_ core: Core, _ round: String) async throws -> [String] {
        try await core.allMatches(round).map {
            "\($0.provider ?? "-") \($0.receiver ?? "-") \($0.need ?? "-")"
        }
    }

    private func reasons(_ core: Core, _ round: String, on day: String = Core.day) async throws -> [String] {
        try await core.rounds.participants(round, on: day).map {
            "\($0.community) \($0.reason ?? "takes part")"
        }
    }

    @Test(
        "A run stores a result that adds up: reasons to scores, scores to the round's, bonuses to the objective"
    )
    func addsUp() async throws {
        let core = try Core()
        try await core.register(
            line("a", needs: ["video:3", "couture", "redaction:1"]),
            line("b", offers: ["video:4", "couture:2"]),
            line("c", offers: ["redaction"], needs: ["video"]), line("d", needs: ["video"]))
        let report = try await core.run("r")
        let summary = try #require(report.round.result)
        let found = try await core.allMatches("r")
        #expect(found.count == summary.matches && found.count == 3)
        #expect(found.map(\.match.number) == [1, 2, 3])
        #expect(found.allSatisfy { $0.status == "proposed" })
        for match in found {
            let parts = try await core.matches.reasons(match.match, for: .coordinator)
            #expect(parts.map(\.factor) == Factor.allCases.map(\.rawValue))
            #expect(parts.reduce(0) { $0 + $1.points } == match.score)
            #expect(parts.reduce(0) { $0 + $1.weight } == 1_000_000)
            for part in parts { #expect(part.points == part.weight * part.value / 1_000_000) }
        }
        #expect(found.reduce(0) { $0 + $1.score } == summary.score)
        // Three matches: of one receiver the first and second, or of two receivers.
        #expect(summary.bound == summary.objective && summary.objective > summary.score)
        #expect(
            report.participants == 4 && report.needs == 5 && report.needsServed == 3 && report.absentees == 0)
        #expect(summary.on == Core.day && summary.runAt != nil)
        let certificate = try await core.rounds.certificate("r", for: .coordinator)
        #expect(certificate.gap == 0 && certificate.candidates == summary.candidates)
        #expect(try await core.rounds.verify("r").holds)
    }

    @Test("A run tells how many communities are helped, and what fairness cost beside the best score alone")
    func fairness() async throws {
        let core = try Core()
        try await core.register(
            line("a", needs: ["video:3", "couture:3"]), line("d", needs: ["video:1"]),
            line("b", offers: ["video:3"]), line("c", offers: ["couture:3"]))
        let report = try await core.run("r")
        let score = try #require(report.round.result?.score)
        let plain = try #require(report.plain)
        #expect(report.served == 2 && report.mostServed == nil)
        #expect(plain.served == 1 && plain.matches == 2 && plain.score > score)
        #expect(report.fairnessCost == (plain.score - score) * 1_000_000 / plain.score)
    }

    @Test("Coverage first is kept by the round, frozen with its run, proven, and verified")
    func coverage() async throws {
        let core = try Core()
        try await core.register(
            line("a", needs: ["video:3", "couture:3"]), line("d", needs: ["video:1"]),
            line("b", offers: ["video:3"]), line("c", offers: ["couture:3"]))
        try await core.rounds.create("r", title: "R", coverage: .first)
        try await core.rounds.create("s", title: "S", coverage: .bonus)
        for slug in ["r", "s"] { try await core.rounds.open(slug) }
        let first = try await core.rounds.run("r", on: Core.day)
        let bonus = try await core.rounds.run("s", on: Core.day)
        #expect(first.served == 2 && first.mostServed == 2 && bonus.mostServed == nil)
        let summary = try #require(first.round.result)
        #expect(summary.objective == summary.score + 2 * 10_000_000)
        let frozen = try await core.column(
            """
            SELECT r.slug || ' ' || i.line AS x FROM round_inputs AS i JOIN rounds AS r ON r.id = i.round_id
            WHERE i.kind = 'parameter' AND i.subject = 'coverage'
            """)
        #expect(frozen == ["r coverage=1"])
        for slug in ["r", "s"] { #expect(try await core.rounds.verify(slug).holds) }
        // Read back from the store, it is the same round.
        #expect(try await core.rounds.show("r", for: .coordinator) == first.round)
        for altered in ["coverage", "coverage=7", "flour=1"] {
            try await core.pool.execute("UPDATE rounds SET parameters = ARRAY[\(altered)] WHERE slug = 's'")
            #expect(
                await refusal { try await core.rounds.run("s", on: Core.day) }?.code == .internalFailure,
                "\(altered)")
        }
    }

    @Test("Mutual help is kept by the round, frozen, stored ring by ring, explained, and verified")
    func mutualHelp() async throws {
        let core = try Core()
        try await core.mutualProfiles()
        for mutual in Mutual.allCases {
            try await core.rounds.create(mutual.rawValue, title: "R", mutual: mutual, mutualBonus: 150_000)
            try await core.rounds.open(mutual.rawValue)
        }
        let off = try await core.rounds.run("off", on: Core.day)
        #expect(off.mutual == nil && off.mutualCost == nil)
        let pairs = try await core.rounds.run("pairs", on: Core.day)
        #expect(pairs.mutual?.pairs == 1 && pairs.mutual?.threes == 0)
        let report = try await core.rounds.run("rings", on: Core.day)
        #expect(report.mutual?.pairs == 1 && report.mutual?.threes == 1)
        let summary = try #require(report.round.result)
        #expect(summary.pairs == 1 && summary.rings == 1 && summary.scope == .market && summary.listed == nil)
        let first = try #require(off.round.result)
        #expect(summary.objective == first.objective - (first.score - summary.score) + 2 * 150_000)

        let certificate = try await core.rounds.certificate("rings", for: .coordinator)
        #expect(certificate.pairs == 1 && certificate.rings == 1 && certificate.scope == "market")
        let rings = try await core.allMatches("rings").map { "\($0.provider ?? "-") \($0.ring ?? "-")" }
            .sorted()
        #expect(
            rings == [
                "a rings/ring-1", "b rings/ring-1", "c rings/ring-2", "d rings/ring-2", "e rings/ring-2",
            ])
        let told = try await core.rounds.explain("rings", receiver: "d", provider: "c")
        #expect(told.first?.ring?.communities == ["c", "d", "e"])
        #expect(
            told.first?.record(round: "rings", receiver: "d").detail?.hasSuffix(
                " ring=rings/ring-2 circle=c,d,e") == true)
        for mutual in Mutual.allCases {
            let found = try await core.rounds.verify(mutual.rawValue)
            #expect(found.holds, "\(found.checks.filter { !$0.holds })")
        }
        #expect(try await core.rounds.show("rings", for: .coordinator) == report.round)
        #expect(
            await refusal { try await core.rounds.create("x", title: "X", mutual: .pairs, mutualBonus: -1) }?
                .code == .outOfRange)
    }

    @Test(
        "A need stands through its date and an offer through its last day, by the date that the run is given")
    func expiry() async throws {
        let core = try Core()
        let profiles = [
            #"{"community":"needy","name":"N","kind":"fablab","consent":{"matching":true},"needs":[{"skill":"video","needed_by":"2027-03-10"}]}"#,
            #"{"community":"giver","name":"G","kind":"fablab","consent":{"matching":true},"offers":[{"skill":"video","until":"2027-03-20"}],"needs":[{"skill":"couture"}]}"#,
            #"{"community":"late","name":"L","kind":"fablab","consent":{"matching":true},"needs":[{"skill":"video","needed_by":"2027-12-31"}]}"#,
        ]
        try await core.register(profiles)
        try await core.rounds.create("r", title: "R")
        try await core.rounds.open("r")
        for (day, expected) in [
            ("2027-03-10", ["giver late video", "giver needy video"]), ("2027-03-11", ["giver late video"]),
            ("2027-03-20", ["giver late video"]), ("2027-03-21", []),
        ] {
            // One offer of capacity 1 serves one of the two.
            let report = try await core.rounds.run("r", on: day)
            let found = try await matched(core, "r")
            #expect(found.count == min(1, expected.count))
            #expect(found.allSatisfy(expected.contains), "\(day)")
            #expect(report.round.result?.on == day)
            #expect(report.needs == 1 + (day <= "2027-03-10" ? 2 : 1))
        }
        #expect(await refusal { try await core.rounds.run("r", on: "2027-02-30") }?.code == .badDate)
    }

    @Test("Who takes part and who does not is told before the run and frozen by it")
    func participants() async throws {
        let core = try Core()
        try await core.register(
            line("active", needs: ["video"]), line("asleep"), line("silent", #""consent":{}"#),
            line("refusing", #""consent":{"matching":false}"#))
        try await core.communities.pause("asleep")
        _ = try await core.table("nom,adresse\nMairie,1 rue\n")
        try await core.register([line("old")], on: "2026-01-15")
        try await core.register([line("aging")], on: "2026-01-16")
        try await core.rounds.create("r", title: "R")
        // 2027-01-15 is 365 days after 2026-01-15.
        let onDay = [
            "active takes part", "aging takes part", "asleep paused", "mairie unconfirmed", "old takes part",
            "refusing no_consent", "silent no_consent",
        ]
        #expect(try await reasons(core, "r") == onDay)
        let later = onDay.map { $0 == "old takes part" ? "old stale" : $0 }
        #expect(try await reasons(core, "r", on: "2027-01-16") == later)
        try await core.rounds.open("r")
        let report = try await core.rounds.run("r", on: "2027-01-16")
        #expect((report.participants, report.absentees) == (2, 5))
        _ = try await core.communities.resume("asleep")
        _ = try await core.communities.confirm("old", by: .onBehalf(through: .phone), on: "2027-01-16")
        try await core.register(line("newcomer"))
        #expect(try await reasons(core, "r", on: "2030-01-01") == later)
        #expect(await refusal { try await reasons(core, "zz") }?.code == .unknownRound)
    }

    @Test("A round of nobody, or with nothing to match, is a round all the same")
    func empty() async throws {
        let core = try Core()
        let nobody = try await core.run("nobody")
        #expect(nobody.round.status == .proposed && nobody.round.result?.matches == 0)
        #expect(try await core.rounds.verify("nobody").holds)
        try await core.register(line("a", needs: ["video"]))
        let alone = try await core.run("alone")
        #expect((alone.participants, alone.needsServed) == (1, 0))
        #expect(try await core.rounds.verify("alone").holds)
    }

    @Test("A second run replaces the whole of the first")
    func again() async throws {
        let core = try Core()
        try await core.register(
            line("a", needs: ["video", "couture"]), line("b", offers: ["video", "couture"]))
        let first = try await core.run("r").round
        #expect(try await matched(core, "r") == ["b a couture", "b a video"])
        _ = try await core.communities.update("b", by: .itself) { $0.offers = [] }
        try await core.register(line("c", offers: ["couture:4"]))
        let second = try await core.rounds.run("r", on: "2027-01-20").round
        #expect(second.epoch == first.epoch + 1 && second.status == .proposed)
        #expect(try await matched(core, "r") == ["c a couture"])
        #expect(second.result?.inputDigest != first.result?.inputDigest)
        #expect(second.result?.resultDigest != first.result?.resultDigest)
        #expect(try await core.rounds.verify("r").holds)
        // Nothing of the first run is left beside the second.
        try await core.rounds.create("s", title: "S")
        try await core.rounds.open("s")
        _ = try await core.rounds.run("s", on: "2027-01-20")
        for table in ["round_inputs", "round_instances", "round_prices", "matches", "match_reasons"] {
            let counts = try await core.column(
                """
                SELECT count(t.round_id)::text AS x FROM rounds AS r LEFT JOIN \(unsafeSQL: table) AS t
                ON t.round_id = r.id GROUP BY r.id
                """)
            #expect(Set(counts).count == 1 && counts.count == 2, "\(table) \(counts)")
        }
    }

    @Test("A rehearsed run tells its result and leaves the round open")
    func dryRun() async throws {
        let core = try Core()
        try await core.register(line("a", needs: ["video"]), line("b", offers: ["video"]))
        try await core.rounds.create("r", title: "R")
        try await core.rounds.open("r")
        let before = try await core.snapshot()
        let report = try await Rounds(core.database, dryRun: true).run("r", on: Core.day)
        #expect(report.round.status == .proposed && report.round.result?.matches == 1)
        #expect(try await core.snapshot() == before)
    }

    @Test(
        "Who asked in published rounds and received nothing has waited, until a match comes; a withdrawn one does not count"
    )
    func waiting() async throws {
        let core = try Core()
        try await core.register(
            line("a", needs: ["video:3"]), line("b", offers: ["video"]), line("z", needs: ["video:1"]))
        func waited(_ slug: String) async throws -> [String] {
            try await core.column(
                """
                SELECT i.subject || ' ' || (i.line::jsonb ->> 'waiting') AS x FROM round_inputs AS i
                JOIN rounds AS r ON r.id = i.round_id WHERE r.slug = \(slug) AND i.kind = 'profile' ORDER BY 1
                """)
        }
        try await core.run("r1")
        #expect(try await matched(core, "r1") == ["b a video"])
        try await core.run("unpublished")
        #expect(try await waited("unpublished") == ["a 0", "b 0", "z 0"])
        try await core.rounds.publish("r1")
        try await core.run("r2")
        #expect(try await waited("r2") == ["a 0", "b 0", "z 1"])
        // z waited a third of what counts as long.
        #expect(try await matched(core, "r2") == ["b z video"])
        let reasons = try await core.matches.reasons(MatchName(round: "r2", number: 1), for: .coordinator)
        #expect(reasons.first { $0.factor == "waiting" }?.value == 333_333)
        // b is away, so that nobody receives; a took part again, z as well.
        try await core.communities.pause("b")
        for slug in ["r3", "r4"] {
            try await core.run(slug)
            try await core.rounds.publish(slug)
        }
        try await core.run("r5")
        #expect(try await waited("r5") == ["a 2", "z 3"])
        try await core.rounds.withdraw("r4")
        try await core.rounds.publish("r2")
        try await core.run("r6")
        // The last one published is r2, in which z received.
        #expect(try await waited("r6") == ["a 2", "z 0"])
        #expect(try await core.rounds.verify("r6").holds)
    }

    @Test(
        "What a published round proposed is not proposed again; a draft, a withdrawn or a cancelled one does not count"
    )
    func history() async throws {
        let core = try Core()
        try await core.register(line("a", needs: ["video"]), line("b", offers: ["video"]))
        try await core.run("first")
        try await core.run("beside")
        #expect(try await matched(core, "beside") == ["b a video"])
        try await core.rounds.publish("first")
        try await core.rounds.withdraw("first")
        try await core.run("after-withdrawal")
        #expect(try await matched(core, "after-withdrawal") == ["b a video"])
        try await core.rounds.publish("first")
        try await core.rounds.publish("beside")
        try await core.rounds.cancel("beside", evenPublished: true)
        try await core.run("second")
        #expect(try await matched(core, "second") == [])
        let entries = try await core.rounds.explain("second", receiver: "a", provider: "b")
        guard case .notMatched(let reason, let detail) = entries.first?.outcome else {
            Issue.record("no reason")
            return
        }
        #expect(reason == .repeat && detail.map(\.description) == ["rounds_ago=1"])
        // The help is free again once as many rounds as the repeat spans have been published since.
        for number in 1...3 {
            try await core.run("between-\(number)")
            try await core.rounds.publish("between-\(number)")
        }
        try await core.run("fourth")
        #expect(try await matched(core, "fourth") == ["b a video"])
        // A round that was run does not meet itself when it is run again.
        _ = try await core.rounds.run("fourth", on: Core.day)
        #expect(try await matched(core, "fourth") == ["b a video"])
        #expect(try await core.rounds.verify("second").holds)
    }

    @Test(
        "Rounds are listed in the order in which they were made; others than the coordinator see published ones"
    )
    func lists() async throws {
        let core = try Core()
        for slug in ["zulu", "alpha"] { try await core.run(slug) }
        try await core.rounds.create("mike", title: "M")
        #expect(try await core.rounds.list(for: .coordinator).map(\.slug) == ["zulu", "alpha", "mike"])
        #expect(try await core.rounds.list(for: .anyone) == [])
        try await core.rounds.publish("alpha")
        for audience in [Audience.partner, .anyone] {
            #expect(try await core.rounds.list(for: audience).map(\.slug) == ["alpha"])
            #expect(
                await refusal { try await core.rounds.show("zulu", for: audience) }
                    == EntraideError(.unknownRound, ["round": "zulu"]))
            #expect(
                await refusal { try await core.rounds.certificate("zulu", for: audience) }?.code
                    == .unknownRound)
        }
        #expect(
            await refusal { try await core.rounds.certificate("mike", for: .coordinator) }
                == EntraideError(.roundNotRun, ["round": "mike"]))
        #expect(await refusal { try await core.rounds.verify("mike") }?.code == .roundNotRun)
        #expect(
            await refusal { try await core.rounds.explain("mike", receiver: "a", provider: nil) }?.code
                == .roundNotRun)
    }
}
