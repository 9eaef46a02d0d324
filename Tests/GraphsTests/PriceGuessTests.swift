import Graphs
import Testing

@Suite("Starting from guessed prices")
struct PriceGuessTests {
    /// Worlds of 400 communities, by what is particular about them.
    private static let worlds = [
        ("plain", SkewedWorld(communities: 400, seed: 1)),
        ("scarce", SkewedWorld(communities: 400, seed: 2, isScarce: true)),
        ("tied", SkewedWorld(communities: 400, seed: 3, isTied: true)),
        ("tied and scarce", SkewedWorld(communities: 400, seed: 4, isScarce: true, isTied: true)),
        ("bonus", SkewedWorld(communities: 400, seed: 5, bonuses: [300_000, 50_000])),
        (
            "bonus and scarce",
            SkewedWorld(communities: 400, seed: 6, isScarce: true, bonuses: [300_000, 50_000])
        ),
        (
            "tied and bonus",
            SkewedWorld(communities: 400, seed: 7, isTied: true, bonuses: [300_000, 50_000])
        ),
    ]

    @Test("Every kind of market is proved optimal from both sides, guessing and not")
    func kinds() throws {
        for (name, world) in Self.worlds { try certified(world.problem(), "\(name)") }
    }

    @Test("A guess leaves less than half of the searching to do, from either side, in every kind of market")
    func work() throws {
        for (name, world) in Self.worlds {
            let problem = try world.problem()
            for side in LaminarAssignment.InsertionSide.allCases {
                let cold = try #require(problem.solved(from: side, guessing: false))
                let guessed = try #require(problem.solved(from: side))
                #expect(guessed.pops * 2 < cold.pops, "\(name), \(side): \(guessed.pops) of \(cold.pops)")
            }
        }
    }

    @Test("Two threads find what one finds, prices and work included, run after run, in every kind of market")
    func threads() throws {
        for (name, world) in Self.worlds {
            let problem = try world.problem()
            for side in LaminarAssignment.InsertionSide.allCases {
                let alone = try #require(problem.solved(from: side, isAlone: true))
                for run in 0..<3 {
                    let shared = try #require(problem.solved(from: side, isAlone: false))
                    #expect(shared == alone, "\(name), \(side), \(run)")
                }
            }
        }
    }

    /// Needs of one community each, all worth the same with every offer, which are fewer.
    private func plateau(needs: Int, offers: Int, bonuses: [Int]) throws -> LaminarAssignment {
        let communities = needs + offers
        return try LaminarAssignment(
            giveLimits: [Int](repeating: 1, count: communities),
            receiveLimits: [Int](repeating: 1, count: communities),
            offers: (0..<offers).map { .init(community: needs + $0, capacity: 1) },
            needs: (0..<needs).map { .init(community: $0, quantity: 1) },
            candidates: (0..<needs).flatMap { need in
                (0..<offers).map { .init(need: need, offer: $0, weight: 600_000 + need % 3 * 100_000) }
            }, bonuses: bonuses)
    }

    @Test("On a plateau of equals the needs that are worth most are met, by few searches")
    func plateaus() throws {
        for bonuses in [[], [300_000, 50_000]] {
            let problem = try plateau(needs: 90, offers: 60, bonuses: bonuses)
            let solution = try certified(problem)
            #expect(solution.objective == 30 * 800_000 + 30 * 700_000 + 60 * (bonuses.first ?? 0))
            #expect(solution.pops < 5_000)
        }
    }

    @Test("A second unit is not taken in where to displace the first costs less")
    func steps() throws {
        // Both needs are of community 0, whose second match adds nothing; two providers, each with one offer for each.
        let problem = try LaminarAssignment(
            giveLimits: [0, 1, 1, 0], receiveLimits: [2, 0, 0, 1],
            offers: [.init(community: 1, capacity: 1), .init(community: 2, capacity: 1)],
            needs: [
                .init(community: 0, quantity: 1), .init(community: 0, quantity: 1),
                .init(community: 3, quantity: 1),
            ],
            candidates: [
                .init(need: 0, offer: 0, weight: 900_000), .init(need: 1, offer: 1, weight: 800_000),
                .init(need: 2, offer: 0, weight: 500_000), .init(need: 2, offer: 1, weight: 600_000),
            ], bonuses: [300_000])
        #expect(try certified(problem).objective == 900_000 + 600_000 + 2 * 300_000)
    }

    @Test("A solve may be stopped before its guess is made")
    func stops() throws {
        let problem = try SkewedWorld(communities: 60, seed: 8).problem()
        var told: [Int] = []
        let solution = problem.solved { done, _ in
            told.append(done)
            return false
        }
        #expect(solution == nil)
        #expect(told == [0])
    }
}
