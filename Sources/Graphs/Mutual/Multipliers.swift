// What each community arc asks for its part in rings: the multipliers of the Lagrangian relaxation, moved by subgradients.
//
// Problem. Find λ ≥ 0 with a small bound F(λ) = flow(w + λ) + Σ over rings C of max(0, β_C − Σ_{a ∈ C} λ_a); see
// MutualHelp.swift. F is convex, and piecewise linear; where x is the flow and z_C chooses among the rings,
// X_a − Σ_{C ∋ a} z_C is a subgradient for any z_C that is 1 where λ leaves part of β_C over, 0 where it more than
// covers it, and anything between where it covers it exactly.
//
// Method. Steps of sizes fixed beforehand, against the subgradient and seven tenths of the step before. An exactly covered
// ring (to within a step) is taken to the share of its arcs that are in use: so one arc in use and one not in a ring of
// two change in opposite directions, and keep it covered. An arc in many rings moves by at most `reach` steps.
//
// Complexity of a step: O(rings + arcs). Reference: Held, Wolfe and Crowder, Validation of subgradient optimization (1974);
// momentum as in Camerini, Fratta and Maffioli, On improving relaxation methods by modified gradient techniques (1975).

/// Multipliers under improvement.
struct Multipliers {
    private let rings: [Ring]
    private let bonuses: RingBonuses
    /// Per arc, in 0…the larger bonus.
    private(set) var values: [Int32]
    /// Per arc, the step before, in thousandths of its size.
    private var momentum: [Int]

    /// A unit of use, and the farthest that an arc goes in one step, both in thousandths.
    private static let unit = 1_000
    private static let reach = 3 * unit

    /// Every ring exactly covered, or a little more, by equal parts.
    init(_ rings: [Ring], arcCount: Int, bonuses: RingBonuses) {
        self.rings = rings
        self.bonuses = bonuses
        var values = [Int32](repeating: 0, count: arcCount)
        for ring in rings {
            let part = Int32((bonuses[ring.size] + ring.size - 1) / ring.size)
            ring.forEachArc { values[$0] = max(values[$0], part) }
        }
        self.values = values
        momentum = [Int](repeating: 0, count: arcCount)
    }

    /// What the multipliers leave over of the bonuses: Σ over rings of max(0, β − Σ λ).
    var uncovered: Int { bonuses.uncovered(rings, by: values) }

    /// Moves by a step of a size in units of weight.
    ///
    /// - Parameter use: per arc, how many of its candidates the flow under these multipliers selects.
    mutating func step(_ size: Int, use: [Int32]) {
        var wanted = [Int](repeating: 0, count: values.count)
        for ring in rings {
            var left = bonuses[ring.size]
            ring.forEachArc { left -= Int(values[$0]) }
            if left > size {
                ring.forEachArc { wanted[$0] += Self.unit }
            } else if left >= -size {
                var used = 0
                ring.forEachArc { if use[$0] > 0 { used += 1 } }
                let share = Self.unit * used / ring.size
                ring.forEachArc { wanted[$0] += share }
            }
        }
        let top = max(bonuses.pair, bonuses.three)
        for arc in values.indices {
            let gradient = Self.unit * Int(use[arc]) - wanted[arc]
            momentum[arc] = min(max(gradient, -Self.reach), Self.reach) + momentum[arc] * 7 / 10
            let moved = Int(values[arc]) - size * momentum[arc] / Self.unit
            values[arc] = Int32(min(max(0, moved), top))
        }
    }
}
