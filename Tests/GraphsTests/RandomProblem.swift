import Graphs

/// A small generator with a seed, so that every random test is the same on every run and machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    /// True `share` times in a hundred.
    mutating func chance(_ share: Int) -> Bool {
        int(1...100) <= share
    }
}

/// How large and how tight a random problem is.
struct ProblemShape {
    var communities = 1...4
    var itemsPerCommunity = 0...2
    var limits = 0...3
    var itemLimits = 0...2
    /// Share of pairs that are candidates, in hundredths.
    var density = 60
    /// Small ranges make ties.
    var weights = 0...1_000_000
    var bonusSteps = 0...3
    var bonuses = 0...400_000
    /// What the first match of some communities adds besides; nobody has any in 0...0.
    var extras = 0...0
    /// Share of communities that have an extra, in hundredths.
    var extraShare = 50
    var maximumCandidates = Int.max
    /// Whether a need and an offer of one community may be a candidate.
    var selfPairs = false
}

/// A random problem, a pure function of its shape and seed.
func randomProblem(_ shape: ProblemShape, seed: Int) throws -> LaminarAssignment {
    var generator = SeededGenerator(seed: seed)
    let count = generator.int(shape.communities)
    var offers: [LaminarAssignment.Offer] = []
    var needs: [LaminarAssignment.Need] = []
    for community in 0..<count {
        for _ in 0..<generator.int(shape.itemsPerCommunity) {
            offers.append(.init(community: community, capacity: generator.int(shape.itemLimits)))
        }
        for _ in 0..<generator.int(shape.itemsPerCommunity) {
            needs.append(.init(community: community, quantity: generator.int(shape.itemLimits)))
        }
    }
    // Items need not come grouped by community.
    offers.shuffle(using: &generator)
    needs.shuffle(using: &generator)
    var candidates: [LaminarAssignment.Candidate] = []
    for need in needs.indices {
        for offer in offers.indices
        where shape.selfPairs || offers[offer].community != needs[need].community {
            guard candidates.count < shape.maximumCandidates, generator.chance(shape.density) else {
                continue
            }
            candidates.append(.init(need: need, offer: offer, weight: generator.int(shape.weights)))
        }
    }
    let bonuses = (0..<generator.int(shape.bonusSteps)).map { _ in generator.int(shape.bonuses) }
    let giveLimits = (0..<count).map { _ in generator.int(shape.limits) }
    let receiveLimits = (0..<count).map { _ in generator.int(shape.limits) }
    let extras =
        shape.extras.upperBound == 0
        ? []
        : (0..<count).map { _ in generator.chance(shape.extraShare) ? generator.int(shape.extras) : 0 }
    return try LaminarAssignment(
        giveLimits: giveLimits, receiveLimits: receiveLimits, offers: offers, needs: needs,
        candidates: candidates, bonuses: bonuses.sorted(by: >), firstExtras: extras)
}
