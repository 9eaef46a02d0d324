import Matching

/// A fictional country of communities: few skills that many share and many that few do, towns with most of the
/// people, profiles as unequal as they are written. README.md beside this folder describes it in words.
///
/// Whole numbers and a seed only: the same world on every machine. The number of skills does not grow with the
/// communities, as a vocabulary does not: the offers of one skill do.
struct WorldGenerator {
    /// Families of three groups of four leaves.
    static let families = 20
    /// Places that communities live in; towns draw most of them.
    static let communes = 2_000

    private var generator: SplitMix64
    private var vocabulary: [VocabularyEntry] = []
    /// Running sums of how often each skill is drawn, in thousandths of the first one's.
    private var skillSums: [Int] = []
    private var positions: [Position] = []
    private var communeSums: [Int] = []

    /// The input of a round of so many communities; a pure function of both parameters.
    static func input(communities: Int, seed: UInt64) throws -> RoundInput {
        var world = WorldGenerator(seed: seed)
        world.makeVocabulary()
        world.makeCommunes()
        let participants = (0..<communities).map { world.participant($0, of: communities) }
        let meetings = world.meetings(participants)
        return try RoundInput(
            vocabulary: world.vocabulary, participants: participants, meetings: meetings,
            exclusions: world.exclusions(participants))
    }

    private init(seed: UInt64) { generator = SplitMix64(seed: Int(truncatingIfNeeded: seed)) }

    private mutating func chance(_ percent: Int) -> Bool { generator.below(100) < percent }

    private mutating func makeVocabulary() {
        for family in 0..<Self.families {
            vocabulary.append(VocabularyEntry(slug: "family-\(family)"))
            for group in 0..<3 {
                let name = "group-\(family)-\(group)"
                vocabulary.append(VocabularyEntry(slug: name, broader: "family-\(family)"))
                for leaf in 0..<4 {
                    vocabulary.append(VocabularyEntry(slug: "leaf-\(family)-\(group)-\(leaf)", broader: name))
                }
            }
        }
        for index in vocabulary.indices where chance(30) {
            let other = vocabulary[generator.below(vocabulary.count)].slug
            guard other != vocabulary[index].slug else { continue }
            let strength = 300_000 + generator.below(600_001)
            vocabulary[index].related.append(VocabularyEntry.Related(slug: other, strength: strength))
        }
        // The n-th skill is drawn 1/n as often as the first: Zipf's law.
        skillSums = Self.zipfSums(vocabulary.count)
    }

    private mutating func makeCommunes() {
        let towns = (0..<60).map { _ in
            (43_500_000 + generator.below(6_500_000), -1_500_000 + generator.below(8_000_000))
        }
        for _ in 0..<Self.communes {
            // The sum of three draws gathers around the middle, some 30 km wide.
            let town = towns[generator.below(towns.count)]
            let offsets = (0..<6).map { _ in generator.below(400_000) - 200_000 }
            positions.append(
                Position(
                    latitudeE6: town.0 + offsets[0] + offsets[1] + offsets[2],
                    longitudeE6: town.1 + offsets[3] + offsets[4] + offsets[5]))
        }
        communeSums = Self.zipfSums(Self.communes)
    }

    private static func zipfSums(_ count: Int) -> [Int] {
        var total = 0
        return (1...count).map {
            total += 1_000_000 / $0
            return total
        }
    }

    /// A place drawn by the running sums of its weights.
    private mutating func draw(_ sums: [Int]) -> Int {
        let value = generator.below(sums[sums.count - 1])
        var low = 0
        var high = sums.count
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Distinct skills. 97 is prime to the number of skills: the frequent ones stand all over the tree.
    private mutating func skills(_ count: Int) -> [String] {
        var chosen: [String] = []
        for _ in 0..<count {
            let skill = vocabulary[draw(skillSums) * 97 % vocabulary.count].slug
            if !chosen.contains(skill) { chosen.append(skill) }
        }
        return chosen
    }

    private mutating func participant(_ number: Int, of count: Int) -> Participant {
        let languages = [["fr"], ["fr"], ["fr", "en"], chance(80) ? ["fr"] : ["br"]][generator.below(4)]
        // Half both ways, a tenth remote only: 60 % can meet at a distance.
        let modes: [Mode] = chance(50) ? [.remote, .onSite] : chance(20) ? [.remote] : [.onSite]
        var one = Participant(
            slug: "place-\(number)", languages: languages, modes: modes, slots: slots(60),
            maxKm: generator.step([20, 30, 50, 50, 50, 80, 150]), give: generator.step([1, 2, 3, 3, 3, 5]),
            receive: generator.step([1, 2, 2, 2, 3]),
            position: chance(97) ? positions[draw(communeSums)] : nil,
            waiting: generator.step([0, 0, 0, 0, 1, 1, 2, 3]))
        if chance(8) { one.parent = "head-\(generator.below(count / 50 + 1))" }
        for skill in skills(generator.step([0, 1, 2, 3, 4, 5, 6, 7])) {
            one.offers.append(
                OfferInput(
                    skill: skill, level: generator.step([2, 3, 3, 3, 4]),
                    capacity: generator.step([1, 1, 2, 3]),
                    posture: posture(), formats: formats(), slots: slots(90)))
        }
        for skill in skills(generator.step([2, 3, 4, 5, 6])) {
            let now = generator.step([1, 1, 2, 3])
            one.needs.append(
                NeedInput(
                    skill: skill, levelNow: now, level: now + 1, urgency: generator.step([1, 2, 2, 3]),
                    quantity: generator.step([1, 1, 1, 2]), posture: posture(), formats: formats(),
                    slots: slots(90)))
        }
        return one
    }

    /// Nothing stated in so many of a hundred profiles.
    private mutating func slots(_ unstated: Int) -> [Slot] {
        chance(unstated) ? [] : Slot.allCases.filter { _ in chance(55) }
    }

    private mutating func posture() -> Posture? {
        chance(85) ? nil : Posture.allCases[generator.below(Posture.allCases.count)]
    }

    private mutating func formats() -> [Format] {
        chance(75) ? [] : Format.allCases.filter { _ in chance(30) }
    }

    /// A past match for every second community.
    private mutating func meetings(_ participants: [Participant]) -> [Meeting] {
        (0..<participants.count / 2).compactMap { _ in
            let provider = participants[generator.below(participants.count)]
            let receiver = participants[generator.below(participants.count)]
            guard provider.slug != receiver.slug, let need = receiver.needs.first else { return nil }
            return Meeting(
                provider: provider.slug, receiver: receiver.slug, skill: need.skill,
                roundsAgo: 1 + generator.below(8))
        }
    }

    private mutating func exclusions(_ participants: [Participant]) -> [Exclusion] {
        (0..<participants.count / 20).map { _ in
            Exclusion(
                provider: participants[generator.below(participants.count)].slug,
                receiver: participants[generator.below(participants.count)].slug)
        }
    }
}
