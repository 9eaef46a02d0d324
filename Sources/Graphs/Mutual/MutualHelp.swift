// The best selection when communities that help in a ring count for more.
//
// Problem. That of LaminarAssignment, and rings: two communities that help each other, or three that help in a circle
// A → B → C → A. Each ring closed adds its bonus; a match counts in one ring at most, and the same communities close the
// same ring once at most. With z_C = 1 for a ring closed, a community arc a standing for all candidates from one
// community to another, and X_a for how many of them are selected: maximise Σ weight + Σ receipt bonuses + Σ_C β_C z_C
// subject to Σ_{C ∋ a} z_C ≤ X_a. Given capacities this is NP-hard, even for rings of two.
//
// Bound. For any λ_a ≥ 0, adding λ_a · (X_a − Σ_{C ∋ a} z_C) ≥ 0 leaves two problems that know nothing of each other:
//
//     F(λ) = flow(weight + λ) + Σ_C max(0, β_C − Σ_{a ∈ C} λ_a)
//
// is an upper bound, its first part one exact flow. Prices p that prove that flow prove the bound: with s_e for weight less
// prices, flow(weight + λ) = Σ limits · prices + receipt steps + Σ_e max(0, s_e + λ). Where no candidate of an arc pays,
// λ_a can rise to d_a = −max s_e at no cost: so the multipliers used are max(λ_a, d_a), only those above d_a need be
// told, and with rings of two alone no λ_a above d_a is ever better, so that prices are the whole certificate.
//
// Method. `Multipliers` lowers F by subgradient steps, each a repair of the flow before; the flow with the rings it closes
// is a feasible result. From the last, `MutualRepair` searches on. Both stop by counts of steps and of nodes settled.
//
// It is a pure function of the problem. It fails to reach the optimum, by the gap it reports, where F at its least lies
// above it or where the search ends early; F counts the rings of the candidates listed, and no others.
//
// References: Held and Karp, The traveling-salesman problem and minimum spanning trees, part II (1971); Abraham, Blum and
// Sandholm, Clearing algorithms for barter exchange markets (2007), on rings of two and three.

/// How rings count, and how long to look for them.
package struct MutualHelp: Sendable, Equatable {
    package var bonuses: RingBonuses
    /// How many multipliers are tried, more of them lowering the bound; by the size of the problem if nil.
    package var steps: Int?
    /// How many nodes the search for rings may settle: so many, or so many hundredths of what the bound took if that is
    /// more.
    package var searchNodes: Int
    package var searchShare: Int

    /// Rings of two, and of three where they have a bonus.
    package init(
        pairBonus: Int, ringBonus: Int = 0, steps: Int? = nil, searchNodes: Int = 3_000_000,
        searchShare: Int = 25
    ) {
        bonuses = RingBonuses(pair: pairBonus, three: ringBonus)
        self.steps = steps
        self.searchNodes = searchNodes
        self.searchShare = searchShare
    }

    /// The steps asked for, or those that bring the bound near its least: fewer on a large market, whose rings depend less
    /// on each other, and more where there are rings of three.
    fileprivate func steps(for problem: LaminarAssignment) -> Int {
        let isLarge = problem.candidates.count > 4_000_000
        return steps ?? (bonuses.three > 0 ? (isLarge ? 80 : 200) : (isLarge ? 30 : 60))
    }
}

/// A selection with its rings, and what proves how good it is.
package struct MutualSolution: Sendable, Equatable {
    /// The bound's part of a community arc.
    package struct Multiplier: Sendable, Equatable {
        package var provider: Int
        package var receiver: Int
        package var value: Int

        package init(provider: Int, receiver: Int, value: Int) {
            self.provider = provider
            self.receiver = receiver
            self.value = value
        }
    }

    /// Indices into the candidates, ascending.
    package var selected: [Int]
    /// Each ring's candidates, from the community of least index on: the receiver of each is the provider of the next.
    package var rings: [[Int]]
    /// Σ weights, receipt bonuses and bonuses of rings.
    package var objective: Int
    /// No selection is worth more.
    package var bound: Int
    /// The prices of the bound; `selected` and `objective` here are those of its flow.
    package var relaxation: Solution
    /// The multipliers of the bound that exceed what the prices give for nothing, by (provider, receiver).
    package var multipliers: [Multiplier]
    /// Nodes settled by all searches.
    package var pops: Int

    package var gap: Int { bound - objective }
    package var pairCount: Int { rings.count { $0.count == 2 } }
    package var circleCount: Int { rings.count { $0.count == 3 } }
}

/// What makes mutual help ill-formed.
package enum MutualHelpError: Error, Sendable, Equatable {
    /// Negative, or past the limit: with the largest weight, it must not exceed `LaminarAssignment.weightLimit`.
    case bonusOutOfRange(limit: Int)
    case negativeEffort
}

extension LaminarAssignment {
    /// The best selection found with its rings, and a bound.
    ///
    /// - Parameter progress: told how many steps are done, of how many; answers whether to go on.
    /// - Returns: nil only when told to stop.
    /// - Complexity: one solve, and a repair of it a step, each O(rings + community arcs) besides.
    package func solved(
        with help: MutualHelp, progress: ((Int, Int) -> Bool)? = nil
    ) throws(MutualHelpError) -> MutualSolution? {
        let limit = Self.weightLimit - Int(candidates.weights.max() ?? 0)
        let bonuses = help.bonuses
        guard (0...limit).contains(bonuses.pair), (0...limit).contains(bonuses.three) else {
            throw .bonusOutOfRange(limit: limit)
        }
        let steps = help.steps(for: self)
        guard steps >= 0, help.searchNodes >= 0, help.searchShare >= 0 else { throw .negativeEffort }

        let (arcs, rings) = ringsInReach(bonuses)
        let empty = Standing(self, arcs: arcs, bonuses: bonuses)
        guard
            var flow = StandingFlow(
                empty, progress: progress.map { progress in { _, _ in progress(0, steps + 1) } })
        else { return nil }

        // The plain optimum is where it starts, and what it must not fall below.
        var best = Snapshot(flow.standing)
        var lowest = Relaxation(
            bound: flow.objective + bonuses.uncovered(rings, by: [Int32](repeating: 0, count: arcs.count)),
            values: [Int32](repeating: 0, count: arcs.count), solution: flow.solution())
        var multipliers = Multipliers(rings, arcCount: arcs.count, bonuses: bonuses)
        if !rings.isEmpty {
            for step in 0..<steps {
                for (arc, value) in multipliers.values.enumerated() {
                    for candidate in arcs.candidates(of: arc) { flow.setExtra(Int(candidate), Int(value)) }
                }
                flow.settle()
                flow.forgetChanges()
                if flow.standing.value > best.value { best = Snapshot(flow.standing) }
                let bound = flow.objective + multipliers.uncovered
                if bound < lowest.bound {
                    lowest = Relaxation(bound: bound, values: multipliers.values, solution: flow.solution())
                }
                multipliers.step(bonuses.stepSize(step, of: steps), use: flow.standing.use)
                if let progress, !progress(step + 1, steps + 1) { return nil }
            }
        }
        let slack = slacks(under: lowest.solution, needs: arcs.needs)
        let free = arcs.freeMultipliers(slack, atMost: max(bonuses.pair, bonuses.three))
        let values = zip(free, lowest.values).map { max($0, $1) }
        let absorbed =
            lowest.bound - bonuses.uncovered(rings, by: lowest.values) + bonuses.uncovered(rings, by: values)

        var pops = flow.pops
        if !rings.isEmpty {
            let limit = pops + max(help.searchNodes, pops / 100 * help.searchShare)
            var repair = MutualRepair(flow, goals: bonuses.promising(rings, by: values), slack: slack)
            repair.polish()
            while repair.pass(depth: 1, breadth: 0, limit: limit) > 0 {}
            while repair.pass(depth: 3, breadth: 2, limit: limit) > 0 {}
            if repair.flow.standing.value > best.value { best = Snapshot(repair.flow.standing) }
            pops = repair.flow.pops
        }
        if let progress, !progress(steps + 1, steps + 1) { return nil }
        return MutualSolution(
            selected: best.selected, rings: best.rings, objective: best.value, bound: absorbed,
            relaxation: lowest.solution,
            multipliers: arcs.providers.indices.filter { lowest.values[$0] > free[$0] }.map {
                .init(
                    provider: Int(arcs.providers[$0]), receiver: Int(arcs.receivers[$0]),
                    value: Int(lowest.values[$0]))
            },
            pops: pops)
    }

    /// The arcs that are part of a ring that counts, and the rings, as arcs among those.
    private func ringsInReach(_ bonuses: RingBonuses) -> (CommunityArcs, [Ring]) {
        let all = CommunityArcs(self)
        var isKept = [Bool](repeating: false, count: all.count)
        for ring in all.rings(ofThree: bonuses.three > 0) where bonuses[ring.size] > 0 {
            ring.forEachArc { isKept[$0] = true }
        }
        let arcs = all.keeping(isKept)
        return (arcs, arcs.rings(ofThree: bonuses.three > 0).filter { bonuses[$0.size] > 0 })
    }

    /// Per candidate, its weight less the prices it meets.
    private func slacks(under solution: Solution, needs: [Int32]) -> [Int32] {
        candidates.weights.indices.map { candidate in
            let offer = Int(candidates.offers[candidate])
            let need = Int(needs[candidate])
            return Int32(
                clamping: Int(candidates.weights[candidate]) - solution.offerPrices[offer]
                    - solution.providerPrices[offers[offer].community] - solution.needPrices[need]
                    - solution.receiverPrices[self.needs[need].community])
        }
    }
}

/// The best selection met so far.
private struct Snapshot {
    var selected: [Int]
    var rings: [[Int]]
    var value: Int

    init(_ standing: Standing) {
        selected = standing.given.joined().map { Int($0) }.sorted()
        rings = standing.rings.filter { !$0.isEmpty }.map { ring in
            let providers = ring.map { standing.provider(Int($0)) }
            let first = providers.indices.min { providers[$0] < providers[$1] } ?? 0
            return ring.indices.map { Int(ring[(first + $0) % ring.count]) }
        }.sorted { $0.lexicographicallyPrecedes($1) }
        value = standing.value
    }
}

/// A bound, and what it is made of.
private struct Relaxation {
    var bound: Int
    var values: [Int32]
    var solution: Solution
}

extension CommunityArcs {
    /// Per arc, the largest multiplier that raises no candidate above its prices.
    fileprivate func freeMultipliers(_ slack: [Int32], atMost top: Int) -> [Int32] {
        (0..<count).map { arc in
            let most = candidates(of: arc).reduce(Int.min) { max($0, Int(slack[Int($1)])) }
            return Int32(min(max(0, -most), top))
        }
    }
}

extension RingBonuses {
    /// From a quarter of the larger bonus down to two thousandths of it, halved seven times at equal intervals.
    fileprivate func stepSize(_ step: Int, of steps: Int) -> Int {
        max(1, (max(pair, three) / 4) >> (7 * step / steps))
    }

    /// The rings that multipliers cover by a quarter too much at most: most exact first, then as listed.
    fileprivate func promising(_ rings: [Ring], by values: [Int32]) -> [Ring] {
        var found: [(excess: Int, place: Int)] = []
        for (place, ring) in rings.enumerated() {
            var excess = -self[ring.size]
            ring.forEachArc { excess += Int(values[$0]) }
            if excess <= self[ring.size] / 4 { found.append((excess, place)) }
        }
        return found.sorted { $0 < $1 }.map { rings[$0.place] }
    }
}
