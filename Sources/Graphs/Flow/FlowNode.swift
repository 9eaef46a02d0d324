// What AssignmentFlow is made of: nodes, candidates in rows, matches in slots, and the two ways to search.

/// Which end a search starts from.
protocol Way: Sendable {
    /// Whether units are pushed on, from receivers towards providers; else they are pulled in, the other way.
    static var isForward: Bool { get }
}

enum Forward: Way { static let isForward = true }
enum Backward: Way { static let isForward = false }

/// A receiver, a need, an offer or a provider: what is read of it all the time, in half a line of a cache.
///
/// Weights and bonuses are below 2²⁷, hence potentials stay within 2²⁹ and distances below 2³⁰ (decision 3).
struct FlowNode {
    private var storedPotential: Int32 = 0
    private var storedLabel: Int32 = 0
    /// The search that labelled it last.
    var search: Int32 = 0
    /// The arc between the node and its owner (of an item) or the ground (of a community): its limit, and its units.
    /// No item has a limit past the candidates that it had when its limit was set, which makes no difference to a flow: `FlowAside.stated` is the one asked for.
    var limit: Int32
    var flow: Int32 = 0
    /// The node of an item's community; -1 for a community.
    var owner: Int32 = -1
    /// Inflow less outflow.
    var imbalance: Int32 = 0
    /// How many matches an item is in.
    var held: Int32 = 0

    var potential: Int {
        get { Int(storedPotential) }
        set { storedPotential = Int32(truncatingIfNeeded: newValue) }
    }

    /// Distance in the search that labelled it; while prices are refined, the value that a far item had before.
    var label: Int {
        get { Int(storedLabel) }
        set { storedLabel = Int32(truncatingIfNeeded: newValue) }
    }

    var hasRoom: Bool { flow < limit }

    init(stated: Int, reachable: Int = .max, owner: Int = -1) {
        self.owner = Int32(owner)
        limit = Int32(clamping: min(stated, reachable))
    }
}

/// How a search came to a node: from which, and the weight of the candidate between them. While prices are refined, `via` is what a
/// far item would have had to cost to keep the match that it was parted from.
struct FlowTrace {
    var parent: Int32 = -1
    var via: Int32 = 0
}

/// What is seldom read of a node.
struct FlowAside {
    var stated: Int32
    /// The newest weight that waits for an item's row; -1 for none.
    var pending: Int32 = -1
    /// What must be done to an item's row before it is read.
    var behind = Behind.nothing

    enum Behind: UInt8 {
        case nothing
        /// Weights wait for it.
        case weights
        /// Weights may wait for it, and all of its keys are of an earlier lift.
        case keys
    }

    init(stated: Int) { self.stated = Int32(clamping: stated) }
}

/// A candidate in the row of one of its items.
struct FlowArc {
    /// Weight + potential of the target as last computed, in the words of the row's way, less the lift at that moment.
    var key: Int32
    var target: Int32
    var weight: Int32
}

/// A match in the slots of one of its items.
struct FlowSlot {
    var partner: Int32
    var weight: Int32
}
