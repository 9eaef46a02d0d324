/// A decimal number kept as an integer count of its smallest unit: 48.8566° with six places is 48856600 units.
///
/// No binary floating point takes part, so the same text gives the same value on every machine.
/// Written with the fewest digits that keep the value, and at least one decimal: `48.8566`, `12.0`, `-0.5`.
package struct FixedDecimal: Sendable, Hashable {
    /// The number in units of 10^-places.
    package let units: Int
    /// How many decimals one unit stands for, 1…18.
    package let places: Int

    /// The range of `places`: 10^18 is the last power of ten that an `Int` holds.
    package static let placesRange = 1...18

    /// Nil when `places` is outside 1…18.
    package init?(units: Int, places: Int) {
        guard Self.placesRange.contains(places) else { return nil }
        self.init(units: units, trustedPlaces: places)
    }

    /// A latitude or longitude in millionths of a degree, written with six places.
    package init(microdegrees: Int) {
        self.init(units: microdegrees, trustedPlaces: 6)
    }

    /// A distance in units of 100 m, written in kilometres with one place.
    package init(hectometres: Int) {
        self.init(units: hectometres, trustedPlaces: 1)
    }

    private init(units: Int, trustedPlaces: Int) {
        self.units = units
        self.places = trustedPlaces
    }

    /// Reads `-?digits(.digits)?` with at most `places` decimals, no superfluous leading zero, no sign `+`, no exponent.
    ///
    /// Nil when the text has another shape, is more precise than `places`, or does not fit in an `Int` of units.
    package init?(parsing text: some StringProtocol, places: Int) {
        self.init(reading: text, places: places, rounding: false)
    }

    /// As `init(parsing:places:)`, but digits beyond `places` are rounded, halves away from zero: for files of others,
    /// that give coordinates to the nanometre.
    package init?(rounding text: some StringProtocol, places: Int) {
        self.init(reading: text, places: places, rounding: true)
    }

    private init?(reading text: some StringProtocol, places: Int, rounding: Bool) {
        guard Self.placesRange.contains(places) else { return nil }
        let bytes = Array(text.utf8)
        var index = 0
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { index = 1 }
        let firstDigit = index
        var total = 0

        // Values grow towards the sign they will have, so that Int.min can be read.
        func add(_ digit: Int, to total: Int) -> Int? {
            let (product, productOverflow) = total.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = product.addingReportingOverflow(negative ? -digit : digit)
            return productOverflow || sumOverflow ? nil : sum
        }

        while index < bytes.count, let digit = Self.digit(bytes[index]) {
            guard let next = add(digit, to: total) else { return nil }
            total = next
            index += 1
        }
        let whole = index - firstDigit
        guard whole > 0, whole == 1 || bytes[firstDigit] != UInt8(ascii: "0") else { return nil }

        var decimals = 0
        var roundsAway = false
        if index < bytes.count {
            guard bytes[index] == UInt8(ascii: ".") else { return nil }
            index += 1
            guard index < bytes.count else { return nil }
            while index < bytes.count {
                guard let digit = Self.digit(bytes[index]) else { return nil }
                if decimals < places {
                    guard let next = add(digit, to: total) else { return nil }
                    total = next
                } else if !rounding {
                    return nil
                } else if decimals == places {
                    roundsAway = digit >= 5
                }
                decimals += 1
                index += 1
            }
        }
        while decimals < places {
            guard let next = add(0, to: total) else { return nil }
            total = next
            decimals += 1
        }
        if roundsAway {
            let (next, overflow) = total.addingReportingOverflow(negative ? -1 : 1)
            guard !overflow else { return nil }
            total = next
        }
        self.init(units: total, trustedPlaces: places)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int(byte) - 48 : nil
    }

    /// 10^places; no overflow, since places ≤ 18.
    private var scale: Int {
        var power = 1
        for _ in 0..<places { power *= 10 }
        return power
    }
}

extension FixedDecimal: Comparable {
    /// By value; equal values of different places are ordered by places, so that `<` agrees with `==`.
    package static func < (left: FixedDecimal, right: FixedDecimal) -> Bool {
        let leftScaled = left.units.multipliedFullWidth(by: right.scale)
        let rightScaled = right.units.multipliedFullWidth(by: left.scale)
        if leftScaled.high != rightScaled.high { return leftScaled.high < rightScaled.high }
        if leftScaled.low != rightScaled.low { return leftScaled.low < rightScaled.low }
        return left.places < right.places
    }
}

extension FixedDecimal: CustomStringConvertible {
    /// The fewest digits that keep the value, and at least one decimal.
    package var description: String {
        let magnitude = units.magnitude
        let scale = scale.magnitude
        var decimals = String(magnitude % scale)
        decimals = String(repeating: "0", count: places - decimals.utf8.count) + decimals
        while decimals.utf8.count > 1, decimals.hasSuffix("0") { decimals.removeLast() }
        return (units < 0 ? "-" : "") + String(magnitude / scale) + "." + decimals
    }
}
