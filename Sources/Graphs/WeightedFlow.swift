// One exact flow after the other, over the same candidates with other weights.

/// A problem whose weights change between solves; each solve repairs the flow of the one before.
struct WeightedFlow: ~Copyable {
    private let problem: LaminarAssignment
    private let needs: [Int32]
    private var weights: [Int32]
    private var live: LiveAssignment

    init?(_ problem: LaminarAssignment, needs: [Int32], progress: ((Int, Int) -> Bool)? = nil) {
        self.problem = problem
        self.needs = needs
        weights = problem.candidates.weights
        guard let live = LiveAssignment(problem, progress: progress) else { return nil }
        self.live = live
    }
    var pops: Int { live.pops }

    /// The optimum under the weights given, per candidate, each in 0…`LaminarAssignment.weightLimit`.
    mutating func evaluate(_ new: [Int32]) -> Solution {
        for candidate in new.indices where new[candidate] != weights[candidate] {
            live.setWeight(need: Int(needs[candidate]), offer: Int(problem.candidates.offers[candidate]), Int(new[candidate]))
            weights[candidate] = new[candidate]
        }
        live.settle()
        return live.solution(of: problem)
    }
}
