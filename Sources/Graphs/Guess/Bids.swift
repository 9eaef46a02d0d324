// What bidders choose: batches of them at once, by prices that stand still meanwhile.
//
// Problem. Most of an auction's time goes into reading rows, a few arcs here and there: that can be done for many bidders at
// once, where what is carried out changes prices that the next one reads.
//
// Method. A batch of bidders is taken from the line, none of them twice. Each chooses by itself (`BidTable.choose`); then all are
// served in their order by Auction.swift. So the result does not depend on who read which row.
//
// Rows. While an auction is held, a row begins with a head of arcs in no order, those looked at lately; the rest goes by descending
// key. A bid reads all of the head, then on while keys may matter. A head that grows long is merged back into its row; so are all in the end.
//
// Invariant. A part reads nodes, prices and matches, and writes only the rows, heads and choices of its own bidders.
// Complexity: O(arcs read) a bid, and O(row) for each `longestHead` of them; O(near items) space while held.

/// The best that a bidder found, and what its next best is worth.
struct Choice {
    var profit: Int
    var second: Int
    var item = -1
    var target = -1
    var weight: Int32 = 0
    /// How many units its bidder had.
    var used: Int32 = 0

    /// What the chosen item cost.
    var cost: Int32 { weight &- Int32(truncatingIfNeeded: profit) }

    init(nothing: Int, used: Int32) {
        self.used = used
        profit = nothing
        second = nothing
    }

    /// Takes in what profits more than the second.
    @inline(__always)
    mutating func take(_ profit: Int, _ item: Int, _ target: Int, _ weight: Int32) {
        guard profit > self.profit else {
            second = profit
            return
        }
        second = self.profit
        (self.profit, self.item, self.target, self.weight) = (profit, item, target, weight)
    }
}

/// Who bids next.
struct BidLine {
    /// Bidders with units left, or whose choice was gone: they come before those who wait.
    var again: [Int32] = []
    private var earlier: [Int32] = []
    private var place = 0
    /// Per near community, the last batch that it was in.
    private var batches: [Int32]
    private var batch: Int32 = 0
    private let first: Int

    init(communities: Range<Int>) {
        first = communities.lowerBound
        batches = [Int32](repeating: 0, count: communities.count)
    }

    /// Fills in the next batch of those with room, and puts -1 in the places behind them; answers how many they are.
    mutating func next(
        _ bidders: UnsafeMutablePointer<Int32>, of auction: inout Auction,
        _ nodes: UnsafeMutablePointer<FlowNode>
    ) -> Int {
        batch += 1
        var count = 0
        swap(&again, &earlier)
        again.removeAll(keepingCapacity: true)
        for bidder in earlier { add(bidder, bidders, &count, nodes) }
        while count < BidTable.size, place < auction.waiting.count {
            add(auction.waiting[place], bidders, &count, nodes)
            place += 1
        }
        // The line is as long as the bidders that wait, not as all that ever waited.
        if place > batches.count {
            auction.waiting.removeFirst(place)
            place = 0
        }
        for place in count..<BidTable.size { bidders[place] = -1 }
        return count
    }

    private mutating func add(
        _ bidder: Int32, _ bidders: UnsafeMutablePointer<Int32>, _ count: inout Int,
        _ nodes: UnsafeMutablePointer<FlowNode>
    ) {
        guard nodes[Int(bidder)].hasRoom else { return }
        let row = Int(bidder) - first
        // Who lost two units is in line twice, and in a batch once; the rest of those called again wait for the next.
        if batches[row] == batch || count == BidTable.size {
            again.append(bidder)
            return
        }
        batches[row] = batch
        bidders[count] = bidder
        count += 1
    }
}

/// A batch of bidders and what they chose.
///
/// Invariant: hands share it only while `Hands.run` chooses a batch, which returns when every part is done. Meanwhile bidders,
/// turns, nodes and prices are only read, and a part writes the choices of its own places, and the heads and rows of its own bidders'
/// items: a community has one place in a batch, and an item one owner, so no two parts write the same. Between batches the
/// thread that solves holds it alone (it writes bidders and turns then), `ahead` at all times, and frees it last.
struct BidTable: @unchecked Sendable {
    static let size = 256
    /// How many bidders a part has.
    private static let partSize = 8
    /// The longest head.
    private static let longestHead = 48

    let rows: FlowRows
    /// -1 past the last.
    let bidders: UnsafeMutablePointer<Int32>
    let choices: UnsafeMutablePointer<Choice>
    /// Room for three numbers a bidder.
    private let ahead: UnsafeMutablePointer<Int32>
    /// The places of the batch in the order in which they choose: see `arrange`.
    private let turns: UnsafeMutablePointer<Int32>
    /// Per near item, how many arcs at the head of its row are in no order.
    private let heads: UnsafeMutablePointer<UInt8>

    init(_ rows: FlowRows) {
        self.rows = rows
        bidders = .allocate(capacity: Self.size)
        bidders.initialize(repeating: -1, count: Self.size)
        choices = .allocate(capacity: Self.size)
        choices.initialize(repeating: Choice(nothing: 0, used: 0), count: Self.size)
        turns = .allocate(capacity: Self.size)
        turns.initialize(repeating: 0, count: Self.size)
        ahead = .allocate(capacity: 3 * Self.size)
        ahead.initialize(repeating: 0, count: 3 * Self.size)
        let count = rows.near.items.count
        heads = .allocate(capacity: count + 1)
        heads.initialize(repeating: 0, count: count + 1)
    }

    func deallocate() {
        bidders.deallocate()
        choices.deallocate()
        ahead.deallocate()
        turns.deallocate()
        heads.deallocate()
    }

    func parts(_ count: Int) -> Int { (count + Self.partSize - 1) / Self.partSize }

    /// Finds the best choices of a part of the batch.
    func choose(_ part: Int, hand: Int) {
        for turn in part * Self.partSize..<(part + 1) * Self.partSize {
            let place = Int(turns[turn])
            guard bidders[place] >= 0 else { continue }
            choices[place] = choice(of: Int(bidders[place]), hand: hand)
        }
    }

    /// Arranges in which order a batch chooses: every other sixteen communities first. The same hand then mostly chooses for the same
    /// bidders, whose rows are in its cache (Hands.swift).
    func arrange(_ count: Int) {
        var (first, last) = (0, count)
        for place in 0..<count {
            let isFirst = (bidders[place] >> 4).isMultiple(of: 2)
            if !isFirst { last -= 1 }
            turns[isFirst ? first : last] = Int32(truncatingIfNeeded: place)
            if isFirst { first += 1 }
        }
        for place in count..<Self.size { turns[place] = Int32(truncatingIfNeeded: place) }
    }

    private func choice(of community: Int, hand: Int) -> Choice {
        let near = rows.near
        let nodes = rows.nodes
        let used = nodes[community].flow
        // Doing nothing is the first alternative.
        var choice = Choice(nothing: 0 &- near.gain(of: community, after: used), used: used)
        for member in near.memberPlaces(of: community) {
            let item = Int(near.members[member])
            guard nodes[item].hasRoom else { continue }
            if let arcs = near.arcs {
                lookThrough(arcs, of: item, hand: hand, &choice)
            } else {
                lookThroughPlainNeed(item, &choice)
            }
        }
        return choice
    }

    /// Finds what profits most in a row of candidates.
    @inline(__always)
    private func lookThrough(
        _ arcs: UnsafeMutablePointer<FlowArc>, of item: Int, hand: Int, _ choice: inout Choice
    ) {
        let near = rows.near
        let row = item &- near.items.lowerBound
        let start = Int(near.rowStarts[row])
        let stop = start &+ Int(near.rowCounts[row])
        let rest = start &+ Int(heads[row])
        // All of the head is read: to ask first which of it may matter costs a processor more than to look.
        for place in start..<rest { look(arcs + place, of: item, &choice) }
        var place = rest
        while place < stop, Int(arcs[place].key) &+ near.lift > choice.second {
            look(arcs + place, of: item, &choice)
            place &+= 1
        }
        if place &- start > Self.longestHead {
            rows.merge(arcs, scanned: start..<place, before: stop, hand: hand)
            heads[row] = 0
        } else {
            heads[row] = UInt8(truncatingIfNeeded: place &- start)
        }
    }

    @inline(__always)
    private func look(_ arc: UnsafeMutablePointer<FlowArc>, of item: Int, _ choice: inout Choice) {
        let target = Int(arc.pointee.target)
        let profit = Int(arc.pointee.weight) &- Int(rows.prices[target])
        arc.pointee.key = Int32(truncatingIfNeeded: profit &- rows.near.lift)
        if profit > choice.second, !rows.near.holds(rows.nodes, item, target, rows.far) {
            choice.take(profit, item, target, arc.pointee.weight)
        }
    }

    /// The same for a need without a row of its own, as the problem lists its candidates.
    private func lookThroughPlainNeed(_ need: Int, _ choice: inout Choice) {
        let candidates = rows.candidates
        for place in candidates.row(need - rows.near.items.lowerBound) {
            let target = rows.near.items.upperBound + Int(candidates.offers[place])
            let weight = candidates.weights[place]
            let profit = Int(weight) &- Int(rows.prices[target])
            if profit > choice.second, !rows.near.holds(rows.nodes, need, target, rows.far) {
                choice.take(profit, need, target, weight)
            }
        }
    }

    /// Reads what serving a batch will read bid by bid: all at once, so that a processor waits for many places of memory
    /// together.
    ///
    /// - Returns: a number made of all that was read, so that the compiler keeps the reads.
    @inline(never)
    func lookAhead(_ count: Int, _ levels: borrowing [Int32], far: FlowSide) -> Int32 {
        let (near, nodes) = (rows.near, rows.nodes)
        let (starts, owners, holders) = (ahead, ahead + Self.size, ahead + 2 * Self.size)
        var sum: Int32 = 0
        for place in 0..<count where choices[place].item >= 0 {
            let (item, target) = (choices[place].item, choices[place].target)
            starts[place] = far.slotStarts[target &- far.items.lowerBound]
            owners[place] = nodes[target].owner
            sum ^= nodes[item].flow ^ near.slotStarts[item &- near.items.lowerBound]
        }
        for place in 0..<count where choices[place].item >= 0 {
            let (start, owner) = (Int(starts[place]), Int(owners[place]))
            sum ^= levels[start] ^ nodes[owner].flow ^ nodes[Int(bidders[place])].flow
            sum ^= far.memberStarts[owner &- far.communities.lowerBound]
            let (item, target) = (choices[place].item, choices[place].target)
            holders[place] =
                nodes[target].held > 0 ? far.slots[start].partner : Int32(truncatingIfNeeded: item)
        }
        for place in 0..<count where choices[place].item >= 0 {
            let holder = Int(holders[place])
            owners[place] = nodes[holder].owner
            sum ^= near.slotStarts[holder &- near.items.lowerBound]
        }
        for place in 0..<count where choices[place].item >= 0 { sum ^= nodes[Int(owners[place])].flow }
        return sum
    }

    /// Puts the heads of a part of all rows in order.
    func putHeadsInOrder(_ part: Int, hand: Int) {
        guard let arcs = rows.near.arcs else { return }
        for row in rows.rowRange(part) where heads[row] > 0 {
            let start = Int(rows.near.rowStarts[row])
            rows.merge(
                arcs, scanned: start..<start + Int(heads[row]),
                before: start + Int(rows.near.rowCounts[row]), hand: hand)
        }
    }
}
