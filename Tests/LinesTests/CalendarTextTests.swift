import Lines
import Testing

@Suite("Days and instants")
struct CalendarTextTests {
    @Test(
        "Days of the calendar are dates", arguments: ["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func dates(_ text: String) {
        #expect(CalendarText.isDate(text))
    }

    @Test(
        "What is no day of the calendar is no date",
        arguments: [
            "2023-02-29", "1900-02-29", "2024-04-31", "2024-00-10", "2024-13-01", "2024-01-00", "2024-01-32",
            "0000-01-01",
            "2024-1-1", "24-01-01", "2024/01/01", "01-01-2024", "2024-01-01 ", "", "2024-01-1x", "٢٠٢٤-٠١-٠١",
            "+024-01-01",
        ])
    func noDates(_ text: String) {
        #expect(!CalendarText.isDate(text))
    }

    @Test("Every day that follows another is a date, four centuries long")
    func everyDay() {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var days = 0
        for year in 1801...2200 {
            for month in 1...12 {
                for day in 1...31 {
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                    let leap =
                        month == 2 && year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year == 2000)
                    let expected = day <= lengths[month - 1] + (leap ? 1 : 0)
                    if CalendarText.isDate(text) != expected { Issue.record("\(text)") }
                    days += expected ? 1 : 0
                }
            }
        }
        #expect(days == 146_097)
    }

    @Test(
        "Instants are written in UTC to the second",
        arguments: ["2027-03-01T00:00:00Z", "2024-02-29T23:59:59Z"])
    func timestamps(_ text: String) {
        #expect(CalendarText.isTimestamp(text))
    }

    @Test(
        "Other ways of writing an instant are refused",
        arguments: [
            "2027-03-01T24:00:00Z", "2027-03-01T00:60:00Z", "2027-03-01T23:59:60Z", "2027-03-01T00:00:00",
            "2027-03-01T00:00:00z", "2027-03-01 00:00:00Z", "2027-03-01T00:00:00.0Z",
            "2027-03-01T00:00:00+00:00",
            "2027-02-29T00:00:00Z", "", "2027-03-01",
        ])
    func noTimestamps(_ text: String) {
        #expect(!CalendarText.isTimestamp(text))
    }
}
