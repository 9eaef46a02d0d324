import EntraideCore
import Testing

@Suite("Folding")
struct FoldingTests {
    @Test(
        "Case, accents, ligatures, apostrophes and hyphens do not tell texts apart",
        arguments: [
            ("Découpe-laser", "decoupe laser"), ("DE\u{301}COUPE  LASER ", "decoupe laser"),
            ("L’Haÿ-les-Roses", "l hay les roses"), ("l'hay_les\u{2011}roses", "l hay les roses"),
            ("Œuvre d’Æther", "oeuvre d aether"), ("Straße", "strasse"), ("Łódź, Ærø", "lodz, aero"),
            ("C++ & n° 2", "c++ & n° 2"), ("\u{00A0}—\u{202F}", ""), ("", ""), ("ﬁle", "file"),
        ])
    func folds(text: String, folded: String) {
        #expect(Folding.fold(text) == folded)
        #expect(Folding.fold(folded) == folded)
    }
}
