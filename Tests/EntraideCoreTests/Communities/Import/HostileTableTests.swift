import EntraideCore
import Lines
import PostgresTestSupport
import Testing

@Suite("Tables that chance has broken", .core)
struct HostileTableTests {
    /// A small generator, so that a failure can be had again.
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test("Broken bytes are refused or read, every row is accounted for, and nothing else happens")
    func broken() async throws {
        let core = try Core()
        try await core.loadCommunes()
        let json =
            #"[{"id":1,"name":"A","latitude":1.5,"capabilities":["laser"]},{"id":2,"name":"B","activity_status":"closed"}]"#
        let originals = [
            Sheet.bytes(Sheet.text(";"), mark: true),
            Sheet.bytes(Sheet.text("\t"), .utf16LittleEndian, mark: true),
            Sheet.bytes(Sheet.text(","), .windows1252), Sheet.bytes("sep=;\r\n" + Sheet.text(";")),
            Array(json.utf8),
        ]
        let before = try await core.snapshot()
        var chance = Chance(state: 11)
        var readable = 0
        for turn in 0..<250 {
            var bytes = originals[turn % originals.count]
            for _ in 0..<Int.random(in: 1...6, using: &chance) {
                let place = Int.random(in: 0..<bytes.count, using: &chance)
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
                case 1: bytes.remove(at: place)
                case 2:
                    bytes.insert(
                        [0x22, 0x3B, 0x2C, 0x0A, 0x0D, 0xFF, 0x00, 0x5D].randomElement(using: &chance) ?? 0,
                        at: place)
                default: if turn % 7 == 0, place > 200 { bytes.removeSubrange(place...) }
                }
            }
            do {
                let report = try await core.table(bytes, dryRun: true)
                readable += 1
                let accounted =
                    report.added + report.updated + report.unchanged + report.repeated + report.refusedCount
                #expect(report.read == accounted, "turn \(turn): \(report)")
            } catch let error as EntraideError {
                expectReadable(error)
                #expect(error.code.exitStatus == 65, "turn \(turn): \(error)")
            }
        }
        #expect(readable > 100)
        #expect(try await core.snapshot() == before)
    }
}
