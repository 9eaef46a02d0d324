extension Market {
    /// What a filter saw when it excluded a pair of communities, whatever they need and offer.
    func detail(of reason: WhyNot, receiver: Int, provider: Int) -> [Detail] {
        guard reason == .sameParent else { return [] }
        let participants = input.participants
        // One of the two has a parent, or they would not be of the same.
        let parent = participants[receiver].parent ?? participants[provider].parent
        if let own = participants[provider].parent, own == communities[receiver] {
            return [Detail("parent", own)]
        }
        return parent.map { [Detail("parent", $0)] } ?? []
    }

    /// What a filter saw when it excluded a need and an offer.
    func detail(of reason: WhyNot, need: Int, offer: Int) -> [Detail] {
        let receiver = needs[need].community
        let provider = offers[offer].community
        let needRow = needRows[need]
        let offerRow = offerRows[offer]
        switch reason {
        case .belowFloor:
            let between = proximity.proximity(need: needRow.skill, offer: offerRow.skill)
            if between < input.parameters.floor {
                return [
                    Detail("factor", Factor.skill.rawValue), Detail("value", between),
                    Detail("floor", input.parameters.floor),
                ]
            }
            return [
                Detail("factor", Factor.level.rawValue), Detail("level", offerRow.level),
                Detail("level_now", needRow.levelNow),
            ]
        case .repeat:
            return repeats.value(row: need, partner: provider).map { [Detail("rounds_ago", $0)] } ?? []
        case .noSharedLanguage:
            let sides = inputs(need: need, offer: offer)
            return lists(sides.need?.languages, sides.offer?.languages, receiver, provider, \.languages) {
                $0
            }
        case .noSharedMode:
            let sides = inputs(need: need, offer: offer)
            return lists(sides.need?.modes, sides.offer?.modes, receiver, provider, \.modes) { $0.rawValue }
        case .noSharedSlot:
            let sides = inputs(need: need, offer: offer)
            return lists(sides.need?.slots, sides.offer?.slots, receiver, provider, \.slots) { $0.rawValue }
        case .tooFar:
            let limit = min(communityRows[receiver].maxKm, communityRows[provider].maxKm)
            let distance =
                hectometres(receiver, provider).map {
                    Detail("distance_km", "\($0 / 10).\($0 % 10)")
                } ?? Detail("distance", "unknown")
            return [distance, Detail("max_km", limit)]
        default:
            return detail(of: reason, receiver: receiver, provider: provider)
        }
    }

    /// The profile lines behind a need and an offer.
    private func inputs(need: Int, offer: Int) -> (need: NeedInput?, offer: OfferInput?) {
        let receiver = needs[need].community
        let provider = offers[offer].community
        return (
            input.participants[receiver].needs.first { $0.skill == needs[need].skill },
            input.participants[provider].offers.first { $0.skill == offers[offer].skill }
        )
    }

    /// The two lists in force that share nothing, the community's where need or offer states none.
    private func lists<Element>(
        _ need: [Element]?, _ offer: [Element]?, _ receiver: Int, _ provider: Int,
        _ own: KeyPath<Participant, [Element]>, code: (Element) -> String
    ) -> [Detail] {
        func inForce(_ list: [Element]?, _ community: Int) -> String {
            let stated = list ?? []
            let list = stated.isEmpty ? input.participants[community][keyPath: own] : stated
            return list.map(code).joined(separator: ",")
        }
        return [Detail("need", inForce(need, receiver)), Detail("offer", inForce(offer, provider))]
    }
}
