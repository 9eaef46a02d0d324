/// The offers that can be taken up on site, gathered by where they are.
///
/// Each skill has two trees, of the offers that are on site only and of those that can be remote too. A tree halves
/// its offers along the widest side of the box around their unit vectors, until a cell holds eight at most. A box knows what its offers have at best: the farthest limit, the levels, languages and slots that
/// occur. In three dimensions there is no pole and no date line to see to, and places where many communities
/// live side by side are cut as finely as the rest.
///
/// Invariant: each offer lies within the box of every cell above it, so that the distance from a point to the
/// box, and what the box has at best, bound every pair below. Offers without a known position can meet
/// nobody on site, and stand in no tree.
///
/// - Complexity: O(offers · log² offers of one skill) to build; about 60 bytes per offer.
/// - Reference: J. L. Bentley, Multidimensional binary search trees used for associative searching (1975).
struct OfferCells: Sendable {
    /// How many offers a cell without parts holds at most.
    private static let leafSize = 16

    /// Offers that are near each other. A cell's first part follows it, its second stands at `second`.
    struct Cell: Sendable {
        var box: Box
        /// Kilometres, the largest limit of an offer's community here.
        var maxKm: Int32
        var levels: LevelSet
        var slots: CodeSet
        /// Place in ``OfferCells/languages``.
        var languages: Int32
        /// Its offers.
        var start: Int32
        var end: Int32
        /// Where its second part stands; 0 for a cell without parts.
        var second: Int32
        var skill: Int32
    }

    /// An offer at its place.
    struct Placed: Sendable {
        var x: Int32
        var y: Int32
        var z: Int32
        /// Kilometres.
        var maxKm: Int32
        var offer: Int32
        var community: Int32
        /// Place in ``OfferCells/languages``.
        var languages: Int32
        var slots: CodeSet
        var posture: CodeSet
        var formats: CodeSet
        /// Its one level.
        var level: LevelSet

        /// Where it is; at hand, as the row of its community is not.
        var place: UnitVector { UnitVector(x: Int(x), y: Int(y), z: Int(z)) }
    }

    private(set) var cells: [Cell] = []
    private(set) var placed: [Placed] = []
    /// The sets of languages that occur.
    private(set) var languages: [LanguageSet] = []
    /// For each skill the topmost cell of its offers that are on site only; -1 where there is none.
    private(set) var onSiteOnly: [Int32] = []
    /// For each skill the topmost cell of its offers that can be remote too; -1 where there is none.
    private(set) var eitherWay: [Int32] = []

    init(_ market: Market) {
        let remote = CodeSet([Mode.remote])
        let onSite = CodeSet([Mode.onSite])
        var numbering = Numbering<LanguageSet>()
        for (skill, offers) in market.offersOfSkill.enumerated() {
            for isRemoteToo in [false, true] {
                let start = placed.count
                for offer in offers {
                    let row = market.offerRows[offer]
                    let community = market.communityRows[row.community]
                    guard row.modes.intersects(onSite), row.modes.intersects(remote) == isRemoteToo,
                        let place = community.place
                    else { continue }
                    placed.append(
                        Placed(
                            x: Int32(place.x), y: Int32(place.y), z: Int32(place.z),
                            maxKm: Int32(community.maxKm), offer: Int32(offer),
                            community: Int32(row.community),
                            languages: Int32(numbering.number(of: row.languages)), slots: row.slots,
                            posture: row.posture, formats: row.formats, level: LevelSet(row)))
                }
                let root = placed.count == start ? -1 : Int32(cells.count)
                if root >= 0 { grow(start..<placed.count, skill: skill, &numbering) }
                if isRemoteToo { eitherWay.append(root) } else { onSiteOnly.append(root) }
            }
        }
        languages = numbering.values
    }

    /// Adds the cell of some offers, and those below it. No deeper than log₂ of their number.
    private mutating func grow(_ range: Range<Int>, skill: Int, _ numbering: inout Numbering<LanguageSet>) {
        var cell = Cell(
            box: Box(placed[range.lowerBound]), maxKm: 0, levels: LevelSet(), slots: .none, languages: 0,
            start: Int32(range.lowerBound), end: Int32(range.upperBound), second: 0, skill: Int32(skill))
        var languages = LanguageSet()
        for offer in placed[range] {
            cell.box.include(offer)
            cell.maxKm = max(cell.maxKm, offer.maxKm)
            cell.levels.formUnion(offer.level)
            cell.slots.formUnion(offer.slots)
            languages.formUnion(numbering.values[Int(offer.languages)])
        }
        cell.languages = Int32(numbering.number(of: languages))
        let place = cells.count
        cells.append(cell)
        guard range.count > Self.leafSize else { return }
        let axis = cell.box.widestAxis
        placed[range].sort { (axis($0), $0.offer) < (axis($1), $1.offer) }
        let middle = (range.lowerBound + range.upperBound) / 2
        grow(range.lowerBound..<middle, skill: skill, &numbering)
        cells[place].second = Int32(cells.count)
        grow(middle..<range.upperBound, skill: skill, &numbering)
    }
}

/// A box around some unit vectors, in units of 2⁻³⁰.
struct Box: Sendable {
    private var low: (x: Int32, y: Int32, z: Int32)
    private var high: (x: Int32, y: Int32, z: Int32)

    init(_ offer: OfferCells.Placed) {
        low = (offer.x, offer.y, offer.z)
        high = low
    }

    mutating func include(_ offer: OfferCells.Placed) {
        low = (min(low.x, offer.x), min(low.y, offer.y), min(low.z, offer.z))
        high = (max(high.x, offer.x), max(high.y, offer.y), max(high.z, offer.z))
    }

    /// The coordinate along which the box is longest.
    var widestAxis: (OfferCells.Placed) -> Int32 {
        let sides = (Int(high.x) - Int(low.x), Int(high.y) - Int(low.y), Int(high.z) - Int(low.z))
        if sides.0 >= sides.1, sides.0 >= sides.2 { return { $0.x } }
        return sides.1 >= sides.2 ? { $0.y } : { $0.z }
    }

    /// The square of the distance from a unit vector to the box, in units of 2⁻⁶⁰; 0 inside. No more than
    /// that to any vector in the box.
    func distanceSquared(to place: UnitVector) -> Int {
        let x = max(0, Int(low.x) - place.x, place.x - Int(high.x))
        let y = max(0, Int(low.y) - place.y, place.y - Int(high.y))
        let z = max(0, Int(low.z) - place.z, place.z - Int(high.z))
        return x * x + y * y + z * z
    }
}
