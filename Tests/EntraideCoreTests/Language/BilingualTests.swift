import EntraideCore
import Lines
import Matching
import Testing

@Suite("Sentences in two languages")
struct BilingualTests {
    @Test("French signs that stand apart get unbreakable spaces; English is left as typed")
    func typeset() {
        let sentence = Bilingual(fr: "quoi ? « oui » : non ; 5 % !", en: "what ? : ;")
        #expect(
            sentence.fr
                == "quoi\u{202F}? «\u{A0}oui\u{A0}»\u{202F}: non\u{202F}; 5\u{202F}%\u{202F}!")
        #expect(sentence.en == "what ? : ;")
        #expect(sentence[.fr] == sentence.fr && sentence[.en] == sentence.en)
    }

    @Test("Placeholders take their values, once, and one without a value stays visible")
    func filled() {
        let sentence = Bilingual(fr: "{a} puis {b}, {a}", en: "{a} then {b}")
        #expect(sentence.filled(["a": "x{b}", "b": "y"], in: .fr) == "x{b} puis y, x{b}")
        #expect(sentence.filled(["b": "y"], in: .en) == "{a} then y")
        #expect(sentence.placeholders(in: .fr) == ["a", "b"])
        #expect(Bilingual(fr: "a {b", en: "{").filled(["b": "x"], in: .fr) == "a {b")
        #expect(Bilingual(fr: "", en: "}{").filled([:], in: .en) == "}{")
    }

    @Test(
        "A count takes the singular for 0 and 1 in French, for 1 alone in English",
        arguments: [(0, "0 besoin", "0 needs"), (1, "1 besoin", "1 need"), (2, "2 besoins", "2 needs")])
    func counts(n: Int, fr: String, en: String) {
        let one = Bilingual(fr: "besoin", en: "need")
        let many = Bilingual(fr: "besoins", en: "needs")
        #expect(Bilingual.count(n, one, many, in: .fr) == fr)
        #expect(Bilingual.count(n, one, many, in: .en) == en)
    }
}

/// What every sentence and label of the program must be.
func expectSound(_ sentence: Bilingual, _ what: String) {
    for language in Language.allCases {
        let text = sentence[language]
        #expect(!text.isEmpty, "\(what)")
        #expect(!text.contains { $0.isNewline }, "\(what)")
        #expect(text == text.trimmingPrefix(" ") && !text.hasSuffix(" "), "\(what)")
        #expect(!text.contains("  "), "\(what)")
    }
    #expect(sentence.placeholders(in: .fr) == sentence.placeholders(in: .en), "\(what)")
    for sign in [" :", " ;", " !", " ?", " %", " »", "« "] {
        #expect(!sentence.fr.contains(sign), "\(what): \(sentence.fr)")
    }
    // French takes the curved apostrophe.
    #expect(!sentence.fr.contains("'"), "\(what): \(sentence.fr)")
}
