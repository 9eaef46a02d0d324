import Proof
import Testing

private func lines(of instance: Instance) -> [Substring] {
    var lines: [Substring] = []
    instance.writeLines { lines.append(Substring($0)) }
    return lines
}

private let fixtureLines: [Substring] = [
    "p match 3 1 2 2", "B 300 50", "C 0 2 0", "C 1 0 1", "C 2 0 2", "O 0 0 1", "N 0 1 1", "N 1 2 1",
    "E 0 0 900",
    "E 1 0 700",
]

private func failure(_ lines: [Substring]) -> InstanceTextError? {
    do throws(InstanceTextError) {
        _ = try Instance(parsing: lines)
        return nil
    } catch {
        return error
    }
}

/// The failure of the fixture with one line replaced, counting from 1.
private func failure(replacing line: Int, by text: Substring) -> InstanceTextError? {
    var changed = fixtureLines
    changed[line - 1] = text
    return failure(changed)
}

@Suite("The text form of an instance")
struct InstanceTextTests {
    @Test("One record per line, in a fixed order, ids from 0")
    func written() {
        #expect(lines(of: .oneOfferTwoNeeds) == fixtureLines)
    }

    @Test("Without bonuses there is no B line; an empty round is its header")
    func smallest() throws {
        let nothing = Instance(communities: [], offers: [], needs: [], candidates: [], bonuses: [])
        #expect(lines(of: nothing) == ["p match 0 0 0 0"])
        #expect(try Instance(parsing: ["p match 0 0 0 0"]) == nothing)
    }

    @Test("What is written is read back the same, and written again the same")
    func roundTrip() throws {
        for seed in 0..<300 {
            let instance = Instance.random(seed: seed, extras: seed % 2 == 1)
            let text = lines(of: instance)
            var bytes: [UInt8] = []
            instance.writeBlocks { bytes += $0 }
            #expect(String(decoding: bytes, as: UTF8.self) == text.joined(separator: "\n") + "\n")
            let back = try Instance(parsing: text)
            #expect(back == instance)
            #expect(lines(of: back) == text)
        }
    }

    @Test("A text cut after any line is refused there")
    func cut() {
        for count in 1..<fixtureLines.count {
            #expect(
                failure(Array(fixtureLines.prefix(count))) == .init(line: count + 1, reason: .cut),
                "\(count) lines")
        }
        #expect(failure([]) == .init(line: 1, reason: .header))
    }

    @Test("A text that goes on after its end is refused")
    func surplus() {
        #expect(failure(fixtureLines + ["E 0 0 1"]) == .init(line: 11, reason: .surplus))
        #expect(failure(fixtureLines + [""]) == .init(line: 11, reason: .surplus))
    }

    @Test(
        "A header is p match and four counts",
        arguments: [
            "", "p match 3 1 2", "p match 3 1 2 2 0", "p  match 3 1 2 2", "q match 3 1 2 2", "p asn 3 1 2 2",
        ])
    func header(_ text: Substring) {
        #expect(failure(replacing: 1, by: text) == .init(line: 1, reason: .header))
    }

    @Test("Records come in their order, with their fields and ids")
    func records() {
        #expect(failure(replacing: 3, by: "O 0 0 1") == .init(line: 3, reason: .kind))
        #expect(failure(replacing: 4, by: "") == .init(line: 4, reason: .kind))
        #expect(failure(replacing: 2, by: "B") == .init(line: 2, reason: .fieldCount))
        #expect(failure(replacing: 3, by: "C 0 2") == .init(line: 3, reason: .fieldCount))
        #expect(failure(replacing: 3, by: "C 0 2 0 ") == .init(line: 3, reason: .fieldCount))
        #expect(failure(replacing: 4, by: "C 2 0 1") == .init(line: 4, reason: .identifier))
        #expect(failure(replacing: 6, by: "O 0 3 1") == .init(line: 6, reason: .identifier))
        #expect(failure(replacing: 7, by: "N 0 3 1") == .init(line: 7, reason: .identifier))
        #expect(failure(replacing: 9, by: "E 2 0 900") == .init(line: 9, reason: .identifier))
        #expect(failure(replacing: 9, by: "E 0 1 900") == .init(line: 9, reason: .identifier))
    }

    @Test(
        "A number is digits, without sign, space, or leading zero",
        arguments: ["", "-1", "+1", "01", "00", "1.0", "1e3", "0x1", "١", "1\r", "\t1", "1_0", "−1"])
    func numbers(_ text: String) {
        #expect(failure(replacing: 3, by: "C 0 \(text) 0") == .init(line: 3, reason: .number))
    }

    @Test("A number goes up to 2147483647")
    func range() throws {
        #expect(failure(replacing: 9, by: "E 0 0 2147483647") == nil)
        for text in ["2147483648", "9999999999999999999999"] {
            #expect(failure(replacing: 9, by: "E 0 0 \(text)") == .init(line: 9, reason: .tooLarge))
            #expect(failure(replacing: 2, by: "B \(text)") == .init(line: 2, reason: .tooLarge))
            #expect(failure(replacing: 1, by: "p match \(text) 0 0 0") == .init(line: 1, reason: .tooLarge))
        }
    }

    @Test("A header that announces two thousand million records costs nothing until they come")
    func hugeCounts() {
        #expect(
            failure(["p match 2147483647 2147483647 2147483647 2147483647"]) == .init(line: 2, reason: .cut))
    }

    @Test("Whatever one byte of a text becomes, it is refused or read as another instance, never trapped on")
    func oneByteChanged() throws {
        let text = Array(fixtureLines.joined(separator: "\n").utf8)
        var refused = 0
        for position in text.indices {
            for byte in Array("\u{0}\n\r 0129-+BCENOp~\u{7f}".utf8) where byte != text[position] {
                var changed = text
                changed[position] = byte
                let found = String(decoding: changed, as: UTF8.self).utf8.split(
                    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                let read = try? Instance(parsing: found.map { Substring($0) })
                #expect(read != .oneOfferTwoNeeds)
                if read == nil { refused += 1 }
            }
        }
        #expect(refused > text.count * 10)
    }
}
