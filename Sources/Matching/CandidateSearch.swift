/// What offers cost on top of what they score, as one walk sees it.
protocol OfferPrices: Sendable {
    /// The members of the remote appeals, each appeal by price, then by offer.
    var members: [RemoteOffers.Member] { get }
    /// Where the members at the price of the one at `place` end, no later than `end`.
    func end(ofPriceAt place: Int, before end: Int) -> Int
    func price(ofOffer offer: Int) -> Int
    /// No more than the price of any offer of the appeal.
    func least(ofAppeal appeal: Int) -> Int
    /// No more than the price of any offer of the cell.
    func least(ofCell cell: Int) -> Int
}

/// Offers that cost nothing: the walk is by score alone.
struct NoPrices: OfferPrices {
    let members: [RemoteOffers.Member]

    init(index: CandidateIndex) { members = index.remote.members }

    func end(ofPriceAt place: Int, before end: Int) -> Int { end }
    func price(ofOffer offer: Int) -> Int { 0 }
    func least(ofAppeal appeal: Int) -> Int { 0 }
    func least(ofCell cell: Int) -> Int { 0 }
}

/// The walk of ``CandidateIndex``, for one need after the other.
///
/// The *worth* of an offer is its score less its price less a threshold of the need's; only offers of a worth
/// above 0 count. The walk keeps the best few by worth, ties by the need's turn. Without prices the threshold
/// is -1, so that a pair of score 0 counts too, and the worth is the score plus 1.
///
/// Invariant: everything that is not yet looked at and could be kept lies below an entry of the frontier whose
/// worth is no less than its own. Work space is kept from one need to the next.
struct CandidateSearch<Prices: OfferPrices>: Sendable {
    private let index: CandidateIndex
    private let prices: Prices
    private let parameters: Parameters
    private let meetings: PairTable
    private let exclusions: PairTable
    private let repeats: PairTable
    private var kept = BestOffers()
    private var frontier = Frontier()
    /// The points of each skill that was opened for the need at hand.
    private var skillPoints: [Int]
    private var appealOrders: AppealOrders
    /// How many appeals of each skill were taken for the need at hand.
    private var appealsTaken: [Int]
    /// How many pairs were looked at so far.
    private(set) var evaluations = 0

    init(_ index: CandidateIndex, prices: Prices) {
        self.index = index
        self.prices = prices
        parameters = index.market.input.parameters
        meetings = index.market.meetings
        exclusions = index.market.exclusions
        repeats = index.market.repeats
        let skills = index.market.offersOfSkill.count
        skillPoints = [Int](repeating: 0, count: skills)
        appealOrders = AppealOrders(skills: skills)
        appealsTaken = skillPoints
    }

    /// What one walk is about.
    private struct Quest {
        let need: Int
        let view: NeedView
        let turn: OfferTurn
        let threshold: Int
        let relatives: ArraySlice<CandidateIndex.Relative>
        /// Offers of this rank by score and better are listed already.
        let listedFrom: OfferRank
        /// Other offers that are listed already, ascending.
        let listed: ArraySlice<Int32>
    }

    /// The best `count` offers by score, in no order.
    mutating func best(ofNeed need: Int, count: Int) -> [OfferRank] {
        walk(need, threshold: -1, count: count, listedFrom: .highest, listed: [])
    }

    /// The best `count` offers by worth that are not listed yet, in no order.
    ///
    /// - Parameter listedFrom: the rank by score of the last of the best offers that are listed.
    /// - Parameter listed: the offers listed beyond those, ascending.
    mutating func best(
        ofNeed need: Int, worthMoreThan threshold: Int, count: Int, listedFrom: OfferRank,
        listed: ArraySlice<Int32>
    ) -> [OfferRank] {
        walk(need, threshold: threshold, count: count, listedFrom: listedFrom, listed: listed)
    }

    private mutating func walk(
        _ need: Int, threshold: Int, count: Int, listedFrom: OfferRank, listed: ArraySlice<Int32>
    ) -> [OfferRank] {
        guard count > 0 else { return [] }
        let quest = Quest(
            need: need, view: index.view(ofNeed: need),
            turn: index.turn(ofNeed: need), threshold: threshold,
            relatives: index.relatives(of: index.market.needRows[need].skill),
            listedFrom: listedFrom, listed: listed)
        kept.restart(limit: count)
        frontier.restart()
        announce(relative: quest.relatives.startIndex, quest)
        while let next = frontier.pop() {
            // An equal bound may hold an offer whose turn is earlier.
            guard next.worth >= kept.bar.worth else { break }
            switch next.kind {
            case .relative:
                open(quest.relatives[next.place], quest)
                announce(relative: next.place + 1, quest)
            case .appeals: takeNextAppeal(ofSkill: next.place, quest)
            case .cell: take(cell: next.place, quest)
            }
        }
        return kept.all
    }

    // MARK: Bounds

    private mutating func announce(_ kind: Frontier.Kind, _ place: Int, worth: Int) {
        if worth > 0, worth >= kept.bar.worth { frontier.push(kind, place, worth: worth) }
    }

    /// All relatives from this one on: none has more points.
    private mutating func announce(relative: Int, _ quest: Quest) {
        guard relative < quest.relatives.endIndex else { return }
        let most =
            quest.view.always + Int(quest.relatives[relative].points)
            + max(0, index.points.level(.all, row: quest.view.levelRow)) + index.points.closeness
            + index.points.fit
        announce(.relative, relative, worth: most - quest.threshold)
    }

    private mutating func open(_ relative: CandidateIndex.Relative, _ quest: Quest) {
        let skill = Int(relative.skill)
        skillPoints[skill] = Int(relative.points)
        if quest.view.isRemote {
            appealOrders.arrange(skill: skill, for: quest.view, index, prices)
            appealsTaken[skill] = 0
            announce(appealsOfSkill: skill, quest)
        }
        guard let place = quest.view.place else { return }
        announce(cell: Int(index.onSite.onSiteOnly[skill]), quest, place)
        // A pair that shares remote is as close as can be: it is found among the remote offers.
        if !quest.view.isRemote { announce(cell: Int(index.onSite.eitherWay[skill]), quest, place) }
    }

    /// The next appeal of a skill and all after it: none is worth more.
    private mutating func announce(appealsOfSkill skill: Int, _ quest: Quest) {
        guard let next = appealOrders.appeal(ofSkill: skill, rank: appealsTaken[skill]) else { return }
        let score = quest.view.always + skillPoints[skill] + index.points.closeness + next.gain
        announce(.appeals, skill, worth: score - quest.threshold)
    }

    private mutating func announce(cell place: Int, _ quest: Quest, _ from: UnitVector) {
        guard place >= 0 else { return }
        let cell = index.onSite.cells[place]
        let level = index.points.level(cell.levels, row: quest.view.levelRow)
        guard level >= 0, quest.view.slots.intersects(cell.slots),
            quest.view.languages.intersects(index.onSite.languages[Int(cell.languages)])
        else { return }
        let distanceSquared = cell.box.distanceSquared(to: from)
        guard distanceSquared < quest.view.outOfReach else { return }
        let distance = hectometresAtLeast(chordSquared: distanceSquared)
        let limit = min(quest.view.maxKm, Int(cell.maxKm))
        guard let closeness = closeness(distance, limit) else { return }
        let most =
            quest.view.always + skillPoints[Int(cell.skill)] + level + closeness + index.points.fit
        announce(.cell, place, worth: most - quest.threshold - prices.least(ofCell: place))
    }

    // MARK: Offers

    private mutating func takeNextAppeal(ofSkill skill: Int, _ quest: Quest) {
        guard let next = appealOrders.appeal(ofSkill: skill, rank: appealsTaken[skill]) else { return }
        appealsTaken[skill] += 1
        let appeal = Int(next.appeal)
        // Of a pair that never met.
        let score =
            quest.view.always + skillPoints[skill] + index.points.closeness + next.gain
            + prices.least(ofAppeal: appeal)
        // What scores more than the last one listed is listed, unless an earlier meeting lowered it.
        if score < quest.listedFrom.worth || quest.view.hasMeetings {
            let members = index.remote.members(ofAppeal: appeal)
            var start = members.lowerBound
            while start < members.upperBound {
                let end = prices.end(ofPriceAt: start, before: members.upperBound)
                let price = prices.price(ofOffer: Int(prices.members[start].offer))
                let worth = score - price - quest.threshold
                guard worth > 0, worth >= kept.bar.worth else { break }
                take(members: start..<end, score: score, price: price, quest)
                start = end
            }
        }
        announce(appealsOfSkill: skill, quest)
    }

    /// Members of one appeal at one price, from the need's pivot around.
    private mutating func take(members: Range<Int>, score: Int, price: Int, _ quest: Quest) {
        var low = members.lowerBound
        var high = members.upperBound
        while low < high {
            let middle = (low + high) / 2
            if Int(prices.members[middle].offer) < quest.turn.pivot {
                low = middle + 1
            } else {
                high = middle
            }
        }
        take(inOrder: low..<members.upperBound, score: score, price: price, quest)
        take(inOrder: members.lowerBound..<low, score: score, price: price, quest)
    }

    private mutating func take(inOrder members: Range<Int>, score: Int, price: Int, _ quest: Quest) {
        let worth = score - price - quest.threshold
        for place in members {
            let member = prices.members[place]
            let turn = quest.turn.rank(of: Int(member.offer))
            // Ranks only fall from here on.
            guard OfferRank(worth: worth, turn: turn) > kept.bar else { return }
            guard quest.view.slots.intersects(member.slots),
                quest.view.languages.intersects(index.remote.languages[Int(member.languages)])
            else {
                evaluations += 1
                continue
            }
            consider(
                offer: Int(member.offer), of: Int(member.community), score: score, price: price, turn, quest)
        }
    }

    private mutating func take(cell place: Int, _ quest: Quest) {
        guard let from = quest.view.place else { return }
        let cell = index.onSite.cells[place]
        if cell.second > 0 {
            announce(cell: place + 1, quest, from)
            announce(cell: Int(cell.second), quest, from)
            return
        }
        let known = quest.view.always + skillPoints[Int(cell.skill)]
        for offer in index.onSite.placed[Int(cell.start)..<Int(cell.end)] {
            let level = index.points.level(offer.level, row: quest.view.levelRow)
            guard level >= 0, quest.view.slots.intersects(offer.slots),
                quest.view.languages.intersects(index.onSite.languages[Int(offer.languages)])
            else { continue }
            let others =
                known + level
                + index.points.fit(quest.view, posture: offer.posture, formats: offer.formats)
            let price = prices.price(ofOffer: Int(offer.offer))
            let turn = quest.turn.rank(of: Int(offer.offer))
            let fixed = others - price - quest.threshold
            // Cheapest first: as close as can be, then as the chord tells, then as it is.
            guard isPromising(fixed + index.points.closeness, turn) else { continue }
            let distanceSquared = from.chordSquared(to: offer.place)
            guard distanceSquared < quest.view.outOfReach else { continue }
            let limit = min(quest.view.maxKm, Int(offer.maxKm))
            let least = hectometresAtLeast(chordSquared: distanceSquared)
            guard let most = closeness(least, limit), isPromising(fixed + most, turn) else { continue }
            let distance = from.hectometres(to: offer.place)
            guard let closeness = distance == least ? most : closeness(distance, limit) else { continue }
            consider(
                offer: Int(offer.offer), of: Int(offer.community), score: others + closeness, price: price,
                turn, quest)
        }
    }

    /// The points of the closeness factor on site; nil past the limit in kilometres.
    private func closeness(_ hectometres: Int, _ maxKm: Int) -> Int? {
        index.points.closeness(hectometres: hectometres, maxKm: maxKm, parameters)
    }

    /// Whether an offer of this worth would be kept.
    private func isPromising(_ worth: Int, _ turn: Int) -> Bool {
        worth > 0 && OfferRank(worth: worth, turn: turn) > kept.bar
    }

    /// Keeps an offer that all filters but those about the two communities let pass.
    ///
    /// - Parameter score: of a pair that never met.
    private mutating func consider(
        offer: Int, of provider: Int, score: Int, price: Int, _ turn: Int, _ quest: Quest
    ) {
        evaluations += 1
        let receiver = quest.view.community
        if provider == receiver || (quest.view.hasKin && isKin(provider, receiver)) { return }
        if quest.view.hasExclusions, exclusions.value(row: receiver, partner: provider) != nil { return }
        if quest.view.hasRepeats, repeats.value(row: quest.need, partner: provider) != nil { return }
        var score = score
        if quest.view.hasMeetings, let roundsAgo = meetings.value(row: receiver, partner: provider) {
            let value = parameters.noveltyValue(roundsAgo)
            score -= index.points.novelty - parameters.weights.novelty * value / ppmOne
        }
        let worth = score - price - quest.threshold
        guard worth > 0, OfferRank(worth: score + 1, turn: turn) < quest.listedFrom,
            !contains(quest.listed, offer)
        else { return }
        kept.keep(OfferRank(worth: worth, turn: turn))
    }

    /// Equal parents, or one the other's parent.
    private func isKin(_ a: Int, _ b: Int) -> Bool {
        let (parentOfA, parentOfB) = (Int(index.parents[a]), Int(index.parents[b]))
        return (parentOfA >= 0 && parentOfA == parentOfB) || parentOfA == b || parentOfB == a
    }

    private func contains(_ listed: ArraySlice<Int32>, _ offer: Int) -> Bool {
        var low = listed.startIndex
        var high = listed.endIndex
        while low < high {
            let middle = (low + high) / 2
            if Int(listed[middle]) < offer { low = middle + 1 } else { high = middle }
        }
        return low < listed.endIndex && Int(listed[low]) == offer
    }
}
