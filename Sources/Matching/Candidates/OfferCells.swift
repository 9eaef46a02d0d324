/// The offers that can be taken up on site, gathered by where they are.
///
/// Each skill has a tree. A cell with more than thirty-two offers is halved along the widest side of the box around their unit
/// vectors, offers at one place by their numbers, and so is each half. A cell knows what its offers have at best: the box that they
/// stand in, the farthest limit, the levels, languages and slots that occur, the least and the largest number. In three
/// dimensions there is no pole and no date line to see to, and places where many communities live side by side are cut as
/// finely as the rest.
///
/// Invariant: each offer lies within the box of every cell above it, so that the distance from a point to the
/// box, and what the box has at best, bound every pair below. Offers without a known position can meet
/// nobody on site, and stand in no tree.
///
/// - Complexity: O(offers · log offers of one skill) to build; about 40 bytes per offer.
/// - Reference: J. L. Bentley, Multidimensional binary search trees used for associative searching (1975).
struct OfferCells: Sendable {
    /// How many offers a cell without parts holds at most: as many as have a bit of their own, or fewer.
    private static let leafSize = 32

    /// Offers that are near each other.
    struct Cell: Sendable, BitwiseCopyable {
        var box: Box
        /// Place in ``OfferCells/settings``: the languages and slots that occur.
        var setting: Int32 = 0
        /// Its offers.
        var start: Int32
        var end: Int32
        /// Where its parts stand, two to four; nowhere for a cell without parts.
        var parts: Int32 = 0
        var partsEnd: Int32 = 0
        var skill: Int32
        /// The least and the largest of their numbers.
        var first: Int32
        var last: Int32
        /// Kilometres, the largest limit of an offer's community here.
        var maxKm: UInt16 = 0
        var levels = LevelSet()
        /// Whether some offer here cannot be taken up at a distance.
        var hasOnSiteOnly = false

        /// How many offers it holds.
        var count: Int { Int(end - start) }
    }

    /// An offer at its place.
    struct Placed: Sendable, BitwiseCopyable {
        var x: Int32
        var y: Int32
        var z: Int32
        var offer: Int32
        var community: Int32
        /// Place in ``OfferCells/settings``.
        var setting: Int32
        /// Kilometres: ``Limits/kilometres`` end below 2¹⁶.
        var maxKm: UInt16
        /// Its one level.
        var level: LevelSet
        var posture: CodeSet
        var formats: CodeSet
        /// Whether it cannot be taken up at a distance.
        var isOnSiteOnly: Bool

        /// A coordinate of its own, then its number: one key to order offers by.
        func along(_ coordinate: Int32) -> UInt64 {
            UInt64(UInt32(bitPattern: coordinate) ^ 1 << 31) << 32 | UInt64(offer)
        }

        /// Where it is; at hand, as the row of its community is not.
        var place: UnitVector { UnitVector(x: Int(x), y: Int(y), z: Int(z)) }
    }

    let cells: FixedTable<Cell>
    /// By cell without parts, then by offer.
    let placed: FixedTable<Placed>
    let settings: FixedTable<RemoteOffers.Setting>
    /// For each skill the topmost cell of its offers; -1 where there is none.
    let roots: FixedTable<Int32>

    init(_ market: Market) {
        let remote = CodeSet([Mode.remote])
        let onSite = CodeSet([Mode.onSite])
        var trees = GrowingCells()
        var roots: [Int32] = []
        for (skill, offers) in market.offersOfSkill.enumerated() {
            let start = trees.placed.count
            for offer in offers where market.offerRows[offer].modes.intersects(onSite) {
                let row = market.offerRows[offer]
                let community = market.communityRows[row.community]
                guard let place = community.place else { continue }
                let setting = RemoteOffers.Setting(languages: row.languages, slots: row.slots)
                trees.placed.append(
                    Placed(
                        x: Int32(place.x), y: Int32(place.y), z: Int32(place.z), offer: Int32(offer),
                        community: Int32(row.community), setting: Int32(trees.settings.number(of: setting)),
                        maxKm: UInt16(community.maxKm), level: LevelSet(row), posture: row.posture,
                        formats: row.formats, isOnSiteOnly: !row.modes.intersects(remote)))
            }
            roots.append(trees.grow(from: start, skill: skill, leafSize: Self.leafSize))
        }
        cells = FixedTable(trees.cells)
        placed = FixedTable(trees.placed)
        settings = FixedTable(trees.settings.values)
        self.roots = FixedTable(roots)
    }

    /// Which offers of a cell without parts may be taken up by a need that stands at `from`, and may have so many points
    /// together for level and closeness as it lacks: a bit each, the lowest for the first. Some may turn out not to.
    ///
    /// All are told by the same few steps, none skipped: which are is as good as random, and a processor that guesses wrong
    /// loses more than the steps.
    @inline(__always)
    func promising(
        in range: Range<Int>, at from: UnitVector, within maxKm: Int, _ setting: RemoteOffers.Setting,
        levelRow: Int, onSiteOnly: Bool, _ points: FactorPoints, lacking: Int
    ) -> UInt64 {
        var promising: UInt64 = 0
        var bit: UInt64 = 0
        let isPicky: UInt64 = onSiteOnly ? 1 : 0
        for place in range {
            let offer = placed[place]
            let level = points.level(offer.level, row: levelRow)
            let reach = points.chordSquared(
                withCloseness: lacking &- level, maxKm: min(maxKm, Int(offer.maxKm)))
            let spare = reach - Double(from.chordSquared(to: offer.place))
            // The signs of what must not be below 0, and ones where something is missing.
            let below = (spare.bitPattern | UInt64(bitPattern: Int64(level))) >> 63
            let missing =
                setting.lack(settings[Int(offer.setting)]) | (isPicky & (offer.isOnSiteOnly ? 0 : 1))
            promising |= ((below | missing) ^ 1) << bit
            bit &+= 1
        }
        return promising
    }
}

/// Trees of cells in the making.
private struct GrowingCells {
    var cells: [OfferCells.Cell] = []
    var placed: [OfferCells.Placed] = []
    var settings = Numbering<RemoteOffers.Setting>()

    /// Adds the tree of the offers from `start` on, and answers its topmost cell; -1 for none.
    mutating func grow(from start: Int, skill: Int, leafSize: Int) -> Int32 {
        guard start < placed.count else { return -1 }
        let root = cells.count
        cells.append(cell(start..<placed.count, skill: skill))
        // Parts come after what they are parts of.
        var place = root
        while place < cells.count {
            let whole = cells[place]
            if whole.count > leafSize {
                cells[place].parts = Int32(cells.count)
                for half in halves(of: whole) {
                    if half.count > leafSize { cells += halves(of: half) } else { cells.append(half) }
                }
                cells[place].partsEnd = Int32(cells.count)
            } else {
                placed[Int(whole.start)..<Int(whole.end)].sort { $0.offer < $1.offer }
            }
            place += 1
        }
        return Int32(root)
    }

    /// A cell in two, across its longest side.
    private mutating func halves(of cell: OfferCells.Cell) -> [OfferCells.Cell] {
        let range = Int(cell.start)..<Int(cell.end)
        let middle = (range.lowerBound + range.upperBound) / 2
        switch cell.box.widestAxis {
        case .x: split(range, at: middle) { $0.along($0.x) }
        case .y: split(range, at: middle) { $0.along($0.y) }
        case .z: split(range, at: middle) { $0.along($0.z) }
        }
        return [range.lowerBound..<middle, middle..<range.upperBound].map {
            self.cell($0, skill: Int(cell.skill))
        }
    }

    /// Puts the offers whose keys are the least before `middle`, the others from there on: Hoare's Find, linear on average.
    /// No two keys are equal.
    @inline(__always)
    private mutating func split(_ range: Range<Int>, at middle: Int, by key: (OfferCells.Placed) -> UInt64) {
        placed.withUnsafeMutableBufferPointer { placed in
            var low = range.lowerBound
            var high = range.upperBound - 1
            while low < high {
                // From somewhere within, so that no order of offers is a bad one: Knuth's multiplicative hash.
                let somewhere = low + Int(truncatingIfNeeded: (UInt64(high - low) &* 0x9E37_79B9) >> 32)
                let pivot = key(placed[somewhere])
                var (left, right) = (low, high)
                while left <= right {
                    while key(placed[left]) < pivot { left += 1 }
                    while key(placed[right]) > pivot { right -= 1 }
                    guard left <= right else { break }
                    placed.swapAt(left, right)
                    left += 1
                    right -= 1
                }
                // Between the two stands the pivot, or nothing.
                if middle <= right { high = right } else if middle >= left { low = left } else { return }
            }
        }
    }

    private mutating func cell(_ range: Range<Int>, skill: Int) -> OfferCells.Cell {
        let first = placed[range.lowerBound]
        var cell = OfferCells.Cell(
            box: Box(first), start: Int32(range.lowerBound), end: Int32(range.upperBound),
            skill: Int32(skill),
            first: first.offer, last: first.offer)
        var setting = settings.values[Int(first.setting)]
        for offer in placed[range] {
            cell.box.include(offer)
            cell.maxKm = max(cell.maxKm, offer.maxKm)
            cell.levels.formUnion(offer.level)
            cell.hasOnSiteOnly = cell.hasOnSiteOnly || offer.isOnSiteOnly
            cell.first = min(cell.first, offer.offer)
            cell.last = max(cell.last, offer.offer)
            setting.languages.formUnion(settings.values[Int(offer.setting)].languages)
            setting.slots.formUnion(settings.values[Int(offer.setting)].slots)
        }
        cell.setting = Int32(settings.number(of: setting))
        return cell
    }
}

/// A box around some unit vectors, in units of 2⁻³⁰.
struct Box: Sendable, BitwiseCopyable {
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

    enum Axis { case x, y, z }

    /// The coordinate along which the box is longest.
    var widestAxis: Axis {
        let sides = (Int(high.x) - Int(low.x), Int(high.y) - Int(low.y), Int(high.z) - Int(low.z))
        if sides.0 >= sides.1, sides.0 >= sides.2 { return .x }
        return sides.1 >= sides.2 ? .y : .z
    }

    /// The square of the distance from a unit vector to the box, in units of 2⁻⁶⁰; 0 inside. No more than
    /// that to any vector in the box.
    @inline(__always)
    func distanceSquared(to place: UnitVector) -> Int {
        let x = max(0, Int(low.x) - place.x, place.x - Int(high.x))
        let y = max(0, Int(low.y) - place.y, place.y - Int(high.y))
        let z = max(0, Int(low.z) - place.z, place.z - Int(high.z))
        return x * x + y * y + z * z
    }
}
