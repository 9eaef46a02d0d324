import Testing

@testable import EntraideCore

// Words are internal to the module; what they serve is tested through `SkillFinder`.
@Suite("Words of a search")
struct SearchWordsTests {
    private func words(_ text: String) -> [String] { SearchWord.all(in: Folding.fold(text)).map(\.text) }

    @Test("A text is cut where no letter or digit stands; signs stay after the first one of a word")
    func cuts() {
        #expect(
            words("L’impression 3D, c’est-à-dire…") == ["l", "impression", "3d", "c", "est", "a", "dire"])
        #expect(words("du C++ et du C#, +1") == ["du", "c++", "et", "du", "c#", "1"])
        #expect(words(" ?! ") == [])
        #expect(words("печать") == ["печать"])
    }

    @Test(
        "Words of one family have one stem, in both languages",
        arguments: [
            ["réparer", "réparation", "réparations", "réparateur", "réparatrice"],
            ["souder", "soudure", "soudures", "soudage", "soudeuse"],
            ["cut", "cutting", "cutter", "cutters"], ["print", "prints", "printing", "printer", "printed"],
            ["vidéo", "vidéos"], ["journal", "journaux"], ["bureau", "bureaux"], ["battery", "batteries"],
            ["batterie", "batteries"], ["animer", "animation", "animateurs"],
        ])
    func families(words: [String]) {
        #expect(Set(words.map { SearchWord.stem(of: Folding.fold($0)) }).count == 1, "\(words)")
    }

    @Test(
        "Words that only begin alike keep their own",
        arguments: [
            ("couture", "cutting"), ("compost", "composer"), ("son", "sondage"), ("carte", "carton"),
            ("business", "busines"), ("3d", "3"), ("печать", "печати"),
        ])
    func others(left: String, right: String) {
        #expect(SearchWord.stem(of: left) != SearchWord.stem(of: right))
    }

    @Test("Articles say nothing, and to make or to look for says little")
    func weights() {
        #expect(SearchWord("les").isEmpty && SearchWord("the").isEmpty && !SearchWord("laser").isEmpty)
        #expect(SearchWord("chercher").isWeak && SearchWord("making").isWeak && !SearchWord("laser").isWeak)
    }
}
