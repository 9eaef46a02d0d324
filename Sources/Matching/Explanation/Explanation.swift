import Proof

/// What became of a pair.
package enum PairOutcome: Sendable, Equatable {
    /// It is a match of the round, under this number.
    case matched(number: Int, score: Score)
    /// It is none, for this reason.
    case notMatched(WhyNot, detail: [Detail])
}

/// A ring of mutual help, seen from one of its matches.
package struct MatchRing: Sendable, Equatable {
    /// Its number in the round.
    package let number: Int
    /// Its communities, from the provider of the match on: each helps the next, and the last one the first.
    package let communities: [String]
}

/// Why two communities are matched on a need and an offer, or why they are not.
package struct PairExplanation: Sendable, Equatable {
    /// Slug of the community that needs; nil when an offer was explained and nobody needs it.
    package let receiver: String?
    /// The need's skill; nil when the reason does not depend on it.
    package let need: String?
    /// Slug of the community that offers; nil when a need was explained and nobody offers.
    package let provider: String?
    /// The offer's skill; nil when the reason does not depend on it.
    package let offer: String?
    /// What became of them.
    package let outcome: PairOutcome
    /// The ring of mutual help that the match is in.
    package var ring: MatchRing?
    /// What the receiver's zones added, on the first of its matches alone: that is where it is gained.
    package var zones: ZoneShare?
    /// What would help a community that was left out, on the need where the least would.
    package var change: NearestChange?
}

extension SolvedRound {
    /// Why `provider` helps `receiver` or does not: one entry per need and offer of theirs that are related,
    /// by need then offer; one entry alone when none is, or when the reason is whose they are
    /// (`itself`, or the standing of one that does not take part).
    ///
    /// Throws `unknown-community` for a slug that the round's input does not hold, and `not-proven` for a
    /// restored round whose proof does not hold, where no reason can be relied on.
    ///
    /// - Complexity: O(needs of the one · offers of the other).
    package func explain(receiver: String, provider: String) throws(MatchingError) -> [PairExplanation] {
        try requireProof()
        let receiverStanding = try standing(receiver)
        let providerStanding = try standing(provider)
        func alone(_ reason: WhyNot, _ detail: [Detail] = []) -> [PairExplanation] {
            [
                PairExplanation(
                    receiver: receiver, need: nil, provider: provider, offer: nil,
                    outcome: .notMatched(reason, detail: detail))
            ]
        }
        if receiver == provider { return alone(.itself) }
        if let receiverStanding { return alone(receiverStanding, [Detail("community", receiver)]) }
        if let providerStanding { return alone(providerStanding, [Detail("community", provider)]) }
        guard let receiverPlace = market.community(receiver), let providerPlace = market.community(provider)
        else { return alone(.noOffer) }

        var entries: [PairExplanation] = []
        for need in market.needs(of: receiverPlace) {
            for offer in market.offers(of: providerPlace) {
                let proximity = market.proximity.proximity(
                    need: market.needRows[need].skill, offer: market.offerRows[offer].skill)
                if proximity > 0 { entries.append(explanation(need: need, offer: offer)) }
            }
        }
        if !entries.isEmpty { return entries }
        let reason = market.refusal(receiver: receiverPlace, provider: providerPlace) ?? .noOffer
        return alone(reason, market.detail(of: reason, receiver: receiverPlace, provider: providerPlace))
    }

    /// For each need of a community, by skill: its matches; or when it has none, the pair that came nearest
    /// to being one among all related offers of others, with the reason in its way; or `no_offer` when there
    /// is no such offer. For a community that does not take part, one entry with its standing.
    ///
    /// Nearest is an admissible pair that met a full limit, the largest slack first. Where there is none, it is
    /// the largest proximity of skills; then the latest filter, a pair that passed them all and scores 0 being
    /// later than any; then among `too_far` the smallest distance, an unknown one last. Ties go to the first
    /// in canonical order.
    ///
    /// Where a community has no match at all, the nearest change that would help stands with the need that it is for.
    ///
    /// Throws as ``explain(receiver:provider:)``.
    ///
    /// - Complexity: O(related offers) per need.
    package func explain(receiver: String) throws(MatchingError) -> [PairExplanation] {
        try requireProof()
        if let reason = try standing(receiver) {
            let outcome = PairOutcome.notMatched(reason, detail: [Detail("community", receiver)])
            return [
                PairExplanation(receiver: receiver, need: nil, provider: nil, offer: nil, outcome: outcome)
            ]
        }
        guard let place = market.community(receiver) else { return [] }
        let change = nearestChange(of: place)
        return market.needs(of: place).flatMap { need in
            let skill = market.needRows[need].skill
            let offers = market.proximity.relatives(of: skill).flatMap { relative in
                market.offersOfSkill[relative.skill].map { (other: $0, proximity: relative.proximity) }
            }
            var entries = nearest(offers) { (need, $0) }
            if entries.isEmpty {
                entries = [
                    PairExplanation(
                        receiver: receiver, need: market.needs[need].skill, provider: nil, offer: nil,
                        outcome: .notMatched(.noOffer, detail: []))
                ]
            }
            if let change, change.need == market.needs[need].skill { entries[0].change = change }
            return entries
        }
    }

    /// For each offer of a community, by skill: its matches; or when it has none, the pair that came nearest
    /// to being one among all related needs of others; or `no_offer` when nobody needs anything related. The
    /// mirror of ``explain(receiver:)``.
    package func explain(provider: String) throws(MatchingError) -> [PairExplanation] {
        try requireProof()
        if let reason = try standing(provider) {
            let outcome = PairOutcome.notMatched(reason, detail: [Detail("community", provider)])
            return [
                PairExplanation(receiver: nil, need: nil, provider: provider, offer: nil, outcome: outcome)
            ]
        }
        guard let place = market.community(provider) else { return [] }
        return market.offers(of: place).flatMap { offer in
            let skill = market.offerRows[offer].skill
            var needs: [(other: Int, proximity: Int)] = []
            for needed in market.needsOfSkill.indices {
                let proximity = market.proximity.proximity(need: needed, offer: skill)
                if proximity > 0 {
                    needs += market.needsOfSkill[needed].map { (other: $0, proximity: proximity) }
                }
            }
            let entries = nearest(needs) { ($0, offer) }
            if !entries.isEmpty { return entries }
            return [
                PairExplanation(
                    receiver: nil, need: nil, provider: provider, offer: market.offers[offer].skill,
                    outcome: .notMatched(.noOffer, detail: []))
            ]
        }
    }

    // MARK: One pair

    /// What became of a related need and offer of two communities that take part.
    func explanation(need: Int, offer: Int) -> PairExplanation {
        let receiver = market.needs[need].community
        let provider = market.offers[offer].community
        let match = match(need: need, offer: offer)
        let outcome: PairOutcome
        if let match {
            outcome = .matched(number: match.number, score: match.score)
        } else {
            switch market.assess(need: need, offer: offer) {
            case .refused(let reason):
                outcome = .notMatched(reason, detail: market.detail(of: reason, need: need, offer: offer))
            case .admissible(let values):
                let score = values.total(market.input.parameters.weights)
                outcome = leftOut(need: need, offer: offer, score: score)
            }
        }
        return PairExplanation(
            receiver: market.communities[receiver], need: market.needs[need].skill,
            provider: market.communities[provider], offer: market.offers[offer].skill, outcome: outcome,
            ring: match.flatMap { ring(of: $0) }, zones: match.flatMap { zoneShare(of: $0) })
    }

    private func ring(of match: MatchResult) -> MatchRing? {
        guard let number = match.ring, let places = mutual?.rings[number - 1],
            let start = places.firstIndex(of: match.candidate)
        else { return nil }
        return MatchRing(
            number: number,
            communities: (places[start...] + places[..<start]).map {
                market.communities[instance.offers[instance.candidates[$0].offer].community]
            })
    }

    /// Why an admissible pair was left out: the full limit that it met, or its score when it met none.
    private func leftOut(need: Int, offer: Int, score: Int) -> PairOutcome {
        guard let limit = fullLimit(need: need, offer: offer) else {
            return .notMatched(.belowFloor, detail: [Detail("factor", "score"), Detail("score", score)])
        }
        return .notMatched(
            limit.reason,
            detail: [
                Detail("limit", limit.name), Detail("size", limit.size), Detail("price", limit.price),
                Detail("score", score), Detail("slack", slack(need: need, offer: offer, score: score)),
            ])
    }

    /// Of the limits that an admissible pair meets and that are full, the one with the largest price; of
    /// equal prices the first of need, receiver, offer, provider.
    ///
    /// When the score is above 0 at least one is full: were none, adding the pair to the matches would keep
    /// to every limit and add its score, plus a bonus of at least 0, to an objective that is proven to be the
    /// largest there is; with rings of mutual help, that a flow of no smaller weights found the largest. A pair that scores 0 may be left out freely, and nil is its answer when none is full.
    private func fullLimit(need: Int, offer: Int) -> Limit? {
        let receiver = market.needs[need].community
        let provider = market.offers[offer].community
        let limits = [
            Limit(
                reason: .needMet, name: "need", size: instance.needs[need].quantity, used: use.needs[need],
                price: prices.needs[need]),
            Limit(
                reason: .receiverFull, name: "receiver", size: instance.communities[receiver].receive,
                used: use.received[receiver], price: prices.receivers[receiver]),
            Limit(
                reason: .offerFull, name: "offer", size: instance.offers[offer].capacity,
                used: use.offers[offer], price: prices.offers[offer]),
            Limit(
                reason: .providerFull, name: "provider", size: instance.communities[provider].give,
                used: use.given[provider], price: prices.providers[provider]),
        ]
        var dearest: Limit?
        for limit in limits where limit.used >= limit.size {
            if let found = dearest, found.price >= limit.price { continue }
            dearest = limit
        }
        return dearest
    }

    /// Score less prices: never above 0 for a pair that an optimal round leaves out, and the nearer to 0
    /// the nearer it came. Above 0 only where rings of mutual help were worth more than it.
    private func slack(need: Int, offer: Int, score: Int) -> Int {
        score - prices.needs[need] - prices.receivers[market.needs[need].community] - prices.offers[offer]
            - prices.providers[market.offers[offer].community]
    }

    // MARK: The nearest pair

    /// The matches among the pairs of one need or offer with `others`; or else the one pair that came
    /// nearest to being a match; or nothing when every other is of the same community.
    private func nearest(
        _ others: [(other: Int, proximity: Int)], pair: (Int) -> (need: Int, offer: Int)
    ) -> [PairExplanation] {
        var matched: [PairExplanation] = []
        var best: (closeness: Closeness, need: Int, offer: Int)?
        for (other, proximity) in others.sorted(by: { $0.other < $1.other }) {
            let (need, offer) = pair(other)
            if match(need: need, offer: offer) != nil {
                matched.append(explanation(need: need, offer: offer))
                continue
            }
            guard matched.isEmpty, market.needs[need].community != market.offers[offer].community else {
                continue
            }
            let closeness = closeness(need: need, offer: offer, proximity: proximity)
            if let best, best.closeness >= closeness { continue }
            best = (closeness, need, offer)
        }
        if !matched.isEmpty { return matched }
        return best.map { [explanation(need: $0.need, offer: $0.offer)] } ?? []
    }

    /// How near an unmatched pair came, as ``explain(receiver:)`` tells.
    ///
    /// Skill goes before filter: an offer of the very skill that an early filter took says more about a need
    /// than one that has little to do with it and met a later filter.
    private func closeness(need: Int, offer: Int, proximity: Int) -> Closeness {
        switch market.assess(need: need, offer: offer, proximity: proximity) {
        case .admissible(let values):
            // The rank of the limits: past every filter.
            let rank = WhyNot.needMet.rank
            guard fullLimit(need: need, offer: offer) != nil else { return (0, proximity, rank, 0) }
            let score = values.total(market.input.parameters.weights)
            return (1, slack(need: need, offer: offer, score: score), rank, 0)
        case .refused(.tooFar):
            let distance = market.hectometres(market.needs[need].community, market.offers[offer].community)
            return (0, proximity, WhyNot.tooFar.rank, distance.map { -$0 } ?? Int.min)
        case .refused(let reason):
            return (0, proximity, reason.rank, 0)
        }
    }

    // MARK: Who

    /// Why a known community does not take part, nil when it does. Throws `unknown-community`.
    func standing(_ slug: String) throws(MatchingError) -> WhyNot? {
        if market.community(slug) != nil { return nil }
        guard let absentee = market.input.absentees.first(where: { $0.slug == slug }) else {
            throw MatchingError(.unknownCommunity, slug)
        }
        return absentee.reason
    }

    func requireProof() throws(MatchingError) {
        guard isProven else { throw MatchingError(.notProven, "round") }
    }
}

/// A limit that a pair meets.
private struct Limit {
    var reason: WhyNot
    var name: String
    var size: Int
    var used: Int
    var price: Int
}

/// How near an unmatched pair came, compared from the left: 1 where it met a full limit, else 0; its slack
/// where it met one, else the proximity of the skills in millionths; the filter's rank; hectometres below 0
/// where it was too far, else 0.
private typealias Closeness = (metLimit: Int, slackOrProximity: Int, rank: Int, nearness: Int)
