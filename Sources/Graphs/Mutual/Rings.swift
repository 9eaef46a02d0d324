// The rings that mutual help may close: two communities that help each other, three that help in a circle.
//
// Complexity: O(arcs) for rings of two; O(Σ over arcs A → B of the arcs leaving B) for rings of three, with a mark per
// community so that each step is O(1). Each ring is listed once, from its community of least index. Space O(rings).

/// A ring of arcs: each arc's receiver is the next one's provider, and the last one's receiver the first one's provider.
struct Ring: Sendable, Equatable {
    var first: Int32
    var second: Int32
    /// -1 in a ring of two.
    var third: Int32 = -1

    var isPair: Bool { third < 0 }
    var size: Int { isPair ? 2 : 3 }

    /// Calls with each arc in turn.
    @inline(__always)
    func forEachArc(_ body: (Int) -> Void) {
        body(Int(first))
        body(Int(second))
        if third >= 0 { body(Int(third)) }
    }
}

extension CommunityArcs {
    /// All rings of two, then all of three if asked, in an order that depends on the arcs alone.
    func rings(ofThree: Bool) -> [Ring] {
        var found: [Ring] = []
        for arc in 0..<count where Int(reverses[arc]) > arc {
            found.append(Ring(first: Int32(arc), second: reverses[arc]))
        }
        guard ofThree else { return found }
        let entering = Rows(owners: receivers, count: communityCount)
        // Per community C, the arc C → A, while A is looked at.
        var closing = [Int32](repeating: -1, count: communityCount)
        for a in 0..<communityCount {
            for arc in entering[a] where Int(providers[Int(arc)]) > a {
                closing[Int(providers[Int(arc)])] = arc
            }
            for first in leaving(a) where Int(receivers[first]) > a {
                // A → B → A is no ring of three: A, not being past itself, has no mark.
                for second in leaving(Int(receivers[first])) where closing[Int(receivers[second])] >= 0 {
                    let third = closing[Int(receivers[second])]
                    found.append(Ring(first: Int32(first), second: Int32(second), third: third))
                }
            }
            for arc in entering[a] { closing[Int(providers[Int(arc)])] = -1 }
        }
        return found
    }
}

/// What a ring adds to the objective: 0 where such rings are not sought.
package struct RingBonuses: Sendable, Equatable {
    /// For two communities that help each other.
    package var pair: Int
    /// For three that help in a circle.
    package var three: Int

    package init(pair: Int, three: Int) {
        self.pair = pair
        self.three = three
    }

    /// By how many communities the ring has.
    subscript(size: Int) -> Int { size == 2 ? pair : three }

    /// Σ over rings of max(0, bonus − Σ of the values of its arcs).
    func uncovered(_ rings: [Ring], by values: [Int32]) -> Int {
        var total = 0
        for ring in rings {
            var left = self[ring.size]
            ring.forEachArc { left -= Int(values[$0]) }
            total += max(0, left)
        }
        return total
    }
}
