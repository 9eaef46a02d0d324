import Matching
import Testing

@Suite("Bonuses of zones")
struct ZoneBonusTests {
    private func parameters(_ bonuses: (String, Int)...) -> Parameters {
        var parameters = Parameters.standard
        for (zone, extra) in bonuses { parameters.set(ZoneBonus(zone: zone, extra: extra)) }
        return parameters
    }

    @Test("They are written by zone, read back, add up, and leave no trace where there are none")
    func pairs() throws {
        let some = parameters(("qpv", 20_000), ("frr", 50_000))
        #expect(some.pairs.suffix(2).map(\.description) == ["zone-frr=50000", "zone-qpv=20000"])
        #expect(try Parameters(pairs: some.pairs) == some)
        #expect(some.extra(of: ["frr", "qpv", "other"]) == 70_000)
        #expect(!Parameters.standard.pairs.contains { $0.key.hasPrefix("zone") })
        #expect(parameters(("frr", 5), ("frr", 0)) == .standard)
    }

    @Test("Together with the first receipt bonus they stay within what a bonus may be")
    func limits() {
        let most = Parameters.standard.mostZoneExtra
        #expect(most == 99_700_000)
        #expect(throws: Never.self) { try parameters(("a", most - 5), ("b", 5)).validate() }
        #expect(throws: MatchingError(.outOfRange, "zone-b")) {
            try parameters(("a", most - 5), ("b", 6)).validate()
        }
    }

    @Test("A bonus without a list, a list without a bonus, and a community in another zone are refused")
    func lists() {
        let list = ZoneList(zone: "frr", vintage: "2025", source: "fictive")
        let participant = Participant(slug: "a", languages: ["fr"], modes: [.remote], zones: ["qpv"])
        func input(_ parameters: Parameters, _ zones: [ZoneList], _ participants: [Participant] = []) throws {
            _ = try RoundInput(
                parameters: parameters, vocabulary: [], participants: participants, zones: zones)
        }
        #expect(throws: Never.self) { try input(parameters(("frr", 5)), [list]) }
        #expect(throws: MatchingError.self) { try input(parameters(("frr", 5)), []) }
        #expect(throws: MatchingError.self) { try input(.standard, [list]) }
        #expect(throws: MatchingError.self) { try input(parameters(("frr", 5)), [list], [participant]) }
    }
}
