/// Which communities belong together: those with the same parent, and a parent with its own.
struct Kin: Sendable {
    /// For each community the number of its parent, -1 without one. Parents that do not take part are numbered after the
    /// communities.
    private let parents: FixedTable<Int32>
    private let haveKin: FixedTable<Bool>

    /// - Parameter parents: for each community the number of its parent.
    init(_ parents: [Int?]) {
        self.parents = FixedTable(parents.map { Int32($0 ?? -1) })
        var haveKin = parents.map { $0 != nil }
        for case let parent? in parents where parent < parents.count { haveKin[parent] = true }
        self.haveKin = FixedTable(haveKin)
    }

    /// Whether a community has a parent or is one: others have no kin.
    func hasKin(_ community: Int) -> Bool { haveKin[community] }

    /// Equal parents, or one the other's parent.
    func areKin(_ a: Int, _ b: Int) -> Bool {
        let (parentOfA, parentOfB) = (Int(parents[a]), Int(parents[b]))
        return (parentOfA >= 0 && parentOfA == parentOfB) || parentOfA == b || parentOfB == a
    }
}
