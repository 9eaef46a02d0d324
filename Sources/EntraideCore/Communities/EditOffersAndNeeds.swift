import Matching
import Postgres

extension Communities {
    /// Adds an offer; one past its last day gives way to it.
    ///
    /// - Throws: `unknown-community`, `unknown-skill`, `duplicate-offer`.
    package func add(_ offer: Offer, to slug: String, on day: String = today()) async throws {
        let skill = try await vocabulary().require(offer.terms.skill).slug
        var offer = offer
        offer.terms.skill = skill
        let added = offer
        try await onCommunity(slug) { store in
            guard try await store.add(added, to: slug, on: day) else {
                throw EntraideError(.duplicateOffer, ["community": slug, "skill": skill])
            }
        }
    }

    /// - Throws: `unknown-community`, `unknown-offer`.
    package func removeOffer(_ skill: String, from slug: String) async throws {
        try await onCommunity(slug) { store in
            guard try await store.removeOffer(skill, from: slug) else {
                throw EntraideError(.unknownOffer, ["community": slug, "skill": skill])
            }
        }
    }

    /// Adds a need; one that was closed, or is past its date, gives way to it.
    ///
    /// - Throws: `unknown-community`, `unknown-skill`, `duplicate-need`.
    package func add(_ need: Need, to slug: String, on day: String = today()) async throws {
        let skill = try await vocabulary().require(need.terms.skill).slug
        var need = need
        need.terms.skill = skill
        let added = need
        try await onCommunity(slug) { store in
            guard try await store.add(added, to: slug, on: day) else {
                throw EntraideError(.duplicateNeed, ["community": slug, "skill": skill])
            }
        }
    }

    /// - Throws: `unknown-community`, `unknown-need`.
    package func removeNeed(_ skill: String, from slug: String) async throws {
        try await onCommunity(slug) { store in
            guard try await store.removeNeed(skill, from: slug) else {
                throw EntraideError(.unknownNeed, ["community": slug, "skill": skill])
            }
        }
    }

    /// Says that a need is met: it stays in the store and out of rounds.
    ///
    /// - Throws: `unknown-community`, `unknown-need`.
    package func closeNeed(_ skill: String, of slug: String) async throws {
        try await onCommunity(slug) { store in
            guard try await store.closeNeed(skill, of: slug) else {
                throw EntraideError(.unknownNeed, ["community": slug, "skill": skill])
            }
        }
    }

    /// A write about one community that must exist.
    private func onCommunity(
        _ slug: String, _ body: @Sendable (CommunityStore) async throws -> Void
    ) async throws {
        try await database.write(dryRun: dryRun) { connection in
            let store = CommunityStore(connection: connection)
            guard try await store.lock(slug) else {
                throw EntraideError(.unknownCommunity, ["community": slug])
            }
            try await body(store)
            // What one more offer or need makes of the whole is checked as for a profile.
            try await store.profile(slug)?.profile.validate()
            try await AuditStore(connection: connection).record(.communityUpdate, slug)
        }
    }
}
