// Better pairs and rings around a feasible selection, with an exact flow behind each step.
//
// Boosts. Weight every selected candidate (one per arc) with the bonuses that would go with its arc. Let φ be the flow's
// objective under these weights and f the true one. If x is the selection the boosts were made of, and y any other, then
// f(y) − f(x) ≥ φ(y) − φ(x): …

struct MutualSearch: ~Copyable {
    var flow: StandingFlow
    var trials = 0

    init(_ flow: consuming StandingFlow) { self.flow = flow }

    /// The boost of every candidate of an arc, as things stand.
    private mutating func boost(_ arc: Int) {
        let arcs = flow.standing.arcs
        var isFirst = true
        for candidate in arcs.candidates(of: arc) {
            if isFirst && flow.standing.isSelected[Int(candidate)] {
                flow.setExtra(Int(candidate), flow.standing.bonus(of: arc))
                isFirst = false
            } else {
                flow.setExtra(Int(candidate), 0)
            }
        }
    }

    /// Arcs whose boost may change when a candidate comes or goes.
    private func arcsAround(_ changed: [Int]) -> [Int] {
        let arcs = flow.standing.arcs
        var found: [Int] = []
        for candidate in changed {
            let arc = Int(arcs.arcOfCandidate[candidate])
            guard arc >= 0 else { continue }
            found.append(arc)
            if arcs.reverses[arc] >= 0 { found.append(Int(arcs.reverses[arc])) }
            if flow.standing.ringBonus > 0 {
                for next in flow.standing.given[Int(arcs.receivers[arc])] { let a = Int(arcs.arcOfCandidate[Int(next)]); if a >= 0 { found.append(a) } }
                for next in flow.standing.received[Int(arcs.providers[arc])] { let a = Int(arcs.arcOfCandidate[Int(next)]); if a >= 0 { found.append(a) } }
            }
        }
        found.sort()
        var unique: [Int] = []
        for arc in found where unique.last != arc { unique.append(arc) }
        return unique
    }

    /// Boosts everything anew and settles until nothing moves.
    mutating func polish() {
        for arc in 0..<flow.standing.arcs.count { boost(arc) }
        stabilise(flow.settle())
    }

    mutating func stabilise(_ changed: [Int]) {
        var changed = changed
        var rounds = 0
        while !changed.isEmpty && rounds < 20 {
            for arc in arcsAround(changed) { boost(arc) }
            changed = flow.settle()
            rounds += 1
        }
    }

    private func best(_ arc: Int, _ slack: [Int32]) -> Int {
        var b = -1
        for c in flow.standing.arcs.candidates(of: arc) {
            if flow.standing.isSelected[Int(c)] { return Int(c) }
            if b < 0 || slack[Int(c)] > slack[b] { b = Int(c) }
        }
        return b
    }

    mutating func tryGoal(_ goal: [Int], _ slack: [Int32], force: Int, deep: Bool) -> Bool {
        if goal.allSatisfy({ flow.standing.use[$0] > 0 }) { return false }
        trials += 1
        let base = flow.standing.value
        var saved: [(Int, Int)] = []
        for arc in goal {
            let c = best(arc, slack)
            saved.append((c, Int(flow.extra[c])))
            flow.setExtra(c, Int(flow.extra[c]) + force)
        }
        var changed = flow.settle()
        if flow.standing.value > base {
            for (c, e) in saved { flow.setExtra(c, e) ; changed.append(c) }
            stabilise(changed)
            return true
        }
        if deep {
            // Undone boosts are to be restored.
            var touched = Set<Int>()
            for arc in arcsAround(changed) { for c in flow.standing.arcs.candidates(of: arc) { touched.insert(Int(c)) } }
            for (c, _) in saved { touched.insert(c) }
            var undo = touched.sorted().map { c in (c, saved.first { $0.0 == c }?.1 ?? Int(flow.extra[c])) }
            _ = undo
            undo = []
        }
        for (c, e) in saved { flow.setExtra(c, e) }
        changed += flow.settle()
        stabilise(changed)
        return false
    }

    mutating func pass(_ goals: [[Int]], _ slack: [Int32], force: Int) -> Int {
        var improved = 0
        for goal in goals where tryGoal(goal, slack, force: force, deep: false) { improved += 1 }
        return improved
    }
}
