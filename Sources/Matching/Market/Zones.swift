import Graphs

/// What a zone adds to the first match of each community that lies in it.
package struct ZoneBonus: Sendable, Equatable {
    /// The zone's slug.
    package var zone: String
    /// ppm, above 0.
    package var extra: Int

    /// A zone and what it adds.
    package init(zone: String, extra: Int) {
        self.zone = zone
        self.extra = extra
    }
}

/// The list that says who lies in a zone, as a round read it.
package struct ZoneList: Sendable, Equatable {
    /// The zone's slug.
    package var zone: String
    /// The year or the day of the list.
    package var vintage: String
    /// Where the list came from, for people to read.
    package var source: String

    /// A list.
    package init(zone: String, vintage: String, source: String) {
        self.zone = zone
        self.vintage = vintage
        self.source = source
    }
}

extension Parameters {
    /// The key of a zone's bonus begins so.
    static let zoneKey = "zone-"

    /// What all zones together may add: with the first receipt bonus it stays within what one bonus may be, so that no sum
    /// of the solver can overflow.
    package var mostZoneExtra: Int { Limits.bonus.upperBound - (bonuses.first ?? 0) }

    /// What the zones named add together, ppm.
    package func extra(of zones: [String]) -> Int {
        zoneBonuses.reduce(0) { zones.contains($1.zone) ? $0 + $1.extra : $0 }
    }

    /// Sets what a zone adds; 0 or less takes its bonus away. Zones stay in the order of their slugs.
    package mutating func set(_ bonus: ZoneBonus) {
        zoneBonuses.removeAll { $0.zone == bonus.zone }
        guard bonus.extra > 0 else { return }
        zoneBonuses.insert(bonus, at: partition(zoneBonuses) { precedes($0.zone, bonus.zone) })
    }

    func validateZones() throws(MatchingError) {
        guard zoneBonuses.count <= Limits.zones else { throw MatchingError(.outOfRange, "zone") }
        var left = mostZoneExtra
        for (index, bonus) in zoneBonuses.enumerated() {
            let key = Self.zoneKey + bonus.zone
            try Limits.checkSlug(bonus.zone)
            guard index == 0 || precedes(zoneBonuses[index - 1].zone, bonus.zone) else {
                throw MatchingError(.duplicate, key)
            }
            try Limits.check(bonus.extra, in: 1...max(1, left), key)
            left -= bonus.extra
        }
        guard left >= 0 else { throw MatchingError(.outOfRange, "zone") }
    }
}

/// What became of the communities of the round's zones, beside what would have become of them without its bonuses.
package struct ZoneResult: Sendable, Equatable {
    /// Communities in a zone that have a need.
    package let communities: Int
    /// How many of them have a match.
    package let served: Int
    /// How many would have one without the bonuses of zones.
    package let servedWithout: Int
    /// Σ scores with those bonuses, and without, ppm; rings of mutual help counting for nothing in either.
    package let score: Int
    package let scoreWithout: Int

    /// What those bonuses cost in score: the share that the round forgoes for them, ppm, rounded down; below 0 where it
    /// gains, as other bonuses may then weigh less.
    package var cost: Int { share(of: scoreWithout, forgone: scoreWithout - score) }

    /// Compares a selection of listed pairs with the best one without those bonuses. Throws `stopped` when the task is
    /// cancelled.
    ///
    /// - Complexity: that of a solve.
    init(_ market: Market, _ list: CandidateList, selected: [Int]) throws(MatchingError) {
        let problem = try market.assignment(list, for: .withoutZones)
        guard let without = problem.solved(progress: { _, _ in !Task.isCancelled }) else {
            throw MatchingError(.stopped, "round")
        }
        let isThere = market.communities.indices.map {
            market.extra(of: $0) > 0 && !market.needs(of: $0).isEmpty
        }
        communities = isThere.count { $0 }
        let found = list.receivers(selected, market)
        let other = list.receivers(without.selected, market)
        served = isThere.indices.count { isThere[$0] && found[$0] }
        servedWithout = isThere.indices.count { isThere[$0] && other[$0] }
        score = selected.reduce(0) { $0 + Int(list.scores[$1]) }
        scoreWithout = without.selected.reduce(0) { $0 + Int(list.scores[$1]) }
    }
}

extension CandidateList {
    /// Per community, whether it receives one of these listed pairs, ascending.
    func receivers(_ selected: [Int], _ market: Market) -> [Bool] {
        var receives = [Bool](repeating: false, count: market.communities.count)
        var need = 0
        for place in selected {
            while starts[need + 1] <= place { need += 1 }
            receives[market.needs[need].community] = true
        }
        return receives
    }
}

/// What a community has from the zones that it lies in.
package struct ZoneShare: Sendable, Equatable {
    /// Each zone with what it adds.
    package let bonuses: [ZoneBonus]
    /// The list of each, in the same order.
    package let lists: [ZoneList]
    /// What they add together to the community's first match, ppm.
    package var extra: Int { bonuses.reduce(0) { $0 + $1.extra } }
}

extension SolvedRound {
    /// What the zones of its receiver added to a match: to the first of the receiver's, by number; nil for the others, and for
    /// a receiver that lies in no zone.
    func zoneShare(of match: MatchResult) -> ZoneShare? {
        // Matches come in the order of their receivers.
        guard match.number == 1 || matches[match.number - 2].receiver != match.receiver,
            let community = market.community(match.receiver), market.extra(of: community) > 0
        else { return nil }
        let zones = market.input.participants[community].zones
        return ZoneShare(
            bonuses: market.input.parameters.zoneBonuses.filter { zones.contains($0.zone) },
            lists: market.input.zones.filter { zones.contains($0.zone) })
    }
}
