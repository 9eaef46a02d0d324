/// One factor's share of a score.
package struct ScorePart: Sendable, Equatable {
    /// Which factor.
    package let factor: Factor
    /// Its weight in this round, ppm.
    package let weight: Int
    /// Its value for this pair, ppm.
    package let value: Int
    /// ⌊weight · value / 10⁶⌋, ppm.
    package let points: Int

    /// A part as it was computed, or as it was stored.
    package init(factor: Factor, weight: Int, value: Int, points: Int) {
        self.factor = factor
        self.weight = weight
        self.value = value
        self.points = points
    }
}

/// How good a candidate is, and why. The parts add up to the total exactly.
package struct Score: Sendable, Equatable {
    /// Σ points, ppm, 0…1000000.
    package let total: Int
    /// One part per factor, in the order of ``Factor``.
    package let parts: [ScorePart]
}

/// The value of each factor for one pair, ppm.
struct FactorValues: Sendable, Equatable {
    var skill = 0
    var level = 0
    var closeness = 0
    var urgency = 0
    var waiting = 0
    var novelty = 0
    var fit = 0

    /// The value of one factor.
    subscript(factor: Factor) -> Int {
        switch factor {
        case .skill: skill
        case .level: level
        case .closeness: closeness
        case .urgency: urgency
        case .waiting: waiting
        case .novelty: novelty
        case .fit: fit
        }
    }

    /// The score without its parts: what candidates are listed with.
    func total(_ weights: Weights) -> Int {
        // Weights and values are at most 10⁶: no product passes 10¹².
        weights.skill * skill / ppmOne + weights.level * level / ppmOne
            + weights.closeness * closeness / ppmOne + weights.urgency * urgency / ppmOne
            + weights.waiting * waiting / ppmOne + weights.novelty * novelty / ppmOne
            + weights.fit * fit / ppmOne
    }

    /// The score with its parts.
    func score(_ weights: Weights) -> Score {
        let parts = Factor.allCases.map { factor in
            let weight = weights[factor]
            let value = self[factor]
            return ScorePart(
                factor: factor, weight: weight, value: value, points: weight * value / ppmOne)
        }
        return Score(total: parts.reduce(0) { $0 + $1.points }, parts: parts)
    }
}

// MARK: The factors

extension Parameters {
    /// The level factor of an offer at `offer` for a need that stands at `now` and wants `wanted`, in ppm;
    /// nil when the pair is not admissible. `amongPeers`: either side asks for a peer or a circle.
    func levelValue(offer: Int, now: Int, wanted: Int, amongPeers: Bool) -> Int? {
        // Not above comes first: a need that already stands where it wants to be is about exchange, and
        // reaching its level is no help by itself.
        if offer <= now { return amongPeers ? levels.notAbove : nil }
        if offer >= wanted { return offer - now <= 2 ? levels.reaches : levels.farAbove }
        return offer == wanted - 1 ? levels.oneShort : levels.shorter
    }

    /// The waiting factor after so many rounds left out, ppm.
    func waitingValue(_ rounds: Int) -> Int {
        rounds >= waitingRounds ? ppmOne : rounds * ppmOne / waitingRounds
    }

    /// The novelty factor when the last meeting was so many rounds ago, nil for never, ppm.
    func noveltyValue(_ roundsAgo: Int?) -> Int {
        guard let roundsAgo, roundsAgo < noveltyRounds else { return ppmOne }
        return roundsAgo * ppmOne / noveltyRounds
    }
}

/// The closeness factor on site, ppm; nil past the limit. A limit of 0 km admits the same place only.
func closenessValue(hectometres: Int, maxKm: Int) -> Int? {
    let limit = maxKm * 10
    guard hectometres <= limit else { return nil }
    return limit == 0 ? ppmOne : (limit - hectometres) * ppmOne / limit
}

/// The fit factor: of the wishes that both sides state, the share that agrees, ppm; 1 when none is.
///
/// A posture stated by both is one wish. Formats stated by both are as many wishes as the shorter list has,
/// of which those in common agree: to list more formats never lowers the share of a pair that agrees on all
/// that one side asks for.
func fitValue(postures: (CodeSet, CodeSet), formats: (CodeSet, CodeSet)) -> Int {
    fitWishes(postures: postures, formats: formats).value
}

/// How many wishes both sides state, and on how many they agree.
struct Wishes: Sendable, Equatable {
    /// One for a posture and one per format at most.
    static let most = 1 + Format.allCases.count

    var stated = 0
    var agreed = 0

    /// The fit factor, ppm.
    var value: Int { stated == 0 ? ppmOne : agreed * ppmOne / stated }
}

/// The wishes that ``fitValue(postures:formats:)`` counts.
func fitWishes(postures: (CodeSet, CodeSet), formats: (CodeSet, CodeSet)) -> Wishes {
    var wishes = Wishes()
    if !postures.0.isEmpty, !postures.1.isEmpty {
        wishes.stated += 1
        wishes.agreed += postures.0.intersects(postures.1) ? 1 : 0
    }
    if !formats.0.isEmpty, !formats.1.isEmpty {
        wishes.stated += min(formats.0.count, formats.1.count)
        wishes.agreed += formats.0.intersection(formats.1).count
    }
    return wishes
}
