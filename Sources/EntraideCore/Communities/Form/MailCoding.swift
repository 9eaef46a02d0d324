/// How a mail carries bytes that lines of ASCII cannot: RFC 2045. What is malformed is read as far as it goes, since it
/// is a person's answer and not a program's.
enum MailCoding {
    /// The bytes of a body in this `Content-Transfer-Encoding`; any other name leaves them as they are, and copies nothing.
    ///
    /// - Complexity: O(length), and no more than `most` bytes are made.
    /// - Returns: nil when they are more than `most`.
    static func decoded(_ body: ArraySlice<UInt8>, as encoding: String, most: Int) -> ArraySlice<UInt8>? {
        let bytes =
            switch encoding.lowercased() {
            case "quoted-printable": quotedPrintable(body, most: most)
            case "base64": base64(body, most: most)
            default: body
            }
        return bytes.count > most ? nil : bytes
    }

    /// `=E9` is a byte, and `=` at the end of a line joins it to the next. An equals sign that is neither stays. Stops once past
    /// `most` bytes.
    private static func quotedPrintable(_ body: ArraySlice<UInt8>, most: Int) -> ArraySlice<UInt8> {
        var bytes: [UInt8] = []
        var index = body.startIndex
        while index < body.endIndex, bytes.count <= most {
            guard body[index] == UInt8(ascii: "=") else {
                bytes.append(body[index])
                index += 1
                continue
            }
            if index + 2 < body.endIndex, let high = hexadecimal(body[index + 1]),
                let low = hexadecimal(body[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
                continue
            }
            // A soft break may have gained white space on its way.
            var end = index + 1
            while end < body.endIndex, body[end] == 0x20 || body[end] == 0x09 || body[end] == 0x0D {
                end += 1
            }
            if end >= body.endIndex || body[end] == 0x0A {
                index = end + 1
            } else {
                bytes.append(body[index])
                index += 1
            }
        }
        return bytes[...]
    }

    /// Six bits a letter. What is no letter of the alphabet is skipped; `=` ends a run, and another may follow. Stops once past
    /// `most` bytes.
    private static func base64(_ body: ArraySlice<UInt8>, most: Int) -> ArraySlice<UInt8> {
        var bytes: [UInt8] = []
        var held: UInt32 = 0
        var bits: UInt32 = 0
        for byte in body {
            if byte == UInt8(ascii: "=") {
                (held, bits) = (0, 0)
                continue
            }
            guard let value = sixBits(byte) else { continue }
            held = held << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> bits))
                if bytes.count > most { break }
                held &= 1 << bits - 1
            }
        }
        return bytes[...]
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func sixBits(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
