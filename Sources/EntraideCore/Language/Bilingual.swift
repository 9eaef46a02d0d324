package import Lines

/// One sentence in French and in English. A sentence exists in both or not at all.
///
/// Placeholders are written `{name}` and are the same in both languages; ``filled(_:in:)`` replaces them.
package struct Bilingual: Sendable, Equatable {
    package let fr: String
    package let en: String

    /// - Parameter fr: plain spaces before `: ; ! ?` and inside guillemets become the unbreakable ones that French
    ///   typography wants, so that sentences are typed as on any keyboard.
    package init(fr: String, en: String) {
        self.fr = Self.typeset(fr)
        self.en = en
    }

    private static func typeset(_ text: String) -> String {
        var result = text.replacing("« ", with: "«\u{00A0}").replacing(" »", with: "\u{00A0}»")
        for sign in [":", ";", "!", "?", "%"] {
            result = result.replacing(" " + sign, with: "\u{202F}" + sign)
        }
        return result
    }

    package subscript(language: Language) -> String {
        switch language {
        case .fr: fr
        case .en: en
        }
    }

    /// The sentence in `language` with each `{name}` replaced by its value. A name without a value stays visible.
    package func filled(_ values: [String: String], in language: Language) -> String {
        var result = ""
        var rest = Substring(self[language])
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest.index(after: open)
            guard let close = rest[after...].firstIndex(of: "}") else {
                rest = rest[open...]
                break
            }
            let name = String(rest[after..<close])
            result += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// The names of the placeholders in `language`, sorted; a test holds both languages to the same ones.
    package func placeholders(in language: Language) -> [String] {
        var names: Set<String> = []
        for piece in self[language].split(separator: "{").dropFirst() {
            if let close = piece.firstIndex(of: "}") { names.insert(String(piece[..<close])) }
        }
        return names.sorted()
    }
}

extension Bilingual {
    /// A sentence about `n` things: in each language, the form for one or that for several. French keeps the singular
    /// for 0 and 1.
    package init(_ n: Int, fr: (one: String, many: String), en: (one: String, many: String)) {
        self.init(fr: n < 2 ? fr.one : fr.many, en: n == 1 ? en.one : en.many)
    }

    /// A count with its noun, in the plural when the language wants it: French keeps the singular for 0 and 1.
    package static func count(_ n: Int, _ one: Bilingual, _ many: Bilingual, in language: Language) -> String
    {
        let singular = language == .fr ? n < 2 : n == 1
        return "\(n) \((singular ? one : many)[language])"
    }
}
