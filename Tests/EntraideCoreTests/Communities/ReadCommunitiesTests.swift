import EntraideCore
import Lines
import Matching
import PostgresTestSupport
import Testing

@Suite("Listing communities", .core)
struct ReadCommunitiesTests {
    private func slugs(
        _ core: Core, for audience: Audience = .coordinator,
        _ change: (inout CommunityFilter) -> Void = { _ in }
    ) async throws -> [String] {
        var filter = CommunityFilter()
        change(&filter)
        return try await core.communities.list(filter, for: audience).map(\.community)
    }

    @Test("Each filter keeps what it names, and all together keep what all name")
    func filters() async throws {
        let core = try Core()
        try await core.register(
            line("a", offers: ["couture"], needs: ["video"], #""territory":"59183""#),
            line("b", offers: ["video"], needs: ["couture"]), line("c", offers: ["couture"]))
        try await core.communities.pause("c")
        try await core.communities.closeNeed("couture", of: "b")
        #expect(try await slugs(core) == ["a", "b", "c"])
        #expect(try await slugs(core) { $0.offers = "couture" } == ["a", "c"])
        #expect(try await slugs(core) { $0.needs = "video" } == ["a"])
        #expect(try await slugs(core) { $0.needs = "couture" } == [])
        #expect(try await slugs(core) { $0.territory = "59183" } == ["a"])
        #expect(try await slugs(core) { $0.status = .paused } == ["c"])
        #expect(try await slugs(core) { $0.kind = .mediation } == [])
        #expect(
            try await slugs(core) {
                $0.offers = "couture"
                $0.status = .active
            } == ["a"])
        let unknown = await refusal { try await slugs(core) { $0.offers = "cuture" } }
        #expect(unknown?.code == .unknownSkill)
        #expect(unknown?.values["nearest"]?.hasPrefix("couture") == true)
    }

    @Test("Pages cover all communities once, in the order of slugs")
    func pages() async throws {
        let core = try Core()
        let names = (0..<23).map { "c-\($0 * 7 % 23)" }
        try await core.register(names.map { line($0) })
        var seen: [String] = []
        while true {
            let page = try await core.communities.list(
                CommunityFilter(), for: .coordinator, after: seen.last, limit: 5)
            if page.isEmpty { break }
            seen += page.map(\.community)
        }
        #expect(seen == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test("Who sees a community depends on its visibility, its consent to publication and its confirmation")
    func visibility() async throws {
        let core = try Core()
        for visibility in ["public", "partners", "private"] {
            for consent in ["true", "false"] {
                try await core.register(
                    line(
                        "\(visibility)-\(consent)",
                        #""visibility":"\#(visibility)","consent":{"matching":true,"publication":\#(consent)}"#
                    ))
            }
        }
        try await core.register(line("silent", #""visibility":"public","consent":{"matching":true}"#))
        _ = try await core.table("nom,adresse\nMairie,1 rue\n")
        #expect(try await slugs(core).count == 8)
        #expect(try await slugs(core, for: .partner) == ["partners-true", "public-true"])
        #expect(try await slugs(core, for: .anyone) == ["public-true"])
        for hidden in ["private-true", "public-false", "silent", "mairie", "nobody"] {
            for audience in [Audience.partner, .anyone] {
                for error in [
                    await refusal { try await core.communities.show(hidden, for: audience) },
                    await refusal { try await core.communities.offers(of: hidden, for: audience) },
                    await refusal { try await core.communities.needs(of: hidden, for: audience) },
                ] {
                    #expect(error == EntraideError(.unknownCommunity, ["community": hidden]))
                }
            }
        }
    }
}
