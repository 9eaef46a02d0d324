import Lines

/// Reads days as people and spreadsheets write them, the day before the month: `19/02/2020`, `01/12/23`, `2024-04-02`,
/// `2 avril 2024`, `44927` (days since 30 December 1899, as spreadsheets count).
package enum DateReading {
    /// `YYYY-MM-DD`, or nil when the text is no day of the calendar.
    package static func day(_ text: String) -> String? {
        // A time of day that follows is left.
        let words = text.split { $0 == " " || $0 == "T" }
        if let first = words.first {
            let isTimed = words.count == 2 && words[1].contains(":") || words.count == 1
            if isTimed, let day = numeric(first) { return day }
        }
        return named(text) ?? serial(text)
    }

    private static func numeric(_ text: Substring) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { "/-.".contains($0) }
        guard parts.count == 3, parts.allSatisfy(isDigits) else { return nil }
        if parts[0].utf8.count == 4 { return day(parts[0], parts[1], parts[2]) }
        return parts[2].utf8.count == 4 || parts[2].utf8.count == 2 ? day(parts[2], parts[1], parts[0]) : nil
    }

    private static let months = [
        ["janvier", "janv", "jan", "january"], ["fevrier", "fevr", "fev", "february", "feb"],
        ["mars", "march", "mar"], ["avril", "avr", "april", "apr"], ["mai", "may"], ["juin", "june", "jun"],
        ["juillet", "juil", "july", "jul"], ["aout", "august", "aug"],
        ["septembre", "sept", "sep", "september"],
        ["octobre", "oct", "october"], ["novembre", "nov", "november"], ["decembre", "dec", "december"],
    ]

    private static func named(_ text: String) -> String? {
        let words = Folding.fold(text).split { !$0.isLetter && !$0.isNumber }
        guard words.count == 3 || words.count == 4, let year = words.last else { return nil }
        let rest = words.dropLast().suffix(2)
        for (number, month) in [(rest.first, rest.last), (rest.last, rest.first)] {
            guard let number, let month, let index = months.firstIndex(where: { $0.contains(String(month)) })
            else {
                continue
            }
            let digits = number.prefix(while: \.isNumber)
            guard ["", "er", "st", "nd", "rd", "th"].contains(number.dropFirst(digits.count)) else {
                continue
            }
            return day(year, Substring("\(index + 1)"), digits)
        }
        return nil
    }

    private static func serial(_ text: String) -> String? {
        // From 1927 to 2119: a year, a count of people or a postcode of four digits is no day.
        let whole = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard whole.count <= 2, whole.allSatisfy(isDigits), whole[0].utf8.count == 5,
            let days = Int(whole[0]),
            (10_000...80_000).contains(days)
        else { return nil }
        // Days to a civil date: Howard Hinnant, "chrono-compatible low-level date algorithms". Day 0 of the era is
        // 1 March 0000; a spreadsheet's day 0 is 693,899 days later.
        let shifted = days + 693_899
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return Self.day("\(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))", "\(month)", "\(day)")
    }

    private static func day(
        _ year: some StringProtocol, _ month: some StringProtocol, _ day: some StringProtocol
    ) -> String? {
        guard isDigits(year), isDigits(month), isDigits(day), year.utf8.count == 4 || year.utf8.count == 2,
            var number = Int(year)
        else { return nil }
        // Two digits are a year from 1970 to 2069.
        if year.utf8.count == 2 { number += number < 70 ? 2000 : 1900 }
        func padded(_ text: some StringProtocol) -> String {
            text.utf8.count == 1 ? "0\(text)" : String(text)
        }
        let date = "\(number)-\(padded(month))-\(padded(day))"
        return CalendarText.isDate(date) ? date : nil
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 5
            && text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    }
}
