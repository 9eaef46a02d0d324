import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Reading matches", .core)
struct MatchesTests {
    private static let visibilities = ["public", "partners", "private"]
    /// Nine skills of as many families, one for each pair of a provider and a receiver.
    private static let skills = [
        "couture", "soudure-metal", "reparation-velos", "lecture-ecriture", "auto-hebergement", "site-web",
        "cartographie-osm", "podcast-radio", "redaction",
    ]

    /// Round `r`, proposed: each of three providers helps each of three receivers, of every visibility.
    private func world(_ core: Core) async throws {
        for (i, visibility) in Self.visibilities.enumerated() {
            let give = Array(Self.skills[(3 * i)..<(3 * i + 3)])
            let need = (0..<3).map { Self.skills[3 * $0 + i] }
            try await core.register(
                line("gives-\(visibility)", offers: give, #""visibility":"\#(visibility)""#),
                line("needs-\(visibility)", needs: need, #""visibility":"\#(visibility)","receive":3"#))
        }
        try await core.run("r")
        #expect(try await core.allMatches("r").count == 9)
    }

    private func list(
        _ core: Core, for audience: Audience, _ change: (inout MatchFilter) -> Void = { _ in }
    ) async throws -> [String] {
        var filter = MatchFilter()
        change(&filter)
        return try await core.matches.list(filter, for: audience).records.map {
            "\($0.provider ?? "-") \($0.receiver ?? "-")"
        }.sorted()
    }

    @Test("The ring of a match is shown only with both of its sides")
    func ring() async throws {
        let core = try Core()
        try await world(core)
        try await core.pool.execute("UPDATE matches SET ring = 1")
        try await core.rounds.publish("r")
        for (audience, shown) in [(Audience.coordinator, 9), (.partner, 4), (.anyone, 1)] {
            let records = try await core.matches.list(MatchFilter(), for: audience).records
            #expect(records.count { $0.ring == "r/ring-1" } == shown, "\(audience)")
            #expect(records.allSatisfy { ($0.ring != nil) == ($0.provider != nil && $0.receiver != nil) })
        }
    }

    @Test("A proposed round's matches are the coordinator's alone")
    func proposed() async throws {
        let core = try Core()
        try await world(core)
        let name = MatchName(round: "r", number: 1)
        for audience in [Audience.partner, .anyone] {
            #expect(try await list(core, for: audience) == [])
            #expect(
                await refusal { try await core.matches.show(name, for: audience) }
                    == EntraideError(.unknownMatch, ["match": "r/1"]))
            #expect(
                await refusal { try await core.matches.reasons(name, for: audience) }?.code == .unknownMatch)
            #expect(
                await refusal { try await list(core, for: audience) { $0.round = "r" } }?.code
                    == .unknownRound)
        }
        #expect(try await core.matches.show(name, for: .coordinator).match == name)
        for number in [0, -1, 10, Int.max] {
            let absent = MatchName(round: "r", number: number)
            #expect(
                await refusal { try await core.matches.show(absent, for: .coordinator) }?.code
                    == .unknownMatch)
        }
    }

    @Test("Once published, each audience sees the matches and the sides that their visibility allows")
    func visibility() async throws {
        let core = try Core()
        try await world(core)
        try await core.rounds.publish("r")
        #expect(
            try await list(core, for: .coordinator)
                == Self.visibilities.flatMap { g in Self.visibilities.map { "gives-\(g) needs-\($0)" } }
                .sorted())
        #expect(try await list(core, for: .anyone) == ["gives-public needs-public"])
        let partner = try await list(core, for: .partner)
        #expect(
            partner
                == [
                    "- needs-partners", "- needs-public", "gives-partners -", "gives-partners needs-partners",
                    "gives-partners needs-public", "gives-public -", "gives-public needs-partners",
                    "gives-public needs-public",
                ])
        var shown: [Audience: Int] = [:]
        for match in try await core.allMatches("r") {
            for audience in [Audience.coordinator, .partner, .anyone] {
                let error = await refusal { try await core.matches.reasons(match.match, for: audience) }
                // What is shown of a match stays shown; only its reasons are not told.
                let isShown =
                    await refusal { _ = try await core.matches.show(match.match, for: audience) } == nil
                #expect(error == nil || error?.code == (isShown ? .reasonsNotShown : .unknownMatch))
                if error == nil { shown[audience, default: 0] += 1 }
            }
        }
        // Reasons tell of both sides, so both must be shown.
        #expect(shown == [.coordinator: 9, .partner: 4, .anyone: 1])
    }

    @Test(
        "Who withdraws its consent to publication is hidden from the next reading on, and its name finds nothing"
    )
    func withdrawnConsent() async throws {
        let core = try Core()
        try await world(core)
        try await core.rounds.publish("r")
        _ = try await core.communities.update("needs-public", by: .itself) {
            $0.consent[.publication] = false
        }
        #expect(try await list(core, for: .anyone) == [])
        let partner = try await list(core, for: .partner)
        #expect(!partner.contains { $0.contains("needs-public") })
        #expect(partner.filter { $0 == "gives-public -" }.count == 2)
        #expect(try await list(core, for: .coordinator).count == 9)
        for hidden in ["needs-public", "gives-private", "nobody"] {
            for set in [\MatchFilter.community, \.provider, \.receiver]
                as [WritableKeyPath<MatchFilter, String?>]
            {
                #expect(
                    await refusal { try await list(core, for: .partner) { $0[keyPath: set] = hidden } }
                        == EntraideError(.unknownCommunity, ["community": hidden]))
            }
        }
    }

    @Test("A community on pause is still shown in the rounds it took part in")
    func paused() async throws {
        let core = try Core()
        try await world(core)
        try await core.rounds.publish("r")
        try await core.communities.pause("needs-public")
        #expect(try await list(core, for: .anyone) == ["gives-public needs-public"])
    }

    @Test("Each filter keeps what it names")
    func filters() async throws {
        let core = try Core()
        try await world(core)
        try await core.rounds.publish("r")
        #expect(try await list(core, for: .coordinator) { $0.provider = "gives-public" }.count == 3)
        #expect(try await list(core, for: .coordinator) { $0.receiver = "gives-public" } == [])
        #expect(try await list(core, for: .coordinator) { $0.community = "needs-private" }.count == 3)
        #expect(
            try await list(core, for: .coordinator) {
                $0.provider = "gives-public"
                $0.receiver = "needs-private"
            } == ["gives-public needs-private"])
        #expect(
            try await list(core, for: .coordinator) { $0.skill = "couture" } == ["gives-public needs-public"])
        #expect(try await list(core, for: .coordinator) { $0.status = .agreed } == [])
        #expect(try await list(core, for: .coordinator) { $0.status = .proposed }.count == 9)
        #expect(try await list(core, for: .partner) { $0.community = "needs-partners" }.count == 3)
        #expect(
            try await list(core, for: .anyone) { $0.provider = "gives-public" } == [
                "gives-public needs-public"
            ])
        #expect(
            await refusal { try await list(core, for: .coordinator) { $0.skill = "cuture" } }?.code
                == .unknownSkill)
        #expect(
            await refusal { try await list(core, for: .coordinator) { $0.round = "zz" } }?.code
                == .unknownRound)
    }

    @Test(
        "Pages of any size cover all matches once, rounds in the order in which they were made",
        arguments: [1, 2, 4, 9, 18, 50])
    func pages(limit: Int) async throws {
        let core = try Core()
        try await world(core)
        try await core.run("another")
        for round in ["another", "r"] { try await core.rounds.publish(round) }
        for audience in [Audience.coordinator, .partner] {
            var seen: [MatchName] = []
            var cursor: MatchCursor?
            while true {
                let page = try await core.matches.list(
                    MatchFilter(), for: audience, after: cursor, limit: limit)
                #expect(page.records.count <= limit)
                #expect((page.cursor == nil) == page.records.isEmpty)
                if page.records.isEmpty { break }
                seen += page.records.map(\.match)
                cursor = page.cursor
            }
            #expect(seen.count == (audience == .coordinator ? 18 : 16))
            #expect(Set(seen).count == seen.count)
            #expect(
                seen == seen.filter { $0.round == "r" }.sorted()
                    + seen.filter { $0.round == "another" }.sorted())
        }
    }
}
