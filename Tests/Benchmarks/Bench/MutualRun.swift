// Mutual help on an instance: a selection with its rings in, what the checker proves of it out.

import ArgumentParser
import Graphs
import Matching
import Proof

/// One search for rings, with the time it took and what the checker says of it.
struct MutualRun {
    let objective: Int
    /// What prices and multipliers prove, as Proof adds it up.
    let bound: Int
    let matches: [Int]
    let pairs: Int
    let rings: Int
    let times: Times
    let pops: Int

    /// Solves and checks an instance whose candidates ascend by need, then offer.
    ///
    /// - Parameter help: what rings add. A ring of candidates within one community is none.
    /// - Throws: `Refusal` for bonuses or counts past the solver's limits, and for what the checker rejects.
    init(_ instance: Instance, _ help: MutualHelp) throws {
        let (solution, times) = try timed {
            let problem = try LaminarAssignment(instance)
            do throws(MutualHelpError) {
                return try problem.solved(with: help)
            } catch {
                throw Refusal(.badData, "bench: \(error.sentence)")
            }
        }
        guard let solution else { throw Refusal(.unproven, "bench: stopped") }
        self.times = times
        bound = try Self.bound(provenBy: solution, help, on: instance)
        objective = solution.objective
        matches = solution.selected
        pairs = solution.pairCount
        rings = solution.circleCount
        pops = solution.pops
    }

    /// What prices and multipliers prove, as Proof adds it up.
    ///
    /// - Throws: `Refusal` for what the checker rejects.
    static func bound(
        provenBy solution: MutualSolution, _ help: MutualHelp, on instance: Instance
    ) throws -> Int {
        let claim = MutualClaim(
            pairBonus: help.bonuses.pair, ringBonus: help.bonuses.three, matches: solution.selected,
            rings: solution.rings, prices: Prices(solution.relaxation),
            multipliers: solution.multipliers.map {
                .init(provider: $0.provider, receiver: $0.receiver, value: $0.value)
            }, objective: solution.objective, bound: solution.bound)
        switch check(claim, on: instance) {
        case .optimal(let objective): return objective
        case .notProven(_, let bound): return bound
        case .rejected([.overflow]):
            throw Refusal(.badData, "bench: the totals pass \(Int.max) [overflow]")
        case .rejected(let faults):
            throw Refusal(.unproven, "bench: rejected: \(faults.map { "\($0)" }.joined(separator: ", "))")
        }
    }
}

extension Mutual: ExpressibleByArgument {
    /// Each ring adding so much, ppm.
    func help(bonus: Int) -> MutualHelp {
        MutualHelp(pairBonus: self == .off ? 0 : bonus, ringBonus: self == .rings ? bonus : 0)
    }
}

extension MutualHelpError {
    fileprivate var sentence: String {
        switch self {
        case .bonusOutOfRange(let limit):
            "--bonus-mutual: not in 0…\(limit), past which totals could overflow [bonus-out-of-range]"
        case .negativeEffort: "\(self)"
        }
    }
}
