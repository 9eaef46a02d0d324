import Foundation
import Testing

/// What people read, as it stands in the sources: in both languages, and well set.
private enum Sentences {
    /// Sentences of one source with a language missing, or that is the same in both without being allowed to.
    static func unpaired(in source: SwiftSource) -> [String] {
        var faults: [String] = []
        var french: [SwiftSource.Literal] = []
        var english: [SwiftSource.Literal] = []
        func close() {
            defer { (french, english) = ([], []) }
            guard let first = french.first ?? english.first else { return }
            let place = "\(source.path):\(first.line)"
            if french.isEmpty || english.isEmpty {
                faults.append("\(place): \(french.isEmpty ? "no French" : "no English") beside \(first.text)")
            }
            // A condition may leave something out; a whole sentence may not.
            if [french, english].contains(where: { !$0.isEmpty && $0.allSatisfy(\.text.isEmpty) }) {
                faults.append("\(place): an empty sentence")
            }
            for (fr, en) in zip(french, english) where fr.text == en.text && !isShared(fr.text) {
                faults.append("\(place): the same in both languages: \(fr.text)")
            }
        }
        for literal in source.literals {
            switch literal.labels.last {
            case "fr":
                if !english.isEmpty { close() }
                french.append(literal)
            case "en":
                english.append(literal)
            default: continue
            }
        }
        close()
        return faults
    }

    /// Words that are written alike in both languages.
    private static let alike: Set = [
        "fablab", "association", "active", "visite", "circle", "contacts", "match", "mentor", "encoding",
        "score",
        "contact", "communication", "Contact", "Commune", "urgent", "PostgreSQL",
    ]

    /// What is not prose: names, codes, examples of commands, and nothing but what is interpolated.
    private static func isShared(_ text: String) -> Bool {
        let bare = text.replacing(#/⟦[^⟧]*⟧/#, with: "").trimmingCharacters(in: .alphanumerics.inverted)
        return bare.isEmpty || alike.contains(bare) || text.hasPrefix("entraide ")
    }

    /// French that is not set as French is.
    static func misset(in source: SwiftSource) -> [String] {
        source.literals.filter { $0.labels.last == "fr" }.flatMap { literal in
            // Commands in the text are as they are typed.
            let prose = literal.text.replacing(#/⟦[^⟧]*⟧/#, with: "x")
                .replacing(#/entraide [a-z]+.*/#, with: "")
                .replacing("\\u{00A0}", with: " ").replacing("\\u{202F}", with: " ")
            return misset(prose).map { "\(source.path):\(literal.line): \($0): \(literal.text)" }
        }
    }

    static func misset(_ prose: String) -> [String] {
        var faults: [String] = []
        if prose.contains(#/[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]/#) { faults.append("a straight apostrophe") }
        if prose.contains("...") { faults.append("three dots for …") }
        if prose.contains(#/[a-zà-ÿ)»][;!?]/#) { faults.append("no space before ; ! or ?") }
        if prose.contains(#/«[^ \u{A0}]|[^ \u{A0}]»/#) { faults.append("no space inside « »") }
        if prose.contains(#/  [a-zà-ÿ]/#) && !prose.contains("\n") { faults.append("two spaces") }
        return faults
    }

    /// Counts beside a noun that cannot agree with them.
    static func uncounted(in source: SwiftSource) -> [String] {
        source.literals.compactMap { literal in
            guard let language = literal.labels.last, language == "fr" || language == "en" else { return nil }
            let place = "\(source.path):\(literal.line): \(literal.text)"
            if literal.text.contains("(s)") { return place }
            // The forms of a pair, for one and for several, are how it is done.
            if literal.isInTuple { return nil }
            return literal.text.contains(#/⟦[^⟧]*([cC]ount|more)⟧ [a-zà-ÿ]{3,}/#) ? place : nil
        }
    }

    /// Prose that is in one language alone: French anywhere, and in the command anything of two words or more.
    static func alone(in source: SwiftSource) -> [String] {
        source.literals.compactMap { literal in
            if literal.labels.contains("fr") || literal.labels.contains("en") { return nil }
            if literal.text.hasPrefix("entraide ") { return nil }
            let bare = literal.text.replacing(#/⟦[^⟧]*⟧/#, with: "x")
            let isFrench = bare.contains(#/[éèêàçùîôœ’«»]/#)
            let isProse =
                source.module == "entraide" && bare.contains(#/[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/#)
            return isFrench || isProse ? "\(source.path):\(literal.line): \(literal.text)" : nil
        }
    }
}

@Suite("What people read")
struct SentenceTests {
    private static func sources() throws -> [SwiftSource] {
        try Repository.shippedSources().filter {
            ["EntraideCore", "EntraideHTTP", "entraide"].contains($0.module)
        }
    }

    @Test("Every sentence stands in French and in English, and says it in each")
    func paired() throws {
        let sources = try Self.sources()
        let said = sources.flatMap(\.literals).filter { $0.labels.last == "fr" }
        #expect(said.count > 500)
        let faults = sources.flatMap(Sentences.unpaired)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test("Nothing that people read is in one language alone")
    func alone() throws {
        // ArgumentParser's words and their translation, typography itself, a page that stands whole in each language, and the
        // terms of a national format.
        let tables = [
            "Usage.swift", "Bilingual.swift", "Folding.swift", "HelpPage.swift", "ExportMednum.swift",
        ]
        let faults = try Self.sources().filter { source in !tables.contains { source.path.hasSuffix($0) } }
            .flatMap(Sentences.alone)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test("French has its apostrophes and its spaces")
    func typography() throws {
        let faults = try Self.sources().flatMap(Sentences.misset)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test("A count agrees with its noun")
    func counts() throws {
        let faults = try Self.sources().flatMap(Sentences.uncounted)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test("The checks see what they are for")
    func checks() {
        func source(_ text: String) -> SwiftSource {
            SwiftSource(path: "Sources/entraide/A.swift", text: text)
        }
        #expect(Sentences.unpaired(in: source(#"say(fr: "a b", en: "c")"#)).isEmpty)
        #expect(Sentences.unpaired(in: source(#"say(fr: x ? "a b" : "c d", en: x ? "e f" : "g h")"#)).isEmpty)
        #expect(Sentences.unpaired(in: source(#"say(fr: "a b")"#)).count == 1)
        #expect(Sentences.unpaired(in: source(#"f(en: "a b"); say(fr: "c d", en: "e")"#)).count == 1)
        #expect(Sentences.unpaired(in: source(#"say(fr: "same words", en: "same words")"#)).count == 1)
        #expect(Sentences.unpaired(in: source(#"say(fr: "", en: "x")"#)).count >= 1)
        #expect(
            Sentences.unpaired(in: source(##"say(fr: "un \(g("x y", fr: "z")) b", en: "c")"##)).count <= 1)
        for bad in ["l'un", "quoi?", "«oui»", "fin..."] {
            #expect(Sentences.misset(bad).count == 1, "\(bad)")
        }
        #expect(Sentences.misset("« oui » ; c’est l’un, non ?").isEmpty)
        #expect(
            Sentences.uncounted(in: source(##"say(fr: "\(x.count) lignes", en: "\(x.count) rows")"##)).count
                == 2)
        #expect(
            Sentences.uncounted(
                in: source(
                    ##"say(n, fr: ("\(count) ligne", "\(count) lignes"), en: ("\(count) row", "\(count) rows"))"##
                )
            ).isEmpty)
        #expect(Sentences.uncounted(in: source(#"say(fr: "session(s)", en: "x")"#)).count == 1)
        #expect(Sentences.alone(in: source(#"Terminal.error("nothing was found here")"#)).count == 1)
        #expect(Sentences.alone(in: source(#"Terminal.error("déjà")"#)).count == 1)
        #expect(Sentences.alone(in: source(#"say(fr: "déjà vu", en: "seen before now")"#)).isEmpty)
    }
}
