/// The order in which one need takes offers that are worth the same to it: around the circle of all offers,
/// from a place of its own.
///
/// Thousands of remote offers can be worth the same to thousands of needs. Were the first of all taken first,
/// every need would list the same few, and most would find nothing left. The place comes from the names of
/// the need, so that it moves with nothing else.
package struct OfferTurn: Sendable {
    /// Where the circle starts.
    let pivot: Int
    /// How many offers there are.
    let count: Int

    /// A circle that starts at `pivot`, 0..<count.
    init(pivot: Int, count: Int) {
        self.pivot = pivot
        self.count = count
    }

    /// The turn of the need of a community for a skill, among `count` offers.
    init(community: String, skill: String, count: Int) {
        // FNV-1a over `community/skill`, then the finish of SplitMix64, as FNV leaves its high bits poor.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in community.utf8 { mix(byte) }
        mix(UInt8(ascii: "/"))
        for byte in skill.utf8 { mix(byte) }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        pivot = Int(hash.multipliedFullWidth(by: UInt64(count)).high)
        self.count = count
    }

    /// How many offers come before this one, 0..<count.
    package func rank(of offer: Int) -> Int { offer >= pivot ? offer - pivot : offer - pivot + count }

    /// The least rank of the offers `low...high`, or less.
    func leastRank(from low: Int, to high: Int) -> Int { low < pivot && pivot <= high ? 0 : rank(of: low) }

    /// The offer that comes after `rank` others.
    func offer(at rank: Int) -> Int { rank < count - pivot ? rank + pivot : rank + pivot - count }
}

/// How an offer ranks for one need, as one number that is larger the better: its worth, then its turn.
struct OfferRank: Sendable, Comparable, BitwiseCopyable {
    /// Worth, 0…2³¹ − 1, then 2³² − 1 less the turn.
    private let bits: UInt64

    /// The largest worth that is told apart.
    static let mostWorth = Int(Int32.max)

    /// Before every offer that is worth anything.
    static let lowest = OfferRank(bits: 0)

    /// After every offer.
    static let highest = OfferRank(bits: .max)

    private init(bits: UInt64) { self.bits = bits }

    /// A worth of at least 0, those past `mostWorth` being equal, and a turn below 2³².
    init(worth: Int, turn: Int) {
        bits = UInt64(min(worth, Self.mostWorth)) << 32 | (0xFFFF_FFFF - UInt64(turn))
    }

    var worth: Int { Int(bits >> 32) }

    var turn: Int { Int(0xFFFF_FFFF - (bits & 0xFFFF_FFFF)) }

    static func < (a: OfferRank, b: OfferRank) -> Bool { a.bits < b.bits }
}
