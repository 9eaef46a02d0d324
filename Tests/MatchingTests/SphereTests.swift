import Foundation
import Matching
import Testing

@Suite("Distances on the globe")
struct SphereTests {
    /// The haversine formula in floating point, in hectometres.
    private func haversine(_ a: Position, _ b: Position) -> Double {
        func radians(_ microDegrees: Int) -> Double { Double(microDegrees) * .pi / 180_000_000 }
        let latitudes = (radians(a.latitudeE6), radians(b.latitudeE6))
        let half = sin((latitudes.1 - latitudes.0) / 2)
        let across = sin((radians(b.longitudeE6) - radians(a.longitudeE6)) / 2)
        let square = half * half + cos(latitudes.0) * cos(latitudes.1) * across * across
        return 2 * 63710.088 * atan2(square.squareRoot(), max(0, 1 - square).squareRoot())
    }

    private func position(_ latitude: Double, _ longitude: Double) -> Position {
        Position(latitudeE6: Int(latitude * 1e6), longitudeE6: Int(longitude * 1e6))
    }

    @Test("A hundred thousand random pairs agree with the haversine to the rounding")
    func agreesWithHaversine() {
        var generator = SeededGenerator(seed: 1)
        var worst = 0.0
        var lopsided = 0
        var overstated = 0
        var understated = 0
        var cut = 0
        for round in 0..<100_000 {
            let a = Position(
                latitudeE6: Int.random(in: -90_000_000...90_000_000, using: &generator),
                longitudeE6: Int.random(in: -180_000_000...180_000_000, using: &generator))
            // Every scale: from the whole globe down to a street.
            let reach = 180_000_000 >> (round % 18)
            let b = Position(
                latitudeE6: min(
                    90_000_000,
                    max(-90_000_000, a.latitudeE6 + Int.random(in: -reach...reach, using: &generator))),
                longitudeE6: min(
                    180_000_000,
                    max(-180_000_000, a.longitudeE6 + Int.random(in: -reach...reach, using: &generator))))
            let distance = hectometres(from: a, to: b)
            worst = max(worst, abs(Double(distance) - haversine(a, b)))
            if distance != hectometres(from: b, to: a) { lopsided += 1 }
            if distance != UnitVector(a).hectometresBySeries(to: UnitVector(b)) { cut += 1 }
            let least = hectometresAtLeast(chordSquared: UnitVector(a).chordSquared(to: UnitVector(b)))
            if least > distance { overstated += 1 }
            // 500 km of arc and their chord differ by 130 m; less, by much less.
            if distance <= 5_000, least < distance - 3 { understated += 1 }
        }
        // Half a hectometre is the rounding itself; the rest is the arithmetic: under a metre.
        #expect(worst < 0.51)
        #expect(lopsided == 0)
        #expect(overstated == 0, "the bound from the chord is no bound")
        #expect(understated == 0)
        #expect(cut == 0, "the first term is not enough")
    }

    @Test(
        "Antipodes are half the globe's girth apart",
        arguments: [
            (0.0, 0.0), (0.0, 90.0), (45.0, 10.0), (-33.3, 151.2), (90.0, 0.0), (48.85, 2.35),
        ])
    func antipodes(latitude: Double, longitude: Double) {
        let opposite = position(-latitude, longitude <= 0 ? longitude + 180 : longitude - 180)
        #expect(hectometres(from: position(latitude, longitude), to: opposite) == 200_151)
    }

    @Test("A pole is one point whatever its longitude")
    func poles() {
        #expect(hectometres(from: position(90, 0), to: position(90, 137)) == 0)
        #expect(hectometres(from: position(-90, -180), to: position(-90, 12)) == 0)
        #expect(hectometres(from: position(90, 0), to: position(0, 55)) == 100_076)
    }

    @Test("The date line is no border")
    func dateLine() {
        #expect(hectometres(from: position(10, 180), to: position(10, -180)) == 0)
        #expect(hectometres(from: position(0, 179.5), to: position(0, -179.5)) == 1112)
    }

    @Test("Identical points are nowhere apart")
    func identical() {
        for degrees in stride(from: -90.0, through: 90.0, by: 7.5) {
            #expect(
                hectometres(from: position(degrees, 2 * degrees), to: position(degrees, 2 * degrees)) == 0)
        }
    }

    @Test("Known distances: Nantes to Lille, and one hundred metres along a street")
    func known() {
        let nantes = position(47.2181, -1.5528)
        let lille = position(50.6311, 3.0468)
        #expect(abs(Double(hectometres(from: nantes, to: lille)) - haversine(nantes, lille)) < 0.51)
        #expect((5000...5200).contains(hectometres(from: nantes, to: lille)))
        // 0.0009° of latitude are 100.08 m.
        #expect(hectometres(from: position(47, 2), to: position(47.0009, 2)) == 1)
        #expect(hectometres(from: position(47, 2), to: position(47.0004, 2)) == 0)
    }
}
