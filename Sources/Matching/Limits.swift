/// One in parts per million: the value of a factor that is fully met.
package let ppmOne = 1_000_000

/// The ranges that a round's input must keep to. Everything past `RoundInput.init` relies on them, so that
/// no product or sum of the module can overflow an `Int`.
package enum Limits {
    /// Give, receive, capacity, quantity.
    package static let carrying = 0...10_000
    /// Kilometres; half the globe's girth is about 20015.
    package static let kilometres = 0...50_000
    /// Rounds waited, rounds ago, and the parameters counted in rounds.
    package static let rounds = 0...1_000_000
    /// Levels of offers and needs.
    package static let level = 1...4
    /// Urgency of needs.
    package static let urgency = 1...3
    /// Micro-degrees of latitude.
    package static let latitudeE6 = -90_000_000...90_000_000
    /// Micro-degrees of longitude.
    package static let longitudeE6 = -180_000_000...180_000_000
    /// Offers that a need lists. The upper bound is more than there are: all of them.
    package static let listed = 1...1_000_000_000
    /// One receipt bonus, ppm.
    package static let bonus = 0...100_000_000
    /// How many steps of receipt bonuses.
    package static let bonuses = 64
    /// How many zones may have a bonus in one round.
    package static let zones = 16
    /// How many different languages one round may hold: the width of ``LanguageSet``.
    package static let languages = 256
    /// Bytes of a slug or of a language tag.
    package static let slugBytes = 63

    /// Throws `out-of-range` when `value` lies outside `range`.
    static func check(_ value: Int, in range: ClosedRange<Int>, _ subject: String) throws(MatchingError) {
        guard range.contains(value) else { throw MatchingError(.outOfRange, subject) }
    }

    /// Throws `bad-slug` unless `slug` is `[a-z0-9]+(-[a-z0-9]+)*` of at most 63 bytes.
    static func checkSlug(_ slug: String) throws(MatchingError) {
        var previous = UInt8(ascii: "-")
        var count = 0
        for byte in slug.utf8 {
            count += 1
            let isHyphen = byte == UInt8(ascii: "-")
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            guard count <= slugBytes, isPlain || (isHyphen && previous != byte) else {
                throw MatchingError(.badSlug, String(slug.prefix(slugBytes)))
            }
            previous = byte
        }
        // The start value makes the empty slug and the leading hyphen fail like the trailing one.
        guard previous != UInt8(ascii: "-") else { throw MatchingError(.badSlug, slug) }
    }
}

/// Whether `a` comes before `b` in the order of their bytes, the canonical order of every list: it depends
/// on no locale and on no Unicode version.
package func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
}
