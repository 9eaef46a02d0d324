/// Numbers and days as people read them. Machine formats know none of this: a point, ISO 8601, no language.
extension Language {
    /// A number written with a point, with this language's decimal sign: `0.92` is `0,92` in French.
    package func decimal(_ number: String) -> String {
        self == .fr ? number.replacing(".", with: ",") : number
    }

    /// Parts per million with three decimals, halves away from zero: 873000 is `0.873`, in French `0,873`.
    package func thousandths(ofPPM value: Int) -> String {
        // The magnitude is at most 2^63, so adding 500 to it as an unsigned integer cannot overflow.
        fixed((value.magnitude + 500) / 1000, places: 3, isNegative: value < 0)
    }

    /// Parts per million as per cent, halves away from zero: 15000 is `1.5 %`, in French `1,5 %`, the sign kept beside its
    /// number.
    ///
    /// - Parameter places: decimals, 0 to 2.
    package func percent(ofPPM value: Int, places: Int = 1) -> String {
        let unit: UInt = places == 0 ? 10_000 : places == 1 ? 1000 : 100
        let number = fixed((value.magnitude + unit / 2) / unit, places: min(2, places), isNegative: value < 0)
        return number + (self == .fr ? "\u{202F}%" : "\u{00A0}%")
    }

    /// A day given as YYYY-MM-DD, or the day of an instant, in words: `26 November 2026`, `1er mars 2027`. Anything else
    /// stays as it is.
    package func day(_ text: String) -> String {
        let date = text.prefix(10)
        guard CalendarText.isDate(date), let year = Int(date.prefix(4)),
            let month = Int(date.dropFirst(5).prefix(2)), let day = Int(date.suffix(2))
        else { return text }
        let name = Self.months[month - 1]
        return self == .fr
            ? "\(day)\(day == 1 ? "er" : "") \(name.fr) \(year)" : "\(day) \(name.en) \(year)"
    }

    /// A year or a day after the word that dates something: `de 2025`, `du 1er juillet 2025`; `of 2025`, `of 1 July 2025`.
    package func dated(_ text: String) -> String {
        let isDay = CalendarText.isDate(text)
        return (self == .fr ? (isDay ? "du " : "de ") : "of ") + day(text)
    }

    private static let months: [(fr: String, en: String)] = [
        ("janvier", "January"), ("février", "February"), ("mars", "March"), ("avril", "April"),
        ("mai", "May"),
        ("juin", "June"), ("juillet", "July"), ("août", "August"), ("septembre", "September"),
        ("octobre", "October"), ("novembre", "November"), ("décembre", "December"),
    ]

    private func fixed(_ units: UInt, places: Int, isNegative: Bool) -> String {
        let digits = String(units)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        let sign = isNegative && units > 0 ? (self == .fr ? "\u{2212}" : "-") : ""
        guard places > 0 else { return sign + padded }
        return sign + padded.dropLast(places) + (self == .fr ? "," : ".") + padded.suffix(places)
    }
}
