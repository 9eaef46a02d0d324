import Lines
import Testing

@testable import EntraideCore

// The index is internal to the module; what it serves is tested through `SkillFinder`.
@Suite("Terms near a word")
struct TermIndexTests {
    private static let words = ["laser", "lasers", "compta", "comptabilite", "traduction", "or", "animal"]
    private static let index = TermIndex(
        words.map { SearchWord($0) }, joined: [SearchWord(joining: SearchWord("tiers"), SearchWord("lieu"))])

    private func near(_ word: String) -> [String] {
        Self.index.near(SearchWord(word)).map { "\(Self.index.terms[$0.term]) \($0.likeness) \($0.quality)" }
    }

    @Test("A term answers as the word itself, another form, its beginning, its family or a slip")
    func likeness() {
        #expect(near("laser") == ["laser same 100", "lasers form 90"])
        #expect(near("compt") == ["compta beginning 80", "comptabilite beginning 80"])
        #expect(near("traduire") == ["traduction family 60"])
        #expect(near("lazer") == ["laser slip 80"])
        #expect(near("comptabbilitee") == ["comptabilite slip 65"])
        #expect(near("tierslieu") == ["tierslieu same 100"])
        #expect(near("tiersl") == [])
        #expect(near("ro") == [] && near("xylophone") == [])
    }

    @Test("Slips are not looked for when the word is known, nor when that is not asked")
    func known() {
        let index = TermIndex(["mail", "main"].map { SearchWord($0) }, joined: [])
        #expect(index.near(SearchWord("mail")).map { index.terms[$0.term] } == ["mail"])
        #expect(index.near(SearchWord("maim")).map { index.terms[$0.term] } == ["mail", "main"])
        #expect(index.near(SearchWord("maim"), withSlips: false) == [])
    }

    @Test("No term within the slips allowed is missed, on 300 random words of few letters")
    func complete() {
        var generator = SeededGenerator(seed: 7)
        func word() -> String {
            String(
                (0..<Int.random(in: 4...11, using: &generator)).map { _ in
                    "abcd".randomElement(using: &generator) ?? "a"
                })
        }
        let terms = (0..<300).map { _ in SearchWord(word()) }
        let index = TermIndex(terms, joined: [])
        for _ in 0..<300 {
            let asked = SearchWord(word())
            guard index[asked.text] == nil else { continue }
            let found = Set(index.near(asked).map { index.terms[$0.term] })
            let slips = asked.text.count < 8 || !index.family(of: asked).isEmpty ? 1 : 2
            for term in index.terms where EditDistance.between(asked.text, term) <= slips {
                #expect(found.contains(term), "\(asked.text) \(term)")
            }
        }
    }
}
