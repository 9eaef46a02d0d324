// Things gathered by owner: a counting sort that keeps the order of things within each owner.
//
// Complexity: O(things + owners).

/// For each owner 0..<count, the indices of its things, ascending.
struct Rows: Sendable {
    /// The indices of all things, by owner.
    let members: [Int]
    /// Row `owner` of `members` is `starts[owner]..<starts[owner + 1]`.
    let starts: [Int]

    /// - Parameter owners: the owner of each thing, all in 0..<count.
    init(owners: [Int], count: Int) {
        var starts = [Int](repeating: 0, count: count + 1)
        for owner in owners { starts[owner + 1] += 1 }
        for owner in 0..<count { starts[owner + 1] += starts[owner] }
        var next = starts
        var members = [Int](repeating: 0, count: owners.count)
        for (thing, owner) in owners.enumerated() {
            members[next[owner]] = thing
            next[owner] += 1
        }
        self.members = members
        self.starts = starts
    }

    subscript(owner: Int) -> ArraySlice<Int> {
        members[starts[owner]..<starts[owner + 1]]
    }
}
