// A selection that changes one candidate at a time, and always knows what it is worth with the rings that it closes.
//
// Invariant. `value` is the objective of MutualHelp.swift for the candidates selected and the rings closed. Each ring is
// made of selected candidates, each of them in that ring only, and no communities close the same ring twice. A candidate
// that comes closes a ring with free ones if it can; when one goes, its ring opens, and the others look for another. So
// a ring opens only when it loses a candidate, though a better grouping of the same candidates may exist.
//
// Complexity of a change: O(matches given by the receiver · matches received by the provider).

/// A selection under change.
struct Standing {
    let problem: LaminarAssignment
    let arcs: CommunityArcs
    let bonuses: RingBonuses

    /// Per candidate: `out`, `free`, or the ring that it is in.
    private var state: [Int32]
    private static let out: Int32 = -2
    private static let free: Int32 = -1
    /// Per arc, how many of its candidates are selected.
    private(set) var use: [Int32]
    /// Per community, its selected candidates as provider and as receiver, in the order they came.
    private(set) var given: [[Int32]]
    private(set) var received: [[Int32]]
    /// The candidates of each ring, in order around it; empty where a ring opened.
    private(set) var rings: [[Int32]] = []
    private var vacant: [Int32] = []
    /// The rings opened and closed since the list was last emptied.
    private var history: [(members: [Int32], isClosing: Bool)] = []
    /// Candidates whose state changed since the list was last emptied, some of them more than once.
    var touched: [Int32] = []

    /// Σ weights and receipt bonuses.
    private(set) var plainValue = 0
    /// Σ bonuses of rings.
    private(set) var mutualValue = 0
    var value: Int { plainValue + mutualValue }

    /// Nothing selected.
    init(_ problem: LaminarAssignment, arcs: CommunityArcs, bonuses: RingBonuses) {
        self.problem = problem
        self.arcs = arcs
        self.bonuses = bonuses
        state = [Int32](repeating: Self.out, count: problem.candidates.count)
        use = [Int32](repeating: 0, count: arcs.count)
        given = [[Int32]](repeating: [], count: problem.giveLimits.count)
        received = given
    }

    func provider(_ candidate: Int) -> Int {
        problem.offers[Int(problem.candidates.offers[candidate])].community
    }
    func receiver(_ candidate: Int) -> Int { problem.needs[Int(arcs.needs[candidate])].community }
    func isSelected(_ candidate: Int) -> Bool { state[candidate] != Self.out }
    func isFree(_ candidate: Int) -> Bool { state[candidate] == Self.free }

    /// The ring that a candidate is in; nil if none.
    func ring(of candidate: Int) -> [Int32]? { state[candidate] >= 0 ? rings[Int(state[candidate])] : nil }

    /// The bonus of the ring that a candidate is in; 0 if none.
    func ringBonus(of candidate: Int) -> Int { ring(of: candidate).map { bonuses[$0.count] } ?? 0 }

    /// Selects a candidate that is out.
    mutating func insert(_ candidate: Int) {
        let (from, to) = (provider(candidate), receiver(candidate))
        plainValue +=
            Int(problem.candidates.weights[candidate])
            + problem.receiptBonus(of: to, after: received[to].count)
        set(candidate, Self.free)
        given[from].append(Int32(candidate))
        received[to].append(Int32(candidate))
        let arc = Int(arcs.arcOfCandidate[candidate])
        guard arc >= 0 else { return }
        use[arc] += 1
        close(candidate)
    }

    /// Takes a selected candidate out.
    mutating func remove(_ candidate: Int) {
        let (from, to) = (provider(candidate), receiver(candidate))
        let others = open(candidate)
        given[from].removeAll { $0 == candidate }
        received[to].removeAll { $0 == candidate }
        plainValue -=
            Int(problem.candidates.weights[candidate])
            + problem.receiptBonus(of: to, after: received[to].count)
        set(candidate, Self.out)
        let arc = Int(arcs.arcOfCandidate[candidate])
        if arc >= 0 { use[arc] -= 1 }
        for other in others where isFree(Int(other)) { close(Int(other)) }
    }

    private mutating func set(_ candidate: Int, _ new: Int32) {
        state[candidate] = new
        touched.append(Int32(candidate))
    }

    // MARK: Rings

    /// Opens the ring of a candidate; answers the others that were in it.
    private mutating func open(_ candidate: Int) -> [Int32] {
        guard let members = ring(of: candidate) else { return [] }
        let place = state[candidate]
        mutualValue -= bonuses[members.count]
        history.append((members, false))
        for member in members { set(Int(member), Self.free) }
        rings[Int(place)] = []
        vacant.append(place)
        return members.filter { Int($0) != candidate }
    }

    /// Closes a ring of a free candidate and other free ones, if there is one; the more gainful kind first.
    private mutating func close(_ candidate: Int) {
        let isPairFirst = bonuses.pair >= bonuses.three
        let members =
            isPairFirst
            ? pair(with: candidate) ?? circle(with: candidate)
            : circle(with: candidate) ?? pair(with: candidate)
        if let members { close(members) }
    }

    /// Closes the ring of these candidates, all of them free.
    private mutating func close(_ members: [Int32]) {
        mutualValue += bonuses[members.count]
        history.append((members, true))
        let place = vacant.popLast() ?? Int32(rings.count)
        if Int(place) < rings.count { rings[Int(place)] = members } else { rings.append(members) }
        for member in members { set(Int(member), place) }
    }

    /// Closes the ring of these selected candidates at the expense of the rings that they are in.
    mutating func regroup(_ members: [Int32]) {
        var others: [Int32] = []
        for member in members { others += open(Int(member)) }
        close(members)
        for other in others where isFree(Int(other)) { close(Int(other)) }
    }

    /// Forgets which rings opened and closed so far.
    mutating func forgetHistory() { history.removeAll(keepingCapacity: true) }

    /// Takes back, last first, what rings opened and closed since `forgetHistory`, as far as their candidates are there.
    mutating func restoreRings() {
        let past = history
        for (members, isClosing) in past.reversed() {
            let first = Int(members[0])
            if isClosing {
                if ring(of: first) == members { _ = open(first) }
            } else if members.allSatisfy({ isFree(Int($0)) }) {
                close(members)
            }
        }
        for (members, _) in past {
            for member in members where isFree(Int(member)) { close(Int(member)) }
        }
        forgetHistory()
    }

    private func pair(with candidate: Int) -> [Int32]? {
        let (from, to) = (provider(candidate), receiver(candidate))
        guard bonuses.pair > 0,
            let back = given[to].first(where: { isFree(Int($0)) && receiver(Int($0)) == from }),
            !isClosed([from, to])
        else { return nil }
        return [Int32(candidate), back]
    }

    private func circle(with candidate: Int) -> [Int32]? {
        guard bonuses.three > 0 else { return nil }
        let (from, to) = (provider(candidate), receiver(candidate))
        for next in given[to] where isFree(Int(next)) {
            let third = receiver(Int(next))
            guard third != from, third != to,
                let last = received[from].first(where: { isFree(Int($0)) && provider(Int($0)) == third }),
                !isClosed([from, to, third])
            else { continue }
            return [Int32(candidate), next, last]
        }
        return nil
    }

    /// Whether these communities close a ring already, each helping the next.
    func isClosed(_ communities: [Int]) -> Bool {
        given[communities[0]].contains { candidate in
            guard let members = ring(of: Int(candidate)), members.count == communities.count,
                let start = members.firstIndex(of: candidate)
            else { return false }
            return communities.indices.allSatisfy {
                provider(Int(members[(start + $0) % members.count])) == communities[$0]
            }
        }
    }
}
