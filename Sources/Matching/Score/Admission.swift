/// What the filters and the factors make of a pair.
enum Assessment: Sendable {
    /// Every filter let the pair pass.
    case admissible(FactorValues)
    /// The first filter that excluded it.
    case refused(WhyNot)
}

extension Market {
    /// Applies the filters in the order of ``WhyNot``, then the factors, to one pair.
    func assess(need: Int, offer: Int) -> Assessment {
        let between = proximity.proximity(need: needRows[need].skill, offer: offerRows[offer].skill)
        return assess(need: need, offer: offer, proximity: between)
    }

    /// The same, for a caller that holds the proximity of the two skills.
    func assess(need needPlace: Int, offer offerPlace: Int, proximity between: Int) -> Assessment {
        assess(needRows[needPlace], at: needPlace, offer: offerPlace, proximity: between)
    }

    /// The same for a need as it could be.
    ///
    /// - Parameter needPlace: whose past meetings count, and for what.
    /// - Parameter maxKm: what its community could be ready to travel, nil for what it states.
    func assess(
        _ need: NeedRow, at needPlace: Int, maxKm: Int? = nil, offer offerPlace: Int, proximity between: Int
    ) -> Assessment {
        let offer = offerRows[offerPlace]
        if let reason = refusal(receiver: need.community, provider: offer.community) {
            return .refused(reason)
        }
        if between == 0 { return .refused(.noOffer) }
        if between < input.parameters.floor { return .refused(.belowFloor) }
        guard
            let level = input.parameters.levelValue(
                offer: offer.level, now: need.levelNow, wanted: need.level,
                amongPeers: need.amongPeers || offer.amongPeers)
        else { return .refused(.belowFloor) }
        if repeats.value(row: needPlace, partner: offer.community) != nil { return .refused(.repeat) }
        if !need.languages.intersects(offer.languages) { return .refused(.noSharedLanguage) }
        let modes = need.modes.intersection(offer.modes)
        if modes.isEmpty { return .refused(.noSharedMode) }
        if !need.slots.intersects(offer.slots) { return .refused(.noSharedSlot) }

        let receiver = communityRows[need.community]
        let closeness: Int
        if modes.intersects(Self.remote) {
            closeness = ppmOne
        } else {
            // Within the smaller limit is within both.
            let limit = min(maxKm ?? receiver.maxKm, communityRows[offer.community].maxKm)
            guard let distance = hectometres(need.community, offer.community),
                let value = closenessValue(hectometres: distance, maxKm: limit)
            else { return .refused(.tooFar) }
            closeness = value
        }
        return .admissible(
            FactorValues(
                skill: between, level: level, closeness: closeness, urgency: need.urgency,
                waiting: receiver.waiting,
                novelty: input.parameters.noveltyValue(
                    meetings.value(row: need.community, partner: offer.community)),
                fit: fitValue(
                    postures: (need.posture, offer.posture), formats: (need.formats, offer.formats))))
    }

    /// The filters that look at the two communities alone, whatever they need and offer.
    func refusal(receiver: Int, provider: Int) -> WhyNot? {
        if receiver == provider { return .itself }
        if kin.areKin(receiver, provider) { return .sameParent }
        if exclusions.value(row: receiver, partner: provider) != nil { return .excluded }
        return nil
    }

    private static let remote = CodeSet([Mode.remote])
}
