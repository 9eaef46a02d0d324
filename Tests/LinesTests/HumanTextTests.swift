import Lines
import Testing

@Suite("Numbers and days as people read them")
struct HumanTextTests {
    @Test("Parts per million with three decimals, halves away from zero")
    func thousandths() {
        for (value, fr, en) in [
            (920_000, "0,920", "0.920"), (0, "0,000", "0.000"), (-400, "0,000", "0.000"),
            (500, "0,001", "0.001"),
            (-1_234_500, "\u{2212}1,235", "-1.235"), (12_000_000, "12,000", "12.000"),
            (Int.min, "\u{2212}9223372036854,776", "-9223372036854.776"),
        ] {
            #expect(Language.fr.thousandths(ofPPM: value) == fr)
            #expect(Language.en.thousandths(ofPPM: value) == en)
        }
    }

    @Test("Per cent, the sign kept beside its number")
    func percent() {
        #expect(Language.fr.percent(ofPPM: 15_000) == "1,5\u{202F}%")
        #expect(Language.en.percent(ofPPM: 15_000) == "1.5\u{A0}%")
        #expect(Language.fr.percent(ofPPM: 1_234, places: 2) == "0,12\u{202F}%")
        #expect(Language.fr.percent(ofPPM: 995_000, places: 0) == "100\u{202F}%")
        #expect(Language.fr.percent(ofPPM: -15_499) == "\u{2212}1,5\u{202F}%")
        #expect(Language.fr.percent(ofPPM: -20) == "0,0\u{202F}%")
    }

    @Test("Days in words, the first of a month as French says it; anything else as it is")
    func days() {
        #expect(Language.fr.day("2026-11-26") == "26 novembre 2026")
        #expect(Language.fr.day("2027-03-01T10:00:00Z") == "1er mars 2027")
        #expect(Language.en.day("2027-03-01") == "1 March 2027")
        for other in ["2026", "2026-13-01", "-", "hier"] { #expect(Language.fr.day(other) == other) }
        #expect(
            Language.fr.dated("2025") == "de 2025" && Language.fr.dated("2025-07-01") == "du 1er juillet 2025"
        )
        #expect(Language.en.dated("2025-07-01") == "of 1 July 2025")
        #expect(Language.fr.decimal("48.85") == "48,85" && Language.en.decimal("48.85") == "48.85")
    }
}
