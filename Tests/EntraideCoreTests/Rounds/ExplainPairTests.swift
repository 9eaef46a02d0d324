import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Explaining a round", .core)
struct ExplainPairTests {
    /// The explanation as its record's text: reason, then detail.
    private func explain(
        _ core: Core, _ receiver: String, _ provider: String?
    ) async throws -> [(reason: String, detail: String)] {
        try await core.rounds.explain("r", receiver: receiver, provider: provider).map { entry in
            let record = entry.record(round: "r", receiver: receiver)
            #expect(record.round == "r" && record.community == receiver && record.role == "receiver")
            return (record.reason ?? "matched", record.detail ?? "")
        }
    }

    private func world(_ core: Core) async throws {
        try await core.register(
            line("needy", needs: ["video:3", "couture"]), line("giver", offers: ["video:4"]),
            line("other", needs: ["video:1"]), line("far", offers: ["mecenat"]),
            line("asleep", offers: ["couture"]),
            line("english", offers: ["couture"], #""languages":["en"]"#))
        try await core.communities.pause("asleep")
        try await core.run("r")
    }

    @Test("A match is explained by its number, and its score factor by factor as it is stored")
    func matched() async throws {
        let core = try Core()
        try await world(core)
        let match = try #require(try await core.allMatches("r").first)
        #expect((match.provider, match.receiver) == ("giver", "needy"))
        let parts = try await core.matches.reasons(match.match, for: .coordinator)
        let entry = try #require(try await explain(core, "needy", "giver").first)
        #expect(entry.reason == "matched")
        #expect(
            entry.detail
                == "provider=giver need=video offer=video match=r/1 score=\(match.score) "
                + parts.map { "\($0.factor)=\($0.points)" }.joined(separator: " "))
    }

    @Test(
        "A pair that is no match is explained by what stood in its way",
        arguments: [
            ("other", "giver", "offer_full"), ("needy", "far", "no_offer"), ("needy", "needy", "itself"),
            ("needy", "asleep", "paused"), ("asleep", "giver", "paused"),
            ("needy", "english", "no_shared_language"),
            ("giver", "needy", "no_offer"),
        ])
    func notMatched(receiver: String, provider: String, reason: String) async throws {
        let core = try Core()
        try await world(core)
        #expect(try await explain(core, receiver, provider).map(\.reason) == [reason])
    }

    @Test("Without a provider, each need is explained; later changes of profiles change no answer")
    func needs() async throws {
        let core = try Core()
        try await world(core)
        let before = try await explain(core, "needy", nil)
        #expect(before.map(\.reason) == ["no_shared_language", "matched"])
        #expect(before[0].detail.contains("provider=english need=couture"))
        #expect(try await explain(core, "far", nil).isEmpty)
        _ = try await core.communities.update("english", by: .itself) { $0.community.languages = ["fr"] }
        try await core.communities.removeNeed("video", from: "needy")
        _ = try await core.communities.resume("asleep")
        let after = try await explain(core, "needy", nil)
        #expect(after.map(\.reason) == before.map(\.reason) && after.map(\.detail) == before.map(\.detail))
        try await core.register(line("newcomer"))
        for (receiver, provider, code) in [
            ("newcomer", nil, ErrorCode.notInRound), ("needy", "newcomer", .notInRound),
            ("needy", "nobody", .unknownCommunity), ("nobody", nil, .unknownCommunity),
        ] {
            let error = await refusal {
                try await core.rounds.explain("r", receiver: receiver, provider: provider)
            }
            #expect(error?.code == code && code.exitStatus == 66)
        }
        #expect(
            await refusal { try await core.rounds.explain("zz", receiver: "a", provider: nil) }?.code
                == .unknownRound)
    }

    @Test(
        "A community without any match is told the nearest change, on the need that it is for, from what was frozen"
    )
    func nearestChange() async throws {
        let core = try Core()
        try await core.register(
            line("lonely", needs: ["couture", "video"], #""modes":["on-site"]"#),
            line("giver", offers: ["video:3"]), line("elsewhere", needs: ["mecenat"]))
        try await core.run("r")
        let told = try await explain(core, "lonely", nil)
        #expect(told.map(\.reason) == ["no_offer", "too_far"])
        #expect(!told[0].detail.contains("change="))
        #expect(
            told[1].detail.hasSuffix(
                "change=accept-remote with=giver/video gain=1150000 room=yes"), "\(told[1].detail)")
        let nobody = try await explain(core, "elsewhere", nil)
        #expect(nobody.map(\.detail) == ["need=mecenat change=nobody-offers skill=mecenat"])
        #expect(try await explain(core, "lonely", "giver").allSatisfy { !$0.detail.contains("change=") })
    }

    @Test("Nothing is explained from a result whose proof does not hold")
    func altered() async throws {
        let core = try Core()
        try await world(core)
        try await core.pool.execute("UPDATE round_prices SET price = price + 1 WHERE kind = 'provider'")
        #expect(
            await refusal { try await core.rounds.explain("r", receiver: "needy", provider: nil) }?.code
                == .notProven)
    }
}
