// Instances shaped like a real market: few skills that everyone wants, many that few do; towns; and few who can
// carry much. README.md beside this folder describes the shape in words.
//
// Whole numbers and square roots only, no logarithm: the same seed gives the same bytes on every machine.
// Complexity: O(needs · (seen + kept · log)) time, beside sorting the offers; O(candidates) space.

import Proof

/// A random market, a pure function of its three parameters.
struct SkewedMarket {
    /// Two kinds of market: one where most needs find room, one where offers are far too few.
    enum Kind {
        case common, scarce
    }

    /// A community: where it stands, in units of 100 m, and what the scores look at.
    private struct Community {
        var x: Int
        var y: Int
        var reach: Int
        var isRemote: Bool
        /// Posture, formats, rhythm: each 0…255, compared pair by pair.
        var traits: (Int, Int, Int)
    }

    /// An offer together with its community, so that a walk along a skill reads memory in order.
    private struct Stall {
        var offer: Int
        var owner: Int
        var level: Int
        /// What everyone sees in it: 0…60,000.
        var renown: Int
        var community: Community
    }

    private struct Need {
        var community: Int
        var skill: Int
        var level: Int
        var urgency: Int
    }

    /// How many skills there are; each is a sibling of the one whose number differs in the last bit.
    static let skillCount = 60
    /// How many candidates a need keeps, the best ones.
    static let kept = 32
    /// How many offers of its skill a need looks at, half of them its neighbours, half from all over; and of the sibling.
    static let seen = 600
    static let seenOfSibling = 200

    /// Width and height of the country, in units of 100 m.
    private static let extent = 6_000

    private var generator: SplitMix64
    private let kind: Kind
    private var communities: [Community] = []
    private var needs: [Need] = []
    /// Offers of each skill, from west to east.
    private var stalls = [[Stall]](repeating: [], count: skillCount)
    private var instance = Instance(communities: [], offers: [], needs: [], candidates: [], bonuses: [])

    /// The instance of so many communities, without bonuses; candidates ascend by need, then offer.
    static func instance(communities: Int, seed: Int, kind: Kind) -> Instance {
        var market = SkewedMarket(seed: seed, kind: kind)
        market.settle(communities)
        market.stateOffersAndNeeds()
        market.listCandidates()
        return market.instance
    }

    private init(seed: Int, kind: Kind) {
        generator = SplitMix64(seed: seed)
        self.kind = kind
    }

    /// Three communities in five live in or around one of forty towns, large ones first; the others anywhere.
    private mutating func settle(_ count: Int) {
        let towns = (0..<40).map { _ in
            (x: generator.below(Self.extent), y: generator.below(Self.extent))
        }
        let sizes = ZipfLaw(count: towns.count)
        for _ in 0..<count {
            var (x, y) = (generator.below(Self.extent), generator.below(Self.extent))
            if generator.below(5) < 3 {
                let town = towns[sizes.pick(using: &generator)]
                x = town.x + generator.below(200) + generator.below(200) - 200
                y = town.y + generator.below(200) + generator.below(200) - 200
            }
            communities.append(
                Community(
                    x: x, y: y, reach: generator.step([200, 300, 500, 500, 800, 1_000]),
                    isRemote: generator.below(5) < 4,
                    traits: (generator.below(256), generator.below(256), generator.below(256))))
            instance.communities.append(
                .init(
                    give: generator.step(kind == .scarce ? [1, 2, 2, 3] : [1, 2, 3, 3, 3, 3, 5, 12]),
                    receive: generator.step([1, 2, 2, 2, 2, 2, 3, 4])))
        }
    }

    /// Supply and demand both follow Zipf's law, but not in the same order: what is wanted most is not what is offered most.
    private mutating func stateOffersAndNeeds() {
        let law = ZipfLaw(count: Self.skillCount)
        var wanted = Array(0..<Self.skillCount)
        for start in stride(from: 0, to: wanted.count, by: 6) {
            wanted[start..<min(start + 6, wanted.count)].shuffle(using: &generator)
        }
        for community in communities.indices {
            for _ in 0..<generator.step(kind == .scarce ? [1, 2] : [1, 2, 2, 3, 3, 4, 6, 10]) {
                let capacity = generator.step(kind == .scarce ? [1] : [1, 1, 1, 1, 2, 2, 3, 8])
                let skill = law.pick(using: &generator)
                stalls[skill].append(
                    Stall(
                        offer: instance.offers.count, owner: community,
                        level: generator.step([2, 3, 3, 3, 4, 4]), renown: generator.below(60_001),
                        community: communities[community]))
                instance.offers.append(.init(community: community, capacity: capacity))
            }
            for _ in 0..<generator.step([1, 2, 3, 3, 4, 5, 6, 8]) {
                needs.append(
                    Need(
                        community: community, skill: wanted[law.pick(using: &generator)],
                        level: generator.step([1, 1, 1, 2, 2, 3]), urgency: generator.below(3)))
                instance.needs.append(
                    .init(community: community, quantity: generator.step([1, 1, 1, 1, 1, 1, 1, 2])))
            }
        }
        for skill in stalls.indices {
            stalls[skill].sort { ($0.community.x, $0.offer) < ($1.community.x, $1.offer) }
        }
    }

    private mutating func listCandidates() {
        instance.candidates.reserveCapacity(needs.count * Self.kept)
        for need in needs.indices {
            let skill = needs[need].skill
            var best = BestOffers(count: Self.kept)
            look(at: stalls[skill], limit: Self.seen, for: need, proximity: 350_000, into: &best)
            look(at: stalls[skill ^ 1], limit: Self.seenOfSibling, for: need, proximity: 245_000, into: &best)
            for (offer, score) in best.byOffer() {
                instance.candidates.append(.init(need: need, offer: offer, score: score))
            }
        }
    }

    /// Scores the offers nearest from west to east, and as many more at even steps over the whole list.
    private func look(
        at list: [Stall], limit: Int, for need: Int, proximity: Int, into best: inout BestOffers
    ) {
        let near = min(list.count, limit / 2)
        let x = communities[needs[need].community].x
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].community.x < x { low = middle + 1 } else { high = middle }
        }
        let start = max(0, min(low - near / 2, list.count - near))
        for place in start..<start + near {
            consider(list[place], for: need, proximity: proximity, into: &best)
        }
        let stride = max(1, list.count / max(1, limit / 2))
        var place = need % stride
        while place < list.count {
            if place < start || place >= start + near {
                consider(list[place], for: need, proximity: proximity, into: &best)
            }
            place += stride
        }
    }

    /// What nothing general says of two communities, having met before for one: 0…60,000.
    private static func chance(of receiver: Int, _ provider: Int) -> Int {
        var generator = SplitMix64(seed: receiver << 32 | provider)
        return generator.below(60_001)
    }

    @inline(__always)
    private func consider(_ stall: Stall, for need: Int, proximity: Int, into best: inout BestOffers) {
        let asked = needs[need]
        guard asked.community != stall.owner, stall.level > asked.level else { return }
        let (receiver, provider) = (communities[asked.community], stall.community)
        var score = proximity + 50_000 * asked.urgency
        score += stall.level - asked.level <= 2 ? 150_000 : 127_500
        let limit = min(receiver.reach, provider.reach)
        let (dx, dy) = (receiver.x - provider.x, receiver.y - provider.y)
        let squared = dx * dx + dy * dy
        if receiver.isRemote && provider.isRemote {
            score += 150_000
        } else if squared <= limit * limit {
            score += 150_000 - 150_000 * Int(Double(squared).squareRoot()) / limit
        } else {
            return
        }
        let apart =
            abs(receiver.traits.0 - provider.traits.0) + abs(receiver.traits.1 - provider.traits.1)
            + abs(receiver.traits.2 - provider.traits.2)
        score += 100_000 * (765 - apart) / 765 + stall.renown + Self.chance(of: asked.community, stall.owner)
        best.insert(offer: stall.offer, score: score)
    }
}

/// Ranks 0, 1, 2… with probabilities proportional to 1, ½, ⅓….
private struct ZipfLaw {
    private var ends: [Int] = []

    init(count: Int) {
        var total = 0
        for rank in 1...count {
            total += 1_000_000_000 / rank
            ends.append(total)
        }
    }

    func pick(using generator: inout SplitMix64) -> Int {
        let ticket = generator.below(ends[ends.count - 1])
        var low = 0
        var high = ends.count - 1
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] <= ticket { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The best few offers seen: a heap with the worst of them on top. Among equal scores the lower number stays.
private struct BestOffers {
    private var entries: [(score: Int, offer: Int)] = []
    private let count: Int

    init(count: Int) {
        self.count = count
        entries.reserveCapacity(count)
    }

    private func isWorse(_ left: Int, _ right: Int) -> Bool {
        (entries[left].score, -entries[left].offer) < (entries[right].score, -entries[right].offer)
    }

    @inline(__always)
    mutating func insert(offer: Int, score: Int) {
        if entries.count < count {
            entries.append((score, offer))
            var child = entries.count - 1
            while child > 0, isWorse(child, (child - 1) / 2) {
                entries.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if (entries[0].score, -entries[0].offer) < (score, -offer) {
            entries[0] = (score, offer)
            sink()
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < count && isWorse(child, worst) {
                worst = child
            }
            if worst == parent { return }
            entries.swapAt(parent, worst)
            parent = worst
        }
    }

    func byOffer() -> [(offer: Int, score: Int)] {
        entries.map { ($0.offer, $0.score) }.sorted { $0.0 < $1.0 }
    }
}
