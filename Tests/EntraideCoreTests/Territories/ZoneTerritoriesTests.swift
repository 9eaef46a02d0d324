import EntraideCore
import Testing

@Suite("Which territories lie in a zone")
struct ZoneTerritoriesTests {
    @Test("A commune that is listed, its districts, and a commune of which a quarter is listed")
    func contained() {
        let zone = ZoneTerritories([
            ZonePart(territory: "13055"), ZonePart(territory: "69388", quarter: "QN1"),
            ZonePart(territory: "02722", quarter: "QN2"), ZonePart(territory: "75101"),
        ])
        for code in ["13055", "13201", "13216", "69388", "69123", "02722", "75101"] {
            #expect(zone.contain(code), "\(code)")
        }
        // A district does not stand for its commune nor for the others, and a quarter not for other districts.
        for code in ["75056", "75102", "69381", "13217", "2A004", "", "00000"] {
            #expect(!zone.contain(code), "\(code)")
        }
    }
}
