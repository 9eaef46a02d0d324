// More rings around a feasible selection, each tried with an exact flow behind it.
//
// Boosts. Give every candidate in a ring the ring's bonus on top of its weight, and others nothing. Let x be the
// selection that the boosts were made of, φ the flow's objective under them, f the true one, and y any other selection.
// A ring of k candidates adds kβ to φ(x) and β to f(x); if y keeps j < k of them, jβ to φ(y), and perhaps nothing to f(y).
// So φ overstates the loss, (k − j)β ≥ β, and f(y) − f(x) ≥ φ(y) − φ(x): the flow's optimum under the boosts is never
// worse than x. Boosting again from there, and settling, until nothing moves is `stabilise`.
//
// Trial. A ring not closed is forced: a candidate on each of its arcs gets half as much again as the larger bonus, and the
// flow makes room exactly, wherever that costs least; the ring then closes, at the expense of others where it must. If f
// rose, that is kept; else boosts follow the new selection (what is left of rings that broke is let go), and if f did not
// rise then either, the best rings of the communities that lost a match are forced on top, to a depth. What does not
// lead above the start is taken back: by the argument above, the flow returns to something no worse.
//
// Invariant: between trials `flow` is optimal under the boosts of its own selection, whose value never falls.
// Complexity: the repair of the flow for a handful of weights, a few dozen nodes settled, for each ring forced.

/// Local search over rings.
struct MutualRepair: ~Copyable {
    private(set) var flow: StandingFlow
    /// Rings worth trying, nearest to paying first.
    private let goals: [Ring]
    /// Goals by community.
    private let goalsOf: Rows
    /// Per candidate, its weight less its prices.
    private let slack: [Int32]
    private let force: Int
    /// Per community, the improvement that last changed something there; per goal, the one after which it was last tried,
    /// to the depth of the pass before.
    private var changed: [Int32]
    private var tried: [Int32]
    private var improvements: Int32 = 0
    private var triedDepth = 0

    /// What trial is under way.
    private var forced: [Int] = []
    private var start = 0
    private var overwritten: [(candidate: Int, extra: Int)] = []
    private var touched: [Int32] = []

    /// - Parameters:
    ///   - flow: at an optimum under any extras.
    ///   - goals: rings to try, in the order to try them in.
    ///   - slack: per candidate, its weight less prices near the optimum.
    init(_ flow: consuming StandingFlow, goals: [Ring], slack: [Int32]) {
        self.goals = goals
        self.slack = slack
        let arcs = flow.standing.arcs
        var goalNumbers: [Int32] = []
        var owners: [Int32] = []
        for (number, goal) in goals.enumerated() {
            goal.forEachArc {
                owners.append(arcs.providers[$0])
                goalNumbers.append(Int32(number))
            }
        }
        goalsOf = Rows(owners: owners, count: arcs.communityCount, values: goalNumbers)
        changed = [Int32](repeating: 0, count: arcs.communityCount)
        tried = [Int32](repeating: -1, count: goals.count)
        force = max(flow.standing.bonuses.pair, flow.standing.bonuses.three) * 3 / 2
        self.flow = flow
    }

    /// Boosts the selection at hand and settles until nothing moves.
    mutating func polish() {
        for candidate in flow.extra.indices { boost(candidate) }
        overwritten.removeAll()
        settle()
        stabilise()
    }

    /// Tries every goal once, unless nothing changed at its communities since it was last tried so deep.
    ///
    /// - Parameters:
    ///   - depth: how many rings are forced on top of each other, at most.
    ///   - breadth: how many are tried for each community that lost a match.
    ///   - limit: the nodes settled past which no further trial starts.
    /// - Returns: how many trials led to something better.
    mutating func pass(depth: Int, breadth: Int, limit: Int) -> Int {
        if depth != triedDepth { tried = [Int32](repeating: -1, count: goals.count) }
        triedDepth = depth
        let before = improvements
        for (number, goal) in goals.enumerated() where flow.pops < limit {
            guard communities(of: goal).contains(where: { changed[$0] > tried[number] }) else { continue }
            tried[number] = improvements
            if attempt(goal, depth: depth, breadth: breadth) { improvements += 1 }
        }
        return Int(improvements - before)
    }

    // MARK: Boosts

    private mutating func boost(_ candidate: Int) {
        let value = flow.standing.ringBonus(of: candidate) + (forced.contains(candidate) ? force : 0)
        let before = Int(flow.extra[candidate])
        guard before != value else { return }
        overwritten.append((candidate, before))
        flow.setExtra(candidate, value)
    }

    private mutating func settle() {
        flow.settle()
        touched += flow.takeTouched()
    }

    private mutating func stabilise() {
        // Each round that moves anything raises φ or settles a tie; ties are given up on.
        for _ in 0..<20 where !touched.isEmpty {
            let last = touched
            touched.removeAll(keepingCapacity: true)
            for candidate in last { boost(Int(candidate)) }
            settle()
        }
        touched.removeAll(keepingCapacity: true)
        overwritten.removeAll(keepingCapacity: true)
    }

    // MARK: Trials

    private mutating func attempt(_ goal: Ring, depth: Int, breadth: Int) -> Bool {
        start = flow.standing.value
        flow.changeStanding { $0.forgetHistory() }
        let isBetter = dive(goal, depth: depth, breadth: breadth)
        if !isBetter {
            flow.changeStanding { $0.restoreRings() }
            touched += flow.takeTouched()
        }
        forced.removeAll(keepingCapacity: true)
        touched += overwritten.map { Int32($0.candidate) }
        if isBetter {
            for candidate in touched {
                changed[flow.standing.provider(Int(candidate))] = improvements + 1
                changed[flow.standing.receiver(Int(candidate))] = improvements + 1
            }
        }
        stabilise()
        return isBetter
    }

    /// Forces a ring, and others on top of it; takes all back unless that leads above the start.
    private mutating func dive(_ goal: Ring, depth: Int, breadth: Int) -> Bool {
        guard let chosen = choose(goal) else { return false }
        let mark = (forced.count, overwritten.count, touched.count)
        forced += chosen
        for candidate in chosen { boost(candidate) }
        settle()
        if !isClosed(goal), chosen.allSatisfy({ flow.standing.isSelected($0) }) {
            flow.changeStanding { $0.regroup(chosen.map { Int32($0) }) }
            touched += flow.takeTouched()
        }
        if flow.standing.value > start { return true }
        for candidate in touched[mark.2...] { boost(Int(candidate)) }
        settle()
        if flow.standing.value > start { return true }
        if depth > 1 {
            for community in losers(since: mark.2) {
                var count = 0
                for number in goalsOf[community] where count < breadth {
                    let goal = goals[Int(number)]
                    guard !isClosed(goal) else { continue }
                    count += 1
                    if dive(goal, depth: depth - 1, breadth: breadth) { return true }
                }
            }
        }
        while overwritten.count > mark.1 {
            let (candidate, extra) = overwritten.removeLast()
            flow.setExtra(candidate, extra)
        }
        forced.removeLast(forced.count - mark.0)
        settle()
        return false
    }

    /// For each arc of a ring, a free candidate if one is selected, else one that is in another ring, else the likeliest;
    /// nil when the ring is closed.
    private func choose(_ goal: Ring) -> [Int]? {
        guard !isClosed(goal) else { return nil }
        var chosen: [Int] = []
        goal.forEachArc { arc in
            var best: (rank: Int, slack: Int32, candidate: Int)?
            for member in flow.standing.arcs.candidates(of: arc) {
                let candidate = Int(member)
                let rank =
                    flow.standing.isFree(candidate) ? 2 : flow.standing.isSelected(candidate) ? 1 : 0
                if best.map({ (rank, slack[candidate]) > ($0.rank, $0.slack) }) ?? true {
                    best = (rank, slack[candidate], candidate)
                }
            }
            if let best { chosen.append(best.candidate) }
        }
        return chosen
    }

    private func isClosed(_ goal: Ring) -> Bool { flow.standing.isClosed(communities(of: goal)) }

    private func communities(of goal: Ring) -> [Int] {
        var communities: [Int] = []
        goal.forEachArc { communities.append(Int(flow.standing.arcs.providers[$0])) }
        return communities
    }

    /// The communities that gave or received a match that is out now, in the order it went.
    private func losers(since mark: Int) -> [Int] {
        var found: [Int] = []
        for member in touched[mark...] where !flow.standing.isSelected(Int(member)) {
            guard flow.standing.arcs.arcOfCandidate[Int(member)] >= 0 else { continue }
            for community in [flow.standing.provider(Int(member)), flow.standing.receiver(Int(member))]
            where !found.contains(community) {
                found.append(community)
            }
        }
        return found
    }
}
