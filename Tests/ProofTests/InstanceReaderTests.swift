import Proof
import Testing

private let text = """
    p match 3 1 2 2
    B 300 50
    C 0 2 0
    C 1 0 1
    C 2 0 2
    O 0 0 1
    N 0 1 1
    N 1 2 1
    E 0 0 900
    E 1 0 700

    """

/// What a reader makes of these blocks, one after the other.
private func read(_ blocks: [[UInt8]], byteCount: Int = 0, openEnd: Bool = false) throws(InstanceTextError)
    -> Instance
{
    var reader = InstanceReader(byteCount: byteCount)
    for block in blocks { try reader.read(block.span) }
    return try reader.finish(openEnd: openEnd)
}

private func failure(_ text: String, openEnd: Bool = false) -> InstanceTextError? {
    do throws(InstanceTextError) {
        _ = try read([Array(text.utf8)], openEnd: openEnd)
        return nil
    } catch {
        return error
    }
}

@Suite("A text form read from blocks of bytes")
struct InstanceReaderTests {
    @Test("Where blocks are cut changes nothing")
    func blocks() throws {
        let bytes = Array(text.utf8)
        #expect(try read([bytes]) == .oneOfferTwoNeeds)
        for cut in bytes.indices {
            let blocks = [Array(bytes[..<cut]), [], Array(bytes[cut...])]
            #expect(try read(blocks) == .oneOfferTwoNeeds, "cut at \(cut)")
        }
        for size in 1...16 {
            let blocks = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            #expect(try read(blocks) == .oneOfferTwoNeeds, "blocks of \(size)")
        }
    }

    @Test("Where blocks are cut changes no refusal either")
    func blocksOfBadText() {
        let bytes = Array(text.replacing("N 1 2 1", with: "N 1 3 1").utf8)
        for cut in bytes.indices {
            #expect(throws: InstanceTextError(line: 8, reason: .identifier)) {
                try read([Array(bytes[..<cut]), Array(bytes[cut...])])
            }
        }
    }

    @Test("A text cut after any of its bytes is refused on the line where it ends")
    func cut() {
        let bytes = Array(text.utf8)
        for end in bytes.indices.dropFirst() {
            let kept = String(decoding: bytes[..<end], as: UTF8.self)
            let line = kept.count { $0 == "\n" } + 1
            #expect(failure(kept) == .init(line: line, reason: .cut), "\(end) bytes")
        }
        #expect(failure("") == .init(line: 1, reason: .header))
    }

    @Test("Where an open end is allowed, only the last line feed may be missing, or digits before it")
    func openEnd() throws {
        let bytes = Array(text.utf8)
        #expect(try read([bytes], openEnd: true) == .oneOfferTwoNeeds)
        #expect(try read([bytes.dropLast()], openEnd: true) == .oneOfferTwoNeeds)
        for end in bytes.indices.dropFirst() {
            let kept = String(decoding: bytes[..<end], as: UTF8.self)
            let isWhole =
                kept.hasSuffix("\nE 1 0 7") || kept.hasSuffix("E 1 0 70") || kept.hasSuffix("E 1 0 700")
            let line = kept.count { $0 == "\n" } + 1
            #expect(
                failure(kept, openEnd: true) == (isWhole ? nil : .init(line: line, reason: .cut)),
                "\(end) bytes")
        }
    }

    @Test("A line that ends as on Windows is refused by that name, wherever it stands")
    func carriageReturn() {
        let lines = text.split(separator: "\n")
        for line in lines.indices {
            var changed = lines.map(String.init)
            changed[line] += "\r"
            let found = failure(changed.joined(separator: "\n") + "\n")
            #expect(found == .init(line: line + 1, reason: .carriageReturn))
        }
        #expect(
            failure(text.replacing("C 0 2 0", with: "C 0 2\r 0")) == .init(line: 3, reason: .number))
    }

    @Test("A line without end takes no memory and is refused when it ends")
    func longLine() throws {
        var reader = InstanceReader()
        try reader.read(Array("p match 1 0 0 0\nC 0 1 ".utf8).span)
        let digits = [UInt8](repeating: UInt8(ascii: "9"), count: 1 << 16)
        for _ in 0..<100 { try reader.read(digits.span) }
        var refused: InstanceTextError?
        do throws(InstanceTextError) {
            try reader.read([UInt8(ascii: "\n")].span)
        } catch {
            refused = error
        }
        #expect(refused == .init(line: 2, reason: .tooLarge))
    }

    @Test("What the length of the text promises changes nothing but what is reserved")
    func reserved() throws {
        for length in [0, 1, text.utf8.count, 1 << 20] {
            #expect(try read([Array(text.utf8)], byteCount: length) == .oneOfferTwoNeeds)
        }
        #expect(throws: InstanceTextError(line: 2, reason: .cut)) {
            try read(
                [Array("p match 2147483647 2147483647 2147483647 2147483647\n".utf8)], byteCount: 60)
        }
    }

    @Test("A fault of an instance is found on its line, with and without bonuses")
    func lines() throws {
        var instance = try read([Array(text.utf8)])
        for withBonuses in [true, false] {
            if !withBonuses { instance.bonuses = [] }
            var lines: [String] = []
            instance.writeLines { lines.append($0) }
            func line(_ fault: Fault) throws -> String { lines[try #require(instance.line(of: fault)) - 1] }
            #expect(try line(.negativeReceive(community: 1)) == "C 1 0 1")
            #expect(try line(.negativeCapacity(offer: 0)) == "O 0 0 1")
            #expect(try line(.negativeQuantity(need: 1)) == "N 1 2 1")
            #expect(try line(.candidateTwice(candidate: 0)) == "E 0 0 900")
            #expect(try line(.scoreOutOfRange(candidate: 1)) == "E 1 0 700")
            if withBonuses { #expect(try line(.risingBonus(step: 1)) == "B 300 50") }
        }
        #expect(instance.line(of: .overflow) == nil)
        #expect(instance.line(of: .matchedTwice(candidate: 1)) == nil)
    }
}
