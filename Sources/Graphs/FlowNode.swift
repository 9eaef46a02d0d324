// What AssignmentFlow is made of: nodes, candidates in rows, matches in slots, and the two ways to search.

/// Which end a search starts from.
protocol Way: Sendable {
    /// Whether units are pushed on, from receivers towards providers; else they are pulled in, the other way.
    static var isForward: Bool { get }
}

enum Forward: Way { static let isForward = true }
enum Backward: Way { static let isForward = false }

/// A receiver, a need, an offer or a provider.
struct FlowNode {
    var potential = 0
    /// Distance in the search numbered `search`, and the way there: the node before, and the weight of the candidate.
    var label = 0
    var search: Int32 = 0
    var parent: Int32 = -1
    var via: Int32 = 0
    /// The arc between the node and its owner (of an item) or the ground (of a community): its limit, and its units.
    /// No item has a limit past its candidates, which makes no difference to a flow: `stated` is the one asked for.
    var limit: Int32
    var stated: Int32
    var flow: Int32 = 0
    /// The node of an item's community; -1 for a community.
    var owner: Int32 = -1
    /// Inflow less outflow.
    var imbalance: Int32 = 0
    /// How many matches an item is in.
    var held: Int32 = 0
    /// The newest weight that waits for the item's row; -1 for none.
    var pending: Int32 = -1
    /// What a community's first unit gains beyond what that of every community does.
    var extra: Int32 = 0
    /// What must be done to the item's row before it is read.
    var behind = Behind.nothing

    enum Behind: UInt8 {
        case nothing
        /// Weights wait for it.
        case weights
        /// Weights may wait for it, and all of its keys are of an earlier lift.
        case keys
    }

    var hasRoom: Bool { flow < limit }

    init(stated: Int, reachable: Int = .max, owner: Int = -1) {
        self.stated = Int32(clamping: stated)
        self.owner = Int32(owner)
        limit = Int32(clamping: min(stated, reachable))
    }
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
