// Things gathered by owner: a counting sort that keeps the order of things within each owner.
//
// Complexity: O(things + owners).

/// For each owner 0..<count, the indices of its things, ascending.
struct Rows: Sendable {
    /// The indices of all things, by owner.
    let members: [Int32]
    /// Row `owner` of `members` is `starts[owner]..<starts[owner + 1]`.
    let starts: [Int32]

    /// - Parameters:
    ///   - owners: the owner of each thing, all in 0..<count; fewer than 2³¹ things.
    ///   - values: the things, when they are not their own indices.
    init(owners: some Collection<Int32>, count: Int, values: [Int32]? = nil) {
        var starts = [Int32](repeating: 0, count: count + 1)
        for owner in owners { starts[Int(owner) + 1] += 1 }
        for owner in 0..<count { starts[owner + 1] += starts[owner] }
        var next = starts
        var members = [Int32](repeating: 0, count: owners.count)
        var thing: Int32 = 0
        for owner in owners {
            members[Int(next[Int(owner)])] = values?[Int(thing)] ?? thing
            next[Int(owner)] += 1
            thing += 1
        }
        self.members = members
        self.starts = starts
    }

    /// The places of an owner's things in `members`.
    func range(_ owner: Int) -> Range<Int> { Int(starts[owner])..<Int(starts[owner + 1]) }

    subscript(owner: Int) -> ArraySlice<Int32> { members[range(owner)] }
}
