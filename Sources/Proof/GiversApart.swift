// A candidate within one community means nothing in a round, and `check` refuses it. As integers it is a candidate
// like any other, and other programs may well write it. So that the checker stays as strict as it is, each community
// is then taken as two, one that gives and one that receives: the same limits, the same choices, term by term the
// same bound, and no candidate within.
//
// Complexity: O(communities + needs), beside one look at each candidate.

extension Instance {
    /// Itself where no candidate lies within one community; else each community c as c, which gives, and
    /// communities.count + c, which receives. Indices of needs, offers and candidates stay.
    package func withGiversApart() -> Instance {
        let isWithin = candidates.contains { needs[$0.need].community == offers[$0.offer].community }
        guard isWithin else { return self }
        return Instance(
            communities: communities.map { .init(give: $0.give, receive: 0) }
                + communities.map { .init(give: 0, receive: $0.receive, extra: $0.extra) },
            offers: offers,
            needs: needs.map { .init(community: $0.community + communities.count, quantity: $0.quantity) },
            candidates: candidates, bonuses: bonuses)
    }
}

extension Prices {
    /// Prices of an instance as those of what it became `withGiversApart`, which is `instance`.
    package func spread(over instance: Instance) -> Prices {
        guard instance.communities.count > providers.count else { return self }
        let none = [Int](repeating: 0, count: instance.communities.count - providers.count)
        return Prices(
            providers: providers + none, receivers: none + receivers, needs: needs, offers: offers)
    }
}
