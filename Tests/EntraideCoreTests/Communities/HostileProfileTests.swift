import EntraideCore
import Lines
import Matching
import Testing

/// Files made to exhaust or to break the reader: each must be refused, and none may end the process or hold it.
@Suite("Hostile profile files")
struct HostileProfileTests {
    private func refused(_ text: String) throws -> ErrorCode? {
        #expect(throws: EntraideError.self) { try read([text], file: "f") }?.code
    }

    /// Nine lists, each nine times the one before: 9⁹ nodes once unfolded.
    private static let bomb: String = {
        var text = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<9 {
            let alias = "*l\(level - 1)"
            text += "l\(level): &l\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        return text
    }()

    @Test("A bomb of YAML aliases is refused")
    func bomb() throws {
        #expect(try refused(Self.bomb) == .malformed)
    }

    @Test("A bomb of YAML aliases as a key is refused")
    func bombAsKey() throws {
        #expect(try refused(Self.bomb + "? *l8\n: x\n") == .malformed)
    }

    @Test("A long chain of YAML aliases is refused")
    func chain() throws {
        var text = "- &a0 [x]\n"
        for level in 1..<60_000 { text += "- &a\(level) [*a\(level - 1)]\n" }
        #expect(try refused(text) == .malformed)
    }

    @Test("Lists nested without end are refused, however they are written")
    func nested() throws {
        #expect(try refused("a: " + String(repeating: "[", count: 200_000)) == .malformed)
        #expect(try refused("a: " + String(repeating: "{a: ", count: 100_000)) == .malformed)
        #expect(try refused(String(repeating: "- ", count: 100_000) + "x") == .malformed)
        #expect(try refused(String(repeating: "? ", count: 100_000) + "x") == .malformed)
        var indented = ""
        for depth in 0..<3000 { indented += String(repeating: " ", count: depth) + "a:\n" }
        #expect(try refused(indented) == .malformed)
    }

    @Test("A reasonable use of a YAML anchor, and signs within quotes, are read")
    func anchors() throws {
        let text = """
            community: a
            name: "Club *étoile* & [[[Co]]], *ter* - *bis*"
            kind: fablab
            offers:
              - {skill: couture, formats: &both [workshop, visit]}
              - {skill: video, formats: *both}
            """
        let profile = try #require(try read([text]).first)
        #expect(profile.offers.map(\.terms.formats.count) == [2, 2])
        #expect(profile.community.name == "Club *étoile* & [[[Co]]], *ter* - *bis*")
    }

    @Test("Any bytes are read or refused, never more", arguments: [UInt64(1), 2, 3, 4])
    func anyBytes(seed: UInt64) throws {
        var g = SeededGenerator(seed: seed)
        let reading = ProfileReading(vocabulary: try bundledVocabulary(), file: "f")
        let good = Array(
            (line("a", offers: ["video:2"], needs: ["couture"]) + "\ncommunity: b\nname: é").utf8)
        var refusals = 0
        for _ in 0..<400 {
            var bytes = good
            for _ in 0..<g.int(1...6) {
                let place = g.int(0...bytes.count - 1)
                switch g.int(0...3) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: g.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: bytes[place...].prefix(g.int(0...20)), at: place)
                default: bytes.insert(g.one(Array("{}[]:,\"'&*!|>%@`\n\t #-?".utf8)), at: place)
                }
            }
            if g.chance(50) { bytes = Array(bytes.dropFirst(g.int(1...60))) }
            do {
                _ = try reading.profiles(bytes)
            } catch {
                refusals += 1
                expectReadable(error)
            }
        }
        #expect(refusals > 200)
    }
}
