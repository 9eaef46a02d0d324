import Graphs
import Testing

@Suite("What holds of every solve with rings")
struct MutualPropertyTests {
    @Test("A market of 40 communities comes within a hundredth of its bound, with rings of two and of three")
    func gap() throws {
        for (seed, isScarce) in [(1, false), (2, true)] {
            let market = try SkewedWorld(communities: 40, seed: seed, isScarce: isScarce).problem()
            let pairs = try certified(market, with: MutualHelp(pairBonus: 200_000))
            #expect(pairs.gap * 100 <= pairs.bound)
            #expect(pairs.pairCount > 0)
            let rings = try certified(market, with: MutualHelp(pairBonus: 200_000, ringBonus: 200_000))
            #expect(rings.gap * 100 <= rings.bound)
            #expect(rings.objective >= pairs.objective)
        }
    }

    @Test("The same round gives the same solution, and the same work")
    func repeatable() throws {
        let market = try SkewedWorld(communities: 30, seed: 3).problem()
        let help = MutualHelp(pairBonus: 200_000, ringBonus: 150_000)
        #expect(try market.solved(with: help) == market.solved(with: help))
    }

    @Test("More steps never raise the bound by more than a thousandth, and no step at all is still a bound")
    func steps() throws {
        let market = try SkewedWorld(communities: 30, seed: 4).problem()
        let none = try certified(market, with: MutualHelp(pairBonus: 200_000, ringBonus: 200_000, steps: 0))
        let some = try certified(market, with: MutualHelp(pairBonus: 200_000, ringBonus: 200_000, steps: 60))
        let many = try certified(market, with: MutualHelp(pairBonus: 200_000, ringBonus: 200_000, steps: 240))
        #expect(some.bound < none.bound)
        #expect(many.bound * 1_000 <= some.bound * 1_001)
    }

    @Test("The search for rings never loses what the relaxation found")
    func search() throws {
        let market = try SkewedWorld(communities: 100, seed: 5).problem()
        let without = try certified(
            market, with: MutualHelp(pairBonus: 200_000, searchNodes: 0, searchShare: 0))
        let with = try certified(market, with: MutualHelp(pairBonus: 200_000))
        #expect(with.objective > without.objective)
        #expect(with.bound == without.bound)
        let plain = try #require(market.solved())
        #expect(without.objective >= plain.objective)
    }

    @Test("With rings of two alone, and with of three, nothing is lost to the plain optimum")
    func plain() throws {
        for seed in 0..<40 {
            let problem = try randomProblem(
                ProblemShape(communities: 10...30, limits: 0...3, density: 15), seed: seed)
            let plain = try #require(problem.solved()).objective
            #expect(try certified(problem, with: MutualHelp(pairBonus: 90_000)).objective >= plain)
            #expect(
                try certified(problem, with: MutualHelp(pairBonus: 90_000, ringBonus: 90_000)).objective
                    >= plain)
        }
    }
}
