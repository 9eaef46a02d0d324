import Graphs
import Testing

/// Communities that each offer one thing to as many as `give`, and need as much as they may receive: an arc
/// (provider, receiver, weight) is a candidate of the receiver's only need.
private func world(_ arcs: [(Int, Int, Int)], limits: [(give: Int, receive: Int)]) throws -> LaminarAssignment
{
    let sorted = arcs.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    return try LaminarAssignment(
        giveLimits: limits.map(\.give), receiveLimits: limits.map(\.receive),
        offers: limits.enumerated().map { .init(community: $0, capacity: $1.give) },
        needs: limits.enumerated().map { .init(community: $0, quantity: $1.receive) },
        candidates: sorted.map { .init(need: $0.1, offer: $0.0, weight: $0.2) }, bonuses: [])
}

@Suite("Small rounds with rings, known by their shape")
struct MutualFixtureTests {
    private let pairs = MutualHelp(pairBonus: 100)
    private let rings = MutualHelp(pairBonus: 100, ringBonus: 100)
    private let one = (give: 1, receive: 1)

    @Test("one_two_cycle: the way back is worth more than a better match elsewhere")
    func oneTwoCycle() throws {
        let round = try world([(0, 1, 50), (1, 0, 40), (2, 0, 90)], limits: [one, one, one])
        let solution = try certified(round, with: pairs)
        #expect(solution.objective == 190)
        #expect(solution.bound == 190)
        #expect(solution.pairCount == 1)
        #expect(solution.rings.count == 1)
    }

    @Test("two_2cycles_sharing_a_community: both close where it may give and receive twice, one where once")
    func sharedCommunity() throws {
        let arcs = [(0, 1, 50), (1, 0, 50), (1, 2, 50), (2, 1, 50)]
        let two = try certified(world(arcs, limits: [one, (give: 2, receive: 2), one]), with: pairs)
        #expect(two.objective == 400)
        #expect(two.pairCount == 2)
        let once = try certified(world(arcs, limits: [one, one, one]), with: pairs)
        #expect(once.objective == 200)
        #expect(once.bound == 200)
    }

    @Test("ring_of_three: sought in one mode, and only there")
    func ringOfThree() throws {
        let round = try world(
            [(0, 1, 50), (1, 2, 50), (2, 0, 50), (3, 0, 80)], limits: [one, one, one, one])
        let circle = try certified(round, with: rings)
        #expect(circle.objective == 250)
        #expect(circle.bound == 250)
        #expect(circle.circleCount == 1)
        let plain = try certified(round, with: pairs)
        #expect(plain.objective == 180)
        #expect(plain.rings.isEmpty)
    }

    @Test("ring_and_pair_overlap: a match counts in one ring only, in two with twice the matches")
    func overlap() throws {
        let arcs = [(0, 1, 50), (1, 0, 50), (1, 2, 50), (2, 0, 50)]
        let two = (give: 2, receive: 2)
        let solution = try certified(world(arcs, limits: [two, two, two]), with: rings)
        #expect(solution.selected.count == 4)
        #expect(solution.objective == 300)
        #expect(solution.bound == 300)
        // A second match from 0 to 1, of another skill, lets both close.
        let parallel = try LaminarAssignment(
            giveLimits: [2, 2, 2], receiveLimits: [2, 2, 2],
            offers: [
                .init(community: 0, capacity: 1), .init(community: 0, capacity: 1),
                .init(community: 1, capacity: 2), .init(community: 2, capacity: 1),
            ],
            needs: [
                .init(community: 0, quantity: 2), .init(community: 1, quantity: 2),
                .init(community: 2, quantity: 1),
            ],
            candidates: [
                .init(need: 0, offer: 2, weight: 50), .init(need: 0, offer: 3, weight: 50),
                .init(need: 1, offer: 0, weight: 50), .init(need: 1, offer: 1, weight: 50),
                .init(need: 2, offer: 2, weight: 50),
            ], bonuses: [])
        let both = try certified(parallel, with: rings)
        #expect(both.objective == 450)
        #expect(both.pairCount == 1)
        #expect(both.circleCount == 1)
    }

    @Test("capacity_blocks_pair: no way back, no pair, whatever the bonus")
    func blocked() throws {
        let round = try world([(0, 1, 50), (1, 0, 50)], limits: [(give: 1, receive: 0), one])
        let solution = try certified(round, with: MutualHelp(pairBonus: 1_000_000))
        #expect(solution.objective == 50)
        #expect(solution.bound == 50)
        #expect(solution.rings.isEmpty)
    }

    @Test("parallel_candidates: the same two communities make one pair, however much they help each other")
    func parallelCandidates() throws {
        let round = try LaminarAssignment(
            giveLimits: [2, 2], receiveLimits: [2, 2],
            offers: (0..<4).map { .init(community: $0 / 2, capacity: 1) },
            needs: (0..<4).map { .init(community: 1 - $0 / 2, quantity: 1) },
            candidates: (0..<4).map { .init(need: $0, offer: $0, weight: 50) }, bonuses: [])
        let solution = try certified(round, with: rings)
        #expect(solution.selected == [0, 1, 2, 3])
        #expect(solution.objective == 300)
        #expect(solution.bound == 300)
        #expect(solution.pairCount == 1)
    }

    @Test("beta_zero_is_plain: without bonuses it is the plain optimum, proven")
    func zero() throws {
        for seed in 0..<50 {
            let problem = try randomProblem(ProblemShape(communities: 3...8, limits: 1...3), seed: seed)
            let solution = try certified(problem, with: MutualHelp(pairBonus: 0))
            #expect(solution.objective == problem.solved()?.objective)
            #expect(solution.gap == 0)
            #expect(solution.rings.isEmpty)
        }
    }

    @Test("odd_triangle: where each gives and receives once, three close one pair or one ring")
    func oddTriangle() throws {
        let arcs = [(0, 1, 50), (1, 0, 50), (1, 2, 50), (2, 1, 50), (0, 2, 50), (2, 0, 50)]
        let round = try world(arcs, limits: [one, one, one])
        let pair = try certified(round, with: pairs)
        #expect(pair.objective == 200)
        // The relaxation takes half of each pair: what it cannot rule out is reported, not hidden.
        #expect((200...300).contains(pair.bound))
        let circle = try certified(round, with: rings)
        #expect(circle.objective == 250)
    }

    @Test("A candidate within one community is part of no ring")
    func within() throws {
        let round = try world([(0, 0, 60), (0, 1, 50), (1, 0, 50)], limits: [(give: 2, receive: 2), one])
        let solution = try certified(round, with: rings)
        #expect(solution.objective == 260)
        #expect(solution.rings == [[2, 1]] || solution.rings == [[1, 2]])
    }

    @Test("Nothing at all is solved by nothing")
    func empty() throws {
        let solution = try certified(world([], limits: []), with: rings)
        #expect(solution.objective == 0)
        #expect(solution.bound == 0)
    }

    @Test("Bonuses past the limit, negative ones and negative steps are refused, with the limit")
    func refusals() throws {
        let round = try world([(0, 1, 50)], limits: [one, one])
        let limit = LaminarAssignment.weightLimit - 50
        for help in [
            MutualHelp(pairBonus: -1), MutualHelp(pairBonus: 0, ringBonus: -1),
            MutualHelp(pairBonus: limit + 1), MutualHelp(pairBonus: 0, ringBonus: .max),
        ] {
            #expect(throws: MutualHelpError.bonusOutOfRange(limit: limit)) { try round.solved(with: help) }
        }
        #expect(throws: MutualHelpError.negativeEffort) {
            try round.solved(with: MutualHelp(pairBonus: 1, steps: -1))
        }
        #expect(try certified(round, with: MutualHelp(pairBonus: limit, ringBonus: limit)).objective == 50)
    }

    @Test("Told to stop, it returns nothing; told to go on, it counts up to the end")
    func progress() throws {
        let round = try world([(0, 1, 50), (1, 0, 40), (2, 0, 90)], limits: [one, one, one])
        #expect(try round.solved(with: pairs, progress: { _, _ in false }) == nil)
        var seen: [Int] = []
        let solution = try round.solved(with: pairs) { done, total in
            seen.append(done)
            return total == 61
        }
        #expect(try solution == round.solved(with: pairs))
        #expect(seen.last == 61)
        #expect(seen == seen.sorted())
    }
}
