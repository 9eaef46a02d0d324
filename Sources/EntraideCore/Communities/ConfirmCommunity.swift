import Postgres

extension Communities {
    /// Records that a community stands by its profile: it becomes active, and offers that were only suggested become
    /// promises.
    ///
    /// - Returns: whether it takes part in rounds from now on; false when its consent to matching is still missing.
    /// - Throws: `unknown-community`.
    package func confirm(_ slug: String, by attestation: Attestation, on day: String) async throws -> Bool {
        try await database.write(dryRun: dryRun) { connection in
            let store = CommunityStore(connection: connection)
            try await store.confirm(slug, on: day)
            if attestation.onBehalf {
                try await store.record(.matching, granted: true, by: slug, channel: attestation.channel)
            }
            try await AuditStore(connection: connection).record(
                .communityConfirm, slug, detail: attestation.detail)
            guard let profile = try await store.profile(slug)?.profile else { return false }
            return profile.consents(to: .matching)
        }
    }

    /// Takes a community out of rounds until it resumes, or until the day after `until`. Said again, it replaces what was
    /// said before.
    ///
    /// - Throws: `unknown-community`, `bad-date`, `past-date`.
    package func pause(
        _ slug: String, until: String? = nil, reason: PauseReason? = nil, on day: String = today()
    ) async throws {
        if let until { _ = try FieldCheck.coming(until, on: day, field: "until") }
        try await database.write(dryRun: dryRun) { connection in
            try await CommunityStore(connection: connection).pause(
                slug, Pause(since: day, until: until, reason: reason))
            try await AuditStore(connection: connection).record(.communityPause, slug)
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
