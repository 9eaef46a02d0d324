import Foundation

/// A form filled by hand, and what mail programs make of it on its way back. All who answer are fictional.
struct FilledForm {
    private(set) var lines: [String]

    init(_ form: String) {
        lines = form.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
    }

    var text: String { lines.map { $0 + "\n" }.joined() }

    /// The line on which the question of a mark ends, with its colon.
    private func end(of mark: String) -> Int? {
        guard let start = lines.firstIndex(where: { $0.hasPrefix("\(mark). ") }) else { return nil }
        return lines[start...].firstIndex { $0.contains(":") }
    }

    /// Writes after the colon, in the place of what stands there.
    mutating func write(_ answer: String, at mark: String) {
        guard let end = end(of: mark), let colon = lines[end].firstIndex(of: ":") else { return }
        lines[end] = lines[end][...colon] + (answer.isEmpty ? "" : " " + answer)
    }

    /// Writes on the line below.
    mutating func write(_ answer: String, under mark: String) {
        if let end = end(of: mark) { lines.insert(answer, at: end + 1) }
    }

    /// Ticks boxes by their letters.
    mutating func tick(_ letters: String, at mark: String, sign: String = "x") {
        guard let end = end(of: mark) else { return }
        for index in (end + 1)..<lines.count {
            guard lines[index].hasPrefix("    [") else { return }
            for letter in letters where lines[index].contains("] \(letter). ") {
                lines[index] = lines[index].replacing("[ ]", with: "[\(sign)]")
            }
        }
    }

    /// What the form of these tests says, filled plainly.
    static func workshop(_ form: String) -> FilledForm {
        var filled = FilledForm(form)
        for (mark, answer) in [
            ("Q1", "L'Œuvrière du Fanal (exemple fictif)"), ("Q3", "59140 Dunkerque"),
            ("Q4", "français, langue des signes"),
            ("Q6", "80 km"), ("N1", "comptabilité associative"), ("N1a", "1"), ("N1b", "oui"), ("N1c", "2"),
            (
                "N2",
                "réparation de vélos"
            ), ("N2a", "2, je me débrouille"), ("Q9", "4"), ("P1", "découpe laser"), ("P1a", "3"),
            ("P1c", "2"),
            ("P2", "couture"), ("P2a", "on vient me chercher pour ça"), ("Q10", "3"),
            ("Q11", "contact@fanal.example"),
        ] { filled.write(answer, at: mark) }
        for (mark, letters) in [
            ("Q2", "a"), ("Q5", "ab"), ("Q7", "bc"), ("Q8", "b"), ("Q12", "a"), ("Q13", "a"), ("Q14", "a"),
            ("Q15", "b"),
        ] { filled.tick(letters, at: mark) }
        return filled
    }

    // MARK: Mail programs

    /// Lines broken at spaces, as many programs do.
    static func wrapped(_ line: String, at width: Int, soft: Bool = false, prefix: String = "") -> [String] {
        var result: [String] = []
        var current = ""
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            if !current.isEmpty, prefix.count + current.count + 1 + word.count > width {
                result.append(prefix + current + (soft ? " " : ""))
                current = String(word)
            } else {
                current +=
                    (current.isEmpty && result.isEmpty && word.isEmpty ? " " : current.isEmpty ? "" : " ")
                    + word
            }
        }
        return result + [prefix + current]
    }

    /// Thunderbird: flowed, quoted, CRLF, answered within the quote, with a signature.
    var thunderbird: [UInt8] {
        var body = [
            "Bonjour, voici notre réponse.", "",
            "Le 12/01/2027 à 10:12, Coordination (exemple fictif) a écrit :",
        ]
        for line in lines {
            body += line.isEmpty ? [">"] : Self.wrapped(line, at: 72, soft: true, prefix: "> ")
        }
        body += ["", "-- ", "Camille (exemple fictif)", "Q. 06 00 00 00 00"]
        return Array(
            ([
                "From: Camille <camille@fanal.example>", "To: coordination@reseau.example",
                "Subject: =?UTF-8?Q?R=C3=A9_=3A_formulaire?=", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=UTF-8; format=flowed", "Content-Transfer-Encoding: 8bit",
                "",
            ] + body).map { $0 + "\r\n" }.joined().utf8)
    }

    /// Outlook: above the first message and its header, in Windows-1252, wrapped again, beside a page of the same.
    func outlook(above form: String) -> [UInt8] {
        var body = ["Bonjour,", "", "Ci-dessous nos réponses."]
        for line in lines { body += Self.wrapped(line, at: 76) }
        body += [
            "", "-----Message d'origine-----", "De : Coordination <coordination@reseau.example>",
            "Envoyé : mardi 12 janvier 2027 10:12", "À : Camille", "Objet : formulaire", "",
        ]
        body += form.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let page =
            "<html><head><style>p { margin: 0 }</style></head><body>"
            + body.map { "<p class=MsoNormal>\(Self.html($0))</p>" }.joined(separator: "\r\n")
            + "</body></html>"
        let windows = { (text: String) in
            Array(text.data(using: .windowsCP1252, allowLossyConversion: true) ?? Data())
        }
        return Self.alternative(
            plain: Self.quotedPrintable(windows(body.joined(separator: "\r\n"))),
            page: Self.quotedPrintable(windows(page)),
            charset: "Windows-1252", encoding: "quoted-printable")
    }

    /// A webmail: base64, quoted, unbreakable spaces, signs in the place of ticks, addresses made links.
    var webmail: [UInt8] {
        var body = [
            "Le mar. 12 janv. 2027 à 10:12, Coordination <coordination@reseau.example> a", "écrit :", "",
        ]
        for line in lines {
            let changed = line.replacing("[x]", with: "\u{2612}").replacing("[ ]", with: "\u{2610}")
                .replacing(
                    "contact@fanal.example", with: "contact@fanal.example <mailto:contact@fanal.example>"
                )
                .replacing("'", with: "\u{2019}").replacing("    ", with: "\u{A0} \u{A0} ")
            body += Self.wrapped("> " + changed, at: 78)
        }
        let page =
            "<div dir=\"ltr\">Bonjour</div><blockquote class=\"gmail_quote\">"
            + lines.map { "<div>\(Self.html($0))<br></div>" }.joined() + "</blockquote>"
        return Self.alternative(
            plain: Self.base64(body.map { $0 + "\r\n" }.joined()), page: Self.base64(page), charset: "UTF-8",
            encoding: "base64")
    }

    /// A page alone, as some phones send.
    var pageAlone: [UInt8] {
        let page =
            "<!DOCTYPE html>\n<html><body>"
            + lines.map { "<div>\(Self.html($0))</div>" }.joined(separator: "\n")
            + "<p>Envoy&eacute; d&#8217;un t&eacute;l&eacute;phone</p></body></html>"
        let head = [
            "From: camille@fanal.example", "Subject: formulaire",
            "Content-Type: text/html; charset=iso-8859-1",
            "Content-Transfer-Encoding: 8bit", "",
        ]
        let text = (head + [page]).joined(separator: "\n")
        return text.unicodeScalars.flatMap { scalar in
            scalar.value < 256 ? [UInt8(scalar.value)] : Array("&#\(scalar.value);".utf8)
        }
    }

    private static func html(_ line: String) -> String {
        line.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("    ", with: "&nbsp;&nbsp; &nbsp;").replacing("é", with: "&eacute;")
    }

    private static func alternative(plain: String, page: String, charset: String, encoding: String) -> [UInt8]
    {
        func part(_ type: String, _ body: String) -> [String] {
            [
                "------=_Part_1.2", "Content-Type: text/\(type); charset=\"\(charset)\"",
                "Content-Transfer-Encoding: \(encoding)", "", body,
            ]
        }
        let head = [
            "Received: from mail.example by mx.example;", "\tTue, 12 Jan 2027 10:12:00 +0100",
            "From: camille@fanal.example", "Date: Tue, 12 Jan 2027 10:12:00 +0100", "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;", "\tboundary=\"----=_Part_1.2\"", "",
            "This is a multi-part message.",
        ]
        return Array(
            (head + part("plain", plain) + part("html", page) + ["------=_Part_1.2--", ""])
                .joined(separator: "\r\n").utf8)
    }

    private static func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
    }

    static func quotedPrintable(_ bytes: [UInt8]) -> String {
        var result = ""
        var column = 0
        for byte in bytes {
            if byte == 0x0A {
                result += "\n"
                column = 0
                continue
            }
            let isPlain = byte == 0x0D || (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "=")
            let piece = isPlain ? String(UnicodeScalar(byte)) : "=" + String(format: "%02X", byte)
            if byte != 0x0D, column + piece.utf8.count > 75 {
                result += "=\r\n"
                column = 0
            }
            result += piece
            column += piece.utf8.count
        }
        return result
    }
}
