package import Lines
package import Matching

/// One run of matching over a set of communities.
package struct Round: Sendable, Equatable {
    package var slug: String
    package var title: String
    package var status: RoundStatus
    /// One more at each change; a writer names the one it has read.
    package var epoch: Int
    package var openedAt: String?
    package var publishedAt: String?
    /// What it sets otherwise than by default.
    package var parameters: [ParameterPair] = []
    /// Slugs of the networks whose communities it is for; none for everybody.
    package var networks: [String] = []
    /// Nil until the round has been run.
    package var result: RoundSummary?

    package var record: RoundRecord {
        RoundRecord(
            round: slug, title: title, status: status.rawValue, networks: networks, on: result?.on,
            matches: result?.matches, score: result?.score, objective: result?.objective,
            bound: result?.bound,
            openedAt: openedAt, runAt: result?.runAt, publishedAt: publishedAt,
            bonuses: zoneBonuses.map { "\($0.zone):\($0.extra)" })
    }

    /// What zones add in it, as it is set.
    package var zoneBonuses: [ZoneBonus] {
        var all = Parameters.standard
        // What is stored was checked when it was set.
        try? all.set(parameters)
        return all.zoneBonuses
    }

    /// The proof in one line; nil until the round has been run.
    package var certificate: CertificateRecord? {
        result.map {
            CertificateRecord(
                round: slug, objective: $0.objective, bound: $0.bound, gap: $0.bound - $0.objective,
                candidates: $0.candidates, extensions: $0.extensions, inputDigest: $0.inputDigest,
                instanceDigest: $0.instanceDigest, resultDigest: $0.resultDigest, listed: $0.listed,
                scope: $0.scope.rawValue, pairs: $0.pairs, rings: $0.rings)
        }
    }
}

/// What a run found, in figures. Scores, objective and bound are ppm.
package struct RoundSummary: Sendable, Equatable {
    /// The day that decided which needs and offers still stood.
    package var on: String
    package var runAt: String?
    package var matches: Int
    package var score: Int
    package var objective: Int
    package var bound: Int
    package var candidates: Int
    package var inputDigest: String
    package var instanceDigest: String
    package var resultDigest: String
    /// How many of its best offers each need listed; nil where it listed all, or that was not kept yet.
    package var listed: Int?
    /// How often a need was given more.
    package var extensions: Int
    /// Among which pairs nothing passes the bound.
    package var scope: BoundScope
    /// Rings of mutual help found, of two and of three.
    package var pairs: Int
    package var rings: Int
    /// How many lines of its frozen input were erased since, at the request of those they were about.
    package var erased = 0
}
