/// What one need thinks of offers, as far as it is the same for many: points instead of values, so that a pair
/// costs a few sums. The score of an admissible pair is
///
///     always + skill + level + closeness + fit - what an earlier meeting costs
///
/// where each term is rounded down by itself, as in ``FactorValues/total(_:)``.
struct NeedView: Sendable {
    let need: Int
    let skill: Int
    let community: Int
    let turn: OfferTurn
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
    /// What it knows beforehand of providers.
    let mark: NeedMark

    init(_ place: Int, _ need: NeedRow, _ mark: NeedMark, of row: CommunityRow, _ index: CandidateIndex) {
        self.need = place
        skill = need.skill
        community = need.community
        self.mark = mark
        turn = OfferTurn(pivot: Int(mark.pivot), count: index.market.offers.count)
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
    }
}

/// What a need knows beforehand of providers: where it starts among them, and which have anything to do with its community.
struct NeedMark: Sendable, BitwiseCopyable {
    /// Itself, whom it met, who is set aside for it or served it recently: bit k of the first stands for all communities whose
    /// number is k modulo 64, of the second for those where the number divided by 64 is.
    private var known: (low: UInt64, high: UInt64) = (0, 0)
    /// Where its turn starts.
    let pivot: Int32
    /// Whether its community met anybody.
    let hasMeetings: Bool
    /// Whether its community has a parent or is one: others have no kin.
    let hasKin: Bool

    private init(pivot: Int, hasMeetings: Bool, hasKin: Bool) {
        self.pivot = Int32(pivot)
        self.hasMeetings = hasMeetings
        self.hasKin = hasKin
    }

    /// Those of all needs.
    static func all(of market: Market) -> [NeedMark] {
        // Taken out of the market once, not for every need.
        let (kin, meetings, exclusions, repeats) = (
            market.kin, market.meetings, market.exclusions, market.repeats
        )
        let (needs, communities, offers) = (market.needs, market.communities, market.offers.count)
        return needs.indices.map { need in
            let community = needs[need].community
            let turn = OfferTurn(community: communities[community], skill: needs[need].skill, count: offers)
            var mark = NeedMark(
                pivot: turn.pivot, hasMeetings: !meetings.isEmpty(row: community),
                hasKin: kin.hasKin(community))
            mark.note(community)
            meetings.forEachPartner(row: community) { mark.note($0) }
            exclusions.forEachPartner(row: community) { mark.note($0) }
            repeats.forEachPartner(row: need) { mark.note($0) }
            return mark
        }
    }

    private mutating func note(_ community: Int) {
        known.low |= 1 << UInt64(community & 63)
        known.high |= 1 << UInt64(community >> 6 & 63)
    }

    /// Whether a provider may be its own community or one that it has to do with; false for nearly all.
    func mayKnow(_ provider: Int) -> Bool {
        known.low >> UInt64(provider & 63) & known.high >> UInt64(provider >> 6 & 63) & 1 == 1
    }
}

extension CandidateIndex {
    /// Hands over the views of some needs in their order. What a view is made from lies all over the market: several are made
    /// at a time, so that the processor waits for all of it at once.
    @inline(__always)
    func forEachView(of needs: ArraySlice<Int32>, _ take: (NeedView) -> Void) {
        for start in stride(from: needs.startIndex, to: needs.endIndex, by: 64) {
            let batch = needs[start..<min(start + 64, needs.endIndex)]
            let rows = batch.map { market.needRows[Int($0)] }
            let communities = rows.map { market.communityRows[$0.community] }
            let marks = batch.map { self.marks[Int($0)] }
            let views = batch.indices.map {
                NeedView(
                    Int(batch[$0]), rows[$0 - start], marks[$0 - start], of: communities[$0 - start], self)
            }
            for view in views { take(view) }
        }
    }

    /// The view of one need.
    func view(ofNeed need: Int) -> NeedView {
        let row = market.needRows[need]
        return NeedView(need, row, marks[need], of: market.communityRows[row.community], self)
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
    /// How many points a pair that is as far as its limit lacks; 1 where they are worth none.
    private let mostLost: Int
    /// How much further a point less reaches under a limit of one kilometre, in units of 2⁻³⁰.
    private let chordPerPoint: Double
    private let chordOfRounding: Double
    /// The most points of each set of levels, 256 to a row.
    private let levels: FixedTable<Int32>

    init(_ parameters: Parameters) {
        let weights = parameters.weights
        closeness = weights.closeness
        fit = weights.fit
        self.weights = weights
        mostLost = max(1, weights.closeness)
        chordPerPoint = 10 * chordPerHectometre / Double(mostLost)
        chordOfRounding = 0.51 * chordPerHectometre
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
    @inline(__always)
    func level(_ levels: LevelSet, row: Int) -> Int { Int(self.levels[row << 8 | Int(levels.bits)]) }

    /// The points of the fit factor.
    @inline(__always)
    func fit(postures: (CodeSet, CodeSet), formats: (CodeSet, CodeSet)) -> Int {
        // Most state nothing.
        if postures.0.isEmpty || postures.1.isEmpty, formats.0.isEmpty || formats.1.isEmpty { return fit }
        let wishes = fitWishes(postures: postures, formats: formats)
        return Int(fits[wishes.stated * (Wishes.most + 1) + wishes.agreed])
    }

    /// The points of the closeness factor on site; nil past the limit.
    @inline(__always)
    func closeness(hectometres: Int, maxKm: Int) -> Int? {
        if hectometres == 0 { return closeness }
        return closenessValue(hectometres: hectometres, maxKm: maxKm).map { weights.closeness * $0 / ppmOne }
    }

    /// No two places on site that have `wanted` points for closeness or more are further apart than a chord of this square,
    /// in units of 2⁻⁶⁰. Told in a few steps, without a branch.
    ///
    /// Points are at most weight · (1 − d / limit), and no distance is told to be shorter than its chord but by half a
    /// hectometre. The other hundredth is a million times what a `Double` rounds off.
    @inline(__always)
    func chordSquared(withCloseness wanted: Int, maxKm: Int) -> Double {
        let lost = min(mostLost, max(0, mostLost &- wanted))
        let chord = Double(lost &* maxKm) * chordPerPoint + chordOfRounding
        return chord * chord
    }
}
