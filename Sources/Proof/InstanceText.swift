// The text form of an instance: one record per line, fields separated by one space, ids from 0 in order. Each line
// ends with a line feed, the last one too.
//
//     p match COMMUNITIES OFFERS NEEDS CANDIDATES
//     B BONUS…                        absent when there is none
//     F COMMUNITY EXTRA               absent where the extra is 0; communities ascend
//     C ID GIVE RECEIVE
//     O ID COMMUNITY CAPACITY
//     N ID COMMUNITY QUANTITY
//     E NEED OFFER SCORE
//
// The B line says what the first, second… match received adds; an F line, what the first one of a community adds beyond
// that. Numbers are decimal, 0…2147483647, without sign or leading zero: an instance that fits has one text form, and
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
        /// The text ends before all the records that its header announces, or within a line.
        case cut = "cut-short"
        /// The text goes on after its last record.
        case surplus = "surplus-record"
        /// The line ends as on Windows, with a carriage return before its line feed.
        case carriageReturn = "carriage-return"
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
        var line = RecordBytes()
        write(to: &line) { line in
            emit(String(decoding: line.bytes.dropLast(), as: UTF8.self))
            line.bytes.removeAll(keepingCapacity: true)
        }
    }

    /// Hands over the same text as bytes, many lines at a time: what a digest or a file takes.
    package func writeBlocks(_ emit: ([UInt8]) -> Void) {
        var block = RecordBytes()
        write(to: &block) { block in
            guard block.bytes.count >= 1 << 16 else { return }
            emit(block.bytes)
            block.bytes.removeAll(keepingCapacity: true)
        }
        if !block.bytes.isEmpty { emit(block.bytes) }
    }

    /// Adds each line, and calls `endLine` after it.
    private func write(to text: inout RecordBytes, _ endLine: (inout RecordBytes) -> Void) {
        text.add("p match", communities.count, offers.count, needs.count, candidates.count)
        endLine(&text)
        if !bonuses.isEmpty {
            text.add("B", bonuses)
            endLine(&text)
        }
        for (id, community) in communities.enumerated() where community.extra != 0 {
            text.add("F", id, community.extra)
            endLine(&text)
        }
        for (id, community) in communities.enumerated() {
            text.add("C", id, community.give, community.receive)
            endLine(&text)
        }
        for (id, offer) in offers.enumerated() {
            text.add("O", id, offer.community, offer.capacity)
            endLine(&text)
        }
        for (id, need) in needs.enumerated() {
            text.add("N", id, need.community, need.quantity)
            endLine(&text)
        }
        for candidate in candidates {
            text.add("E", candidate.need, candidate.offer, candidate.score)
            endLine(&text)
        }
    }

    /// The line of the text form that a fault is about, from 1; nil for those of prices, matches and sums.
    package func line(of fault: Fault) -> Int? {
        let extra = bonuses.isEmpty ? 2 : 3
        let community = extra + communities.count { $0.extra != 0 }
        let offer = community + communities.count
        let need = offer + offers.count
        let candidate = need + needs.count
        return switch fault {
        case .negativeBonus, .risingBonus: 2
        case .negativeExtra(let index): extra + communities.prefix(index).count { $0.extra != 0 }
        case .negativeGive(let index), .negativeReceive(let index): community + index
        case .offerOutOfRange(let index), .negativeCapacity(let index): offer + index
        case .needOutOfRange(let index), .negativeQuantity(let index): need + index
        case .candidateOutOfRange(let index), .candidateWithinCommunity(let index),
            .candidateTwice(let index), .scoreOutOfRange(let index):
            candidate + index
        default: nil
        }
    }
}

/// Lines of numbers, as bytes: there are millions of them, and a string of each would take most of the time.
private struct RecordBytes {
    var bytes: [UInt8] = []

    mutating func add(_ kind: StaticString, _ a: Int, _ b: Int) {
        add(kind)
        add(a)
        add(b)
        endLine()
    }

    mutating func add(_ kind: StaticString, _ a: Int, _ b: Int, _ c: Int) {
        add(kind)
        add(a)
        add(b)
        add(c)
        endLine()
    }

    mutating func add(_ kind: StaticString, _ a: Int, _ b: Int, _ c: Int, _ d: Int) {
        add(kind)
        add(a)
        add(b)
        add(c)
        add(d)
        endLine()
    }

    mutating func add(_ kind: StaticString, _ values: [Int]) {
        add(kind)
        for value in values { add(value) }
        endLine()
    }

    private mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func add(_ kind: StaticString) {
        kind.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// A space and a number in its plain form.
    private mutating func add(_ value: Int) {
        bytes.append(UInt8(ascii: " "))
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = value.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        // The last digit came first.
        var (low, high) = (start, bytes.count - 1)
        while low < high {
            bytes.swapAt(low, high)
            low += 1
            high -= 1
        }
    }
}
