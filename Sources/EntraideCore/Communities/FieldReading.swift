import Foundation
package import Lines
package import Matching

/// Checks of single values, wherever they come from: a profile file, an option, an imported cell.
package enum FieldCheck {
    /// A text of at most `limit` UTF-8 bytes, in Unicode's composed form, without what nobody sees, trimmed of outer white
    /// space.
    package static func text(_ raw: String, limit: Int, field: String) throws(EntraideError) -> String {
        // Plain ASCII is composed already, and no character of it is refused.
        if raw.utf8.count <= limit, raw.utf8.first ?? 0x20 != 0x20, raw.utf8.last != 0x20, raw != "-",
            raw.utf8.allSatisfy({ 0x20...0x7E ~= $0 })
        {
            return raw
        }
        let text = VisibleText.of(raw).precomposedStringWithCanonicalMapping
            .trimmingCharacters(in: .whitespaces)
        // What the system put in the place of bytes that are not UTF-8, on a command line.
        if text.unicodeScalars.contains("\u{FFFD}") {
            throw EntraideError(.invalidUTF8, at: Place(field: field))
        }
        guard !text.isEmpty, text != "-" else { throw EntraideError(.badText, at: Place(field: field)) }
        guard text.utf8.count <= limit else {
            throw EntraideError(.tooLong, ["limit": "\(limit)"], at: Place(field: field))
        }
        if let scalar = text.unicodeScalars.first(where: \.isRefusedInLines) {
            // The character alone: the text around it may be a contact.
            throw EntraideError(
                .controlCharacter, ["character": escapingControls(String(scalar))], at: Place(field: field))
        }
        return text
    }

    package static func slug(_ raw: String, field: String) throws(EntraideError) -> String {
        guard Slug.isValid(raw) else {
            throw EntraideError(.badSlug, ["value": excerpt(of: raw)], at: Place(field: field))
        }
        return raw
    }

    /// A code of a closed list, or the word that people read in its place in either language (`tiers-lieu`).
    package static func code<C: CodeList>(
        _ raw: String, field: String, as: C.Type = C.self
    ) throws(EntraideError) -> C {
        if let code = C(rawValue: raw) { return code }
        let folded = Folding.fold(raw)
        let named = C.allCases.first { code in
            Folding.fold(code.label.fr) == folded || Folding.fold(code.label.en) == folded
        }
        guard let named else {
            throw EntraideError(
                .unknownCode,
                ["value": excerpt(of: raw), "allowed": C.allCases.map(\.rawValue).joined(separator: ", ")],
                at: Place(field: field))
        }
        return named
    }

    /// The code of a territory, as it is known or will be once territories are loaded: letters, digits and hyphens.
    package static func territory(_ raw: String, field: String) throws(EntraideError) -> String {
        guard Code.isValid(raw), raw.utf8.count <= ProfileLimits.territory else {
            throw EntraideError(.wrongType, ["expected": "59183, 2A004, …"], at: Place(field: field))
        }
        return raw
    }

    /// Several codes, each once.
    package static func codes<C: CodeList>(_ raw: [String], field: String, as: C.Type = C.self)
        throws(EntraideError) -> [C]
    {
        var codes: [C] = []
        for value in raw {
            let code = try code(value, field: field, as: C.self)
            if !codes.contains(code) { codes.append(code) }
        }
        return codes
    }

    /// Language codes: two or three lower-case letters of ISO 639, with subtags of BCP 47 if need be.
    package static func languages(_ raw: [String], field: String) throws(EntraideError) -> [String] {
        var languages: [String] = []
        for value in raw {
            guard Slug.isValid(value), let head = value.split(separator: "-").first,
                (2...3).contains(head.utf8.count),
                head.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
            else {
                throw EntraideError(
                    .unknownCode, ["value": excerpt(of: value), "allowed": "fr, en, br, oc, …"],
                    at: Place(field: field))
            }
            if !languages.contains(value) { languages.append(value) }
        }
        guard languages.count <= ProfileLimits.languages else {
            throw EntraideError(
                .outOfRange, ["range": "1–\(ProfileLimits.languages)"], at: Place(field: field))
        }
        return languages
    }

    package static func integer(_ value: Int, in range: ClosedRange<Int>, field: String) throws(EntraideError)
        -> Int
    {
        guard range.contains(value) else {
            throw EntraideError(
                .outOfRange, ["range": "\(range.lowerBound)–\(range.upperBound)"], at: Place(field: field))
        }
        return value
    }

    package static func integer(_ raw: String, in range: ClosedRange<Int>, field: String)
        throws(EntraideError) -> Int
    {
        guard let value = Int(raw) else {
            // More digits than an integer holds are a number all the same, and far out of range.
            let digits = raw.hasPrefix("-") ? raw.dropFirst() : raw[...]
            let isNumber =
                !digits.isEmpty && digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
            throw EntraideError(
                isNumber ? .outOfRange : .wrongType,
                [
                    "expected": "\(range.lowerBound)–\(range.upperBound)",
                    "range": "\(range.lowerBound)–\(range.upperBound)",
                ], at: Place(field: field))
        }
        return try integer(value, in: range, field: field)
    }

    /// `YYYY-MM-DD` that the calendar has.
    package static func date(_ raw: String, field: String) throws(EntraideError) -> String {
        guard CalendarText.isDate(raw) else {
            throw EntraideError(.badDate, ["value": excerpt(of: raw)], at: Place(field: field))
        }
        return raw
    }

    /// A date that is not past on `day`.
    package static func coming(
        _ raw: String, on day: String, field: String
    ) throws(EntraideError) -> String {
        let value = try date(raw, field: field)
        guard value >= day else {
            throw EntraideError(.pastDate, ["value": value, "today": day], at: Place(field: field))
        }
        return value
    }

    /// Degrees with a decimal point and at most six decimals, both or neither.
    package static func position(latitude: String?, longitude: String?) throws(EntraideError) -> Position? {
        try position(latitude, longitude) { FixedDecimal(parsing: $0, places: 6) }
    }

    /// The same, rounded to six decimals: published files give as many as their program had.
    static func position(
        roundedLatitude latitude: String?, roundedLongitude longitude: String?
    ) throws(EntraideError) -> Position? {
        try position(latitude, longitude) { FixedDecimal(rounding: $0, places: 6) }
    }

    private static func position(
        _ latitude: String?, _ longitude: String?, _ read: (String) -> FixedDecimal?
    ) throws(EntraideError) -> Position? {
        if latitude == nil, longitude == nil { return nil }
        guard let north = latitude.flatMap(read)?.units, let east = longitude.flatMap(read)?.units,
            Limits.latitudeE6.contains(north), Limits.longitudeE6.contains(east)
        else {
            throw EntraideError(.badCoordinates, at: Place(field: "latitude, longitude"))
        }
        return Position(latitudeE6: north, longitudeE6: east)
    }
}

extension Slug {
    /// A slug from a folded name: its letters and digits, hyphens between, cut at 63 bytes. Nil when nothing is left.
    package static func made(from folded: String) -> String? {
        var bytes: [UInt8] = []
        for byte in folded.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                bytes.append(byte)
            default: if let last = bytes.last, last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
            }
        }
        bytes = Array(bytes.prefix(maxBytes))
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
