import Foundation

/// Lambert-93 (EPSG:2154), the plane coordinates of French public files, to degrees.
///
/// Problem: the inverse of the Lambert conformal conic projection with two standard parallels, 44° and 49°, on the
/// ellipsoid GRS 80; origin 46°30′ N, 3° E at (700000, 6600000) m.
/// Method: the cone's constants, then the isometric latitude, inverted by a fixed point that gains two digits a step.
/// RGF93 and WGS 84 are the same within a metre, so the degrees are taken for GPS ones.
/// Reference: IGN, NTG 71 « Projection cartographique conique conforme de Lambert », algorithms ALG0002, ALG0004,
/// ALG0019.
/// - Complexity: a dozen steps.
package enum Lambert93 {
    /// The plane's metres where France is: what tells them from degrees.
    static let eastings = 0.0...1_300_000.0
    static let northings = 6_000_000.0...7_200_000.0

    private static let semiMajor = 6_378_137.0
    private static let flattening = 1 / 298.257222101
    private static let eccentricity = (flattening * (2 - flattening)).squareRoot()
    private static let meridian = radians(3)
    private static let falseEasting = 700_000.0
    private static let falseNorthing = 6_600_000.0

    private static let exponent: Double = {
        let (south, north) = (radians(44), radians(49))
        return log(parallel(south) / parallel(north)) / (isometric(north) - isometric(south))
    }()
    private static let scale = parallel(radians(44)) / exponent * exp(exponent * isometric(radians(44)))
    private static let poleNorthing = falseNorthing + scale * exp(-exponent * isometric(radians(46.5)))

    /// Degrees north and east of a point of the plane.
    package static func degrees(easting: Double, northing: Double) -> (latitude: Double, longitude: Double) {
        let x = easting - falseEasting
        let y = poleNorthing - northing
        let radius = (x * x + y * y).squareRoot()
        let longitude = meridian + atan2(x, y) / exponent
        let latitude = Self.latitude(isometric: -log(radius / scale) / exponent)
        return (latitude * 180 / .pi, longitude * 180 / .pi)
    }

    private static func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }

    /// The radius of the parallel at `latitude`, on the ellipsoid.
    private static func parallel(_ latitude: Double) -> Double {
        let s = eccentricity * sin(latitude)
        return semiMajor * cos(latitude) / (1 - s * s).squareRoot()
    }

    private static func isometric(_ latitude: Double) -> Double {
        let s = eccentricity * sin(latitude)
        return log(tan(.pi / 4 + latitude / 2)) - eccentricity / 2 * log((1 + s) / (1 - s))
    }

    private static func latitude(isometric: Double) -> Double {
        var latitude = 2 * atan(exp(isometric)) - .pi / 2
        for _ in 0..<12 {
            let s = eccentricity * sin(latitude)
            latitude = 2 * atan(exp(isometric + eccentricity / 2 * log((1 + s) / (1 - s)))) - .pi / 2
        }
        return latitude
    }
}
