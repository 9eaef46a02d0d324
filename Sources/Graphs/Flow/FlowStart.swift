// A flow from nothing: potentials that bound every gain, rows in order, units let in until none gains.

extension AssignmentFlow {
    /// Potentials of an empty flow, which bound the gain of every path, and the rows of one side, by descending key.
    mutating func start<W: Way>(_ way: W.Type) {
        let far = far(way)
        let sign = W.isForward ? 1 : -1
        for node in far.communities { nodes[node].potential = sign * far.gain(of: node, after: 0) }
        for node in far.items { nodes[node].potential = nodes[Int(nodes[node].owner)].potential }
        makeRows(way)
        boundFromNear(way)
    }

    /// Potentials of the near side that bound the gain of every path from it, given those of the far side and no matches.
    mutating func boundFromNear<W: Way>(_ way: W.Type) {
        let near = near(way)
        let sign = W.isForward ? 1 : -1
        for community in near.communities { nodes[community].potential = 0 }
        for item in near.items {
            let best = bestKey(item, way) ?? 0
            nodes[item].potential = sign * best
            let owner = Int(nodes[item].owner)
            if nodes[item].limit > 0 && value(owner, way) < best { nodes[owner].potential = sign * best }
        }
    }

    /// Makes the rows of one side from the present potentials, unless they are there.
    mutating func makeRows<W: Way>(_ way: W.Type) {
        var side = near(way)
        guard side.arcs == nil else { return }
        side.arcCapacity = max(1, candidates.count)
        side.arcsTaken = candidates.count
        let arcs = UnsafeMutablePointer<FlowArc>.allocate(capacity: side.arcCapacity)
        side.arcs = arcs
        side.lift = 0
        if W.isForward { receiving = side } else { giving = side }
        let making = RowMaking(near: side, arcs: arcs, nodes: nodes, candidates: candidates)
        if !W.isForward {
            hands.run(parts: RowMaking.halves) { half, _ in making.count(half: half) }
            making.placeHalves()
            hands.run(parts: RowMaking.halves) { half, _ in making.list(half: half) }
        }
        hands.run(parts: making.blockCount) { block, hand in making.sort(block, hand: hand, W.self) }
    }

    /// Inserts units at each near community in turn until none gains.
    ///
    /// - Parameter progress: told how many communities are finished, of how many; answers whether to go on.
    /// - Returns: false when told to stop.
    mutating func insertAll<W: Way>(_ way: W.Type, progress: ((Int, Int) -> Bool)?) -> Bool {
        let near = near(way)
        let count = near.communities.count
        for community in near.communities {
            while nodes[community].hasRoom && insert(at: community, near, way) {}
            if let progress, !progress(community - near.communities.lowerBound + 1, count) { return false }
        }
        return true
    }

    /// Lets one more unit in at a near community, if that gains; answers whether it stayed.
    mutating func insert<W: Way>(at community: Int, _ near: FlowSide, _ way: W.Type) -> Bool {
        let used = nodes[community].flow
        guard value(community, way) + near.gain(of: community, after: used) > 0 else { return false }
        nodes[community].flow += 1
        nodes[community].imbalance += W.isForward ? 1 : -1
        discharge(community, way)
        return nodes[community].flow > used
    }
}
