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

    /// A ligature is beyond the table of Latin letters, and makes the whole text take Unicode's tables.
    @Test("Every Latin letter and sign folds the same by the table as by Unicode's own")
    func table() {
        for value in UInt32(0)..<0x200 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in ["a\(scalar)b", "\(scalar)b", " \(scalar) \(scalar)b", "a\(scalar)\(scalar)’b"] {
                #expect(Folding.fold(text) + " fi" == Folding.fold(text + " \u{FB01}"), "\(value)")
            }
        }
    }
}
