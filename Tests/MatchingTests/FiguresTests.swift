import Matching
import Proof
import Testing

/// Figures that a reader may want to see: run with `swift test --filter Figures`.
@Suite("Figures", .serialized)
struct FiguresTests {
    @Test("A need looks at a small part of all offers", arguments: [(1_000, 8), (10_000, 40)])
    func evaluations(size: Int, families: Int) throws {
        let market = try Market(RandomWorld(seed: 1, size: size, families: families, busy: false).input())
        let perNeed = market.evaluations / max(1, market.needs.count)
        print(
            "evaluations per need: \(perNeed) of \(market.offers.count) offers, \(size) communities,",
            "\(market.input.vocabulary.count) skills")
        #expect(perNeed * 4 < market.offers.count)
    }

    @Test("The optimum beside greedy, over twenty seeds", arguments: [8, 30, 150, 1_000])
    func greedy(size: Int) async throws {
        var matches = (greedy: 0, best: 0)
        var score = matches
        var objective = matches
        var served = 0
        var receivers = 0
        for seed in 1...20 as ClosedRange<UInt64> {
            // Small networks share a small vocabulary; large ones are told thinly, to keep the test short.
            let world = RandomWorld(
                seed: seed, size: size, families: size < 100 ? 1 : 8, busy: false, most: size < 1_000 ? 4 : 2)
            let round = try await solveRound(world.input())
            let greedy = try #require(round.greedy)
            #expect(greedy.objective <= round.objective)
            matches.greedy += greedy.matches
            matches.best += round.matches.count
            score.greedy += greedy.score
            score.best += round.score
            objective.greedy += greedy.objective
            objective.best += round.objective
            served += Set(round.matches.map(\.receiver)).count
            receivers += Set(round.instance.candidates.map { round.needs[$0.need].community }).count
        }
        func loss(_ pair: (greedy: Int, best: Int)) -> String {
            let perMille = pair.best == 0 ? 0 : (pair.best - pair.greedy) * 1000 / pair.best
            return "\(perMille / 10).\(perMille % 10) %"
        }
        print(
            "\(size) communities, 20 seeds: matches \(matches.best) (greedy \(matches.greedy)),",
            "greedy loses \(loss(score)) of score and \(loss(objective)) of objective;",
            "served \(served) of \(receivers) that have a candidate")
    }
}
