package import Lines
import Matching
import Postgres

/// How a community changed, or did not.
package enum WriteOutcome: String, Sendable, Equatable {
    case added, updated, unchanged
}

/// What became of one consent.
package enum ConsentChange: Sendable, Equatable {
    case given(Purpose)
    case withdrawn(Purpose)
    /// A no to what was never agreed to.
    case refused(Purpose)

    /// What differs, in the order of purposes.
    static func all(from old: [Purpose: Bool], to new: [Purpose: Bool]) -> [ConsentChange] {
        Purpose.allCases.compactMap { purpose in
            switch (old[purpose], new[purpose]) {
            case (nil, true), (false, true): .given(purpose)
            case (true, false): .withdrawn(purpose)
            case (nil, false): .refused(purpose)
            default: nil
            }
        }
    }
}

extension Communities {
    /// Changes one community.
    ///
    /// - Parameter change: given the profile that stands, answers the profile wanted.
    /// - Returns: whether anything changed, the consents that did, and the community as the transaction left it.
    /// - Throws: `unknown-community`, `bad-parent`.
    package func update(
        _ slug: String, by attestation: Attestation, _ change: @Sendable (inout Profile) throws -> Void
    ) async throws -> (outcome: WriteOutcome, consents: [ConsentChange], record: CommunityRecord) {
        let attestation = attestation.noted
        return try await database.write(dryRun: dryRun) { connection in
            let store = CommunityStore(connection: connection)
            guard try await store.lock(slug), let stored = try await store.profile(slug) else {
                throw EntraideError(.unknownCommunity, ["community": slug])
            }
            var wanted = stored.profile
            try change(&wanted)
            if attestation.onBehalf { wanted.consent[.matching] = true }
            if let caller = Caller.community { try wanted.stay(within: stored.profile, for: caller) }
            wanted = wanted.canonical
            let isChanged = wanted != stored.profile
            if isChanged {
                try await store.replace(with: wanted, channel: attestation.channel)
                try await AuditStore(connection: connection).record(
                    .communityUpdate, slug, detail: attestation.detail)
            }
            return (
                isChanged ? .updated : .unchanged,
                ConsentChange.all(from: stored.profile.consent, to: wanted.consent),
                try await Self.show(slug, for: .coordinator, from: connection)
            )
        }
    }
}

extension Profile {
    /// Keeps to what a confined caller may say of itself: whom it belongs to and where it came from name others, and stay
    /// the coordinator's. Refused before anything is looked up, in the same words whether or not the other exists.
    fileprivate mutating func stay(within standing: Profile, for caller: String) throws(EntraideError) {
        community.parent = community.parent ?? standing.community.parent
        sourceID = sourceID ?? standing.sourceID
        guard community.parent == standing.community.parent, sourceID == standing.sourceID else {
            throw EntraideError(.notPermitted, ["community": excerpt(of: caller)])
        }
    }

    /// This profile put in the place of `standing`: what a profile does not say of contact, consent and source stays,
    /// and so do offers that still wait for confirmation.
    package func replacing(_ standing: Profile) -> Profile {
        var merged = self
        merged.community.status = standing.community.status
        merged.contact = contact ?? standing.contact
        merged.sourceID = sourceID ?? standing.sourceID
        merged.consent = standing.consent.merging(consent) { _, new in new }
        merged.offers += standing.offers.filter { old in
            old.suggested && !offers.contains { $0.terms.skill == old.terms.skill }
        }
        return merged.canonical
    }
}
