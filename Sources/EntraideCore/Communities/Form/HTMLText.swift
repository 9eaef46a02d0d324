/// The text of a mail that is written as a web page, in lines as a reader sees them.
enum HTMLText {
    /// Tags of blocks, which begin and end a line.
    private static let blocks: Set = [
        "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr",
        "blockquote",
        "section", "article", "header", "footer", "dl", "dt", "dd", "body", "center", "address",
    ]
    /// Tags whose content nobody reads.
    private static let unread: Set = ["style", "script", "head", "title", "template"]

    /// Quotes become `>` before each of their lines, so that a text may be longer than its page.
    ///
    /// - Parameter most: bytes of text.
    /// - Returns: nil for more.
    /// - Complexity: O(length).
    static func plain(_ html: String, most: Int) -> String? {
        var reading = Reading()
        let bytes = Array(html.utf8)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"): index = reading.tag(bytes, at: index)
            case UInt8(ascii: "&"): index = reading.entity(bytes, at: index)
            default:
                reading.add(bytes[index])
                index += 1
            }
            if reading.text.count > most { return nil }
        }
        reading.endLine()
        guard reading.text.count <= most else { return nil }
        return String(decoding: reading.text, as: UTF8.self)
    }

    private struct Reading {
        var text: [UInt8] = []
        private var line: [UInt8] = []
        private var depth = 0
        private var isSpaceDue = false
        private var isPreformatted = false
        private var unreadTag: String?

        mutating func endLine() {
            text += [UInt8](repeating: UInt8(ascii: ">"), count: depth)
            if depth > 0 { text.append(0x20) }
            text += line
            text.append(0x0A)
            line = []
            isSpaceDue = false
        }

        private mutating func endLineIfBegun() { if !line.isEmpty { endLine() } }

        mutating func add(_ byte: UInt8) {
            guard unreadTag == nil else { return }
            if isPreformatted, byte == 0x0A { return endLine() }
            if !isPreformatted, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                isSpaceDue = !line.isEmpty
                return
            }
            if isSpaceDue { line.append(0x20) }
            isSpaceDue = false
            line.append(byte)
        }

        /// Reads a tag or a comment; the place after it.
        mutating func tag(_ bytes: [UInt8], at start: Int) -> Int {
            if bytes[start...].starts(with: Array("<!--".utf8)) {
                var index = start + 4
                while index + 2 < bytes.count,
                    !(bytes[index] == 0x2D && bytes[index + 1] == 0x2D && bytes[index + 2] == 0x3E)
                { index += 1 }
                return min(index + 3, bytes.count)
            }
            var end = start + 1
            let isNamed =
                end < bytes.count
                && (bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: "!")
                    || HTMLText.isLetter(bytes[end]))
            guard isNamed else {
                add(bytes[start])
                return start + 1
            }
            var quote: UInt8?
            while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
                if let open = quote {
                    if bytes[end] == open { quote = nil }
                } else if bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'"),
                    bytes[end - 1] == UInt8(ascii: "=")
                {
                    quote = bytes[end]
                }
                end += 1
            }
            let content = bytes[(start + 1)..<end]
            let isEnd = content.first == UInt8(ascii: "/")
            let name = String(
                decoding: content.drop { $0 == UInt8(ascii: "/") }.prefix {
                    HTMLText.isLetter($0) || (0x30...0x39).contains($0)
                }, as: UTF8.self
            ).lowercased()
            open(name, isEnd: isEnd, content)
            return min(end + 1, bytes.count)
        }

        private mutating func open(_ name: String, isEnd: Bool, _ content: ArraySlice<UInt8>) {
            if let unreadTag {
                if isEnd, name == unreadTag { self.unreadTag = nil }
                return
            }
            if HTMLText.unread.contains(name), !isEnd {
                unreadTag = name
                return
            }
            if name == "br" { return endLine() }
            if name == "input", case let attributes = String(decoding: content, as: UTF8.self).lowercased(),
                attributes.contains("checkbox") || attributes.contains("radio")
            {
                for byte in (attributes.contains("checked") ? "[x] " : "[ ] ").utf8 { add(byte) }
                return
            }
            if name == "td" || name == "th" { isSpaceDue = !line.isEmpty }
            guard HTMLText.blocks.contains(name) else { return }
            endLineIfBegun()
            if name == "pre" { isPreformatted = !isEnd }
            if name == "blockquote" { depth = isEnd ? max(0, depth - 1) : min(depth + 1, 50) }
        }

        /// Reads `&eacute;`, `&#233;` or `&#xE9;`; an ampersand that begins none of them stays.
        mutating func entity(_ bytes: [UInt8], at start: Int) -> Int {
            let name = bytes[(start + 1)...].prefix(12)
            guard let end = name.firstIndex(of: UInt8(ascii: ";")),
                let scalar = HTMLText.scalar(String(decoding: name[..<end], as: UTF8.self))
            else {
                add(bytes[start])
                return start + 1
            }
            for byte in String(scalar).utf8 { add(byte) }
            return end + 1
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The character of an entity: by its number, or by its name among those of Latin-1 and of typography.
    private static func scalar(_ name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
        return named[name].flatMap(Unicode.Scalar.init)
    }

    /// HTML 4's names of the characters from 160 to 255, in their order.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
        para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
        Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
        Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
        igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
        thorn yuml
        """.split(separator: " ").map(String.init)

    private static let named: [String: UInt32] = {
        var named: [String: UInt32] = [
            "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "OElig": 0x152, "oelig": 0x153,
            "euro": 0x20AC, "ndash": 0x2013, "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019,
            "ldquo": 0x201C,
            "rdquo": 0x201D, "bull": 0x2022, "hellip": 0x2026, "ensp": 0x2002, "emsp": 0x2003,
            "thinsp": 0x2009,
            "zwnj": 0x200C, "check": 0x2713, "cross": 0x2717,
        ]
        for (offset, name) in latin.enumerated() { named[name] = UInt32(160 + offset) }
        return named
    }()
}
