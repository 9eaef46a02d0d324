// A flow and the selection it amounts to, kept in step: where mutual help meets the solver.
//
// Invariant: after `settle`, the flow is optimal under weight + extra, and the standing selection is the flow's.
// Complexity of a settle: that of repairing the flow, and O(log candidates of a need) for each match that changed.

/// A problem whose weights change between optima, each reached by repair of the one before.
struct StandingFlow: ~Copyable {
    private var live: LiveAssignment
    /// The selection of the flow, as last settled.
    private(set) var standing: Standing
    /// Per candidate, what is added to its weight, at least 0.
    private(set) var extra: [Int32]
    /// Σ extra over the selection.
    private var extraSelected = 0
    /// Candidates whose extra changed since the last settle, some of them more than once.
    private var changed: [Int32] = []

    /// Solves the problem of a standing selection of nothing, or answers nil when `progress` says to stop.
    init?(_ empty: consuming Standing, progress: ((Int, Int) -> Bool)?) {
        guard let live = LiveAssignment(empty.problem, progress: progress) else { return nil }
        self.live = live
        self.live.followMoves()
        extra = [Int32](repeating: 0, count: empty.problem.candidates.count)
        standing = empty
        follow(Array(standing.problem.needs.indices))
        forgetChanges()
    }

    /// Nodes settled so far by the searches of the solver.
    var pops: Int { live.pops }

    /// The optimum under the weights in force: Σ weights, extras and receipt bonuses.
    var objective: Int { standing.plainValue + extraSelected }

    /// Changes what is added to a candidate's weight, as far as weights go; in force from the next `settle` on.
    mutating func setExtra(_ candidate: Int, _ value: Int) {
        let room = LaminarAssignment.weightLimit - Int(standing.problem.candidates.weights[candidate])
        let new = Int32(min(max(0, value), room))
        guard new != extra[candidate] else { return }
        if standing.isSelected(candidate) { extraSelected += Int(new) - Int(extra[candidate]) }
        extra[candidate] = new
        changed.append(Int32(candidate))
    }

    /// Reaches the optimum under the weights in force.
    mutating func settle() {
        guard !changed.isEmpty else { return }
        changed.sort()
        var last: Int32 = -1
        var changes: [(need: Int, offer: Int, weight: Int)] = []
        for candidate in changed where candidate != last {
            last = candidate
            let place = Int(candidate)
            changes.append(
                (
                    Int(standing.arcs.needs[place]), Int(standing.problem.candidates.offers[place]),
                    Int(standing.problem.candidates.weights[place]) + Int(extra[place])
                ))
        }
        changed.removeAll(keepingCapacity: true)
        live.setWeights(changes)
        live.settle()
        follow(live.takeMovedNeeds())
    }

    /// The candidates whose state changed since this was last asked, some of them more than once.
    mutating func takeTouched() -> [Int32] {
        let touched = standing.touched
        standing.touched.removeAll(keepingCapacity: true)
        return touched
    }

    /// Forgets which candidates and rings changed so far.
    mutating func forgetChanges() {
        standing.touched.removeAll(keepingCapacity: true)
        standing.forgetHistory()
    }

    /// Changes what the standing selection remembers, or which rings it closes.
    mutating func changeStanding(_ change: (inout Standing) -> Void) { change(&standing) }

    /// The optimum under the weights in force, with prices that prove it so.
    func solution() -> Solution { live.solution(of: standing.problem) }

    /// Brings the standing selection to where the flow is, for the needs given.
    private mutating func follow(_ needs: [Int]) {
        let problem = standing.problem
        for need in needs {
            let old = standing.received[problem.needs[need].community].map { Int($0) }.filter {
                Int(standing.arcs.needs[$0]) == need
            }
            let new = live.offers(ofNeed: need).compactMap {
                problem.candidates.place(need: need, offer: $0)
            }.sorted()
            for candidate in old where !new.contains(candidate) {
                standing.remove(candidate)
                extraSelected -= Int(extra[candidate])
            }
            for candidate in new where !old.contains(candidate) {
                standing.insert(candidate)
                extraSelected += Int(extra[candidate])
            }
        }
    }
}
