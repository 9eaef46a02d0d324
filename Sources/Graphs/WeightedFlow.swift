// One exact flow after the other, over the same candidates with other weights.

/// The problem whose weights change between solves: the seam between mutual help and the solver.
struct WeightedFlow {
    private let problem: LaminarAssignment
    private var weights: [Int]

    init(_ problem: LaminarAssignment) {
        self.problem = problem
        weights = problem.candidates.map(\.weight)
    }

    /// Solves with the weights given, each in 0…`LaminarAssignment.weightLimit`; nil when told to stop.
    mutating func evaluate(_ weights: [Int], progress: ((Int, Int) -> Bool)? = nil) throws(LaminarAssignmentError)
        -> Solution?
    {
        var candidates = problem.candidates
        for (index, weight) in weights.enumerated() { candidates[index].weight = weight }
        let altered = try LaminarAssignment(
            giveLimits: problem.giveLimits, receiveLimits: problem.receiveLimits, offers: problem.offers,
            needs: problem.needs, candidates: candidates, bonuses: problem.bonuses)
        return altered.solved(progress: progress)
    }
}
