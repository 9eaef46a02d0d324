/// What a profile means when it leaves something out. One place for the whole project.
package struct ProfileDefaults: Sendable, Equatable {
    /// Matches carried per round as a provider.
    package var give = 3
    /// Matches carried per round as a receiver.
    package var receive = 2
    /// Kilometres when meeting on site.
    package var maxKm = 50
    /// Needs that an offer serves per round.
    package var capacity = 1
    /// Matches that a need takes per round.
    package var quantity = 1
    /// Urgency of a need, 1…3.
    package var urgency = 2
    /// Level of an offer, 1…4.
    package var offerLevel = 3
    /// Level that a need starts from, 1…4.
    package var needLevelNow = 1

    /// The level wanted by a need that states only where it stands: one step above, at most 4.
    package func needLevel(from levelNow: Int) -> Int { levelNow < 4 ? levelNow + 1 : 4 }

    /// The defaults of every profile.
    package static let standard = ProfileDefaults()
}

/// The weight of each factor in ppm; they add up to 1000000.
package struct Weights: Sendable, Equatable {
    /// Weight of ``Factor/skill``, ppm.
    package var skill = 350_000
    /// Weight of ``Factor/level``, ppm.
    package var level = 150_000
    /// Weight of ``Factor/closeness``, ppm.
    package var closeness = 150_000
    /// Weight of ``Factor/urgency``, ppm.
    package var urgency = 100_000
    /// Weight of ``Factor/waiting``, ppm.
    package var waiting = 100_000
    /// Weight of ``Factor/novelty``, ppm.
    package var novelty = 50_000
    /// Weight of ``Factor/fit``, ppm.
    package var fit = 100_000

    /// The standard weights.
    package init() {}

    /// The weight of one factor, in ppm.
    package subscript(factor: Factor) -> Int {
        get {
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
        set {
            switch factor {
            case .skill: skill = newValue
            case .level: level = newValue
            case .closeness: closeness = newValue
            case .urgency: urgency = newValue
            case .waiting: waiting = newValue
            case .novelty: novelty = newValue
            case .fit: fit = newValue
            }
        }
    }
}

/// The value of the level factor in each situation, in ppm.
package struct LevelValues: Sendable, Equatable {
    /// The offer reaches the wanted level, one or two steps above where the need stands.
    package var reaches = 1_000_000
    /// It reaches the wanted level from three steps above: less able to remember the first steps.
    package var farAbove = 850_000
    /// One step short of the wanted level, but above where the need stands.
    package var oneShort = 600_000
    /// Shorter still, but above where the need stands.
    package var shorter = 400_000
    /// Not above where the need stands: only among peers or in a circle.
    package var notAbove = 200_000

    /// The standard values.
    package init() {}
}

/// The numbers that a round's scoring and selection depend on. They belong to the round and are frozen
/// with its input. ``standard`` holds every default.
package struct Parameters: Sendable, Equatable {
    /// Weight of each factor, ppm, Σ = 1000000.
    package var weights = Weights()
    /// Smallest skill proximity that is admissible, ppm.
    package var floor = 450_000
    /// Proximity kept per step when the offer is narrower than the need, ppm.
    package var stepNarrower = 900_000
    /// Proximity kept per step when the offer is broader than the need, ppm.
    package var stepBroader = 700_000
    /// Proximity of two skills with the same broader skill, ppm.
    package var sibling = 500_000
    /// Values of the level factor.
    package var levels = LevelValues()
    /// Values of the urgency factor for urgency 1, 2, 3, ppm.
    package var urgencyValues = [0, 500_000, 1_000_000]
    /// Rounds left out after which the waiting factor is 1.
    package var waitingRounds = 3
    /// Rounds since the last meeting after which the novelty factor is 1 again.
    package var noveltyRounds = 6
    /// What a receiver's first, second, … match adds to the objective, ppm, never rising; 0 past the end.
    package var receiptBonuses = [300_000, 50_000]
    /// What each zone adds to the first match of a community that lies in it, by zone; several add up.
    package var zoneBonuses: [ZoneBonus] = []
    /// Rounds during which the same help between the same two communities is not proposed again.
    package var repeatRounds = 3
    /// Whether a first match for as many communities as possible goes before everything else. Where it does, the first
    /// receipt bonus is not what ``receiptBonuses`` says but what ``bonuses`` does.
    package var coverage = Coverage.bonus
    /// Whether rings of mutual help are sought.
    package var mutual = Mutual.off
    /// What each ring of mutual help adds to the objective, ppm.
    package var mutualBonus = 200_000
    /// Where rings are sought, every admissible pair is listed if no more than so many have to be looked at: those of
    /// some 1,500 communities. Rings are found among listed pairs alone.
    package var listedWhole = 1_000_000
    /// How many of its best offers each need lists for the solver. Changes no result but which of several equal
    /// ones is found: the proof covers every admissible pair.
    package var listed = 32

    /// The standard parameters.
    package init() {}

    /// The parameters of a round that sets none.
    package static let standard = Parameters()
}

extension Parameters {
    /// Throws when a value lies outside its range, the weights do not add up, or the bonuses rise.
    package func validate() throws(MatchingError) {
        var total = 0
        for factor in Factor.allCases {
            try ppm(weights[factor], "weight-\(factor.rawValue)")
            total += weights[factor]
        }
        guard total == ppmOne else { throw MatchingError(.weightsSum, "\(total)") }
        try ppm(floor, "floor")
        try ppm(stepNarrower, "step-narrower")
        try ppm(stepBroader, "step-broader")
        try ppm(sibling, "sibling")
        for value in [levels.reaches, levels.farAbove, levels.oneShort, levels.shorter, levels.notAbove] {
            try ppm(value, "level-values")
        }
        guard urgencyValues.count == 3 else { throw MatchingError(.outOfRange, "urgency-values") }
        for value in urgencyValues { try ppm(value, "urgency-values") }
        try Limits.check(waitingRounds, in: 1...Limits.rounds.upperBound, "waiting-rounds")
        try Limits.check(noveltyRounds, in: 1...Limits.rounds.upperBound, "novelty-rounds")
        try Limits.check(repeatRounds, in: Limits.rounds, "repeat-rounds")
        try Limits.check(listed, in: Limits.listed, "listed")
        try Limits.check(mutualBonus, in: Limits.bonus, "mutual-bonus")
        try Limits.check(listedWhole, in: 0...Limits.listed.upperBound, "listed-whole")
        guard receiptBonuses.count <= Limits.bonuses else {
            throw MatchingError(.outOfRange, "receipt-bonuses")
        }
        var previous = Limits.bonus.upperBound
        for bonus in receiptBonuses {
            try Limits.check(bonus, in: Limits.bonus, "receipt-bonuses")
            guard bonus <= previous else { throw MatchingError(.bonusesRise, "receipt-bonuses") }
            previous = bonus
        }
        try validateZones()
    }

    private func ppm(_ value: Int, _ key: String) throws(MatchingError) {
        try Limits.check(value, in: 0...ppmOne, key)
    }
}
