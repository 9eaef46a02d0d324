/// What one need thinks of offers, as far as it is the same for many: points instead of values, so that a pair
/// costs a few sums. The score of an admissible pair is
///
///     always + skill + level + closeness + fit - what an earlier meeting costs
///
/// where each term is rounded down by itself, as in ``FactorValues/total(_:)``.
struct NeedView: Sendable {
    let community: Int
    let setting: RemoteOffers.Setting
    let posture: CodeSet
    let formats: CodeSet
    let isRemote: Bool
    /// Where it can be met on site; nil when it cannot.
    let place: UnitVector?
    /// Kilometres.
    let maxKm: Int
    /// The square of the shortest chord that passes the limit, in units of 2⁻⁶⁰.
    let outOfReach: Int
    /// Urgency, waiting and a first meeting.
    let always: Int
    /// Row of ``FactorPoints/level(_:row:)``.
    let levelRow: Int
    /// What decides the points of level and fit, in one number below 2¹³.
    let taste: Int
    /// Whether somebody met its community, is set aside for it, or served it recently.
    let hasMeetings: Bool
    let hasExclusions: Bool
    let hasRepeats: Bool
    /// Whether its community has a parent or is one: others have no kin.
    let hasKin: Bool

    init(_ place: Int, of index: CandidateIndex) {
        // Read through the index: a market is large to copy.
        let need = index.market.needRows[place]
        let row = index.market.communityRows[need.community]
        community = need.community
        setting = RemoteOffers.Setting(languages: need.languages, slots: need.slots)
        posture = need.posture
        formats = need.formats
        isRemote = need.modes.intersects(CodeSet([Mode.remote]))
        self.place = need.modes.intersects(CodeSet([Mode.onSite])) ? row.place : nil
        maxKm = row.maxKm
        outOfReach = chordSquared(past: 10 * row.maxKm)
        let weights = index.points.weights
        always =
            weights.urgency * need.urgency / ppmOne + weights.waiting * row.waiting / ppmOne
            + weights.novelty
        levelRow = FactorPoints.levelRow(of: need)
        taste = FactorPoints.taste(of: need)
        hasMeetings = !index.market.meetings.isEmpty(row: need.community)
        hasExclusions = !index.market.exclusions.isEmpty(row: need.community)
        hasRepeats = !index.market.repeats.isEmpty(row: place)
        hasKin = index.market.kin.hasKin(need.community)
    }
}

/// The levels that some offers have, a bit each: 1…4 in the low half, in the high half those of offers among
/// peers.
struct LevelSet: Sendable, Hashable, BitwiseCopyable {
    private(set) var bits: UInt8 = 0

    init() {}

    init(_ row: OfferRow) { bits = 1 << UInt8(row.level - 1 + (row.amongPeers ? 4 : 0)) }

    /// Every level there is.
    static let all = LevelSet(bits: .max)

    private init(bits: UInt8) { self.bits = bits }

    mutating func formUnion(_ other: LevelSet) { bits |= other.bits }
}

/// The points that do not depend on a need, from a round's parameters.
struct FactorPoints: Sendable {
    /// Of a pair that is as close as can be.
    let closeness: Int
    /// Of a pair that agrees on all: the most there is.
    let fit: Int
    let weights: Weights
    /// By wishes stated, then agreed.
    private let fits: FixedTable<Int32>

    /// The most points of each set of levels, 256 to a row.
    private let levels: FixedTable<Int32>

    init(_ parameters: Parameters) {
        let weights = parameters.weights
        closeness = weights.closeness
        fit = weights.fit
        self.weights = weights
        var fits: [Int32] = []
        for stated in 0...Wishes.most {
            for agreed in 0...Wishes.most {
                let value = Wishes(stated: stated, agreed: min(stated, agreed)).value
                fits.append(Int32(weights.fit * value / ppmOne))
            }
        }
        self.fits = FixedTable(fits)
        let levels = Limits.level.flatMap { now in
            Limits.level.flatMap { wanted in
                [false, true].flatMap { Self.levels(now: now, wanted: wanted, wish: $0, parameters) }
            }
        }
        self.levels = FixedTable(levels)
    }

    /// The most points of each set of levels, for needs that stand at `now` and want `wanted`; -1 where none serves.
    private static func levels(now: Int, wanted: Int, wish: Bool, _ parameters: Parameters) -> [Int32] {
        (0..<256).map { set in
            var best: Int32 = -1
            for bit in 0..<8 where set >> bit & 1 == 1 {
                guard
                    let value = parameters.levelValue(
                        offer: bit % 4 + 1, now: now, wanted: wanted, amongPeers: wish || bit >= 4)
                else { continue }
                best = max(best, Int32(parameters.weights.level * value / ppmOne))
            }
            return best
        }
    }

    /// Where the points of levels stand for needs like this one.
    static func levelRow(of need: NeedRow) -> Int {
        ((need.levelNow - 1) * Limits.level.count + need.level - 1) * 2 + (need.amongPeers ? 1 : 0)
    }

    /// What decides the points of level and fit, in one number below 2¹³.
    static func taste(of need: NeedRow) -> Int {
        levelRow(of: need) << 8 | Int(need.posture.bits) << Format.allCases.count | Int(need.formats.bits)
    }

    /// The most points that an offer of one of some levels has for a need; -1 where none serves.
    func level(_ levels: LevelSet, row: Int) -> Int { Int(self.levels[row << 8 | Int(levels.bits)]) }

    /// The points of the fit factor.
    func fit(postures: (CodeSet, CodeSet), formats: (CodeSet, CodeSet)) -> Int {
        // Most state nothing.
        if postures.0.isEmpty || postures.1.isEmpty, formats.0.isEmpty || formats.1.isEmpty { return fit }
        let wishes = fitWishes(postures: postures, formats: formats)
        return Int(fits[wishes.stated * (Wishes.most + 1) + wishes.agreed])
    }

    /// The points of the closeness factor on site; nil past the limit.
    func closeness(hectometres: Int, maxKm: Int, _ parameters: Parameters) -> Int? {
        if hectometres == 0 { return closeness }
        return parameters.closenessValue(hectometres: hectometres, maxKm: maxKm).map {
            weights.closeness * $0 / ppmOne
        }
    }
}
