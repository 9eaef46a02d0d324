import Graphs

/// A market shaped like those met in practice, a pure function of its size and seed: communities gather around towns,
/// few skills are common and most are rare (Zipf), and a need lists its best offers only.
struct SkewedWorld {
    var communities: Int
    var seed: Int
    /// How many offers a need lists at most.
    var candidatesPerNeed = 32
    /// Offers serve one or two receivers and communities give one or two matches: half of the needs stay unmet.
    var isScarce = false
    /// All meet at a distance, and no pair fits better than another: most candidates of a need weigh the same.
    var isTied = false
    var bonuses: [Int] = []

    private struct Place {
        var x: Int
        var y: Int
        /// Weights of the other factors, which do not depend on the pair.
        var level: Int
    }

    /// - Complexity: O(needs · offers of the commonest skill).
    func problem() throws -> LaminarAssignment {
        var generator = SeededGenerator(seed: seed)
        let towns = (0..<max(1, communities / 40)).map { _ in
            (generator.int(0...100_000), generator.int(0...100_000))
        }
        let places = (0..<communities).map { _ in
            let town = towns[generator.int(0...towns.count - 1)]
            return Place(
                x: town.0 + generator.int(-5_000...5_000), y: town.1 + generator.int(-5_000...5_000),
                level: generator.int(1...4))
        }
        let skills = min(400, 20 + communities / 20)
        // Skill k has share 1 / (k + 10) of the draws.
        var ends: [Int] = []
        for skill in 0..<skills { ends.append((ends.last ?? 0) + 1_000_000 / (skill + 10)) }
        func draw() -> Int {
            let value = generator.int(0...ends[skills - 1] - 1)
            return ends.firstIndex { value < $0 } ?? 0
        }
        var offers: [LaminarAssignment.Offer] = []
        var needs: [(skill: Int, need: LaminarAssignment.Need, urgency: Int)] = []
        var bySkill = [[Int]](repeating: [], count: skills)
        for community in 0..<communities {
            for _ in 0..<generator.int(isScarce ? 1...2 : 2...5) {
                bySkill[draw()].append(offers.count)
                offers.append(.init(community: community, capacity: generator.int(isScarce ? 1...1 : 1...3)))
            }
            for _ in 0..<generator.int(2...5) {
                let skill = draw()
                needs.append(
                    (skill, .init(community: community, quantity: 1), generator.int(0...2)))
            }
        }
        var candidates: [LaminarAssignment.Candidate] = []
        for (index, need) in needs.enumerated() {
            let receiver = places[need.need.community]
            var listed: [(weight: Int, offer: Int)] = []
            for (step, value) in [(0, 350_000), (1, 245_000)] {
                for offer in bySkill[(need.skill + step * 7) % skills]
                where offers[offer].community != need.need.community {
                    let provider = places[offers[offer].community]
                    let distance = abs(provider.x - receiver.x) + abs(provider.y - receiver.y)
                    let level = [60_000, 150_000, 150_000, 127_500][(provider.level - receiver.level + 4) % 4]
                    let closeness = isTied ? 150_000 : 150_000 - min(150_000, distance * 3 / 2)
                    // Fit differs from pair to pair.
                    let fit = isTied ? 0 : (offer &* 7_919 &+ index &* 104_729) % 4 * 33_333
                    listed.append((200_000 + value + level + closeness + need.urgency * 50_000 + fit, offer))
                }
            }
            listed.sort { ($1.weight, $0.offer) < ($0.weight, $1.offer) }
            candidates += listed.prefix(candidatesPerNeed).sorted { $0.offer < $1.offer }.map {
                .init(need: index, offer: $0.offer, weight: min(1_000_000, $0.weight))
            }
        }
        return try LaminarAssignment(
            giveLimits: (0..<communities).map { _ in generator.int(isScarce ? 1...2 : 2...4) },
            receiveLimits: (0..<communities).map { _ in generator.int(1...3) }, offers: offers,
            needs: needs.map(\.need), candidates: candidates, bonuses: bonuses)
    }
}
