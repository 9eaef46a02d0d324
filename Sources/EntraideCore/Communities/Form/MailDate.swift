/// The date of a mail: `Tue, 12 Jan 2027 10:12:00 +0100 (CET)`, as RFC 5322 writes it.
enum MailDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    /// Hours from UTC of the zones that have names.
    private static let zones = [
        "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8, "pdt": -7,
    ]

    /// Seconds since 1970; nil for what is no such date. A year of two digits is one of 1950 to 2049.
    static func seconds(_ text: String) -> Int? {
        var words = withoutComments(text).split { $0 == " " || $0 == "\t" || $0 == "," }.map {
            $0.lowercased()
        }[...]
        if let first = words.first, first.allSatisfy(\.isLetter) { words.removeFirst() }
        guard words.count >= 4, let day = number(words.removeFirst(), upTo: 31), day > 0,
            let month = months.firstIndex(of: String(words.removeFirst().prefix(3))),
            var year = number(words.removeFirst(), upTo: 9999)
        else { return nil }
        if year < 100 { year += year < 50 ? 2000 : 1900 }
        let clock = words.removeFirst().split(separator: ":", omittingEmptySubsequences: false).map(
            String.init)
        guard (2...3).contains(clock.count), year >= 1900, let hour = number(clock[0], upTo: 23),
            let minute = number(clock[1], upTo: 59),
            let second = clock.count == 3 ? number(clock[2], upTo: 60) : 0,
            let offset = words.isEmpty ? 0 : offset(words.removeFirst())
        else { return nil }
        return days(year, month + 1, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    private static func withoutComments(_ text: String) -> String {
        var depth = 0
        return String(
            text.prefix(200).filter { character in
                if character == "(" { depth += 1 }
                defer { if character == ")", depth > 0 { depth -= 1 } }
                return depth == 0
            })
    }

    private static func number(_ text: some StringProtocol, upTo most: Int) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), number <= most
        else { return nil }
        return number
    }

    /// Seconds from UTC of `+0100`, or of a zone's name.
    private static func offset(_ zone: String) -> Int? {
        guard let sign = zone.first, sign == "+" || sign == "-" else { return zones[zone].map { $0 * 3600 } }
        guard zone.utf8.count == 5, let hours = number(zone.dropFirst().prefix(2), upTo: 23),
            let minutes = number(zone.suffix(2), upTo: 59)
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Days from 1970 to a day of the Gregorian calendar, which counts its years from March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
