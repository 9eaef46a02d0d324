import EntraideCore
import Lines
import Matching
import PostgresTestSupport
import Testing

@Suite("What no single field of a profile can tell", .core)
struct WholeProfileTests {
    @Test("A parent that the audience may not see is not named by its child")
    func hiddenParent() async throws {
        let core = try Core()
        try await core.register(
            line("mother", #""visibility":"private""#),
            line("kid", #""visibility":"public","parent":"mother""#))
        #expect(try await core.communities.show("kid", for: .coordinator).parent == "mother")
        #expect(try await core.communities.show("kid", for: .partner).parent == nil)
        #expect(try await core.communities.list(CommunityFilter(), for: .anyone).map(\.parent) == [nil])
    }

    @Test("An offer added while the profile changes is not lost")
    func concurrentWrites() async throws {
        let core = try Core()
        try await core.register(line("a"))
        let skills = try await core.communities.vocabulary().skills.map(\.slug).prefix(5)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (n, skill) in skills.enumerated() {
                group.addTask {
                    try await core.communities.add(Offer(terms: OfferInput(skill: skill)), to: "a")
                }
                group.addTask {
                    _ = try await core.communities.update("a", by: .itself) {
                        $0.community.name = "Name \(n)"
                    }
                }
            }
            try await group.waitForAll()
        }
        let found = try await core.communities.offers(of: "a", for: .coordinator).map(\.terms.skill)
        #expect(found.sorted() == skills.sorted())
    }

    @Test(
        "Two offers of one skill, more than a hundred, or parents in a circle are refused and nothing is written"
    )
    func refusals() async throws {
        let core = try Core()
        try await core.register(line("a"), line("b", #""parent":"a""#))
        let before = try await core.snapshot()
        let twice = await refusal {
            try await core.communities.update("a", by: .itself) { profile in
                profile.offers = [1, 2].map { Offer(terms: OfferInput(skill: "couture", level: $0)) }
            }
        }
        #expect(twice?.code == .duplicateOffer)
        let skills = try await core.communities.vocabulary().skills.map(\.slug)
        #expect(skills.count > ProfileLimits.offers)
        let many = await refusal {
            try await core.communities.update("a", by: .itself) { profile in
                profile.offers = skills.map { Offer(terms: OfferInput(skill: $0)) }
            }
        }
        #expect(many?.code == .outOfRange)
        let circle = await refusal {
            try await core.communities.update("a", by: .itself) { $0.community.parent = "b" }
        }
        #expect(circle?.code == .badParent)
        #expect(try await core.snapshot() == before)
    }

    @Test("A source id stands for one community")
    func source() async throws {
        let core = try Core()
        try await core.register(line("a", #""source_id":"carte:12""#))
        let taken = await refusal { try await core.register(line("b", #""source_id":"carte:12""#)) }
        #expect(taken?.code == .sourceTaken)
        #expect(
            try await core.communities.list(CommunityFilter(), for: .coordinator).map(\.community) == ["a"])
    }

    @Test(
        "A code may be given by the word that people read",
        arguments: ["tiers-lieu", "Tiers lieu", "third place"])
    func words(_ kind: String) throws {
        #expect(try FieldCheck.code(kind, field: "kind", as: CommunityKind.self) == .thirdPlace)
    }

    @Test(
        "A territory's code that no line could carry is refused",
        arguments: ["59 183", "é", "-", "12345678901234567"])
    func territory(_ code: String) {
        #expect(throws: EntraideError.self) { try FieldCheck.territory(code, field: "territory") }
    }

    @Test("The distance to a hidden side is not told")
    func distance() async throws {
        let core = try Core()
        let place = #""latitude":48.1,"longitude":-1.6"#
        try await core.register(
            line("gives", offers: ["couture"], #""visibility":"public",\#(place)"#),
            line("needs", needs: ["couture"], #""visibility":"private",\#(place)"#))
        try await core.run("r")
        try await core.rounds.publish("r")
        let name = MatchName(round: "r", number: 1)
        #expect(try await core.matches.show(name, for: .coordinator).distanceKm != nil)
        let seen = try await core.matches.show(name, for: .partner)
        #expect(seen.provider == "gives" && seen.receiver == nil && seen.distanceKm == nil)
        #expect(
            await refusal { try await core.matches.reasons(name, for: .partner) }?.code == .reasonsNotShown)
    }
}
