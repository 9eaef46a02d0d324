// Who could help whom: the candidates gathered by provider and receiver.
//
// Problem. A community arc A → B stands for all candidates between an offer of A and a need of B; mutual help looks at
// arcs only, as it does not matter which skill travels. Arcs are ordered by (provider, receiver), so that those leaving
// a community are a range, and an arc is found by bisection within it.
//
// Complexity: O(candidates + communities) to gather (two counting sorts), O(arcs · log of the arcs of a community) to
// pair each with its reverse. Space O(candidates), in 32-bit indices, which LaminarAssignment.countLimit allows.

/// The community arcs of a problem, in (provider, receiver) order.
struct CommunityArcs: Sendable {
    /// Per arc.
    private(set) var providers: [Int32] = []
    private(set) var receivers: [Int32] = []
    /// Per arc, the arc the other way round; -1 where none exists.
    private(set) var reverses: [Int32] = []
    /// Per candidate, its arc; -1 for a candidate within one community, which helps nobody else.
    private(set) var arcOfCandidate: [Int32]
    /// Per candidate, its need.
    let needs: [Int32]
    /// The arcs leaving community A are `leaving[A]..<leaving[A + 1]`.
    private(set) var leaving: [Int]
    /// The candidates of arc a, ascending, are `members[memberStarts[a]..<memberStarts[a + 1]]`.
    private(set) var members: [Int32] = []
    private(set) var memberStarts: [Int] = [0]

    var count: Int { providers.count }

    init(_ problem: LaminarAssignment) {
        let communities = problem.giveLimits.count
        var needs = [Int32](repeating: 0, count: problem.candidates.count)
        for need in problem.needs.indices {
            for candidate in problem.candidates.row(need) { needs[candidate] = Int32(need) }
        }
        let provider = problem.candidates.offers.map { Int32(problem.offers[Int($0)].community) }
        let receiver = needs.map { Int32(problem.needs[Int($0)].community) }
        self.needs = needs
        let order = Self.sorted(
            Self.sorted(nil, by: receiver, count: communities), by: provider, count: communities)

        arcOfCandidate = [Int32](repeating: -1, count: problem.candidates.count)
        leaving = [Int](repeating: 0, count: communities + 1)
        members.reserveCapacity(order.count)
        for candidate in order {
            let (from, to) = (provider[Int(candidate)], receiver[Int(candidate)])
            guard from != to else { continue }
            if providers.last != from || receivers.last != to {
                if !providers.isEmpty { memberStarts.append(members.count) }
                providers.append(from)
                receivers.append(to)
                leaving[Int(from) + 1] += 1
            }
            arcOfCandidate[Int(candidate)] = Int32(providers.count - 1)
            members.append(candidate)
        }
        if !providers.isEmpty { memberStarts.append(members.count) }
        for community in 0..<communities { leaving[community + 1] += leaving[community] }
        reverses = [Int32](repeating: -1, count: count)
        for arc in 0..<count where providers[arc] < receivers[arc] {
            guard let reverse = self.arc(from: Int(receivers[arc]), to: Int(providers[arc])) else { continue }
            reverses[arc] = Int32(reverse)
            reverses[reverse] = Int32(arc)
        }
    }

    /// The arc between two communities, if there is one.
    func arc(from provider: Int, to receiver: Int) -> Int? {
        var low = leaving[provider]
        var high = leaving[provider + 1]
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if Int(receivers[middle]) < receiver { low = middle + 1 } else { high = middle }
        }
        return low < end && Int(receivers[low]) == receiver ? low : nil
    }

    /// The candidates of an arc, ascending.
    func candidates(of arc: Int) -> ArraySlice<Int32> {
        members[memberStarts[arc]..<memberStarts[arc + 1]]
    }

    /// A stable counting sort of candidates; all of them in index order when `order` is nil.
    private static func sorted(_ order: [Int32]?, by key: [Int32], count: Int) -> [Int32] {
        var next = [Int](repeating: 0, count: count + 1)
        for value in key { next[Int(value) + 1] += 1 }
        for value in 0..<count { next[value + 1] += next[value] }
        var result = [Int32](repeating: 0, count: key.count)
        for position in key.indices {
            let candidate = order.map { $0[position] } ?? Int32(position)
            let value = Int(key[Int(candidate)])
            result[next[value]] = candidate
            next[value] += 1
        }
        return result
    }
}
