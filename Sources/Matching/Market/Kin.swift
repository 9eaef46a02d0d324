/// Which communities belong together: those with the same parent, and a parent with its own.
struct Kin: Sendable {
    /// For each community the number of its parent, -1 without one. Parents that do not take part are numbered after the
    /// communities.
    private let parents: FixedTable<Int32>
    /// A bit each: whether it has a parent or is one.
    private let haveKin: FixedTable<UInt64>

    /// - Parameter parents: for each community the number of its parent.
    init(_ parents: [Int?]) {
        self.parents = FixedTable(parents.map { Int32($0 ?? -1) })
        var haveKin = [UInt64](repeating: 0, count: parents.count / 64 + 1)
        for (community, parent) in parents.enumerated() {
            guard let parent else { continue }
            for one in [community, parent] where one < parents.count {
                haveKin[one / 64] |= 1 << UInt64(one % 64)
            }
        }
        self.haveKin = FixedTable(haveKin)
    }

    /// Whether a community has a parent or is one: others have no kin.
    func hasKin(_ community: Int) -> Bool { haveKin[community >> 6] >> UInt64(community & 63) & 1 == 1 }

    /// Equal parents, or one the other's parent.
    func areKin(_ a: Int, _ b: Int) -> Bool {
        guard hasKin(a), hasKin(b) else { return false }
        let (parentOfA, parentOfB) = (Int(parents[a]), Int(parents[b]))
        return (parentOfA >= 0 && parentOfA == parentOfB) || parentOfA == b || parentOfB == a
    }
}
