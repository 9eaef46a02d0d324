// Reads the text form of an instance, from blocks of bytes cut anywhere.
//
// Invariant. Between two bytes, `instance` holds the records of all lines ended so far, and the fields below sum up
// the line under way: nothing of its text is kept, however long it is.
// Complexity: O(1) per byte; no memory beside the instance that is read.

/// Takes the bytes of a text form one block after the other, and makes the instance.
package struct InstanceReader: ~Copyable {
    private var instance = Instance(communities: [], offers: [], needs: [], candidates: [], bonuses: [])
    private let byteCount: Int
    /// What F records said, communities ascending, and how many of them have their community.
    private var extras: [(community: Int, extra: Int)] = []
    private var extrasTaken = 0
    /// What the header announces; nil until it is read.
    private var counts: Counts?
    /// Number of the line under way, from 1.
    private var line = 1

    // The line under way.
    /// Fields ended, and bytes of the one under way.
    private var fields = 0
    private var length = 0
    /// The first byte of the first field, or 0 when that field is not one byte long.
    private var tag: UInt8 = 0
    /// How many bytes of the second field are those of `match`; -1 once one is not.
    private var wordLength = 0
    /// The number under way, and those of the fields after the first.
    private var number = 0
    private var numbers = (0, 0, 0, 0, 0)
    /// The first thing wrong with a number of this line.
    private var fault: InstanceTextError.Reason?
    /// Where a carriage return stands: fine nowhere, and worth its own name at the end of a line.
    private var carriageReturn: (fields: Int, length: Int)?

    private struct Counts {
        var communities: Int
        var offers: Int
        var needs: Int
        var candidates: Int
    }

    private static let word = Array("match".utf8)

    /// - Parameter byteCount: the length of the text where it is known, which bounds what is reserved at once for
    ///   the records that the header announces.
    package init(byteCount: Int = 0) {
        self.byteCount = byteCount
    }

    /// Reads one block.
    ///
    /// - Throws: what is wrong with the first line that cannot be read; nothing more may be read then.
    package mutating func read(_ block: Span<UInt8>) throws(InstanceTextError) {
        for index in block.indices {
            let byte = block[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digit(Int(byte &- UInt8(ascii: "0")), byte)
            case UInt8(ascii: " "):
                endField()
            case UInt8(ascii: "\n"):
                try endLine()
            default:
                other(byte)
            }
        }
    }

    /// The instance, once all its text was read.
    ///
    /// What is read has its indices in range; whether it makes a sound round is for `faults(of:)` to say.
    /// - Parameter openEnd: whether the last line may lack its line feed, if it is whole without it. Then a text
    ///   cut within its very last number goes unseen.
    package consuming func finish(openEnd: Bool = false) throws(InstanceTextError) -> Instance {
        let last = line
        if fields > 0 || length > 0 {
            guard openEnd, (try? endLine()) != nil else {
                throw InstanceTextError(line: last, reason: .cut)
            }
        }
        guard counts != nil else { throw InstanceTextError(line: 1, reason: .header) }
        if due != nil { throw InstanceTextError(line: last, reason: .cut) }
        return instance
    }

    // MARK: - Bytes

    @inline(__always)
    private mutating func digit(_ digit: Int, _ byte: UInt8) {
        length += 1
        if fields == 0 {
            tag = length == 1 ? byte : 0
        } else if length == 1 {
            number = digit
        } else {
            // A second digit after a first 0: the number has another form without it.
            if number == 0 { note(.number) }
            number = number * 10 + digit
            if number > Int(Int32.max) {
                note(.tooLarge)
                number = Int(Int32.max)
            }
        }
        if fields == 1 { wordLength = -1 }
    }

    private mutating func other(_ byte: UInt8) {
        length += 1
        if fields == 0 {
            tag = length == 1 ? byte : 0
            return
        }
        if fields == 1 {
            let fits = wordLength == length - 1 && wordLength < Self.word.count
            wordLength = fits && Self.word[wordLength] == byte ? length : -1
        }
        if byte == UInt8(ascii: "\r") { carriageReturn = (fields, length) }
        note(.number)
    }

    private mutating func note(_ reason: InstanceTextError.Reason) {
        // The word of the header is a field that is no number.
        if fault == nil, counts != nil || fields != 1 { fault = reason }
    }

    // MARK: - Fields

    @inline(__always)
    private mutating func endField() {
        if fields > 0 {
            if length == 0 { note(.number) }
            switch fields {
            case 1: numbers.0 = number
            case 2: numbers.1 = number
            case 3: numbers.2 = number
            case 4: numbers.3 = number
            case 5: numbers.4 = number
            default: break
            }
            if awaitsBonuses, tag == UInt8(ascii: "B"), fault == nil { instance.bonuses.append(number) }
        }
        // Kept from running past Int on a line without end.
        fields = min(fields + 1, Int(Int32.max))
        length = 0
    }

    /// Whether the line under way is the second, the only one that may hold bonuses.
    private var awaitsBonuses: Bool { line == 2 }

    // MARK: - Lines

    /// The kind of record due; nil once all are there.
    private var due: UInt8? {
        guard let counts else { return UInt8(ascii: "p") }
        if instance.communities.count < counts.communities { return UInt8(ascii: "C") }
        if instance.offers.count < counts.offers { return UInt8(ascii: "O") }
        if instance.needs.count < counts.needs { return UInt8(ascii: "N") }
        if instance.candidates.count < counts.candidates { return UInt8(ascii: "E") }
        return nil
    }

    private mutating func endExtra(_ counts: Counts) throws(InstanceTextError) {
        guard fields == 3 else { throw error(.fieldCount) }
        if let fault { throw error(fault) }
        guard numbers.0 < counts.communities, extras.last.map({ $0.community < numbers.0 }) ?? true else {
            throw error(.identifier)
        }
        // An extra of 0 has no record.
        guard numbers.1 > 0 else { throw error(.number) }
        extras.append((numbers.0, numbers.1))
    }

    @inline(__always)
    private mutating func endLine() throws(InstanceTextError) {
        if let place = carriageReturn, place == (fields, length) { throw error(.carriageReturn) }
        endField()
        if let counts {
            try endRecord(counts)
        } else {
            try endHeader()
        }
        line += 1
        fields = 0
        tag = 0
        wordLength = 0
        fault = nil
        carriageReturn = nil
    }

    private func error(_ reason: InstanceTextError.Reason) -> InstanceTextError {
        InstanceTextError(line: line, reason: reason)
    }

    private mutating func endHeader() throws(InstanceTextError) {
        guard tag == UInt8(ascii: "p"), fields == 6, wordLength == Self.word.count else {
            throw error(.header)
        }
        if let fault { throw error(fault) }
        let counts = Counts(
            communities: numbers.1, offers: numbers.2, needs: numbers.3, candidates: numbers.4)
        self.counts = counts
        // No record is shorter than "E 0 0 0\n".
        let most = byteCount / 8
        instance.communities.reserveCapacity(min(counts.communities, most))
        instance.offers.reserveCapacity(min(counts.offers, most))
        instance.needs.reserveCapacity(min(counts.needs, most))
        instance.candidates.reserveCapacity(min(counts.candidates, most))
    }

    private mutating func endRecord(_ counts: Counts) throws(InstanceTextError) {
        if awaitsBonuses, tag == UInt8(ascii: "B") {
            guard fields > 1 else { throw error(.fieldCount) }
            if let fault { throw error(fault) }
            return
        }
        if tag == UInt8(ascii: "F"), instance.communities.isEmpty {
            try endExtra(counts)
            return
        }
        guard let due else { throw error(.surplus) }
        guard tag == due else { throw error(.kind) }
        guard fields == 4 else { throw error(.fieldCount) }
        if let fault { throw error(fault) }
        switch due {
        case UInt8(ascii: "C"):
            guard numbers.0 == instance.communities.count else { throw error(.identifier) }
            var extra = 0
            if extrasTaken < extras.count, extras[extrasTaken].community == numbers.0 {
                extra = extras[extrasTaken].extra
                extrasTaken += 1
            }
            instance.communities.append(.init(give: numbers.1, receive: numbers.2, extra: extra))
        case UInt8(ascii: "O"):
            guard numbers.0 == instance.offers.count, numbers.1 < counts.communities else {
                throw error(.identifier)
            }
            instance.offers.append(.init(community: numbers.1, capacity: numbers.2))
        case UInt8(ascii: "N"):
            guard numbers.0 == instance.needs.count, numbers.1 < counts.communities else {
                throw error(.identifier)
            }
            instance.needs.append(.init(community: numbers.1, quantity: numbers.2))
        default:
            guard numbers.0 < counts.needs, numbers.1 < counts.offers else { throw error(.identifier) }
            instance.candidates.append(.init(need: numbers.0, offer: numbers.1, score: numbers.2))
        }
    }
}

extension Instance {
    /// Reads the text form back, from lines without their line feed.
    ///
    /// - Complexity: O(length of the text), in time and space; counts in the header reserve nothing.
    package init(parsing lines: some Sequence<Substring>) throws(InstanceTextError) {
        var reader = InstanceReader()
        for line in lines {
            let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
            try reader.read(bytes.span)
        }
        self = try reader.finish()
    }
}
