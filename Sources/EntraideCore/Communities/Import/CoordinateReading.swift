import Foundation
package import Matching

/// Reads two coordinates as files write them: degrees or Lambert-93 metres, told apart by their range; decimal points
/// or commas; in one cell or two; the right way round or not.
package enum CoordinateReading {
    /// What two numbers were found to be.
    package struct Found: Equatable {
        package var position: Position
        /// Metres of the plane, made degrees.
        package var wasLambert = false
        /// Latitude and longitude stood in each other's place.
        package var wasSwapped = false

        package init(position: Position, wasLambert: Bool = false, wasSwapped: Bool = false) {
            self.position = position
            self.wasLambert = wasLambert
            self.wasSwapped = wasSwapped
        }
    }

    /// Degrees of metropolitan France: what tells a latitude from a longitude.
    private static let metropolitanLatitude = 41.0...51.5
    private static let metropolitanLongitude = -5.5...10.0

    /// Two cells; nil when they are no place on Earth.
    package static func read(latitude: String, longitude: String) -> Found? {
        guard let north = number(latitude), let east = number(longitude) else { return nil }
        return found(north, east)
    }

    /// One cell with both, latitude first: `42.35, 9.04`, `46,11 ; 4,95`, `POINT(4.95 46.11)`.
    package static func read(pair: String) -> Found? {
        if let open = pair.firstIndex(of: "("), pair.lowercased().hasPrefix("point") {
            let inside = pair[pair.index(after: open)...].prefix { $0 != ")" }.split(separator: " ")
            guard inside.count == 2, let east = number(inside[0]), let north = number(inside[1]) else {
                return nil
            }
            return found(north, east)
        }
        let text = pair.filter { !"[]()°".contains($0) }
        for separator in [";", ", ", " ", ","] {
            let parts = text.split(separator: separator).filter { !$0.allSatisfy(\.isWhitespace) }
            if parts.count == 2, let north = number(parts[0]), let east = number(parts[1]) {
                return found(north, east)
            }
        }
        return nil
    }

    /// The position with latitude and longitude exchanged, where that is one.
    static func swapped(_ position: Position) -> Position? {
        self.position(Double(position.longitudeE6) / 1e6, Double(position.latitudeE6) / 1e6)
    }

    private static func found(_ north: Double, _ east: Double) -> Found? {
        for (y, x, isSwapped) in [(north, east, false), (east, north, true)]
        where Lambert93.northings.contains(y) && Lambert93.eastings.contains(x) {
            let degrees = Lambert93.degrees(easting: x, northing: y)
            return position(degrees.latitude, degrees.longitude).map {
                Found(position: $0, wasLambert: true, wasSwapped: isSwapped)
            }
        }
        // 0, 0 is how a program writes that it does not know.
        if north == 0, east == 0 { return nil }
        if !metropolitanLatitude.contains(north), metropolitanLatitude.contains(east),
            metropolitanLongitude.contains(north)
        {
            return position(east, north).map { Found(position: $0, wasSwapped: true) }
        }
        return position(north, east).map { Found(position: $0) }
            ?? position(east, north).map { Found(position: $0, wasSwapped: true) }
    }

    private static func position(_ north: Double, _ east: Double) -> Position? {
        guard north.magnitude <= 90, east.magnitude <= 180 else { return nil }
        // Invariant: both products are under 180 million, which an Int holds.
        return Position(latitudeE6: Int((north * 1e6).rounded()), longitudeE6: Int((east * 1e6).rounded()))
    }

    /// A number with a point or a comma before its decimals, and spaces between thousands.
    private static func number(_ text: some StringProtocol) -> Double? {
        // Digits, a point and a minus: as they are.
        if text.utf8.count <= 40,
            text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        {
            return Double(text)
        }
        var plain = ""
        var decimals = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "-", "+": plain.unicodeScalars.append(scalar)
            case ".", ",":
                decimals += 1
                plain += "."
            case "−", "–": plain += "-"
            case "°": break
            default: guard scalar.properties.isWhitespace else { return nil }
            }
        }
        guard decimals <= 1, plain.utf8.count <= 40, let value = Double(plain), value.isFinite else {
            return nil
        }
        return value
    }
}

extension Position {
    /// Kilometres to another position, on a sphere: enough to tell a place from another commune's.
    func kilometres(to other: Position) -> Double {
        let radians = Double.pi / 180e6
        let (a, b) = (Double(latitudeE6) * radians, Double(other.latitudeE6) * radians)
        let (up, along) = (sin((b - a) / 2), sin(Double(other.longitudeE6 - longitudeE6) * radians / 2))
        return 2 * 6371 * asin(min(1, (up * up + cos(a) * cos(b) * along * along).squareRoot()))
    }
}
