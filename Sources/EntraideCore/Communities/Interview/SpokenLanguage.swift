import Lines

/// Languages by the names that people give them.
enum SpokenLanguage {
    /// Code, and names.
    static let known: [(code: String, name: Bilingual)] = [
        ("fr", Bilingual(fr: "français", en: "French")),
        ("en", Bilingual(fr: "anglais", en: "English")),
        ("de", Bilingual(fr: "allemand", en: "German")),
        ("es", Bilingual(fr: "espagnol", en: "Spanish")),
        ("it", Bilingual(fr: "italien", en: "Italian")),
        ("pt", Bilingual(fr: "portugais", en: "Portuguese")),
        ("ar", Bilingual(fr: "arabe", en: "Arabic")),
        ("tr", Bilingual(fr: "turc", en: "Turkish")),
        ("uk", Bilingual(fr: "ukrainien", en: "Ukrainian")),
        ("br", Bilingual(fr: "breton", en: "Breton")),
        ("oc", Bilingual(fr: "occitan", en: "Occitan")),
        ("eu", Bilingual(fr: "basque", en: "Basque")),
        ("ca", Bilingual(fr: "catalan", en: "Catalan")),
        ("co", Bilingual(fr: "corse", en: "Corsican")),
        ("gsw", Bilingual(fr: "alsacien", en: "Alsatian")),
        ("gcf", Bilingual(fr: "créole", en: "Creole")),
        ("fsl", Bilingual(fr: "langue des signes", en: "sign language")),
    ]

    /// The code of a language by its name in either language, or by the code itself; nil for neither.
    static func code(_ word: String) -> String? {
        let folded = Folding.fold(word)
        let named = known.first { Folding.fold($0.name.fr) == folded || Folding.fold($0.name.en) == folded }
        // A code that the list does not hold is taken as it is: two or three letters.
        return named?.code ?? (try? FieldCheck.languages([folded], field: "languages"))?.first
    }

    /// The name of a code, or the code itself.
    static func name(_ code: String) -> Bilingual {
        known.first { $0.code == code }?.name ?? Bilingual(fr: code, en: code)
    }
}
