/// What scoring reads of a community.
struct CommunityRow: Sendable {
    var languages: LanguageSet
    var modes: CodeSet
    var slots: CodeSet
    @Narrow<Int32> var maxKm: Int
    @Narrow<Int32> var give: Int
    @Narrow<Int32> var receive: Int
    var place: UnitVector?
    /// The waiting factor, ppm.
    @Narrow<Int32> var waiting: Int

    init(_ participant: Participant, languages: LanguageSet, parameters: Parameters) {
        self.languages = languages
        modes = CodeSet(participant.modes)
        slots = participant.slots.isEmpty ? .all : CodeSet(participant.slots)
        maxKm = participant.maxKm
        give = participant.give
        receive = participant.receive
        place = participant.position.map { UnitVector($0) }
        waiting = parameters.waitingValue(participant.waiting)
    }
}

/// What scoring reads of an offer; lists are those in force, the community's where it states none.
struct OfferRow: Sendable {
    @Narrow<Int32> var community: Int
    @Narrow<Int32> var skill: Int
    @Narrow<Int8> var level: Int
    @Narrow<Int32> var capacity: Int
    var languages: LanguageSet
    var modes: CodeSet
    var slots: CodeSet
    var posture: CodeSet
    var formats: CodeSet
    /// Asks for a peer or a circle.
    var amongPeers: Bool

    init(_ offer: OfferInput, community: Int, skill: Int, of row: CommunityRow, languages: LanguageSet) {
        self.community = community
        self.skill = skill
        level = offer.level
        capacity = offer.capacity
        self.languages = offer.languages.isEmpty ? row.languages : languages
        modes = offer.modes.isEmpty ? row.modes : CodeSet(offer.modes)
        slots = offer.slots.isEmpty ? row.slots : CodeSet(offer.slots)
        posture = CodeSet(offer.posture.map { [$0] } ?? [])
        formats = CodeSet(offer.formats)
        amongPeers = offer.posture == .peer || offer.posture == .circle
    }
}

/// What scoring reads of a need; lists are those in force, the community's where it states none.
struct NeedRow: Sendable {
    @Narrow<Int32> var community: Int
    @Narrow<Int32> var skill: Int
    @Narrow<Int8> var levelNow: Int
    @Narrow<Int8> var level: Int
    @Narrow<Int32> var quantity: Int
    /// The urgency factor, ppm.
    @Narrow<Int32> var urgency: Int
    var languages: LanguageSet
    var modes: CodeSet
    var slots: CodeSet
    var posture: CodeSet
    var formats: CodeSet
    /// Asks for a peer or a circle.
    var amongPeers: Bool

    init(
        _ need: NeedInput, community: Int, skill: Int, of row: CommunityRow, languages: LanguageSet,
        parameters: Parameters
    ) {
        self.community = community
        self.skill = skill
        levelNow = need.levelNow
        level = need.level
        quantity = need.quantity
        // Parameters are validated to hold three values, and urgency to be 1, 2 or 3.
        urgency = parameters.urgencyValues[need.urgency - 1]
        self.languages = need.languages.isEmpty ? row.languages : languages
        modes = need.modes.isEmpty ? row.modes : CodeSet(need.modes)
        slots = need.slots.isEmpty ? row.slots : CodeSet(need.slots)
        posture = CodeSet(need.posture.map { [$0] } ?? [])
        formats = CodeSet(need.formats)
        amongPeers = need.posture == .peer || need.posture == .circle
    }
}

/// The languages of a round, numbered in the order of their bytes.
struct LanguageNumbers {
    private let numbers: SlugIndex

    /// Throws `too-large` past 256 languages.
    init(_ participants: [Participant]) throws(MatchingError) {
        var met = Set<String>()
        for participant in participants {
            met.formUnion(participant.languages)
            for offer in participant.offers { met.formUnion(offer.languages) }
            for need in participant.needs { met.formUnion(need.languages) }
        }
        guard met.count <= Limits.languages else { throw MatchingError(.tooLarge, "languages") }
        numbers = SlugIndex(sorted: met.sorted(by: precedes))
    }

    /// The set of some of the round's languages.
    func set(_ languages: [String]) -> LanguageSet {
        var set = LanguageSet()
        for language in languages {
            if let number = numbers[language] { set.insert(number) }
        }
        return set
    }
}

/// Numbers for parents, so that kinship is compared without strings. A parent that takes part has its
/// place among the communities; the others are numbered after those.
struct ParentNumbers {
    private let places: SlugIndex
    private let others: SlugIndex
    private let count: Int

    init(_ participants: [Participant], places: SlugIndex) {
        self.places = places
        count = participants.count
        others = SlugIndex(
            sorted: Set(participants.compactMap(\.parent).filter { places[$0] == nil }).sorted(by: precedes))
    }

    /// The number of a parent's slug, nil for no parent.
    func number(of parent: String?) -> Int? {
        guard let parent else { return nil }
        return places[parent] ?? others[parent].map { $0 + count }
    }
}

/// The past of a round by numbers: what names a community that does not take part has no effect.
struct History {
    let exclusions: PairTable
    let meetings: PairTable
    let repeats: PairTable

    init(_ input: RoundInput, places: SlugIndex, needs: [Listing]) {
        let count = input.participants.count
        exclusions = PairTable(
            rows: count,
            cells: input.exclusions.compactMap { exclusion in
                guard let provider = places[exclusion.provider], let receiver = places[exclusion.receiver]
                else { return nil }
                return PairTable.Cell(row: receiver, partner: provider, value: 0)
            })

        // Needs come by community, then by skill: one range per community.
        var starts = [Int](repeating: 0, count: count + 1)
        for need in needs { starts[need.community + 1] += 1 }
        for community in 0..<count { starts[community + 1] += starts[community] }

        var met: [PairTable.Cell] = []
        var again: [PairTable.Cell] = []
        for meeting in input.meetings {
            guard let provider = places[meeting.provider], let receiver = places[meeting.receiver] else {
                continue
            }
            met.append(PairTable.Cell(row: receiver, partner: provider, value: meeting.roundsAgo))
            met.append(PairTable.Cell(row: provider, partner: receiver, value: meeting.roundsAgo))
            guard meeting.roundsAgo <= input.parameters.repeatRounds else { continue }
            for need in starts[receiver]..<starts[receiver + 1] where needs[need].skill == meeting.skill {
                again.append(PairTable.Cell(row: need, partner: provider, value: meeting.roundsAgo))
            }
        }
        meetings = PairTable(rows: count, cells: met)
        repeats = PairTable(rows: needs.count, cells: again)
    }
}
