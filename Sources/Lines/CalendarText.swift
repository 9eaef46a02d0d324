/// Days and instants as lines write them: checked, never computed with.
package enum CalendarText {
    /// True for a day of the Gregorian calendar as `YYYY-MM-DD`, year 0001…9999.
    package static func isDate(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 10 && isDate(bytes[...])
    }

    /// True for an instant in UTC as `YYYY-MM-DDTHH:MM:SSZ`; no fractions, no leap second, no other offset.
    package static func isTimestamp(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, isDate(bytes[..<10]) else { return false }
        guard bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "Z")
        else { return false }
        guard let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19])
        else { return false }
        return hour < 24 && minute < 60 && second < 60
    }

    /// `bytes` holds ten bytes, from index 0.
    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return false }
        return year >= 1 && (1...12).contains(month) && day >= 1 && day <= days(in: month, of: year)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// At most four digits, so no overflow.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        var total = 0
        for byte in bytes {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            total = total * 10 + Int(byte) - 48
        }
        return total
    }
}
