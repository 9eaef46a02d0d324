// Who could help whom: the candidates gathered by provider and receiver.
//
// A community arc A → B stands for all candidates between an offer of A and a need of B: mutual help looks at arcs only,
// as it does not matter which skill travels. Arcs are ordered by (provider, receiver), so that those leaving a community
// are a range, and one is found by bisection.
//
// Complexity: O(candidates + communities) to gather, by two counting sorts, and O(arcs · log of the arcs of a community)
// to find reverses. Space O(candidates), in 32-bit indices, which `LaminarAssignment.countLimit` allows.

/// The community arcs of a problem.
struct CommunityArcs: Sendable {
    /// Per arc, the two communities.
    private(set) var providers: [Int32] = []
    private(set) var receivers: [Int32] = []
    /// Per arc, the arc the other way round; -1 where there is none.
    private(set) var reverses: [Int32] = []
    /// Per candidate, its need.
    let needs: [Int32]
    /// Per candidate, its arc; -1 for an arc left out, or within one community, which helps nobody else.
    private(set) var arcOfCandidate: [Int32]
    /// The arcs leaving community A are `leaving[A]..<leaving[A + 1]`.
    private var leaving: [Int32]
    /// The candidates of arc a are `members[memberStarts[a]..<memberStarts[a + 1]]`.
    private var members: [Int32] = []
    private var memberStarts: [Int32] = [0]

    var count: Int { providers.count }
    var communityCount: Int { leaving.count - 1 }

    init(_ problem: LaminarAssignment) {
        let communities = problem.giveLimits.count
        var needs = [Int32](repeating: 0, count: problem.candidates.count)
        for need in problem.needs.indices {
            for candidate in problem.candidates.row(need) { needs[candidate] = Int32(need) }
        }
        self.needs = needs
        let provider = problem.candidates.offers.map { Int32(problem.offers[Int($0)].community) }
        let receiver = needs.map { Int32(problem.needs[Int($0)].community) }
        let byReceiver = Rows(owners: receiver, count: communities).members
        let byProvider = Rows(owners: byReceiver.lazy.map { provider[Int($0)] }, count: communities).members

        arcOfCandidate = [Int32](repeating: -1, count: problem.candidates.count)
        leaving = [Int32](repeating: 0, count: communities + 1)
        for place in byProvider {
            let candidate = Int(byReceiver[Int(place)])
            let (from, to) = (provider[candidate], receiver[candidate])
            guard from != to else { continue }
            if providers.last != from || receivers.last != to { open(from, to) }
            add(Int32(candidate))
        }
        close()
    }

    /// The same arcs without those that do not matter.
    func keeping(_ isKept: [Bool]) -> CommunityArcs {
        var kept = self
        kept.providers = []
        kept.receivers = []
        kept.members = []
        kept.memberStarts = [0]
        kept.arcOfCandidate = [Int32](repeating: -1, count: arcOfCandidate.count)
        kept.leaving = [Int32](repeating: 0, count: leaving.count)
        for arc in 0..<count where isKept[arc] {
            kept.open(providers[arc], receivers[arc])
            for candidate in candidates(of: arc) { kept.add(candidate) }
        }
        kept.close()
        return kept
    }

    /// The arc between two communities, if there is one.
    func arc(from provider: Int, to receiver: Int) -> Int? {
        let row = leaving(provider)
        var low = row.lowerBound
        var high = row.upperBound
        while low < high {
            let middle = (low + high) / 2
            if Int(receivers[middle]) < receiver { low = middle + 1 } else { high = middle }
        }
        return low < row.upperBound && Int(receivers[low]) == receiver ? low : nil
    }

    /// The arcs leaving a community, by receiver.
    func leaving(_ provider: Int) -> Range<Int> { Int(leaving[provider])..<Int(leaving[provider + 1]) }

    /// The candidates of an arc, ascending.
    func candidates(of arc: Int) -> ArraySlice<Int32> {
        members[Int(memberStarts[arc])..<Int(memberStarts[arc + 1])]
    }

    // MARK: Building, arcs in their order, each followed by its candidates

    private mutating func open(_ provider: Int32, _ receiver: Int32) {
        if !providers.isEmpty { memberStarts.append(Int32(members.count)) }
        providers.append(provider)
        receivers.append(receiver)
        leaving[Int(provider) + 1] += 1
    }

    private mutating func add(_ candidate: Int32) {
        arcOfCandidate[Int(candidate)] = Int32(providers.count - 1)
        members.append(candidate)
    }

    private mutating func close() {
        if !providers.isEmpty { memberStarts.append(Int32(members.count)) }
        for community in leaving.indices.dropFirst() { leaving[community] += leaving[community - 1] }
        reverses = [Int32](repeating: -1, count: count)
        for arc in 0..<count where providers[arc] < receivers[arc] {
            guard let reverse = self.arc(from: Int(receivers[arc]), to: Int(providers[arc])) else { continue }
            reverses[arc] = Int32(reverse)
            reverses[reverse] = Int32(arc)
        }
    }
}
