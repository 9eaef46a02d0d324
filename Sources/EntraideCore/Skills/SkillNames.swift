import Foundation

/// What skills are called, as bags of words, and where each word stands.
///
/// A word tells the more, the fewer skills have a word of its family (K. Spärck Jones, "A statistical interpretation
/// of term specificity", J. Documentation 28, 1972). All weights are integers, so that sums do not depend on the
/// order in which they are made.
struct SkillNames: Sendable {
    /// A slug, a label or a synonym.
    struct Name: Sendable {
        /// Place of its skill.
        let skill: Int
        let text: String
        let folded: String
        let isLabel: Bool
        /// What each of its words tells, in their order.
        var worths: [Int] = []
    }

    /// A term in a name.
    struct Posting: Sendable {
        let name: Int
        /// Of the first of its words.
        let place: Int
        /// Words: 2 when the term is two neighbours written as one.
        let length: Int
    }

    private(set) var names: [Name] = []
    let index: TermIndex
    /// Per term, where it stands.
    private(set) var postings: [[Posting]]
    /// Per term, what it tells: 1000 and 1000 · log₂ of all skills over those that have a word of its family.
    private(set) var telling: [Int]
    /// What the rarest word tells.
    let most: Int

    /// Per folded name, the place of the skill that has it; -1 when several have.
    private var holders: [String: Int] = [:]

    /// What a weak word tells, percent of what it would.
    static let weakShare = 35

    /// The names of these skills.
    ///
    /// - Complexity: O(bytes of all names · log).
    init(_ skills: [Skill]) {
        var bags: [[SearchWord]] = []
        for (number, skill) in skills.enumerated() {
            var seen: Set<String> = []
            let labels = [skill.label.fr, skill.label.en]
            for (place, text) in (labels + skill.synonymsFR + skill.synonymsEN + [skill.slug]).enumerated() {
                let folded = Folding.fold(text)
                guard !folded.isEmpty, seen.insert(folded).inserted else { continue }
                let words = SearchWord.all(in: folded)
                let told = words.filter { !$0.isEmpty }
                bags.append(told.isEmpty ? words : told)
                holders[folded] = holders[folded] == nil ? number : -1
                names.append(Name(skill: number, text: text, folded: folded, isLabel: place < labels.count))
            }
        }
        let index = TermIndex(bags.flatMap(\.self), joined: bags.flatMap(Self.joined))
        self.index = index
        most = Self.telling(1, of: skills.count)
        postings = Array(repeating: [], count: index.terms.count)
        telling = Array(repeating: 0, count: index.terms.count)
        for (name, words) in bags.enumerated() {
            for (length, words) in [(1, words), (2, Self.joined(words))] {
                for (place, word) in words.enumerated() {
                    guard let term = index[word.text] else { continue }
                    postings[term].append(Posting(name: name, place: place, length: length))
                }
            }
        }
        weigh(bags, of: skills.count)
    }

    /// Place of the one skill that has this folded name.
    func holder(of folded: String) -> Int? {
        holders[folded].flatMap { $0 < 0 ? nil : $0 }
    }

    private mutating func weigh(_ bags: [[SearchWord]], of count: Int) {
        for family in index.families {
            let holders = Set(family.flatMap { postings[$0].map { names[$0.name].skill } })
            let told = Self.telling(holders.count, of: count)
            for term in family { telling[term] = told }
        }
        for (name, words) in bags.enumerated() {
            names[name].worths = words.map { word in
                let told = index[word.text].map { telling[$0] } ?? 0
                return word.isWeak ? told * Self.weakShare / 100 : told
            }
        }
    }

    private static func telling(_ holders: Int, of count: Int) -> Int {
        1000 + Int((1000 * log2(Double(max(1, count)) / Double(max(1, holders)))).rounded())
    }

    private static func joined(_ words: [SearchWord]) -> [SearchWord] {
        zip(words, words.dropFirst()).map { SearchWord(joining: $0, $1) }
    }
}
