package import Matching

/// The vocabulary in memory: found by slug, by words, and by likeness.
package struct Vocabulary: Sendable {
    /// Every skill, by slug.
    package let skills: [Skill]
    private let bySlug: [String: Int]
    /// Per skill, the folded forms of its slug, labels and synonyms, without repeats.
    private let names: [[String]]

    /// A vocabulary of these skills; of two with one slug the first counts.
    package init(_ skills: [Skill]) {
        var seen: Set<String> = []
        // Slugs are ASCII: String's own order is that of their bytes.
        let sorted = skills.filter { seen.insert($0.slug).inserted }.sorted { $0.slug < $1.slug }
        self.skills = sorted
        var bySlug: [String: Int] = [:]
        for (index, skill) in sorted.enumerated() { bySlug[skill.slug] = index }
        self.bySlug = bySlug
        names = sorted.map { skill in
            var names: [String] = []
            for name in [skill.slug, skill.label.fr, skill.label.en] + skill.synonymsFR + skill.synonymsEN {
                let folded = Folding.fold(name)
                if !folded.isEmpty, !names.contains(folded) { names.append(folded) }
            }
            return names
        }
    }

    /// The skill of this slug.
    package subscript(slug: String) -> Skill? {
        bySlug[slug].map { skills[$0] }
    }

    /// The skill of this slug.
    ///
    /// - Throws: `unknown-skill` with the three nearest.
    @discardableResult
    package func require(_ slug: String) throws(EntraideError) -> Skill {
        guard let skill = self[slug] else { throw unknown(slug) }
        return skill
    }

    /// The error that says `slug` is no skill, and which are near.
    package func unknown(_ slug: String, at place: Place = Place()) -> EntraideError {
        let nearest = nearest(to: slug).map(\.slug).joined(separator: ", ")
        return EntraideError(
            .unknownSkill, ["skill": slug, "nearest": nearest.isEmpty ? "-" : nearest], at: place)
    }

    /// The one skill that has `text` among its names, case and accents apart; nil when none has, or several.
    ///
    /// - Complexity: O(bytes of all names).
    package func named(_ text: String) -> Skill? {
        let wanted = Folding.fold(text)
        let found = names.indices.filter { names[$0].contains(wanted) }
        return found.count == 1 ? found.first.map { skills[$0] } : nil
    }

    /// The skills that `text` may mean, best first: those with a name that is the text, begins with it, has a word
    /// that begins with it, holds it; then those with a name like it up to one slip in three letters. Case and
    /// accents do not count, and within a rank slugs decide.
    ///
    /// - Complexity: O(bytes of all names · length of the text).
    package func find(_ text: String) -> [Skill] {
        let wanted = Folding.fold(text)
        if wanted.isEmpty { return [] }
        let tolerated = wanted.unicodeScalars.count / 3
        var found: [(rank: Int, index: Int)] = []
        for index in skills.indices {
            let rank = names[index].map { Self.rank(of: wanted, in: $0, tolerated: tolerated) }.min() ?? .max
            if rank < .max { found.append((rank, index)) }
        }
        return found.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map { skills[$0.index] }
    }

    /// The `count` skills with a name nearest to `text`, by the number of letters to add, drop, change or swap;
    /// slugs decide between equals. A name that holds the text, or is held by it, counts as one slip away.
    ///
    /// - Complexity: O(bytes of all names · length of the text).
    package func nearest(to text: String, count: Int = 3) -> [Skill] {
        let wanted = Folding.fold(text)
        let ranked = skills.indices.map { index in
            let distance = names[index].map { Self.distance(between: wanted, and: $0) }.min() ?? .max
            return (distance: distance, index: index)
        }
        return ranked.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(max(0, count))
            .map { skills[$0.index] }
    }

    /// What scoring reads, by slug.
    package var matchingEntries: [VocabularyEntry] { skills.map(\.matchingEntry) }

    private static func rank(of wanted: String, in name: String, tolerated: Int) -> Int {
        if name == wanted { return 0 }
        if name.hasPrefix(wanted) { return 1 }
        if name.contains(" " + wanted) { return 2 }
        if name.contains(wanted) { return 3 }
        let slips = EditDistance.between(wanted, name)
        return slips <= tolerated ? 3 + slips : .max
    }

    private static func distance(between wanted: String, and name: String) -> Int {
        let slips = EditDistance.between(wanted, name)
        // Two letters are in many names: they say nothing.
        guard slips > 1, min(wanted.utf8.count, name.utf8.count) > 2 else { return slips }
        return name.contains(wanted) || wanted.contains(name) ? 1 : slips
    }
}
