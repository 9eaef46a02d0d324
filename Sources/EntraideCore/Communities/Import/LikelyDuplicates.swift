import Lines
import Postgres

/// Communities that may be one: names that are nearly the same, in one commune, of which an import just added one.
///
/// Names are compared by their words without small ones, in any order. Two are near when the words are the same, when
/// those of one are all in the other and two at least, or when one letter in twelve or so differs. Numbers must agree:
/// « antenne 1 » and « antenne 2 » are two places.
///
/// - Complexity: per commune, the square of its communities.
package struct LikelyDuplicates: Sendable, Equatable {
    /// Two communities, by slug, in the order of the alphabet.
    package struct Pair: Sendable, Equatable {
        package let one: String
        package let other: String
        package let territory: String
    }

    /// Pairs listed; what follows is counted only.
    private static let mostPairs = 50
    /// Communities of one commune compared: past this, only the same words count.
    private static let mostCompared = 400

    package private(set) var pairs: [Pair] = []
    package private(set) var count = 0

    package init() {}

    private struct Named {
        let slug: String
        let words: [Substring]
        let numbers: [Substring]
        let joined: String
        let isAdded: Bool
    }

    /// Looks at every commune in which `touched_places` added a community, within a transaction, some thousand rows
    /// at a time.
    static func find(_ connection: Connection) async throws -> LikelyDuplicates {
        var found = LikelyDuplicates()
        try await connection.execute(
            """
            DECLARE neighbours NO SCROLL CURSOR FOR
            SELECT c.territory, c.slug, c.name, coalesce(t.outcome = 'added', false) AS added
            FROM communities AS c LEFT JOIN touched_places AS t ON t.community_id = c.id
            WHERE c.territory IN (
              SELECT d.territory FROM touched_places AS u JOIN communities AS d ON d.id = u.community_id
              WHERE u.outcome = 'added')
            ORDER BY c.territory, c.slug
            """)
        var group: [Named] = []
        var territory = ""
        while true {
            let rows = try await connection.query("FETCH 5000 FROM neighbours")
            if rows.isEmpty { break }
            for row in rows {
                let code: String = try row.get("territory")
                if code != territory {
                    found.compare(group, territory)
                    group = []
                    territory = code
                }
                group.append(named(try row.get("slug"), try row.get("name"), try row.get("added")))
            }
        }
        found.compare(group, territory)
        try await connection.execute("CLOSE neighbours")
        return found
    }

    private static let small: Set<Substring> = [
        "de", "d", "du", "des", "le", "la", "l", "les", "et", "a", "au", "aux", "en", "sur", "the", "of",
        "and",
    ]

    private static func named(_ slug: String, _ name: String, _ isAdded: Bool) -> Named {
        let words = Folding.fold(name).split { !$0.isLetter && !$0.isNumber }
            .filter { !small.contains($0) }.sorted()
        return Named(
            slug: slug, words: words, numbers: words.filter { $0.contains(where: \.isNumber) },
            joined: words.joined(separator: " "), isAdded: isAdded)
    }

    private mutating func compare(_ group: [Named], _ territory: String) {
        guard group.count > 1 else { return }
        for (index, one) in group.enumerated() {
            for other in group[(index + 1)...] where one.isAdded || other.isAdded {
                guard one.numbers == other.numbers else { continue }
                let isNear =
                    group.count > Self.mostCompared ? one.joined == other.joined : Self.isNear(one, other)
                guard isNear else { continue }
                count += 1
                if pairs.count < Self.mostPairs {
                    pairs.append(Pair(one: one.slug, other: other.slug, territory: territory))
                }
            }
        }
    }

    private static func isNear(_ one: Named, _ other: Named) -> Bool {
        if one.joined == other.joined { return true }
        let (short, long) = one.words.count < other.words.count ? (one, other) : (other, one)
        if short.words.count > 1, short.words.count < long.words.count,
            short.words.allSatisfy(long.words.contains)
        {
            return true
        }
        let length = min(one.joined.utf8.count, other.joined.utf8.count)
        let slips = length / 12
        guard slips > 0, abs(one.joined.utf8.count - other.joined.utf8.count) <= slips,
            one.joined.utf8.first == other.joined.utf8.first
        else { return false }
        return EditDistance.between(one.joined, other.joined) <= slips
    }
}
