/// The names that people type and address: `fablab-nantes`, `impression-3d`.
package enum Slug {
    /// The longest slug, in bytes: it fits a DNS label and a PostgreSQL identifier.
    package static let maxBytes = 63

    /// True for `[a-z0-9]+(-[a-z0-9]+)*` of at most 63 bytes.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        var count = 0
        // True before the first byte and after a dash: places where no dash may stand.
        var dashForbidden = true
        for byte in text.utf8 {
            count += 1
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                dashForbidden = false
            case UInt8(ascii: "-"):
                if dashForbidden { return false }
                dashForbidden = true
            default:
                return false
            }
            if count > maxBytes { return false }
        }
        return !dashForbidden
    }
}

/// The words of closed lists and other names that machines give: `accepted_provider`, `community.added`, `2A004`,
/// `printemps-2027/12`, `*`, a digest.
package enum Code {
    /// The longest code, in bytes: a SHA-512 in hexadecimal would still not fit, everything of ours does.
    package static let maxBytes = 127

    /// True for 1…127 bytes of letters, digits and `_ . : / * -`, other than a lone `-`.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        var count = 0
        var onlyDashes = true
        for byte in text.utf8 {
            count += 1
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: ":"),
                UInt8(ascii: "/"), UInt8(ascii: "*"):
                onlyDashes = false
            case UInt8(ascii: "-"):
                break
            default:
                return false
            }
            if count > maxBytes { return false }
        }
        return !onlyDashes
    }
}
