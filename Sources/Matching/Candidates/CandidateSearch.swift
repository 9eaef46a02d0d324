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
    private let points: FactorPoints
    private let remote: RemoteOffers
    private let onSite: OfferCells
    private let filters: PairFilters
    private let kin: Kin
    private var kept = BestOffers()
    private var frontier = Frontier()
    /// The points of each skill that was opened for the need at hand.
    private var skillPoints: [Int]
    private var appealOrders: AppealOrders
    /// How many appeals of each skill were taken for the need at hand.
    private var appealsTaken: [Int]
    /// Offers that the need at hand lists beyond its best, ascending.
    private var listed: ArraySlice<Int32> = []
    /// How many pairs were looked at so far.
    private(set) var evaluations = 0

    init(_ index: CandidateIndex, prices: Prices) {
        self.index = index
        self.prices = prices
        points = index.points
        remote = index.remote
        onSite = index.onSite
        filters = PairFilters(index.market)
        kin = index.market.kin
        skillPoints = [Int](repeating: 0, count: index.market.offersOfSkill.count)
        appealOrders = AppealOrders(index)
        appealsTaken = skillPoints
    }

    /// What one walk is about.
    private struct Quest {
        let view: NeedView
        let threshold: Int
        /// Where the relatives of the needed skill end.
        let relativesEnd: Int
        /// Offers of this rank by score and better are listed already.
        let listedFrom: OfferRank
    }

    /// The best `count` offers by score, in no order.
    mutating func best(of view: NeedView, count: Int) -> [OfferRank] {
        walk(view, threshold: -1, count: count, listedFrom: .highest)
        return kept.all
    }

    /// The best `count` offers by worth that are not listed yet, in no order.
    ///
    /// - Parameter listedFrom: the rank by score of the last of the best offers that are listed.
    /// - Parameter listed: the offers listed beyond those, ascending.
    mutating func best(
        of view: NeedView, worthMoreThan threshold: Int, count: Int, listedFrom: OfferRank,
        listed: ArraySlice<Int32>
    ) -> [OfferRank] {
        self.listed = listed
        walk(view, threshold: threshold, count: count, listedFrom: listedFrom)
        return kept.all
    }

    private mutating func walk(_ view: NeedView, threshold: Int, count: Int, listedFrom: OfferRank) {
        kept.restart(limit: count)
        guard count > 0 else { return }
        let relatives = index.relatives(of: view.skill)
        let quest = Quest(
            view: view, threshold: threshold, relativesEnd: relatives.upperBound, listedFrom: listedFrom)
        frontier.restart()
        announce(relative: relatives.lowerBound, quest)
        // An equal bound holds nothing better.
        while let next = frontier.pop(), next.bound > kept.bar {
            switch next.kind {
            case .relative:
                open(index.relatives[next.place], quest)
                announce(relative: next.place + 1, quest)
            case .appeals: takeNextAppeals(ofSkill: next.place, quest)
            case .cell: take(cell: next.place, quest)
            }
        }
    }

    // MARK: Bounds

    /// - Parameter turn: the least turn of all that the bound is of.
    private mutating func announce(_ kind: Frontier.Kind, _ place: Int, worth: Int, turn: Int = 0) {
        guard worth > 0 else { return }
        let bound = OfferRank(worth: worth, turn: turn)
        if bound > kept.bar { frontier.push(Frontier.Entry(kind, place, bound: bound)) }
    }

    /// All relatives from this one on: none has more points.
    private mutating func announce(relative: Int, _ quest: Quest) {
        guard relative < quest.relativesEnd else { return }
        let most =
            quest.view.always + Int(index.relatives[relative].points)
            + max(0, points.level(.all, row: quest.view.levelRow)) + points.closeness + points.fit
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
        announce(cell: Int(onSite.roots[skill]), quest, place)
    }

    /// The next appeals of a skill and all after them: none is worth more.
    private mutating func announce(appealsOfSkill skill: Int, _ quest: Quest) {
        guard let gain = appealOrders.gain(ofSkill: skill, after: appealsTaken[skill], index) else { return }
        let score = quest.view.always + skillPoints[skill] + points.closeness + gain
        announce(.appeals, skill, worth: score - quest.threshold)
    }

    private mutating func announce(cell place: Int, _ quest: Quest, _ from: UnitVector) {
        guard place >= 0 else { return }
        let cell = onSite.cells[place]
        // A pair that shares remote is as close as can be: it is found among the remote offers.
        guard !quest.view.isRemote || cell.hasOnSiteOnly else { return }
        let distanceSquared = cell.box.distanceSquared(to: from)
        guard distanceSquared < quest.view.outOfReach else { return }
        let level = points.level(cell.levels, row: quest.view.levelRow)
        guard level >= 0, quest.view.setting.meets(onSite.settings[Int(cell.setting)]) else { return }
        let distance = distanceSquared == 0 ? 0 : hectometresAtLeast(chordSquared: distanceSquared)
        let limit = min(quest.view.maxKm, Int(cell.maxKm))
        guard let closeness = points.closeness(hectometres: distance, maxKm: limit) else { return }
        let most = quest.view.always + skillPoints[Int(cell.skill)] + level + closeness + points.fit
        announce(
            .cell, place, worth: most - quest.threshold - prices.least(ofCell: place),
            turn: quest.view.turn.leastRank(from: Int(cell.first), to: Int(cell.last)))
    }

    // MARK: Offers at a distance

    private mutating func takeNextAppeals(ofSkill skill: Int, _ quest: Quest) {
        guard let group = appealOrders.group(ofSkill: skill, after: appealsTaken[skill], index) else {
            return
        }
        appealsTaken[skill] += group.places.count
        let known = quest.view.always + skillPoints[skill] + points.closeness
        if Prices.areNone, group.members >= remote.members(ofSkill: skill).count / Self.sparse {
            take(gain: group.gain, ofSkill: skill, score: known + group.gain, quest)
        } else {
            for place in group.places {
                take(appeal: Int(appealOrders.ranked[place].appeal), known + group.gain, quest)
            }
        }
        announce(appealsOfSkill: skill, quest)
    }

    /// What share of a skill's members a group has at least, as a divisor, for the rest to be passed over one by one.
    private static var sparse: Int { 8 }

    /// All members of a skill that gain as much, from the need's pivot around, whatever their appeal.
    private mutating func take(gain: Int, ofSkill skill: Int, score: Int, _ quest: Quest) {
        let members = remote.members(ofSkill: skill)
        let middle = firstMember(in: members, of: remote.membersBySkill, from: quest.view.turn.pivot)
        for range in [middle..<members.upperBound, members.lowerBound..<middle] {
            for place in range {
                let member = remote.membersBySkill[place]
                guard appealOrders.gains[Int(member.appeal)] == gain else { continue }
                guard take(member, score: score, price: 0, quest) else { return }
            }
        }
    }

    /// - Parameter score: of its dearest members that never met, less the least price.
    private mutating func take(appeal: Int, _ gain: Int, _ quest: Quest) {
        // Of a pair that never met.
        let score = gain + prices.least(ofAppeal: appeal)
        // What scores more than the last one listed is listed, unless an earlier meeting lowered it.
        guard score < quest.listedFrom.worth || quest.view.mark.hasMeetings else { return }
        let members = remote.members(ofAppeal: appeal)
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

    /// Members of one appeal at one price, from the need's pivot around.
    private mutating func take(members: Range<Int>, score: Int, price: Int, _ quest: Quest) {
        let middle = firstMember(in: members, of: prices.members, from: quest.view.turn.pivot)
        for place in middle..<members.upperBound {
            guard take(prices.members[place], score: score, price: price, quest) else { return }
        }
        for place in members.lowerBound..<middle {
            guard take(prices.members[place], score: score, price: price, quest) else { return }
        }
    }

    /// The place of the first of some members, by offer, whose offer is not before `pivot`.
    private func firstMember(
        in range: Range<Int>, of members: FixedTable<RemoteOffers.Member>, from pivot: Int
    ) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if Int(members[middle].offer) < pivot { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Answers whether a later turn at the same worth could still be kept.
    private mutating func take(_ member: RemoteOffers.Member, score: Int, price: Int, _ quest: Quest) -> Bool
    {
        let turn = quest.view.turn.rank(of: Int(member.offer))
        guard OfferRank(worth: score - price - quest.threshold, turn: turn) > kept.bar else { return false }
        if quest.view.setting.meets(remote.settings[Int(member.setting)]) {
            consider(
                offer: Int(member.offer), of: Int(member.community), score: score, price: price, turn, quest)
        } else {
            evaluations += 1
        }
        return true
    }

    // MARK: Offers on site

    private mutating func take(cell place: Int, _ quest: Quest) {
        guard let from = quest.view.place else { return }
        let cell = onSite.cells[place]
        if cell.parts > 0 {
            for part in Int(cell.parts)..<Int(cell.partsEnd) { announce(cell: part, quest, from) }
            return
        }
        let known = quest.view.always + skillPoints[Int(cell.skill)]
        var promising = onSite.promising(
            in: Int(cell.start)..<Int(cell.end), at: from, within: quest.view.maxKm, quest.view.setting,
            levelRow: quest.view.levelRow, onSiteOnly: quest.view.isRemote, points,
            lacking: max(1, kept.bar.worth) + quest.threshold + prices.least(ofCell: place) - known
                - points.fit)
        while promising != 0 {
            let offer = onSite.placed[Int(cell.start) + promising.trailingZeroBitCount]
            promising &= promising - 1
            let others =
                known + points.level(offer.level, row: quest.view.levelRow)
                + points.fit(
                    postures: (quest.view.posture, offer.posture),
                    formats: (quest.view.formats, offer.formats))
            let price = prices.price(ofOffer: Int(offer.offer))
            let turn = quest.view.turn.rank(of: Int(offer.offer))
            let fixed = others - price - quest.threshold
            // Cheapest first: as close as can be, then as it is.
            guard isPromising(fixed + points.closeness, turn) else { continue }
            let distanceSquared = from.chordSquared(to: offer.place)
            guard distanceSquared < quest.view.outOfReach else { continue }
            let distance =
                hectometresNear(chordSquared: distanceSquared) ?? from.hectometresBySeries(to: offer.place)
            let limit = min(quest.view.maxKm, Int(offer.maxKm))
            guard let closeness = points.closeness(hectometres: distance, maxKm: limit),
                isPromising(fixed + closeness, turn)
            else { continue }
            consider(
                offer: Int(offer.offer), of: Int(offer.community), score: others + closeness, price: price,
                turn, quest)
        }
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
        var score = score
        if quest.view.mark.hasKin, kin.areKin(provider, quest.view.community) { return }
        if quest.view.mark.mayKnow(provider) {
            guard let known = filters.score(score, of: quest.view, provider: provider) else { return }
            score = known
        }
        let worth = score - price - quest.threshold
        guard worth > 0 else { return }
        if !Prices.areNone {
            guard OfferRank(worth: score + 1, turn: turn) < quest.listedFrom, !isListed(offer) else { return }
        }
        kept.keep(OfferRank(worth: worth, turn: turn))
    }

    private func isListed(_ offer: Int) -> Bool {
        var low = listed.startIndex
        var high = listed.endIndex
        while low < high {
            let middle = (low + high) / 2
            if Int(listed[middle]) < offer { low = middle + 1 } else { high = middle }
        }
        return low < listed.endIndex && Int(listed[low]) == offer
    }
}
