import Postgres

/// What an erasure touched.
package struct ErasureReport: Sendable, Equatable {
    /// Rounds whose frozen input lost a line.
    package let rounds: Int
    /// Matches that lost a side.
    package let matches: Int
}

extension Communities {
    /// Removes all that is held on a community, from every table and frozen input. Rounds that it was in keep their
    /// anonymous instance, certificate and result, which still verify; the other side of a match keeps it, without whom
    /// it was with. What is left is a keyed tombstone, so that no import brings it back.
    ///
    /// - Throws: `unknown-community`.
    @discardableResult
    package func erase(_ slug: String) async throws -> ErasureReport { try await erase(.slug(slug)) }

    /// The same, asked for with a code too, which goes with the rest.
    ///
    /// - Throws: `unknown-community`, `code-refused` and the other refusals of a code.
    @discardableResult
    package func erase(_ addressee: Addressee) async throws -> ErasureReport {
        try await write(about: addressee) { connection, slug in
            guard try await CommunityStore(connection: connection).lock(slug) else {
                throw EntraideError(.unknownCommunity, ["community": slug])
            }
            let (rounds, matches) = try await ErasureStore(connection: connection).erase(slug)
            try await AuditStore(connection: connection).record(
                .communityErase, detail: addressee.detail("rounds=\(rounds) matches=\(matches)"),
                isErasing: true)
            return ErasureReport(rounds: rounds, matches: matches)
        }
    }
}
