import Lines
import Postgres

extension Communities {
    /// Records that a community stands by its profile: it becomes active, and offers that were only suggested become
    /// promises.
    ///
    /// - Returns: whether it takes part in rounds from now on; false when its consent to matching is still missing.
    /// - Throws: `unknown-community`, `on-behalf-missing`.
    package func confirm(_ slug: String, by attestation: Attestation, on day: String) async throws -> Bool {
        try await confirm(.slug(slug), by: attestation, on: day).takesPart
    }

    /// The same, with what it consents to; by a code too, whose letter says that to confirm is to take part.
    ///
    /// Only a community says this of itself: by its code, or confined to it. Anyone else says it on its behalf.
    ///
    /// - Returns: which community, and whether it takes part in rounds from now on.
    /// - Throws: `unknown-community`, `on-behalf-missing`, `code-refused` and the other refusals of a code.
    package func confirm(
        _ addressee: Addressee, by attestation: Attestation, consents: [Purpose] = [], on day: String
    ) async throws -> (community: String, takesPart: Bool) {
        if case .slug(let slug) = addressee, !attestation.onBehalf, Caller.community == nil {
            throw EntraideError(.onBehalfMissing, ["community": excerpt(of: slug)])
        }
        return try await write(about: addressee) { connection, slug in
            let store = CommunityStore(connection: connection)
            try await store.confirm(slug, on: day)
            // Whoever asked by its letter to be left aside for now, and says yes since, is back.
            if addressee.isByCode { try await store.resume(slug) }
            let isTakingPart = attestation.onBehalf || addressee.isByCode
            for purpose in Purpose.allCases
            where consents.contains(purpose) || purpose == .matching && isTakingPart {
                try await store.record(
                    purpose, granted: true, by: slug, channel: attestation.channel, isAsked: true)
            }
            try await AuditStore(connection: connection).record(
                .communityConfirm, slug, detail: addressee.detail(attestation.detail))
            let profile = try await store.profile(slug)?.profile
            return (slug, profile?.consents(to: .matching) ?? false)
        }
    }

    /// Takes a community out of rounds until it resumes, or until the day after `until`.
    package func pause(
        _ slug: String, until: String? = nil, reason: PauseReason? = nil, on day: String = today()
    ) async throws {
        try await pause(.slug(slug), until: until, reason: reason, on: day)
    }

    /// The same, by a code too. Said again, it replaces what was said before.
    ///
    /// - Returns: which community.
    /// - Throws: `unknown-community`, `bad-date`, `past-date`, `code-refused` and the other refusals of a code.
    @discardableResult
    package func pause(
        _ addressee: Addressee, until: String? = nil, reason: PauseReason? = nil, on day: String = today()
    ) async throws -> String {
        if let until { _ = try FieldCheck.coming(until, on: day, field: "until") }
        return try await write(about: addressee) { connection, slug in
            try await CommunityStore(connection: connection).pause(
                slug, Pause(since: day, until: until, reason: reason))
            try await AuditStore(connection: connection).record(
                .communityPause, slug, detail: addressee.detail())
            return slug
        }
    }

    /// Ends a pause.
    ///
    /// - Returns: the status it has now.
    package func resume(_ slug: String) async throws -> CommunityStatus {
        try await database.write(dryRun: dryRun) { connection in
            let store = CommunityStore(connection: connection)
            try await store.resume(slug)
            try await AuditStore(connection: connection).record(.communityResume, slug)
            return try await store.profile(slug)?.profile.community.status ?? .active
        }
    }
}
