import Proof

/// The least that would have to change for a community that was left out.
package struct NearestChange: Sendable, Equatable {
    /// What would have to change: first what the community can do itself, the least effort first, then what others
    /// can. The raw values are the codes of every machine format.
    package enum Code: String, CaseIterable, Sendable {
        /// The community carries no match as a receiver: `value` is 1.
        case receive
        /// The need accepts to be met at a distance.
        case acceptRemote = "accept-remote"
        /// The need accepts to be met on site.
        case acceptOnSite = "accept-on-site"
        /// The community travels further: `value` in kilometres, a multiple of 5.
        case maxKm = "max-km"
        /// The need accepts one more slot: `value` is its code.
        case slot
        /// The need asks for exchange among equals, as nobody in reach knows more: `value` is the posture.
        case posture
        /// The need wants a lower level: `value` is the level.
        case level
        /// All offers that suit it are promised to others: one more provider of the skill.
        case moreProviders = "more-providers"
        /// There are offers of the skill or near it, and none would suit it after any one of these changes.
        case nobodySuits = "nobody-suits"
        /// Nobody else offers the skill or anything near.
        case nobodyOffers = "nobody-offers"
    }

    /// What would have to change.
    package let code: Code
    /// Into what: a number or a code; nil where the code says all.
    package let value: String?
    /// The skill of the need that it would help.
    package let need: String
    /// Slug of the community that could then help; nil where no offer is meant.
    package let provider: String?
    /// The skill of its offer; nil where no offer is meant.
    package let offer: String?
    /// By how much the pair would then be worth more than its prices ask, ppm, above 0; nil where no offer is meant.
    package let gain: Int?
    /// Whether that offer and its provider have room left.
    package let hasRoom: Bool
    /// How many offers suit the need and are promised to others.
    package let suiting: Int

    init(_ code: Code, need: String, suiting: Int = 0) {
        self.code = code
        value = code == .receive ? "1" : nil
        self.need = need
        provider = nil
        offer = nil
        gain = nil
        hasRoom = false
        self.suiting = suiting
    }

    fileprivate init(_ proposal: Proposal, in round: SolvedRound) {
        let market = round.market
        let community = market.offers[proposal.offer].community
        code = proposal.change.code
        value = proposal.change.value
        need = market.needs[proposal.need].skill
        provider = market.communities[community]
        offer = market.offers[proposal.offer].skill
        gain = proposal.gain
        hasRoom = proposal.hasRoom
        suiting = 0
    }

    /// The change as `key=value` pairs: `change` with its code, `to` with its value; `with` (provider and offer),
    /// `gain` and `room` where an offer is meant; else `skill`, and `suiting` with `more-providers`.
    package var details: [Detail] {
        var details = [Detail("change", code.rawValue)]
        if let value { details.append(Detail("to", value)) }
        if let provider, let offer, let gain {
            details.append(Detail("with", "\(provider)/\(offer)"))
            details.append(Detail("gain", gain))
            details.append(Detail("room", hasRoom ? "yes" : "no"))
        } else {
            details.append(Detail("skill", need))
        }
        if code == .moreProviders { details.append(Detail("suiting", suiting)) }
        return details
    }
}

/// A change with the pair that it would open.
private struct Proposal {
    var change: ProfileChange
    var need: Int
    var offer: Int
    var gain: Int
    var hasRoom: Bool

    /// Less effort first; then an offer with room, as it is certain; then the larger gain; then canonical order.
    func precedes(_ other: Proposal) -> Bool {
        if change.effort != other.change.effort { return change.effort < other.change.effort }
        if hasRoom != other.hasRoom { return hasRoom }
        if gain != other.gain { return gain > other.gain }
        return (need, offer) < (other.need, other.offer)
    }
}

extension SolvedRound {
    /// How far a community is asked to travel at most, in kilometres: half a day there and back.
    private static let farthest = 200
    /// The steps of kilometres that are proposed.
    private static let step = 5

    /// The nearest change that would help a community that was left out; nil when it has a match, takes no part, or
    /// asks for nothing.
    ///
    /// Problem. Of the small changes that a community could make to its own profile, one at a time, find the one of
    /// least effort after which one of its needs has an admissible offer that is worth more than the round's prices
    /// ask: score + first bonus > price of the offer + price of its provider. Where there is none, say what the
    /// market lacks. Another language is never proposed: it takes years.
    ///
    /// What it promises. Without such a change the round's own proof shows that the community has no place in any
    /// better choice. With it, that proof no longer stands in the way. Where the offer and its provider have room,
    /// and the change is not `max-km`, a round of the same input but for the change gives the community a match:
    /// every choice without it was open before, and the round's own matches with this one more are worth more than
    /// all of those. (`max-km` opens pairs in which the community gives as well.) Where there is no room, it takes
    /// part in the contest for a place that is taken now, as what it would displace may be worth more than the price.
    ///
    /// Throws as ``explain(receiver:)``.
    ///
    /// - Complexity: O(offers of the skills near its needs); only those that could gain if all suited are assessed.
    package func nearestChange(receiver: String) throws(MatchingError) -> NearestChange? {
        try requireProof()
        if try standing(receiver) != nil { return nil }
        return market.community(receiver).flatMap { nearestChange(of: $0) }
    }

    /// The same for a community that takes part, in a round whose proof holds.
    func nearestChange(of community: Int) -> NearestChange? {
        let needs = market.needs(of: community).filter { market.needRows[$0].quantity > 0 }
        guard use.received[community] == 0, let first = needs.first else { return nil }
        var best: Proposal?
        for need in needs { improve(&best, need) }
        if let best { return NearestChange(best, in: self) }
        if market.communityRows[community].receive == 0 {
            // Nothing else can help before.
            return NearestChange(.receive, need: market.needs[first].skill)
        }
        return lacking(needs, first)
    }

    /// Whether an offer and its provider could carry one more match.
    func hasRoom(offer: Int) -> Bool {
        let provider = market.offers[offer].community
        return use.offers[offer] < market.offerRows[offer].capacity
            && use.given[provider] < market.communityRows[provider].give
    }

    // MARK: What the community can do

    /// What the first match of a need's community adds, its zones included.
    private func firstBonus(_ need: Int) -> Int {
        (instance.bonuses.first ?? 0) + instance.communities[market.needs[need].community].extra
    }

    /// What an offer and its provider cost.
    private func price(ofOffer offer: Int) -> Int {
        prices.offers[offer] + prices.providers[market.offers[offer].community]
    }

    /// The offers near enough to a need, of others, with their proximity.
    private func forEachNear(_ need: Int, _ body: (_ offer: Int, _ proximity: Int) -> Void) {
        let row = market.needRows[need]
        for relative in market.proximity.relatives(of: row.skill)
        where relative.proximity >= market.input.parameters.floor {
            for offer in market.offersOfSkill[relative.skill]
            where market.offerRows[offer].community != row.community {
                body(offer, relative.proximity)
            }
        }
    }

    private func improve(_ best: inout Proposal?, _ need: Int) {
        let row = market.needRows[need]
        let weights = market.input.parameters.weights
        // What a pair scores at most, but for its skill.
        let most =
            weights.level + weights.closeness + weights.novelty + weights.fit
            + weights.urgency * row.urgency / ppmOne
            + weights.waiting * market.communityRows[row.community].waiting / ppmOne
        var found = best
        forEachNear(need) { offer, proximity in
            guard most + weights.skill * proximity / ppmOne + firstBonus(need) > price(ofOffer: offer) else {
                return
            }
            for change in changes(need, offer, proximity) {
                if let found, found.change.effort < change.effort { continue }
                guard let gain = gain(change, need, offer, proximity) else { continue }
                let proposal = Proposal(
                    change: change, need: need, offer: offer, gain: gain, hasRoom: hasRoom(offer: offer))
                if let held = found, !proposal.precedes(held) { continue }
                found = proposal
            }
        }
        best = found
    }

    /// By how much a pair would be worth more than its prices ask; nil when it would not be.
    private func gain(_ change: ProfileChange, _ need: Int, _ offer: Int, _ proximity: Int) -> Int? {
        let row = change.applied(to: market.needRows[need])
        guard
            case .admissible(let values) = market.assess(
                row, at: need, maxKm: change.maxKm, offer: offer, proximity: proximity)
        else { return nil }
        let gain = values.total(market.input.parameters.weights) + firstBonus(need) - price(ofOffer: offer)
        return gain > 0 ? gain : nil
    }

    /// The changes that could make a difference to a pair, by what stands in its way as it is.
    private func changes(_ need: Int, _ offer: Int, _ proximity: Int) -> [ProfileChange] {
        let row = market.needRows[need]
        let reason: WhyNot?
        switch market.assess(need: need, offer: offer, proximity: proximity) {
        case .admissible: reason = nil
        case .refused(let refusal): reason = refusal
        }
        if market.communityRows[row.community].receive == 0 { return reason == nil ? [.receive] : [] }
        let modes = Mode.allCases.filter { !row.modes.intersects(CodeSet([$0])) }
        switch reason {
        case nil:
            // Only what raises the score.
            return modes.map { .mode($0) } + kilometres(need, offer, proximity)
                + (row.levelNow + 1..<max(row.levelNow + 1, row.level)).map {
                    .level($0, below: row.level - $0)
                }
        case .belowFloor: return row.amongPeers ? [] : [.posture(.peer), .posture(.circle)]
        case .noSharedMode: return modes.map { .mode($0) }
        case .noSharedSlot:
            return Slot.allCases.filter { !row.slots.intersects(CodeSet([$0])) }.map { .slot($0) }
        case .tooFar: return modes.map { .mode($0) } + kilometres(need, offer, proximity)
        default: return []
        }
    }

    /// The least step of kilometres past the community's own limit with which a pair gains; nothing when not even
    /// the farthest would do. The further the limit, the closer the pair counts.
    private func kilometres(_ need: Int, _ offer: Int, _ proximity: Int) -> [ProfileChange] {
        let now = market.communityRows[market.needRows[need].community].maxKm
        func suffices(_ steps: Int) -> Bool {
            gain(.maxKm(steps * Self.step), need, offer, proximity) != nil
        }
        var low = now / Self.step + 1
        var high = Self.farthest / Self.step
        guard low <= high, suffices(high) else { return [] }
        while low < high {
            let middle = (low + high) / 2
            if suffices(middle) { high = middle } else { low = middle + 1 }
        }
        return [.maxKm(low * Self.step)]
    }

    // MARK: What others can do

    /// What the market lacks: offers that suit are all promised, on the need of the best of them; or none suits; or
    /// there is none.
    private func lacking(_ needs: [Int], _ first: Int) -> NearestChange {
        var promised: (worth: Int, need: Int, suiting: Int)?
        var near: Int?
        for need in needs {
            var worth = 0
            var suiting = 0
            forEachNear(need) { offer, proximity in
                if near == nil { near = need }
                guard
                    case .admissible(let values) = market.assess(
                        need: need, offer: offer, proximity: proximity)
                else { return }
                let found = values.total(market.input.parameters.weights) + firstBonus(need)
                // A pair that is worth nothing is left out freely, whatever room there is.
                guard found > 0 else { return }
                worth = max(worth, found)
                suiting += 1
            }
            if suiting > 0, promised.map({ worth > $0.worth }) ?? true { promised = (worth, need, suiting) }
        }
        if let promised {
            return NearestChange(
                .moreProviders, need: market.needs[promised.need].skill, suiting: promised.suiting)
        }
        if let near { return NearestChange(.nobodySuits, need: market.needs[near].skill) }
        return NearestChange(.nobodyOffers, need: market.needs[first].skill)
    }
}
