// A flow and the selection it amounts to, kept in step: the seam between mutual help and the solver.

/// A problem whose weights change between optima, each reached by repair of the one before.
struct StandingFlow: ~Copyable {
    let problem: LaminarAssignment
    private var live: LiveAssignment
    /// The selection of the flow, as last settled.
    private(set) var standing: Standing
    /// Per candidate, what is added to its weight, at least 0.
    private(set) var extra: [Int32]
    /// Σ extra over the selection.
    private(set) var extraSelected = 0
    private var changes: [(need: Int, offer: Int, weight: Int)] = []

    init?(
        _ problem: LaminarAssignment, arcs: CommunityArcs, pairBonus: Int, ringBonus: Int,
        progress: ((Int, Int) -> Bool)? = nil
    ) {
        guard let live = LiveAssignment(problem, progress: progress) else { return nil }
        self.problem = problem
        self.live = live
        extra = [Int32](repeating: 0, count: problem.candidates.count)
        standing = Standing(problem, arcs: arcs, pairBonus: pairBonus, ringBonus: ringBonus)
        _ = follow()
    }

    var pops: Int { live.pops }

    /// The optimum under the weights in force: Σ weights, extras and receipt bonuses.
    var objective: Int { standing.plainValue + extraSelected }

    /// Changes what is added to a candidate's weight; in force from the next `settle` on. Once per candidate between two.
    mutating func setExtra(_ candidate: Int, _ value: Int) {
        let top = LaminarAssignment.weightLimit - Int(problem.candidates.weights[candidate])
        let value = Int32(min(max(0, value), top))
        guard value != extra[candidate] else { return }
        if standing.isSelected[candidate] { extraSelected += Int(value) - Int(extra[candidate]) }
        extra[candidate] = value
        changes.append(
            (
                Int(standing.arcs.needs[candidate]), Int(problem.candidates.offers[candidate]),
                Int(problem.candidates.weights[candidate]) + Int(value)
            ))
    }

    /// Reaches the optimum under the weights in force. Answers the candidates that came in or went out.
    mutating func settle() -> [Int] {
        if changes.isEmpty { return [] }
        live.setWeights(changes)
        changes.removeAll(keepingCapacity: true)
        live.settle()
        return follow()
    }

    /// Prices that prove the flow optimal under the weights in force.
    func prices() -> Solution { live.solution(of: problem) }

    private mutating func follow() -> [Int] {
        var changed: [Int] = []
        for need in live.takeMovedNeeds() {
            let receiver = problem.needs[need].community
            let old = standing.received[receiver].map { Int($0) }.filter { Int(standing.arcs.needs[$0]) == need }
            let new = live.offers(ofNeed: need).compactMap { problem.candidates.place(need: need, offer: $0) }.sorted()
            for candidate in old where !new.contains(candidate) {
                standing.remove(candidate)
                extraSelected -= Int(extra[candidate])
                changed.append(candidate)
            }
            for candidate in new where !old.contains(candidate) {
                standing.insert(candidate)
                extraSelected += Int(extra[candidate])
                changed.append(candidate)
            }
        }
        return changed
    }
}
