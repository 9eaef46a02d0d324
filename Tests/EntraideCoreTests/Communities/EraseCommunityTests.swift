import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Erasing a community", .core)
struct EraseCommunityTests {
    /// Nothing else in the database holds these letters.
    private static let canaries = ["canari", "Canari", "zinzolin"]

    private func canary(_ more: String = "") -> String {
        #"{"community":"canari","name":"Canari zinzolin","kind":"fablab","contact":"canari@zinzolin.example","#
            + #""source_id":"mednum:zinzolin-1","consent":{"matching":true,"publication":true},"#
            + #""offers":[{"skill":"couture"}],"needs":[{"skill":"video"}]\#(more)}"#
    }

    /// A published round where the canary gives and receives, one where it is absent, and a child that names it.
    private func world(_ core: Core, mutual: Mutual = .off) async throws {
        try await core.register(
            canary(), line("a", offers: ["video"], needs: ["couture"], #""visibility":"public""#),
            line("b", offers: ["redaction"], #""parent":"canari""#))
        let networks = Networks(core.database)
        try await networks.add("nord", name: "Nord")
        try await networks.join(Membership(community: "canari", network: "nord"))
        try await core.rounds.create("r", title: "R", mutual: mutual)
        try await core.rounds.open("r")
        _ = try await core.rounds.run("r", on: Core.day)
        try await core.rounds.publish("r")
        try await core.communities.pause("canari")
        try await core.run("later")
    }

    private func expectNoCanary(_ core: Core) async throws {
        for (table, text) in try await core.snapshot() {
            for canary in Self.canaries { #expect(!text.contains(canary), "\(table)") }
        }
    }

    @Test("Nothing of it is left in any table, and its rounds still verify", arguments: Mutual.allCases)
    func nothingLeft(mutual: Mutual) async throws {
        let core = try Core()
        try await world(core, mutual: mutual)
        #expect(try await core.allMatches("r").count == 2)
        let report = try await core.communities.erase("canari")
        // The child's line counts in both rounds, the canary's own as a profile in one and as absent in the other, and
        // the meetings of the first are frozen in the second.
        #expect(report.rounds == 2 && report.matches == 2)
        try await expectNoCanary(core)
        for round in ["r", "later"] {
            let found = try await core.rounds.verify(round)
            #expect(found.holds, "\(found.checks.filter { !$0.holds })")
            let digest = found.checks.first { $0.name == "input-digest" }
            #expect(
                digest?.detail?.hasPrefix("erased=") == true
                    && digest?.detail?.hasSuffix("checkable=no") == true)
            #expect(found.checks.contains { $0.name == "certificate" && $0.holds })
        }
        #expect(
            await refusal { try await core.communities.erase("canari") }
                == EntraideError(.unknownCommunity, ["community": "canari"]))
    }

    @Test("The other side keeps its matches, erased and without the side that left; others see none")
    func otherSide() async throws {
        let core = try Core()
        try await world(core)
        try await core.communities.erase("canari")
        let matches = try await core.allMatches("r")
        #expect(matches.map(\.status) == ["erased", "erased"])
        #expect(matches.allSatisfy { ($0.provider ?? $0.receiver) == "a" && $0.distanceKm == nil })
        #expect(try await core.matches.list(MatchFilter(), for: .partner).records.count == 2)
        #expect(try await core.matches.list(MatchFilter(), for: .anyone).records.isEmpty)
        #expect(
            await refusal {
                try await core.matches.reasons(MatchName(round: "r", number: 1), for: .coordinator)
            }?
            .code == .reasonsNotShown)
        #expect(
            await refusal { try await core.rounds.explain("r", receiver: "a", provider: nil) }?.code
                == .inputErased)
        #expect(try await core.rounds.participants("r", on: Core.day).map(\.community) == ["a", "b"])
        // What comes after goes on without it.
        try await core.run("next")
        #expect(try await core.rounds.verify("next").holds)
    }

    @Test("What a round lost otherwise than by an erasure is still found")
    func altered() async throws {
        let core = try Core()
        try await world(core)
        try await core.communities.erase("canari")
        for (sql, check) in [
            ("UPDATE round_inputs SET line = replace(line, '3', '2') WHERE subject = 'a'", "frozen-line"),
            ("UPDATE round_prices SET price = price + 1000000 WHERE kind = 'offer'", "certificate"),
            ("UPDATE matches SET candidate = candidate + 1 WHERE number = 1", "result-digest"),
        ] {
            try await core.pool.withConnection { try await $0.script(sql) }
            let found = try await core.rounds.verify("r")
            #expect(found.checks.contains { $0.name == check && !$0.holds }, "\(sql)")
        }
    }

    @Test("No file brings it back; it comes back by its own word")
    func staysAway() async throws {
        let core = try Core()
        try await world(core)
        try await core.communities.erase("canari")
        let profiles = try await core.load([canary()])
        #expect(profiles.refused.map(\.error.code) == [.erasedBefore] && profiles.added == 0)
        var options = TableImportOptions()
        options.source = "mednum"
        let places = try await core.table(
            "id,nom\nzinzolin-1,Un autre nom\nzinzolin-2,Autre lieu\n", options)
        #expect(places.refused.map(\.error.code) == [.erasedBefore] && places.added == 1)
        try await core.register(canary())
        #expect(try await core.communities.show("canari", for: .coordinator).name == "Canari zinzolin")
    }

    @Test("A rehearsed erasure tells what it would touch and touches nothing")
    func rehearsed() async throws {
        let core = try Core()
        try await world(core)
        let before = try await core.snapshot()
        let report = try await Communities(core.database, dryRun: true).erase("canari")
        #expect(report.matches == 2)
        #expect(try await core.snapshot() == before)
    }

    @Test(
        "What is held on a community is told to it, whole, and that it was told is noted without what it said"
    )
    func held() async throws {
        let core = try Core()
        try await world(core)
        let lines = try await core.communities.held(on: "canari")
        func count(_ what: String) -> Int { lines.count { $0.hasPrefix(#"{"held":"\#(what)","#) } }
        #expect(count("profile") == 1 && count("consent") == 2 && count("source") == 1)
        #expect(count("membership") == 1 && count("match") == 2 && count("frozen-input") >= 2)
        #expect(lines[0].contains("canari@zinzolin.example"))
        // Registered, paused, in a network.
        #expect(count("audit") == 3)
        let again = try await core.communities.held(on: "canari")
        #expect(again.count == lines.count + 1)
        let audit = try await core.dump("audit")
        #expect(audit.contains("community.export") && !audit.contains("zinzolin"))
        #expect(await refusal { try await core.communities.held(on: "zz") }?.code == .unknownCommunity)
    }
}
