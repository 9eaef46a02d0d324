import Matching

/// SplitMix64: the same numbers on every machine, from a seed that a failing test can print.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in `percent` of a hundred draws.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// A subset of `all` where each element stands in `percent` of a hundred draws.
    mutating func some<Element>(_ all: [Element], _ percent: Int) -> [Element] {
        all.filter { _ in chance(percent) }
    }
}

/// A fictional network: skewed skills, thin profiles, some history, every filter met somewhere.
struct RandomWorld {
    var parameters = Parameters.standard
    var vocabulary: [VocabularyEntry] = []
    var participants: [Participant] = []
    var absentees: [Absentee] = []
    var meetings: [Meeting] = []
    var exclusions: [Exclusion] = []

    /// A world of `size` communities over `families` · 16 skills, a profile having at most `most` offers and as
    /// many needs. A busy one meets every filter and has limits of nothing; one that is not has profiles such
    /// as a network's communities write.
    init(seed: UInt64, size: Int, families: Int = 4, busy: Bool = true, most: Int = 4) {
        var generator = SeededGenerator(seed: seed &* 7919 &+ UInt64(size))
        makeVocabulary(families: families, &generator)
        let slugs = (0..<size).map { "place-\($0)" }
        for slug in slugs { participants.append(makeParticipant(slug, slugs, busy, most, &generator)) }
        for number in 0..<(busy ? size / 8 + 4 : 0) {
            let reasons: [WhyNot] = [.unconfirmed, .paused, .noConsent, .stale]
            absentees.append(Absentee(slug: "away-\(number)", reason: reasons[number % 4]))
        }
        guard busy else { return }
        let everyone = slugs + absentees.map(\.slug)
        for _ in 0..<(size * 2) {
            let pair = (
                everyone.randomElement(using: &generator) ?? "", slugs.randomElement(using: &generator) ?? ""
            )
            if generator.chance(20) {
                exclusions.append(Exclusion(provider: pair.0, receiver: pair.1))
                continue
            }
            guard
                let skill = participants.first(where: { $0.slug == pair.1 })?.needs.randomElement(
                    using: &generator)?.skill
            else { continue }
            meetings.append(
                Meeting(
                    provider: pair.0, receiver: pair.1, skill: skill,
                    roundsAgo: Int.random(in: 1...8, using: &generator)))
        }
    }

    func input() throws -> RoundInput {
        try RoundInput(
            parameters: parameters, vocabulary: vocabulary, participants: participants,
            absentees: absentees, meetings: meetings, exclusions: exclusions)
    }

    /// The same world with its rows and lists in another order.
    func shuffled(seed: UInt64) -> RandomWorld {
        var generator = SeededGenerator(seed: seed)
        var world = self
        world.vocabulary.shuffle(using: &generator)
        for index in world.vocabulary.indices { world.vocabulary[index].related.shuffle(using: &generator) }
        world.participants.shuffle(using: &generator)
        for index in world.participants.indices {
            world.participants[index].offers.shuffle(using: &generator)
            world.participants[index].needs.shuffle(using: &generator)
            world.participants[index].languages.shuffle(using: &generator)
            world.participants[index].modes.shuffle(using: &generator)
            world.participants[index].slots.shuffle(using: &generator)
            world.participants[index].languages += world.participants[index].languages
        }
        world.absentees.shuffle(using: &generator)
        world.meetings += world.meetings.prefix(3)
        world.meetings.shuffle(using: &generator)
        world.exclusions += world.exclusions.prefix(3)
        world.exclusions.shuffle(using: &generator)
        return world
    }

    // MARK: Making

    /// Families of three groups of four leaves: three levels, a few relations across, one deep chain.
    private mutating func makeVocabulary(families: Int, _ generator: inout SeededGenerator) {
        for family in 0..<families {
            vocabulary.append(VocabularyEntry(slug: "family-\(family)"))
            for group in 0..<3 {
                let name = "group-\(family)-\(group)"
                vocabulary.append(VocabularyEntry(slug: name, broader: "family-\(family)"))
                for leaf in 0..<4 {
                    vocabulary.append(VocabularyEntry(slug: "leaf-\(family)-\(group)-\(leaf)", broader: name))
                }
            }
        }
        vocabulary.append(VocabularyEntry(slug: "chain-0", broader: "leaf-0-0-0"))
        vocabulary.append(VocabularyEntry(slug: "chain-1", broader: "chain-0"))
        vocabulary.append(VocabularyEntry(slug: "chain-2", broader: "chain-1"))
        let slugs = vocabulary.map(\.slug)
        for index in vocabulary.indices where generator.chance(30) {
            let other = slugs.randomElement(using: &generator) ?? slugs[0]
            if other == vocabulary[index].slug { continue }
            let strength = Int.random(in: 300_000...900_000, using: &generator)
            vocabulary[index].related.append(VocabularyEntry.Related(slug: other, strength: strength))
        }
    }

    private func makeParticipant(
        _ slug: String, _ slugs: [String], _ busy: Bool, _ most: Int,
        _ generator: inout SeededGenerator
    ) -> Participant {
        let least = busy ? 0 : 1
        var parent: String?
        if busy, generator.chance(12) {
            parent = generator.chance(50) ? "head-\(Int.random(in: 0...3, using: &generator))" : slugs[0]
        }
        var languages = generator.chance(92) ? ["fr"] : ["br"]
        languages += generator.some(["en", "oc"], 15)
        var modes = generator.some(Mode.allCases, 70)
        if modes.isEmpty { modes = [.onSite] }
        // Mainland France, roughly; one place in twelve has no known position.
        let position = Position(
            latitudeE6: Int.random(in: 43_000_000...50_500_000, using: &generator),
            longitudeE6: Int.random(in: -2_000_000...7_000_000, using: &generator))
        var participant = Participant(
            slug: slug, parent: parent, languages: languages, modes: modes,
            slots: generator.chance(60) ? [] : generator.some(Slot.allCases, 50),
            maxKm: [0, 50, 100, 300, 800].randomElement(using: &generator) ?? 50,
            give: Int.random(in: least...3, using: &generator),
            receive: Int.random(in: least...3, using: &generator),
            position: generator.chance(92) ? position : nil,
            waiting: generator.chance(70) ? 0 : Int.random(in: 1...5, using: &generator))
        for skill in skills(count: Int.random(in: 0...most, using: &generator), &generator) {
            participant.offers.append(
                OfferInput(
                    skill: skill, level: Int.random(in: busy ? 1...4 : 2...4, using: &generator),
                    capacity: Int.random(in: least...2, using: &generator), posture: posture(&generator),
                    formats: generator.some(Format.allCases, 25),
                    modes: generator.chance(80) ? [] : generator.some(Mode.allCases, 50),
                    languages: generator.chance(85) ? [] : generator.some(["fr", "en", "eo"], 60),
                    slots: generator.chance(80) ? [] : generator.some(Slot.allCases, 50)))
        }
        for skill in skills(count: Int.random(in: 0...most, using: &generator), &generator) {
            let now = Int.random(in: busy ? 1...4 : 1...2, using: &generator)
            participant.needs.append(
                NeedInput(
                    skill: skill, levelNow: now,
                    level: busy ? Int.random(in: 1...4, using: &generator) : now + 1,
                    urgency: Int.random(in: 1...3, using: &generator),
                    quantity: Int.random(in: least...2, using: &generator), posture: posture(&generator),
                    formats: generator.some(Format.allCases, 25),
                    modes: generator.chance(80) ? [] : generator.some(Mode.allCases, 50),
                    languages: generator.chance(85) ? [] : generator.some(["fr", "en", "eo"], 60),
                    slots: generator.chance(80) ? [] : generator.some(Slot.allCases, 50)))
        }
        return participant
    }

    private func posture(_ generator: inout SeededGenerator) -> Posture? {
        generator.chance(60) ? nil : Posture.allCases.randomElement(using: &generator)
    }

    /// Distinct skills, the first ones of the vocabulary much more often than the last: a cubed uniform draw.
    private func skills(count: Int, _ generator: inout SeededGenerator) -> [String] {
        var chosen: [String] = []
        for _ in 0..<count {
            let draw = Int.random(in: 0..<1000, using: &generator)
            // 17 is prime to every vocabulary size in use, so it spreads the frequent ranks over the tree.
            let rank = draw * draw / 1000 * draw / 1000 * vocabulary.count / 1000
            let skill = vocabulary[rank * 17 % vocabulary.count].slug
            if !chosen.contains(skill) { chosen.append(skill) }
        }
        return chosen
    }
}
