// A candidate within one community means nothing in a round, and Proof refuses it. In a file of integers it is a
// candidate like any other. So that the checker stays as strict as it is, each community is taken as two, one that
// gives and one that receives: the same limits, the same choices, the same bound, and no candidate within.

import Proof

extension Instance {
    /// Itself where no candidate lies within one community; else each community c as c, which gives, and
    /// communities.count + c, which receives. Indices of needs, offers and candidates stay.
    func withGiversApart() -> Instance {
        let isWithin = candidates.contains { needs[$0.need].community == offers[$0.offer].community }
        guard isWithin else { return self }
        return Instance(
            communities: communities.map { .init(give: $0.give, receive: 0) }
                + communities.map { .init(give: 0, receive: $0.receive) },
            offers: offers,
            needs: needs.map { .init(community: $0.community + communities.count, quantity: $0.quantity) },
            candidates: candidates, bonuses: bonuses)
    }
}

extension Prices {
    /// Prices of an instance as those of the same one `withGiversApart`.
    func with(communities count: Int) -> Prices {
        let none = [Int](repeating: 0, count: count - providers.count)
        return Prices(
            providers: providers + none, receivers: none + receivers, needs: needs, offers: offers)
    }
}
