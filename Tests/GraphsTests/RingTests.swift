import Testing

@testable import Graphs

/// A random problem where a few communities have much to exchange.
private func exchange(seed: Int) throws -> LaminarAssignment {
    try randomProblem(
        ProblemShape(
            communities: 2...7, itemsPerCommunity: 1...3, limits: 1...4, itemLimits: 1...3, density: 50,
            selfPairs: true), seed: seed)
}

@Suite("Community arcs and the rings they make")
struct RingTests {
    @Test("Every candidate between two communities is in the arc of both, ascending, and no other is")
    func arcs() throws {
        for seed in 0..<200 {
            let problem = try exchange(seed: seed)
            let arcs = CommunityArcs(problem)
            var met = 0
            for arc in 0..<arcs.count {
                let members = Array(arcs.candidates(of: arc))
                #expect(members == members.sorted())
                met += members.count
                for member in members {
                    let candidate = problem.candidates[Int(member)]
                    #expect(problem.offers[candidate.offer].community == Int(arcs.providers[arc]))
                    #expect(problem.needs[candidate.need].community == Int(arcs.receivers[arc]))
                    #expect(Int(arcs.arcOfCandidate[Int(member)]) == arc)
                }
            }
            let between = problem.candidates.count {
                problem.offers[$0.offer].community != problem.needs[$0.need].community
            }
            #expect(met == between)
        }
    }

    @Test("Rings are those found by trying all communities two and three at a time")
    func rings() throws {
        for seed in 0..<200 {
            let problem = try exchange(seed: seed)
            let arcs = CommunityArcs(problem)
            let communities = problem.giveLimits.indices
            func has(_ from: Int, _ to: Int) -> Bool { arcs.arc(from: from, to: to) != nil }
            var expected: Set<[Int]> = []
            for a in communities {
                for b in communities where b > a && has(a, b) {
                    if has(b, a) { expected.insert([a, b]) }
                    for c in communities where c > a && c != b && has(b, c) && has(c, a) {
                        expected.insert([a, b, c])
                    }
                }
            }
            var found: [[Int]] = []
            for ring in arcs.rings(ofThree: true) {
                var providers: [Int] = []
                var receivers: [Int] = []
                ring.forEachArc {
                    providers.append(Int(arcs.providers[$0]))
                    receivers.append(Int(arcs.receivers[$0]))
                }
                #expect(Array(providers.dropFirst()) + [providers[0]] == receivers)
                let first = providers.firstIndex(of: providers.min() ?? 0) ?? 0
                found.append(Array(providers[first...] + providers[..<first]))
            }
            #expect(Set(found) == expected)
            #expect(found.count == expected.count)
            #expect(arcs.rings(ofThree: false).count == expected.count { $0.count == 2 })
        }
    }

    @Test("A selection under change is always worth its scores, receipt bonuses and rings, added up anew")
    func standing() throws {
        for seed in 0..<100 {
            let problem = try exchange(seed: seed)
            var generator = SeededGenerator(seed: seed)
            let bonuses = RingBonuses(pair: generator.int(0...9), three: generator.int(0...9))
            var standing = Standing(problem, arcs: CommunityArcs(problem), bonuses: bonuses)
            guard !problem.candidates.isEmpty else { continue }
            for _ in 0..<100 {
                let candidate = generator.int(0...problem.candidates.count - 1)
                if standing.isSelected(candidate) {
                    standing.remove(candidate)
                } else {
                    standing.insert(candidate)
                }
                let selected = problem.candidates.indices.filter { standing.isSelected($0) }
                let rings = standing.rings.filter { !$0.isEmpty }
                let total = rings.reduce(problem.objective(of: selected)) { $0 + bonuses[$1.count] }
                #expect(standing.value == total, "seed \(seed)")
                let members = rings.joined()
                #expect(Set(members).count == members.count)
                #expect(members.allSatisfy { standing.isSelected(Int($0)) })
                for ring in rings {
                    for (place, member) in ring.enumerated() {
                        let next = Int(ring[(place + 1) % ring.count])
                        #expect(standing.receiver(Int(member)) == standing.provider(next))
                    }
                }
            }
        }
    }

    @Test("Rings regrouped are as they were once that is taken back")
    func regrouping() throws {
        var tried = 0
        for seed in 0..<200 {
            let problem = try exchange(seed: seed)
            let arcs = CommunityArcs(problem)
            var standing = Standing(problem, arcs: arcs, bonuses: RingBonuses(pair: 5, three: 5))
            for candidate in problem.candidates.indices { standing.insert(candidate) }
            for ring in arcs.rings(ofThree: true) {
                var members: [Int32] = []
                var communities: [Int] = []
                ring.forEachArc {
                    members += arcs.candidates(of: $0).prefix(1)
                    communities.append(Int(arcs.providers[$0]))
                }
                guard !standing.isClosed(communities) else { continue }
                tried += 1
                let before = standing.rings.filter { !$0.isEmpty }.sorted { $0[0] < $1[0] }
                standing.forgetHistory()
                standing.regroup(members)
                #expect(standing.isClosed(communities))
                standing.restoreRings()
                #expect(standing.rings.filter { !$0.isEmpty }.sorted { $0[0] < $1[0] } == before)
            }
        }
        #expect(tried > 100)
    }
}
