import Lines
import Postgres

/// Communities that may be one: names that are nearly the same, in one commune, of which an import just added one.
///
/// Names are compared by their words without small ones, in any order. Two are near when the words are the same, when
/// those of one are all in the other and two at least, or when one letter in twelve or so differs. Numbers must agree:
/// « antenne 1 » and « antenne 2 » are two places.
///
/// - Complexity: per commune, the square of its communities up to 400; past that, where the same words alone count, a
///   sorting. Memory for 20,000 communities.
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
    /// Communities of one commune held at once: past this, those with the next slugs are compared apart.
    private static let mostHeld = 20_000

    package private(set) var pairs: [Pair] = []
    package private(set) var count = 0

    package init() {}

    private final class Named {
        let slug: String
        let isAdded: Bool
        let words: [Substring]
        let numbers: [Substring]
        let joined: String
        let scalars: [Unicode.Scalar]
        /// A bit per word, by its hash: what lacks a bit lacks the word.
        let mask: UInt64
        /// How often each scalar is there, by its last five bits: a slip changes two counts by one at most.
        let letters: SIMD32<Int8>

        init(_ slug: String, _ words: [Substring], isAdded: Bool) {
            self.slug = slug
            self.isAdded = isAdded
            self.words = words
            numbers = words.filter {
                $0.utf8.contains { !(0x61...0x7A ~= $0) } && $0.contains(where: \.isNumber)
            }
            joined = words.joined(separator: " ")
            scalars = Array(joined.unicodeScalars.prefix(100))
            mask = words.reduce(0) { $0 | 1 << UInt64(truncatingIfNeeded: $1.hashValue & 63) }
            letters = scalars.reduce(into: SIMD32<Int8>(repeating: 0)) { counts, scalar in
                counts[Int(scalar.value & 31)] &+= 1
            }
        }
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
                if code != territory || group.count == Self.mostHeld {
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
        let folded = Folding.fold(name)
        let isPlain = folded.utf8.allSatisfy { $0 < 0x80 }
        let words =
            isPlain
            ? folded.utf8.split { !(0x61...0x7A ~= $0 || 0x30...0x39 ~= $0) }.map { Substring($0) }
            : folded.split { !$0.isLetter && !$0.isNumber }
        return Named(slug, words.filter { !small.contains($0) }.sorted(), isAdded: isAdded)
    }

    private mutating func compare(_ group: [Named], _ territory: String) {
        guard group.count > 1 else { return }
        if group.count > Self.mostCompared { return compareSame(group, territory) }
        for (index, one) in group.enumerated() {
            for other in group[(index + 1)...] where one.isAdded || other.isAdded {
                if Self.isNear(one, other) { add(one, other, territory) }
            }
        }
    }

    /// The same words only, found by sorting.
    private mutating func compareSame(_ group: [Named], _ territory: String) {
        let sorted = group.sorted { ($0.joined, $0.slug) < ($1.joined, $1.slug) }
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end].joined == sorted[start].joined { end += 1 }
            let run = sorted[start..<end]
            // Pairs of which at least one is new, without going through them all.
            let standing = run.count { !$0.isAdded }
            let pairsOfRun = run.count * (run.count - 1) / 2 - standing * (standing - 1) / 2
            var listed = 0
            listing: for (index, one) in run.enumerated() {
                for other in run.dropFirst(index + 1) where one.isAdded || other.isAdded {
                    if pairs.count >= Self.mostPairs { break listing }
                    add(one, other, territory)
                    listed += 1
                }
            }
            count += pairsOfRun - listed
            start = end
        }
    }

    private mutating func add(_ one: Named, _ other: Named, _ territory: String) {
        count += 1
        if pairs.count < Self.mostPairs {
            pairs.append(Pair(one: one.slug, other: other.slug, territory: territory))
        }
    }

    private static func isNear(_ one: Named, _ other: Named) -> Bool {
        let (short, long) = one.words.count < other.words.count ? (one, other) : (other, one)
        let mayHold = short.mask & ~long.mask == 0
        if mayHold, one.numbers == other.numbers {
            if one.joined == other.joined { return true }
            if short.words.count > 1, short.words.count < long.words.count,
                short.words.allSatisfy(long.words.contains)
            {
                return true
            }
        }
        let length = min(one.joined.utf8.count, other.joined.utf8.count)
        let slips = length / 12
        guard slips > 0, abs(one.joined.utf8.count - other.joined.utf8.count) <= slips,
            one.scalars.first == other.scalars.first, one.numbers == other.numbers
        else { return false }
        // Far cheaper than the distance, and it settles nearly all.
        let difference = one.letters &- other.letters
        let apart = difference.replacing(with: 0 &- difference, where: difference .< 0).wrappedSum()
        guard apart < 0 || Int(apart) <= 2 * slips else { return false }
        return EditDistance.between(one.scalars, other.scalars, atMost: slips) != nil
    }
}
