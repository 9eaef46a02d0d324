import EntraideCore
import Lines
import Matching
import PostgresTestSupport
import Testing

@Suite("Editing offers and needs", .core)
struct EditOffersAndNeedsTests {
    private func offer(_ skill: String, level: Int = 3) -> Offer {
        Offer(terms: OfferInput(skill: skill, level: level))
    }
    private func need(_ skill: String, urgency: Int = 2) -> Need {
        Need(terms: NeedInput(skill: skill, urgency: urgency))
    }

    @Test("An offer is added once, removed once, and each refusal leaves all as it was")
    func offers() async throws {
        let core = try Core()
        try await core.register(line("a"), line("b", offers: ["video"]))
        try await core.communities.add(offer("video", level: 4), to: "a")
        #expect(try await core.communities.offers(of: "a", for: .coordinator) == [offer("video", level: 4)])
        let before = try await core.snapshot()
        #expect(
            await refusal { try await core.communities.add(offer("video", level: 1), to: "a") }
                == EntraideError(.duplicateOffer, ["community": "a", "skill": "video"]))
        #expect(
            await refusal { try await core.communities.add(offer("video"), to: "zz") }
                == EntraideError(.unknownCommunity, ["community": "zz"]))
        #expect(
            await refusal { try await core.communities.add(offer("vidéo"), to: "a") }?.code == .unknownSkill)
        #expect(
            await refusal { try await core.communities.removeOffer("couture", from: "a") }
                == EntraideError(.unknownOffer, ["community": "a", "skill": "couture"]))
        #expect(
            await refusal { try await core.communities.removeOffer("video", from: "zz") }?.code
                == .unknownCommunity)
        #expect(try await core.snapshot() == before)
        try await core.communities.removeOffer("video", from: "a")
        #expect(try await core.communities.offers(of: "a", for: .coordinator) == [])
        #expect(try await core.communities.offers(of: "b", for: .coordinator).count == 1)
    }

    @Test("A need is added once, closed, opened again with what is said then, and removed")
    func needs() async throws {
        let core = try Core()
        try await core.register(line("a"), line("b", needs: ["video"]))
        try await core.communities.add(need("video"), to: "a")
        #expect(
            await refusal { try await core.communities.add(need("video"), to: "a") }
                == EntraideError(.duplicateNeed, ["community": "a", "skill": "video"]))
        try await core.communities.closeNeed("video", of: "a")
        #expect(try await core.communities.needs(of: "a", for: .coordinator) == [])
        #expect(try await core.communities.profile("a").closedNeeds == [need("video")])
        #expect(
            await refusal { try await core.communities.closeNeed("video", of: "a") }
                == EntraideError(.unknownNeed, ["community": "a", "skill": "video"]))
        try await core.communities.add(need("video", urgency: 3), to: "a")
        #expect(try await core.communities.needs(of: "a", for: .coordinator) == [need("video", urgency: 3)])
        try await core.communities.removeNeed("video", from: "a")
        #expect(
            await refusal { try await core.communities.removeNeed("video", from: "a") }?.code == .unknownNeed)
        #expect(
            await refusal { try await core.communities.closeNeed("video", of: "zz") }?.code
                == .unknownCommunity)
        #expect(await refusal { try await core.communities.add(need("x"), to: "a") }?.code == .unknownSkill)
        #expect(try await core.communities.needs(of: "b", for: .coordinator).count == 1)
    }

    @Test("A closed need is in no round, and one opened again is")
    func closedNeedsAreNotMatched() async throws {
        let core = try Core()
        try await core.register(line("a", needs: ["video:3"]), line("b", offers: ["video"]))
        try await core.communities.closeNeed("video", of: "a")
        #expect(try await core.run("closed").round.result?.matches == 0)
        try await core.communities.add(need("video"), to: "a")
        #expect(try await core.run("open-again").round.result?.matches == 1)
    }
}
