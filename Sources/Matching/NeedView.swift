/// What one need thinks of offers, as far as it is the same for many: points instead of values, so that a pair
/// costs a few sums. The score of an admissible pair is
///
///     always + skill + level + closeness + fit - what an earlier meeting costs
///
/// where each term is rounded down by itself, as in ``FactorValues/total(_:)``.
struct NeedView: Sendable {
    let community: Int
    let languages: LanguageSet
    let slots: CodeSet
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
    let level: LevelPoints
    /// Whether somebody met its community, is set aside for it, or served it recently.
    let hasMeetings: Bool
    let hasExclusions: Bool
    let hasRepeats: Bool

    init(_ place: Int, in market: Market, _ points: FactorPoints) {
        let need = market.needRows[place]
        let row = market.communityRows[need.community]
        community = need.community
        languages = need.languages
        slots = need.slots
        posture = need.posture
        formats = need.formats
        isRemote = need.modes.intersects(CodeSet([Mode.remote]))
        self.place = need.modes.intersects(CodeSet([Mode.onSite])) ? row.place : nil
        maxKm = row.maxKm
        outOfReach = chordSquared(past: 10 * row.maxKm)
        let weights = market.input.parameters.weights
        always =
            weights.urgency * need.urgency / ppmOne + weights.waiting * row.waiting / ppmOne
            + points.novelty
        level = points.level(of: need)
        hasMeetings = !market.meetings.isEmpty(row: need.community)
        hasExclusions = !market.exclusions.isEmpty(row: need.community)
        hasRepeats = !market.repeats.isEmpty(row: place)
    }
}

/// The points of each level of an offer for one need; -1 where the pair is not admissible.
struct LevelPoints: Sendable {
    private var points = SIMD8<Int32>(repeating: -1)

    /// Of a need that stands at `now` and wants `wanted`, with its own wish to be among peers.
    init(now: Int, wanted: Int, amongPeers wish: Bool, _ parameters: Parameters) {
        for level in Limits.level {
            for amongPeers in [false, true] {
                guard
                    let value = parameters.levelValue(
                        offer: level, now: now, wanted: wanted, amongPeers: wish || amongPeers)
                else { continue }
                points[Self.place(level: level, amongPeers: amongPeers)] = Int32(
                    parameters.weights.level * value / ppmOne)
            }
        }
    }

    /// Where an offer's level stands, 0…7.
    static func place(level: Int, amongPeers: Bool) -> Int { level - 1 + (amongPeers ? 4 : 0) }

    subscript(place: Int) -> Int { Int(points[place]) }

    /// The most points of the levels in a set, a bit per place; -1 when none is admissible.
    func best(of levels: UInt8) -> Int {
        var left = levels
        var best = -1
        while left != 0 {
            best = max(best, self[left.trailingZeroBitCount])
            left &= left - 1
        }
        return best
    }
}

/// The points that do not depend on a need, from a round's parameters.
struct FactorPoints: Sendable {
    /// Of two that never met: the most there is.
    let novelty: Int
    /// Of a pair that is as close as can be.
    let closeness: Int
    /// Of a pair that agrees on all: the most there is.
    let fit: Int
    private let closenessWeight: Int
    /// By wishes stated, then agreed.
    private let fits: [Int32]

    /// By where a need stands, where it wants to be, and its wish.
    private let levels: [LevelPoints]

    init(_ parameters: Parameters) {
        let weights = parameters.weights
        novelty = weights.novelty
        closeness = weights.closeness
        fit = weights.fit
        closenessWeight = weights.closeness
        var fits: [Int32] = []
        for stated in 0...Wishes.most {
            for agreed in 0...Wishes.most {
                let value = Wishes(stated: stated, agreed: min(stated, agreed)).value
                fits.append(Int32(weights.fit * value / ppmOne))
            }
        }
        self.fits = fits
        levels = Limits.level.flatMap { now in
            Limits.level.flatMap { wanted in
                [false, true].map {
                    LevelPoints(now: now, wanted: wanted, amongPeers: $0, parameters)
                }
            }
        }
    }

    /// The points of each level of an offer.
    func level(of need: NeedRow) -> LevelPoints {
        levels[((need.levelNow - 1) * Limits.level.count + need.level - 1) * 2 + (need.amongPeers ? 1 : 0)]
    }

    /// The points of the fit factor.
    func fit(_ need: NeedView, posture: CodeSet, formats: CodeSet) -> Int {
        let wishes = fitWishes(postures: (need.posture, posture), formats: (need.formats, formats))
        return Int(fits[wishes.stated * (Wishes.most + 1) + wishes.agreed])
    }

    /// The points of the closeness factor on site; nil past the limit.
    func closeness(hectometres: Int, maxKm: Int, _ parameters: Parameters) -> Int? {
        parameters.closenessValue(hectometres: hectometres, maxKm: maxKm).map {
            closenessWeight * $0 / ppmOne
        }
    }
}
