// The text form of an instance: one record per line, fields separated by one space, ids from 0 in order.
//
//     p match COMMUNITIES OFFERS NEEDS CANDIDATES
//     B BONUS…                        absent when there is none
//     C ID GIVE RECEIVE
//     O ID COMMUNITY CAPACITY
//     N ID COMMUNITY QUANTITY
//     E NEED OFFER SCORE
//
// Numbers are decimal, 0…2147483647, without sign or leading zero: an instance that fits has one text form, and
// a text form one instance, so that a digest of either is a digest of the other. The header counts the records,
// which makes a cut file evident.

/// Why a text is not an instance, and on which line (from 1; one past the last when lines are missing).
package struct InstanceTextError: Error, Sendable, Equatable {
    /// What is wrong with a line. Raw values are stable codes.
    package enum Reason: String, Sendable {
        /// The first line is not `p match` and four counts.
        case header = "bad-header"
        /// Another kind of record was due: records are missing, or out of their order.
        case kind = "unexpected-record"
        /// The record has too few or too many fields.
        case fieldCount = "wrong-field-count"
        /// A field is not a number in its plain form.
        case number = "bad-number"
        /// A number is past 2147483647.
        case tooLarge = "number-too-large"
        /// A record does not bear the id due, or names a community, need or offer that does not exist.
        case identifier = "id-out-of-range"
        /// The text ends before all the records that its header announces.
        case cut = "cut-short"
        /// The text goes on after its last record.
        case surplus = "surplus-record"
    }

    package var line: Int
    package var reason: Reason

    package init(line: Int, reason: Reason) {
        self.line = line
        self.reason = reason
    }
}

extension Instance {
    /// Hands over the lines of the text form one at a time, each without its LF.
    ///
    /// Values outside 0…2147483647 are written as they are, and the result is then not readable.
    package func writeLines(_ emit: (String) -> Void) {
        emit("p match \(communities.count) \(offers.count) \(needs.count) \(candidates.count)")
        if !bonuses.isEmpty {
            emit("B" + bonuses.map { " \($0)" }.joined())
        }
        for (id, community) in communities.enumerated() {
            emit("C \(id) \(community.give) \(community.receive)")
        }
        for (id, offer) in offers.enumerated() {
            emit("O \(id) \(offer.community) \(offer.capacity)")
        }
        for (id, need) in needs.enumerated() {
            emit("N \(id) \(need.community) \(need.quantity)")
        }
        for candidate in candidates {
            emit("E \(candidate.need) \(candidate.offer) \(candidate.score)")
        }
    }

    /// Reads the text form back, from lines without their LF.
    ///
    /// What is read has its indices in range; whether it makes a sound round is for `check` to say.
    /// - Complexity: O(length of the text), in time and space; counts in the header reserve nothing.
    package init(parsing lines: some Sequence<Substring>) throws(InstanceTextError) {
        self.init(communities: [], offers: [], needs: [], candidates: [], bonuses: [])
        var reader = RecordReader(lines)

        guard let header = reader.next(), header.fields.count == 6, header.tag == "p",
            header.fields[1] == "match"
        else { throw InstanceTextError(line: 1, reason: .header) }
        let counts = (
            communities: try header.number(2), offers: try header.number(3),
            needs: try header.number(4), candidates: try header.number(5)
        )

        var pending = reader.next()
        if let record = pending, record.tag == "B" {
            guard record.fields.count > 1 else { throw record.error(.fieldCount) }
            for field in 1..<record.fields.count {
                bonuses.append(try record.number(field))
            }
            pending = reader.next()
        }

        func take(_ tag: Substring, id: Int?) throws(InstanceTextError) -> Record {
            guard let record = pending else {
                throw InstanceTextError(line: reader.line + 1, reason: .cut)
            }
            guard record.tag == tag else { throw record.error(.kind) }
            guard record.fields.count == 4 else { throw record.error(.fieldCount) }
            if let id, try record.number(1) != id { throw record.error(.identifier) }
            pending = reader.next()
            return record
        }

        for id in 0..<counts.communities {
            let record = try take("C", id: id)
            communities.append(Community(give: try record.number(2), receive: try record.number(3)))
        }
        for id in 0..<counts.offers {
            let record = try take("O", id: id)
            let community = try record.index(2, below: counts.communities)
            offers.append(Offer(community: community, capacity: try record.number(3)))
        }
        for id in 0..<counts.needs {
            let record = try take("N", id: id)
            let community = try record.index(2, below: counts.communities)
            needs.append(Need(community: community, quantity: try record.number(3)))
        }
        for _ in 0..<counts.candidates {
            let record = try take("E", id: nil)
            let need = try record.index(1, below: counts.needs)
            let offer = try record.index(2, below: counts.offers)
            candidates.append(Candidate(need: need, offer: offer, score: try record.number(3)))
        }
        if let pending { throw pending.error(.surplus) }
    }
}

/// One line cut at its spaces, knowing where it stood.
private struct Record {
    var line: Int
    var fields: [Substring]

    var tag: Substring { fields[0] }

    func error(_ reason: InstanceTextError.Reason) -> InstanceTextError {
        InstanceTextError(line: line, reason: reason)
    }

    /// The number in a field: digits only, no leading zero, at most Int32.max.
    func number(_ field: Int) throws(InstanceTextError) -> Int {
        let digits = fields[field].utf8
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw error(.number) }
        guard let value = Int32(fields[field]) else { throw error(.tooLarge) }
        return Int(value)
    }

    /// The number in a field, when it names one of the first `count` records.
    func index(_ field: Int, below count: Int) throws(InstanceTextError) -> Int {
        let value = try number(field)
        guard value < count else { throw error(.identifier) }
        return value
    }
}

/// Lines to records. An empty line is a record with one empty field, hence of no known kind.
private struct RecordReader<Lines: Sequence<Substring>> {
    private var lines: Lines.Iterator
    /// Number of the last line read.
    private(set) var line = 0

    init(_ lines: Lines) {
        self.lines = lines.makeIterator()
    }

    mutating func next() -> Record? {
        guard let text = lines.next() else { return nil }
        line += 1
        return Record(line: line, fields: text.split(separator: " ", omittingEmptySubsequences: false))
    }
}
