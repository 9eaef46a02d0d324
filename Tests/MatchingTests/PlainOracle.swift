import Matching

/// The rules of a round written a second time, as plainly as can be: strings, full scans, no index and no
/// bits. Slow, and obvious. Only the distance is taken from the module; it has an oracle of its own.
struct PlainOracle {
    let input: RoundInput
    private let entries: [String: VocabularyEntry]
    /// Proximity by needed, then by offered skill: the walk is too slow to repeat for every pair of a world.
    private var proximities: [String: [String: Int]] = [:]

    init(_ input: RoundInput) {
        self.input = input
        entries = Dictionary(uniqueKeysWithValues: input.vocabulary.map { ($0.slug, $0) })
        for need in input.vocabulary.map(\.slug) {
            var row: [String: Int] = [:]
            for offer in input.vocabulary.map(\.slug) { row[offer] = walk(need, offer) }
            proximities[need] = row
        }
    }

    enum Finding: Equatable {
        case refused(WhyNot)
        /// Values by factor, in the order of `Factor`.
        case admissible([Int])
    }

    func finding(_ receiver: Participant, _ need: NeedInput, _ provider: Participant, _ offer: OfferInput)
        -> Finding
    {
        let parameters = input.parameters
        if receiver.slug == provider.slug { return .refused(.itself) }
        if let parent = receiver.parent, parent == provider.parent || parent == provider.slug {
            return .refused(.sameParent)
        }
        if let parent = provider.parent, parent == receiver.slug { return .refused(.sameParent) }
        if input.exclusions.contains(where: { $0.provider == provider.slug && $0.receiver == receiver.slug })
        {
            return .refused(.excluded)
        }
        let skill = proximity(need.skill, offer.skill)
        if skill == 0 { return .refused(.noOffer) }
        if skill < parameters.floor { return .refused(.belowFloor) }
        let peers = [need.posture, offer.posture].contains { $0 == .peer || $0 == .circle }
        let level: Int
        switch (offer.level - need.levelNow, offer.level - need.level) {
        case (...0, _):
            guard peers else { return .refused(.belowFloor) }
            level = parameters.levels.notAbove
        case (1...2, 0...): level = parameters.levels.reaches
        case (3..., 0...): level = parameters.levels.farAbove
        case (_, -1): level = parameters.levels.oneShort
        default: level = parameters.levels.shorter
        }
        let repeated = input.meetings.contains {
            $0.provider == provider.slug && $0.receiver == receiver.slug && $0.skill == need.skill
                && $0.roundsAgo <= parameters.repeatRounds
        }
        if repeated { return .refused(.repeat) }
        let needLanguages = need.languages.isEmpty ? receiver.languages : need.languages
        let offerLanguages = offer.languages.isEmpty ? provider.languages : offer.languages
        if Set(needLanguages).isDisjoint(with: offerLanguages) { return .refused(.noSharedLanguage) }
        let modes = Set(need.modes.isEmpty ? receiver.modes : need.modes)
            .intersection(offer.modes.isEmpty ? provider.modes : offer.modes)
        if modes.isEmpty { return .refused(.noSharedMode) }
        let needSlots = slots(need.slots, receiver)
        if needSlots.isDisjoint(with: slots(offer.slots, provider)) { return .refused(.noSharedSlot) }

        var closeness = 1_000_000
        if !modes.contains(.remote) {
            guard let from = receiver.position, let to = provider.position else { return .refused(.tooFar) }
            let distance = hectometres(from: from, to: to)
            if distance > receiver.maxKm * 10 || distance > provider.maxKm * 10 { return .refused(.tooFar) }
            let limit = min(receiver.maxKm, provider.maxKm) * 10
            closeness = limit == 0 ? 1_000_000 : 1_000_000 * (limit - distance) / limit
        }
        let last = input.meetings.filter {
            [$0.provider, $0.receiver] == [provider.slug, receiver.slug]
                || [$0.receiver, $0.provider] == [provider.slug, receiver.slug]
        }.map(\.roundsAgo).min()
        let novelty = last.map { min(1_000_000, $0 * 1_000_000 / parameters.noveltyRounds) } ?? 1_000_000
        let waiting = min(1_000_000, receiver.waiting * 1_000_000 / parameters.waitingRounds)
        return .admissible([
            skill, level, closeness, parameters.urgencyValues[need.urgency - 1], waiting, novelty,
            fit(need, offer),
        ])
    }

    /// Score from values: each weight times its value, rounded down by itself.
    func score(_ values: [Int]) -> Int {
        zip(Factor.allCases, values).reduce(0) { $0 + input.parameters.weights[$1.0] * $1.1 / 1_000_000 }
    }

    private func slots(_ own: [Slot], _ community: Participant) -> Set<Slot> {
        if !own.isEmpty { return Set(own) }
        return community.slots.isEmpty ? Set(Slot.allCases) : Set(community.slots)
    }

    private func fit(_ need: NeedInput, _ offer: OfferInput) -> Int {
        var wishes: [Bool] = []
        if let a = need.posture, let b = offer.posture { wishes.append(a == b) }
        if !need.formats.isEmpty && !offer.formats.isEmpty {
            let shorter = need.formats.count < offer.formats.count ? need.formats : offer.formats
            let longer = need.formats.count < offer.formats.count ? offer.formats : need.formats
            wishes += shorter.map { longer.contains($0) }
        }
        return wishes.isEmpty ? 1_000_000 : wishes.filter { $0 }.count * 1_000_000 / wishes.count
    }

    func proximity(_ need: String, _ offer: String) -> Int { proximities[need]?[offer] ?? 0 }

    /// Proximity by walking up from either side; powers in one wide product.
    private func walk(_ need: String, _ offer: String) -> Int {
        if need == offer { return 1_000_000 }
        var found = [0]
        if let steps = ancestors(offer).firstIndex(of: need) {
            found.append(power(input.parameters.stepNarrower, steps + 1))
        }
        if let steps = ancestors(need).firstIndex(of: offer) {
            found.append(power(input.parameters.stepBroader, steps + 1))
        }
        if let parent = entries[need]?.broader, parent == entries[offer]?.broader {
            found.append(input.parameters.sibling)
        }
        found += entries[offer]?.related.filter { $0.slug == need }.map(\.strength) ?? []
        return found.max() ?? 0
    }

    private func ancestors(_ skill: String) -> [String] {
        guard let parent = entries[skill]?.broader else { return [] }
        return [parent] + ancestors(parent)
    }

    private func power(_ step: Int, _ count: Int) -> Int {
        var above = Int128(1)
        var below = Int128(1)
        for _ in 0..<count {
            above *= Int128(step)
            below *= 1_000_000
        }
        // At most six steps in the tests' vocabularies: 10³⁶ fits, and one more factor is divided out first.
        return Int(above / (below / 1_000_000))
    }
}
