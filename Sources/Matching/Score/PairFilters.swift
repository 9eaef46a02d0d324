/// The filters that look at two communities rather than at what they need and offer, and what an earlier meeting costs:
/// looked up for few pairs, as most communities have no kin and no past.
struct PairFilters: Sendable {
    private let exclusions: PairTable
    private let repeats: PairTable
    private let meetings: PairTable
    private let parameters: Parameters

    init(_ market: Market) {
        exclusions = market.exclusions
        repeats = market.repeats
        meetings = market.meetings
        parameters = market.input.parameters
    }

    /// What a pair scores that scores so much where the two never met; nil when it is not admissible.
    func score(_ score: Int, of view: NeedView, provider: Int) -> Int? {
        let receiver = view.community
        if provider == receiver { return nil }
        if exclusions.value(row: receiver, partner: provider) != nil { return nil }
        if repeats.value(row: view.need, partner: provider) != nil { return nil }
        guard let roundsAgo = meetings.value(row: receiver, partner: provider) else { return score }
        let weight = parameters.weights.novelty
        return score - (weight - weight * parameters.noveltyValue(roundsAgo) / ppmOne)
    }
}
