package import Proof

/// An admissible pair of a need and an offer.
package struct Candidate: Sendable, Equatable {
    /// Place in ``Market/needs``.
    package let need: Int
    /// Place in ``Market/offers``.
    package let offer: Int
    /// ppm, 0…1000000.
    package let score: Int

    /// A pair by its places, with its score.
    package init(need: Int, offer: Int, score: Int) {
        self.need = need
        self.offer = offer
        self.score = score
    }
}

/// An offer or a need as it stands in a market: whose it is, and for which skill.
package struct Listing: Sendable, Equatable {
    /// Place in ``Market/communities``.
    package let community: Int
    /// The skill's slug.
    package let skill: String

    /// A community's place and a skill's slug.
    package init(community: Int, skill: String) {
        self.community = community
        self.skill = skill
    }
}

/// A round's input with everything derived that scoring reads: numbers instead of slugs, lists of offers
/// by skill, sets as bits, places as vectors.
///
/// Communities, offers and needs are numbered in canonical order: communities by slug; offers and needs by
/// their community, then by skill.
package struct Market: Sendable {
    /// What the market was made from.
    package let input: RoundInput
    /// The slug of each community.
    package let communities: [String]
    /// Each need's community and skill.
    package let needs: [Listing]
    /// Each offer's community and skill.
    package let offers: [Listing]

    let communityRows: [CommunityRow]
    /// Who has whom for a parent. Beside the rows, as every pair is asked for it.
    let kin: Kin
    let needRows: [NeedRow]
    let offerRows: [OfferRow]
    let proximity: SkillProximity
    /// Offers of each skill, ascending.
    let offersOfSkill: [[Int]]
    /// Needs of each skill, ascending.
    let needsOfSkill: [[Int]]
    /// Row: receiver; partner: provider set aside.
    let exclusions: PairTable
    /// Row and partner: two communities that met, in either direction; value: rounds ago.
    let meetings: PairTable
    /// Row: need; partner: provider that served the same need recently; value: rounds ago.
    let repeats: PairTable

    /// Derives the market. Throws `too-large` when the round holds more than 256 languages.
    ///
    /// - Complexity: O(n log n) in the rows, plus the relatives of the needed skills.
    package init(_ input: RoundInput) throws(MatchingError) {
        self.input = input
        let participants = input.participants
        communities = participants.map(\.slug)
        let places = SlugIndex(sorted: communities)
        let skills = SlugIndex(sorted: input.vocabulary.map(\.slug))
        let languages = try LanguageNumbers(participants)
        let parents = ParentNumbers(participants, places: places)

        var communityRows: [CommunityRow] = []
        var needs: [Listing] = []
        var needRows: [NeedRow] = []
        var offers: [Listing] = []
        var offerRows: [OfferRow] = []
        var offersOfSkill = [[Int]](repeating: [], count: input.vocabulary.count)
        var needsOfSkill = offersOfSkill
        for (community, participant) in participants.enumerated() {
            let row = CommunityRow(
                participant, languages: languages.set(participant.languages), parameters: input.parameters)
            communityRows.append(row)
            for offer in participant.offers {
                // RoundInput refuses a skill that the vocabulary lacks.
                guard let skill = skills[offer.skill] else { continue }
                offersOfSkill[skill].append(offers.count)
                offers.append(Listing(community: community, skill: offer.skill))
                offerRows.append(
                    OfferRow(
                        offer, community: community, skill: skill, of: row,
                        languages: languages.set(offer.languages)))
            }
            for need in participant.needs {
                guard let skill = skills[need.skill] else { continue }
                needsOfSkill[skill].append(needs.count)
                needs.append(Listing(community: community, skill: need.skill))
                needRows.append(
                    NeedRow(
                        need, community: community, skill: skill, of: row,
                        languages: languages.set(need.languages), parameters: input.parameters))
            }
        }
        self.communityRows = communityRows
        kin = Kin(participants.map { parents.number(of: $0.parent) })
        self.needs = needs
        self.needRows = needRows
        self.offers = offers
        self.offerRows = offerRows
        self.offersOfSkill = offersOfSkill
        self.needsOfSkill = needsOfSkill
        proximity = SkillProximity(
            vocabulary: input.vocabulary, skills: skills, parameters: input.parameters,
            wanted: needsOfSkill.map { !$0.isEmpty })

        let history = History(input, places: places, needs: needs)
        exclusions = history.exclusions
        meetings = history.meetings
        repeats = history.repeats
    }

    /// How many pairs a scan of the whole market looks at, as ``candidates()`` does: for each need, the offers of
    /// the skills near enough to it.
    package var evaluations: Int {
        var total = 0
        for need in needRows {
            for relative in proximity.relatives(of: need.skill)
            where relative.proximity >= input.parameters.floor {
                total += offersOfSkill[relative.skill].count
            }
        }
        return total
    }

    /// Every admissible pair, sorted by (need, offer). No need looks at offers of unrelated skills.
    ///
    /// - Complexity: O(``evaluations`` + candidates · log of those of one need).
    package func candidates() -> [Candidate] {
        var all: [Candidate] = []
        for need in needRows.indices { all += candidates(ofNeed: need) }
        return all
    }

    /// The admissible pairs of one need, by offer.
    package func candidates(ofNeed need: Int) -> [Candidate] {
        var list: [Candidate] = []
        forEachCandidate(ofNeed: need) { list.append($0) }
        list.sort { $0.offer < $1.offer }
        return list
    }

    /// Hands over the admissible pairs of one need, by skill, then by offer.
    @inline(__always)
    func forEachCandidate(ofNeed need: Int, _ take: (Candidate) -> Void) {
        for relative in proximity.relatives(of: needRows[need].skill)
        where relative.proximity >= input.parameters.floor {
            for offer in offersOfSkill[relative.skill] {
                if case .admissible(let values) = assess(
                    need: need, offer: offer, proximity: relative.proximity)
                {
                    let score = values.total(input.parameters.weights)
                    take(Candidate(need: need, offer: offer, score: score))
                }
            }
        }
    }

    /// The score of a pair with its parts, nil when the pair is not admissible.
    package func score(need: Int, offer: Int) -> Score? {
        guard case .admissible(let values) = assess(need: need, offer: offer) else { return nil }
        return values.score(input.parameters.weights)
    }

    /// The distance between two communities in hectometres, nil when a position is unknown.
    package func hectometres(_ a: Int, _ b: Int) -> Int? {
        guard let from = communityRows[a].place, let to = communityRows[b].place else { return nil }
        return from.hectometres(to: to)
    }

    /// What the zones of a community add to its first match, ppm.
    func extra(of community: Int) -> Int {
        let zones = input.participants[community].zones
        return zones.isEmpty ? 0 : input.parameters.extra(of: zones)
    }

    /// The instance that a solver and a proof read: integers and indices only, with the candidates of a list.
    package func instance(_ list: CandidateList) -> Instance {
        var candidates: [Instance.Candidate] = []
        candidates.reserveCapacity(list.count)
        for need in 0..<list.needs {
            for place in list.candidates(ofNeed: need) {
                candidates.append(
                    Instance.Candidate(
                        need: need, offer: Int(list.offers[place]), score: Int(list.scores[place])))
            }
        }
        return Instance(
            communities: communityRows.enumerated().map {
                Instance.Community(give: $1.give, receive: $1.receive, extra: extra(of: $0))
            },
            offers: offerRows.map { Instance.Offer(community: $0.community, capacity: $0.capacity) },
            needs: needRows.map { Instance.Need(community: $0.community, quantity: $0.quantity) },
            candidates: candidates, bonuses: input.parameters.bonuses)
    }
}
