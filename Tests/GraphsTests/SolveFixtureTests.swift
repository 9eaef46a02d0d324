import Graphs
import Proof
import Testing

/// A problem from rows, with one community per need and one per offer unless said otherwise.
private func problem(
    give: [Int], receive: [Int], offers: [(Int, Int)], needs: [(Int, Int)], candidates: [(Int, Int, Int)],
    bonuses: [Int] = []
) throws -> LaminarAssignment {
    try LaminarAssignment(
        giveLimits: give, receiveLimits: receive,
        offers: offers.map { .init(community: $0.0, capacity: $0.1) },
        needs: needs.map { .init(community: $0.0, quantity: $0.1) },
        candidates: candidates.map { .init(need: $0.0, offer: $0.1, weight: $0.2) }, bonuses: bonuses)
}

@Suite("Small rounds known by their shape")
struct SolveFixtureTests {
    @Test("Nothing at all is solved by nothing")
    func empty() throws {
        let solution = try certified(problem(give: [], receive: [], offers: [], needs: [], candidates: []))
        #expect(solution.selected.isEmpty)
        #expect(solution.objective == 0)
    }

    @Test("A single pair is taken, with its first bonus")
    func singlePair() throws {
        let solution = try certified(
            problem(
                give: [1, 0], receive: [0, 1], offers: [(0, 1)], needs: [(1, 1)], candidates: [(0, 0, 700)],
                bonuses: [300, 50]))
        #expect(solution.selected == [0])
        #expect(solution.objective == 1_000)
    }

    @Test(
        "A limit of zero anywhere on the way lets nothing through",
        arguments: [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)])
    func zeroLimit(give: Int, receive: Int, capacity: Int, quantity: Int) throws {
        let solution = try certified(
            problem(
                give: [give, 9], receive: [9, receive], offers: [(0, capacity)], needs: [(1, quantity)],
                candidates: [(0, 0, 700)], bonuses: [300]))
        #expect(solution.selected.isEmpty)
    }

    @Test("An early best choice is undone when two later ones are worth more")
    func chainOfThree() throws {
        // Best first takes 100 and leaves 1; together 90 and 80 are better.
        let chain = try problem(
            give: [1, 1, 0, 0], receive: [0, 0, 1, 1], offers: [(0, 1), (1, 1)], needs: [(2, 1), (3, 1)],
            candidates: [(0, 0, 100), (0, 1, 90), (1, 0, 80), (1, 1, 1)])
        #expect(try certified(chain).selected == [1, 2])
        #expect(chain.greedy() == [0, 3])
    }

    @Test("A need of quantity two takes two offers of one provider, and no offer twice")
    func quantityTwo() throws {
        let solution = try certified(
            problem(
                give: [2, 0], receive: [0, 3], offers: [(0, 2), (0, 2)], needs: [(1, 2)],
                candidates: [(0, 0, 900), (0, 1, 10)]))
        #expect(solution.selected == [0, 1])
        let alone = try certified(
            problem(
                give: [2, 0], receive: [0, 3], offers: [(0, 2)], needs: [(1, 2)], candidates: [(0, 0, 900)]))
        #expect(alone.selected == [0])
    }

    @Test("A provider's limit holds across its offers, a receiver's across its needs")
    func sharedLimits() throws {
        let twoOffers = try problem(
            give: [1, 0, 0], receive: [0, 1, 1], offers: [(0, 1), (0, 1)], needs: [(1, 1), (2, 1)],
            candidates: [(0, 0, 600), (1, 1, 500)])
        #expect(try certified(twoOffers).selected == [0])
        let twoNeeds = try problem(
            give: [1, 1, 0], receive: [0, 0, 1], offers: [(0, 1), (1, 1)], needs: [(2, 1), (2, 1)],
            candidates: [(0, 0, 500), (1, 1, 600)])
        #expect(try certified(twoNeeds).selected == [1])
    }

    @Test("A first match outweighs a better second one, as far as the bonuses go")
    func bonusSpreads() throws {
        func contest(_ bonuses: [Int]) throws -> [Int] {
            // Community 1 is served by candidate 0 already; offer 1 helps it again, or community 2 for less.
            try certified(
                problem(
                    give: [2, 0, 0], receive: [0, 2, 2], offers: [(0, 1), (0, 1)],
                    needs: [(1, 1), (1, 1), (2, 1)],
                    candidates: [(0, 0, 900), (1, 1, 800), (2, 1, 600)], bonuses: bonuses)
            ).selected
        }
        #expect(try contest([]) == [0, 1])
        #expect(try contest([300, 50]) == [0, 2])
        #expect(try contest([300, 150]) == [0, 1])
        #expect(try contest([300, 300]) == [0, 1])
    }

    @Test("A bonus alone brings in a pair that scores nothing")
    func bonusOnly() throws {
        let pair = try problem(
            give: [1, 0], receive: [0, 1], offers: [(0, 1)], needs: [(1, 1)], candidates: [(0, 0, 0)],
            bonuses: [5])
        #expect(try certified(pair).objective == 5)
    }

    @Test("Two rounds that share nobody are each solved as if alone")
    func twoComponents() throws {
        // The chain of three, and beside it one provider that two receivers want.
        let solution = try certified(
            problem(
                give: [1, 1, 0, 0, 1, 0, 0], receive: [0, 0, 1, 1, 0, 1, 1],
                offers: [(0, 1), (1, 1), (4, 2)], needs: [(2, 1), (3, 1), (5, 1), (6, 1)],
                candidates: [(0, 0, 100), (0, 1, 90), (1, 0, 80), (1, 1, 1), (2, 2, 40), (3, 2, 50)]))
        #expect(solution.selected == [1, 2, 5])
    }

    @Test("An offer of capacity zero leaves its provider's other offer all there is to give")
    func zeroCapacity() throws {
        let solution = try certified(
            problem(
                give: [2, 0, 0], receive: [0, 1, 1], offers: [(0, 0), (0, 1)], needs: [(1, 1), (2, 1)],
                candidates: [(0, 0, 900), (0, 1, 400), (1, 0, 800), (1, 1, 500)], bonuses: [10]))
        #expect(solution.selected == [3])
        #expect(solution.objective == 510)
    }

    @Test("A pair within one community takes from what it gives and from what it receives")
    func selfLoop() throws {
        let alone = try certified(
            problem(
                give: [1], receive: [1], offers: [(0, 1)], needs: [(0, 1)], candidates: [(0, 0, 7)],
                bonuses: [2]))
        #expect(alone.objective == 9)
        // Communities 0 and 1 could exchange; the loop of 0 takes the place of both.
        let beside = { (loop: Int) in
            try certified(
                problem(
                    give: [1, 1], receive: [1, 1], offers: [(0, 1), (1, 1)], needs: [(0, 1), (1, 1)],
                    candidates: [(0, 0, loop), (0, 1, 5), (1, 0, 6)]))
        }
        #expect(try beside(10).selected == [1, 2])
        #expect(try beside(12).selected == [0])
    }

    @Test("Of many bonus steps, each match takes the next, up to what a community receives")
    func manySteps() throws {
        // Community 0 gives six units, one to each of six needs of community 1, and of community 2.
        let bonuses = [600, 500, 400, 300, 200, 100, 50, 25]
        func shared(by receives: [Int]) throws -> (counts: [Int], objective: Int) {
            let stated = try problem(
                give: [6, 0, 0], receive: [0] + receives, offers: (0..<6).map { _ in (0, 1) },
                needs: (0..<12).map { ($0 % 2 + 1, 1) },
                candidates: (0..<12).flatMap { need in (0..<6).map { (need, $0, need % 2 == 0 ? 40 : 30) } },
                bonuses: bonuses)
            let solution = try certified(stated)
            let receivers = solution.selected.map { stated.needs[stated.candidates[$0].need].community }
            return ([1, 2].map { who in receivers.count { $0 == who } }, solution.objective)
        }
        let even = try shared(by: [9, 9])
        #expect(even.counts == [3, 3])
        #expect(even.objective == 2 * (600 + 500 + 400) + 3 * 40 + 3 * 30)
        let limited = try shared(by: [2, 9])
        #expect(limited.counts == [2, 4])
        #expect(limited.objective == 1_100 + 1_800 + 2 * 40 + 4 * 30)
        let one = try shared(by: [0, 9])
        #expect(one.counts == [0, 6])
        #expect(one.objective == 2_100 + 6 * 30)
    }

    @Test("Equal candidates are settled the same way every time")
    func allTies() throws {
        let ties = try problem(
            give: [1, 1, 1, 0, 0], receive: [0, 0, 0, 1, 1], offers: [(0, 1), (1, 1), (2, 1)],
            needs: [(3, 1), (4, 1)],
            candidates: [(0, 0, 7), (0, 1, 7), (0, 2, 7), (1, 0, 7), (1, 1, 7), (1, 2, 7)])
        let first = try certified(ties)
        #expect(first.objective == 14)
        for _ in 0..<3 { #expect(ties.solved() == first) }
    }

    @Test("Limits as large as integers go, and weights as large as allowed, stay exact")
    func extremes() throws {
        let top = LaminarAssignment.weightLimit
        let wide = try problem(
            give: [.max, .max], receive: [.max, .max], offers: [(0, .max), (0, .max)], needs: [(1, .max)],
            candidates: [(0, 0, top), (0, 1, top)], bonuses: [top, top])
        #expect(wide.solved(from: .receivers)?.objective == 4 * top)
        #expect(wide.solved(from: .providers)?.objective == 4 * top)
    }

    @Test("An offer that may carry a thousand matches, and is wanted by everyone, stays exact")
    func greatCapacity() throws {
        var generator = SeededGenerator(seed: 3)
        let count = 1_600
        let needs = 0..<2 * count
        var candidates: [LaminarAssignment.Candidate] = []
        for need in needs {
            candidates.append(.init(need: need, offer: 0, weight: generator.int(300_000...1_000_000)))
            let others = Set((0..<6).map { _ in generator.int(1...count - 1) })
            for offer in others.sorted() where offer != need / 2 + 1 {
                candidates.append(
                    .init(need: need, offer: offer, weight: generator.int(300_000...1_000_000)))
            }
        }
        let problem = try LaminarAssignment(
            giveLimits: [1_000] + Array(repeating: 1, count: count),
            receiveLimits: Array(repeating: 2, count: count + 1),
            offers: [.init(community: 0, capacity: 1_000)]
                + (1..<count).map { .init(community: $0, capacity: 1) },
            needs: needs.map { .init(community: $0 / 2 + 1, quantity: 1) }, candidates: candidates,
            bonuses: [])
        let first = try #require(problem.solved(from: .providers))
        let second = try #require(problem.solved(from: .receivers))
        for solution in [first, second] {
            let verdict = check(
                Instance(problem), matches: solution.selected, prices: Prices(solution),
                claimedObjective: first.objective, claimedBound: first.objective)
            #expect(verdict == .optimal(objective: first.objective))
        }
        #expect(first.selected.count { candidates[$0].offer == 0 } == 1_000)
    }

    @Test("Told to stop, it returns nothing; told to go on, it counts up to the end")
    func progress() throws {
        let random = try randomProblem(ProblemShape(communities: 20...20, limits: 1...3), seed: 1)
        for side in LaminarAssignment.InsertionSide.allCases {
            #expect(random.solved(from: side, progress: { _, _ in false }) == nil)
            var seen: [Int] = []
            let solution = random.solved(from: side) { done, total in
                seen.append(done)
                return total == 20
            }
            #expect(solution == random.solved(from: side))
            // Nothing is done while prices are guessed.
            #expect(seen.first == 0)
            #expect(seen.filter { $0 > 0 } == Array(1...20))
        }
    }
}

@Suite("What is not a problem to solve")
struct LaminarAssignmentTests {
    private func refusal(
        give: [Int] = [1, 1], receive: [Int] = [1, 1], offers: [(Int, Int)] = [(0, 1)],
        needs: [(Int, Int)] = [(1, 1)], candidates: [(Int, Int, Int)] = [(0, 0, 5)], bonuses: [Int] = []
    ) throws -> LaminarAssignmentError? {
        #expect(throws: LaminarAssignmentError.self) {
            try problem(
                give: give, receive: receive, offers: offers, needs: needs, candidates: candidates,
                bonuses: bonuses)
        }
    }

    @Test("Each kind of ill-formed input is refused by its name")
    func refusals() throws {
        let top = LaminarAssignment.weightLimit
        #expect(try refusal(give: [1]) == .limitCounts(give: 1, receive: 2))
        #expect(try refusal(give: [1, -1]) == .negativeGive(community: 1))
        #expect(try refusal(receive: [-1, 1]) == .negativeReceive(community: 0))
        #expect(try refusal(offers: [(2, 1)]) == .offerOutOfRange(offer: 0))
        #expect(try refusal(offers: [(0, -1)]) == .negativeCapacity(offer: 0))
        #expect(try refusal(needs: [(-1, 1)]) == .needOutOfRange(need: 0))
        #expect(try refusal(needs: [(1, .min)]) == .negativeQuantity(need: 0))
        #expect(try refusal(candidates: [(1, 0, 5)]) == .candidateOutOfRange(candidate: 0))
        #expect(try refusal(candidates: [(0, -1, 5)]) == .candidateOutOfRange(candidate: 0))
        #expect(try refusal(candidates: [(0, 0, -1)]) == .weightOutOfRange(candidate: 0, limit: top))
        #expect(try refusal(candidates: [(0, 0, top + 1)]) == .weightOutOfRange(candidate: 0, limit: top))
        #expect(try refusal(bonuses: [-1]) == .bonusOutOfRange(step: 0, limit: top))
        #expect(try refusal(bonuses: [top + 1]) == .bonusOutOfRange(step: 0, limit: top))
        #expect(try refusal(bonuses: [1, 2]) == .risingBonus(step: 1))
    }

    @Test("Candidates come by need, then offer, each once")
    func order() throws {
        let offers = [(0, 1), (0, 1)]
        #expect(
            try refusal(offers: offers, candidates: [(0, 1, 5), (0, 0, 5)])
                == .candidateOutOfOrder(candidate: 1))
        #expect(
            try refusal(offers: offers, candidates: [(0, 0, 5), (0, 1, 5), (0, 1, 6)])
                == .candidateOutOfOrder(candidate: 2))
        #expect(
            try refusal(
                offers: offers, needs: [(1, 1), (1, 1)], candidates: [(1, 0, 5), (0, 1, 5)])
                == .candidateOutOfOrder(candidate: 1))
    }
}
