import EntraideCore
import Foundation
import Lines
import Testing

/// What people say when they look for a skill, as people say it, against the vocabulary that comes with the program.
///
/// The phrases were written before the synonyms. The misses of `everyday-phrases.csv` were read while the search was made,
/// and synonyms added for what they showed; of `held-out-phrases.csv` only the totals were: they tell what to expect of
/// new phrases.
@Suite("Everyday phrases")
struct EverydayPhrasesTests {
    private struct Phrase {
        let text: String
        let language: String
        let skill: String
    }

    private struct Tally {
        var all = 0
        var first = 0
        var firstThree = 0
    }

    private static func phrases(_ file: String) throws -> [Phrase] {
        let url = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: file)
        var reader = CSVReader(bytes: Array(try Data(contentsOf: url)))
        var phrases: [Phrase] = []
        while let row = try reader.next() {
            phrases.append(Phrase(text: row.cells[0], language: row.cells[1], skill: row.cells[2]))
        }
        return Array(phrases.dropFirst())
    }

    private static func tally(_ phrases: [Phrase], in vocabulary: Vocabulary) -> Tally {
        var tally = Tally()
        for phrase in phrases {
            let place = vocabulary.find(phrase.text).firstIndex { $0.slug == phrase.skill }
            tally.all += 1
            if place == 0 { tally.first += 1 }
            if let place, place < 3 { tally.firstThree += 1 }
        }
        return tally
    }

    @Test(
        "Of 150 phrases, half of them French, the right skill is first for 93 %, among the first three for 98 %"
    )
    func everyday() throws {
        let phrases = try Self.phrases("everyday-phrases.csv")
        #expect(phrases.count == 150)
        #expect(phrases.count { $0.language == "fr" } == 75)
        let tally = Self.tally(phrases, in: try bundledVocabulary())
        #expect(tally.first * 100 >= 93 * tally.all, "\(tally)")
        #expect(tally.firstThree * 100 >= 98 * tally.all, "\(tally)")
        print("everyday phrases: \(tally.first) first, \(tally.firstThree) in three, of \(tally.all)")
    }

    @Test("Of 71 phrases whose misses nobody read, it is first for 80 %, among the first three for 90 %")
    func heldOut() throws {
        let tally = Self.tally(try Self.phrases("held-out-phrases.csv"), in: try bundledVocabulary())
        #expect(tally.all == 71)
        #expect(tally.first * 100 >= 80 * tally.all, "\(tally)")
        #expect(tally.firstThree * 100 >= 90 * tally.all, "\(tally)")
        print("held-out phrases: \(tally.first) first, \(tally.firstThree) in three, of \(tally.all)")
    }

    @Test("Each phrase means a skill that is there, and none is just a name of it")
    func sound() throws {
        let vocabulary = try bundledVocabulary()
        for file in ["everyday-phrases.csv", "held-out-phrases.csv"] {
            for phrase in try Self.phrases(file) {
                let skill = try #require(vocabulary[phrase.skill], "\(phrase.skill)")
                let names =
                    [skill.slug, skill.label.fr, skill.label.en] + skill.synonymsFR + skill.synonymsEN
                let isName = names.contains { Folding.fold($0) == Folding.fold(phrase.text) }
                #expect(!isName, "\(phrase.text)")
            }
        }
    }
}
