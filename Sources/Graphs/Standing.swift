// A selection that can be changed one candidate at a time, and always knows what it is worth.
//
// Invariant. `value` is the objective of MutualHelp.swift for the candidates selected, and the four kinds of room are the
// limits less their use. Complexity: a change costs O(matches given by the receiver · matches received by the provider)
// where rings count, O(1) otherwise, besides the lists of the two communities, which are as short as their limits.

/// A feasible selection under change.
struct Standing {
    let problem: LaminarAssignment
    let arcs: CommunityArcs
    let pairBonus: Int
    let ringBonus: Int

    private(set) var giveRoom: [Int]
    private(set) var receiveRoom: [Int]
    private(set) var capacityRoom: [Int]
    private(set) var quantityRoom: [Int]
    private(set) var isSelected: [Bool]
    /// Per arc, how many of its candidates are selected.
    private(set) var use: [Int32]
    /// Per community, its selected candidates, as provider and as receiver, in the order they came.
    private(set) var given: [[Int32]]
    private(set) var received: [[Int32]]
    /// Σ weights and receipt bonuses.
    private(set) var plainValue = 0
    /// Σ bonuses of pairs and rings.
    private(set) var mutualValue = 0

    var value: Int { plainValue + mutualValue }

    init(
        _ problem: LaminarAssignment, arcs: CommunityArcs, pairBonus: Int, ringBonus: Int, selected: [Int] = []
    ) {
        self.problem = problem
        self.arcs = arcs
        self.pairBonus = pairBonus
        self.ringBonus = ringBonus
        giveRoom = problem.giveLimits
        receiveRoom = problem.receiveLimits
        capacityRoom = problem.offers.map(\.capacity)
        quantityRoom = problem.needs.map(\.quantity)
        isSelected = [Bool](repeating: false, count: problem.candidates.count)
        use = [Int32](repeating: 0, count: arcs.count)
        given = [[Int32]](repeating: [], count: problem.giveLimits.count)
        received = given
        for candidate in selected { insert(candidate) }
    }

    var selected: [Int] { isSelected.indices.filter { isSelected[$0] } }

    func provider(_ candidate: Int) -> Int { problem.offers[Int(problem.candidates.offers[candidate])].community }
    func receiver(_ candidate: Int) -> Int { problem.needs[Int(arcs.needs[candidate])].community }

    /// Whether the candidate can be selected as things stand.
    func fits(_ candidate: Int) -> Bool {
        let (need, offer) = (Int(arcs.needs[candidate]), Int(problem.candidates.offers[candidate]))
        return !isSelected[candidate] && quantityRoom[need] > 0 && capacityRoom[offer] > 0
            && giveRoom[problem.offers[offer].community] > 0 && receiveRoom[problem.needs[need].community] > 0
    }

    /// What selecting a candidate that is not selected would add, room or not.
    func gain(_ candidate: Int) -> Int {
        plain(candidate, after: received[receiver(candidate)].count) + mutualChange(candidate, others: 0)
    }

    /// What dropping a selected candidate would cost.
    func loss(_ candidate: Int) -> Int {
        plain(candidate, after: received[receiver(candidate)].count - 1) + mutualChange(candidate, others: 1)
    }

    private func plain(_ candidate: Int, after taken: Int) -> Int {
        Int(problem.candidates.weights[candidate]) + (taken < problem.bonuses.count ? problem.bonuses[taken] : 0)
    }

    mutating func insert(_ candidate: Int) {
        plainValue += plain(candidate, after: received[receiver(candidate)].count)
        mutualValue += mutualChange(candidate, others: 0)
        change(candidate, by: 1)
        given[provider(candidate)].append(Int32(candidate))
        received[receiver(candidate)].append(Int32(candidate))
    }

    mutating func remove(_ candidate: Int) {
        plainValue -= plain(candidate, after: received[receiver(candidate)].count - 1)
        mutualValue -= mutualChange(candidate, others: 1)
        change(candidate, by: -1)
        given[provider(candidate)].removeAll { $0 == candidate }
        received[receiver(candidate)].removeAll { $0 == candidate }
    }

    private mutating func change(_ candidate: Int, by sign: Int) {
        let (need, offer) = (Int(arcs.needs[candidate]), Int(problem.candidates.offers[candidate]))
        isSelected[candidate] = sign > 0
        quantityRoom[need] -= sign
        capacityRoom[offer] -= sign
        giveRoom[problem.offers[offer].community] -= sign
        receiveRoom[problem.needs[need].community] -= sign
        let arc = Int(arcs.arcOfCandidate[candidate])
        if arc >= 0 { use[arc] += Int32(sign) }
    }

    /// The bonuses that hang on the candidate's arc, if `others` is how often it is used and the candidate decides.
    private func mutualChange(_ candidate: Int, others: Int32) -> Int {
        let arc = Int(arcs.arcOfCandidate[candidate])
        guard arc >= 0, use[arc] == others else { return 0 }
        return bonus(of: arc)
    }

    /// The pair and ring bonuses that need an arc, all their other arcs being in use.
    func bonus(of arc: Int) -> Int {
        var total = 0
        let reverse = Int(arcs.reverses[arc])
        if reverse >= 0 && use[reverse] > 0 { total += pairBonus }
        return total + (ringBonus > 0 ? ringBonus * closings(of: arc).count : 0)
    }

    /// The communities C that close a ring A → B → C → A with the arc A → B, once each.
    func closings(of arc: Int) -> [Int] {
        let (from, to) = (Int(arcs.providers[arc]), Int(arcs.receivers[arc]))
        var found: [Int] = []
        for first in given[to] {
            let third = receiver(Int(first))
            guard third != from, third != to, !found.contains(third) else { continue }
            if received[from].contains(where: { provider(Int($0)) == third }) { found.append(third) }
        }
        return found
    }
}
