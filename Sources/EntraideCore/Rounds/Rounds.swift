package import Lines
import Postgres

/// The use cases on rounds. Each lives in a file of its own.
package struct Rounds: Sendable {
    package let database: Database
    /// Whether writes are rehearsed and rolled back.
    package let dryRun: Bool

    package init(_ database: Database, dryRun: Bool = false) {
        self.database = database
        self.dryRun = dryRun
    }

    /// Every round, oldest first. Others than the coordinator see published and closed ones.
    package func list(for audience: Audience) async throws -> [Round] {
        try await database.read { connection in
            try await RoundStore(connection: connection).rounds(
                where: audience.seesRound("r"), for: audience)
        }
    }

    /// - Throws: `unknown-round`, also when the audience may not see it.
    package func show(_ slug: String, for audience: Audience) async throws -> Round {
        try await database.read { connection in
            try await Self.show(slug, for: audience, from: connection)
        }
    }

    /// The same within a read that has other things to look at.
    static func show(
        _ slug: String, for audience: Audience, from connection: Connection
    ) async throws -> Round {
        let found = try await RoundStore(connection: connection)
            .rounds(where: "r.slug = \(slug) AND \(audience.seesRound("r"))", for: audience)
        guard let round = found.first else { throw EntraideError(.unknownRound, ["round": slug]) }
        return round
    }

    /// The proof in one line.
    ///
    /// - Throws: `unknown-round`, `round-not-run`.
    package func certificate(_ slug: String, for audience: Audience) async throws -> CertificateRecord {
        guard let certificate = try await show(slug, for: audience).certificate else {
            throw EntraideError(.roundNotRun, ["round": slug])
        }
        return certificate
    }
}
