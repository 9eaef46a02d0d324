import Graphs
package import Proof

/// Whether rings of mutual help are sought: two communities that help each other, or three that help in a circle.
package enum Mutual: String, CaseIterable, Sendable {
    case off
    /// Each two-way pair adds the bonus.
    case pairs
    /// Each two-way pair and each ring of three adds the bonus.
    case rings

    /// Place in the list of cases: what a round freezes.
    var place: Int {
        switch self {
        case .off: 0
        case .pairs: 1
        case .rings: 2
        }
    }
}

extension Parameters {
    /// What a two-way pair and a ring of three add to the objective, ppm.
    package var ringBonuses: (pair: Int, three: Int) {
        (mutual == .off ? 0 : mutualBonus, mutual == .rings ? mutualBonus : 0)
    }
}

/// The rings of a round where they were sought.
package struct MutualResult: Sendable, Equatable {
    /// Each ring's matches as places in the candidates, from the community of least index on: the receiver of each is
    /// the provider of the next. The n-th is ring n of its matches.
    package let rings: [[Int]]
    /// What the bound adds to scores from one community to another, beyond what prices give for nothing.
    package let multipliers: [MutualClaim.Multiplier]
    /// What the round would be if rings counted for nothing; nil for a restored round.
    package let without: WithoutRings?

    /// How many two-way pairs there are.
    package var pairs: Int { rings.count { $0.count == 2 } }
    /// How many rings of three there are.
    package var threes: Int { rings.count { $0.count == 3 } }

    /// What a round would be if rings counted for nothing.
    package struct WithoutRings: Sendable, Equatable {
        /// Σ scores, ppm.
        package let score: Int
        /// How many communities have a match.
        package let served: Int
        /// Two-way pairs that come about by chance.
        package let pairs: Int
    }
}

/// Where a bound holds.
package enum BoundScope: String, CaseIterable, Sendable {
    /// No choice among all admissible pairs exceeds it.
    case market
    /// No choice among the listed pairs exceeds it.
    case listed
}

extension Market {
    /// How many of its best offers each need lists: all, where rings are sought and the pairs are not too many.
    package var listedPerNeed: Int {
        let parameters = input.parameters
        let isWhole = parameters.mutual != .off && evaluations <= parameters.listedWhole
        return isWhole ? Limits.listed.upperBound : parameters.listed
    }

    /// The best selection with its rings among the listed pairs, and a bound on any.
    func solvedMutually(
        _ list: CandidateList, progress: ((Int, Int) -> Bool)?
    ) throws(MatchingError) -> MutualSolution {
        let bonuses = input.parameters.ringBonuses
        let problem = try assignment(list)
        do {
            let help = MutualHelp(pairBonus: bonuses.pair, ringBonus: bonuses.three)
            guard let solution = try problem.solved(with: help, progress: progress) else {
                throw MatchingError(.stopped, "round")
            }
            return solution
        } catch let error as MatchingError {
            throw error
        } catch {
            throw MatchingError(.outOfRange, "mutual-bonus")
        }
    }
}

extension MutualResult.WithoutRings {
    /// Counts a selection of listed pairs, ascending.
    init(_ market: Market, _ selected: [Int], of list: CandidateList) {
        var arcs: [(from: Int, to: Int)] = []
        var hasMatch = [Bool](repeating: false, count: market.communities.count)
        var need = 0
        for place in selected {
            while list.starts[need + 1] <= place { need += 1 }
            let receiver = market.needs[need].community
            hasMatch[receiver] = true
            arcs.append((market.offers[Int(list.offers[place])].community, receiver))
        }
        arcs.sort { $0 < $1 }
        var pairs = 0
        for (index, arc) in arcs.enumerated() where arc.from < arc.to {
            if index > 0, arcs[index - 1] == arc { continue }
            let reverse = partition(arcs) { $0 < (arc.to, arc.from) }
            if reverse < arcs.count, arcs[reverse] == (arc.to, arc.from) { pairs += 1 }
        }
        self.init(
            score: selected.reduce(0) { $0 + Int(list.scores[$1]) }, served: hasMatch.count { $0 },
            pairs: pairs)
    }
}

extension MutualResult {
    /// What a round with these rings claims, for the proof.
    package func claim(
        parameters: Parameters, matches: [Int], prices: Prices, objective: Int, bound: Int
    ) -> MutualClaim {
        let bonuses = parameters.ringBonuses
        return MutualClaim(
            pairBonus: bonuses.pair, ringBonus: bonuses.three, matches: matches, rings: rings, prices: prices,
            multipliers: multipliers, objective: objective, bound: bound)
    }

    init(_ solution: MutualSolution, without: WithoutRings) {
        self.init(
            rings: solution.rings,
            multipliers: solution.multipliers.map {
                .init(provider: $0.provider, receiver: $0.receiver, value: $0.value)
            }, without: without)
    }

    /// The rings of stored matches: the place of each in the candidates, its communities, and its ring's number.
    ///
    /// What does not make rings is kept as it is, for the proof to refuse.
    package init(
        stored matches: [(place: Int, provider: Int, receiver: Int, ring: Int?)],
        multipliers: [MutualClaim.Multiplier]
    ) {
        var rings: [[Int]] = []
        let members = matches.filter { $0.ring != nil }
            .sorted { ($0.ring ?? 0, $0.place) < ($1.ring ?? 0, $1.place) }
        var start = 0
        while start < members.count {
            var end = start
            while end < members.count, members[end].ring == members[start].ring { end += 1 }
            let ring = members[start..<end]
            // From the community of least index, each time on to whoever was helped.
            var ordered: [Int] = []
            var current = ring.map(\.provider).min() ?? 0
            for _ in ring.indices {
                guard let next = ring.first(where: { $0.provider == current && !ordered.contains($0.place) })
                else { break }
                ordered.append(next.place)
                current = next.receiver
            }
            rings.append(ordered.count == ring.count ? ordered : ring.map(\.place))
            start = end
        }
        self.init(rings: rings, multipliers: multipliers, without: nil)
    }
}
