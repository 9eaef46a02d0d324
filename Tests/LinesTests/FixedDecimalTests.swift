import Lines
import Testing

@Suite("Fixed decimals")
struct FixedDecimalTests {
    @Test(
        "A decimal is written with the fewest digits, and at least one after the dot",
        arguments: [
            (48_856_600, 6, "48.8566"), (0, 6, "0.0"), (-1, 6, "-0.000001"), (12_000_000, 6, "12.0"),
            (-5, 1, "-0.5"),
            (Int.min, 1, "-922337203685477580.8"), (Int.max, 18, "9.223372036854775807"),
        ])
    func description(units: Int, places: Int, text: String) throws {
        let value = try #require(FixedDecimal(units: units, places: places))
        #expect(value.description == text)
        #expect(FixedDecimal(parsing: text, places: places) == value)
    }

    @Test(
        "Zeros at the end and a missing fraction are understood",
        arguments: [
            ("48.856600", 48_856_600), ("7", 7_000_000), ("-7", -7_000_000), ("-0", 0), ("0.10", 100_000),
        ])
    func parsing(text: String, units: Int) {
        #expect(FixedDecimal(parsing: text, places: 6)?.units == units)
    }

    @Test(
        "Other spellings, more precision and larger values than asked are refused",
        arguments: [
            "", "-", ".5", "5.", "+5", "05", "1e3", "1,5", " 1", "1 ", "0x1", "1.2.3", "1.0000000", "--1",
            "1.-2", "٣",
            "9223372036854.775808", "-9223372036854.775809", "1e400", "99999999999999999999", "NaN", "inf",
        ])
    func refused(_ text: String) {
        #expect(FixedDecimal(parsing: text, places: 6) == nil)
    }

    @Test("The extremes that fit are read")
    func extremes() {
        #expect(FixedDecimal(parsing: "9223372036854.775807", places: 6)?.units == Int.max)
        #expect(FixedDecimal(parsing: "-9223372036854.775808", places: 6)?.units == Int.min)
    }

    @Test(
        "Rounding goes to the nearest, halves away from zero",
        arguments: [
            ("2.35222195", 2_352_222), ("2.35222149", 2_352_221), ("-1.0000005", -1_000_001),
            ("-1.0000004", -1_000_000),
            ("1.99999999", 2_000_000), ("1.5", 1_500_000),
        ])
    func rounding(text: String, units: Int) {
        #expect(FixedDecimal(rounding: text, places: 6)?.units == units)
    }

    @Test("Rounding never goes beyond what is held, and still refuses what is no number")
    func roundingRefuses() {
        #expect(FixedDecimal(rounding: "9223372036854.7758075", places: 6) == nil)
        #expect(FixedDecimal(rounding: "1.0000000x", places: 6) == nil)
        #expect(FixedDecimal(rounding: "", places: 6) == nil)
    }

    @Test("Places are 1 to 18", arguments: [0, 19, -1, Int.max, Int.min])
    func places(_ places: Int) {
        #expect(FixedDecimal(units: 1, places: places) == nil)
        #expect(FixedDecimal(parsing: "1", places: places) == nil)
    }

    @Test("Values are compared whatever their places, and the order agrees with equality")
    func order() throws {
        let half = try #require(FixedDecimal(units: 5, places: 1))
        let longHalf = try #require(FixedDecimal(units: 500_000, places: 6))
        let less = try #require(FixedDecimal(units: 499_999, places: 6))
        #expect(less < half && !(half < less))
        #expect(half != longHalf && half < longHalf && !(longHalf < half))
        let lowest = try #require(FixedDecimal(units: Int.min, places: 1))
        let tiniest = try #require(FixedDecimal(units: Int.min, places: 18))
        #expect(lowest < tiniest && tiniest < half && !(tiniest < lowest))
    }

    @Test("Degrees have six places, kilometres one")
    func shorthands() {
        #expect(FixedDecimal(microdegrees: -1_553_600).description == "-1.5536")
        #expect(FixedDecimal(hectometres: 123).description == "12.3")
    }
}
