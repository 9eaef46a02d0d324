package import Matching
import Synchronization

/// The vocabulary in memory: found by slug, by words, and by likeness.
package struct Vocabulary: Sendable {
    /// Every skill, by slug.
    package let skills: [Skill]
    private let bySlug: [String: Int]
    private let index: FinderOnDemand

    /// A vocabulary of these skills; of two with one slug the first counts.
    package init(_ skills: [Skill]) {
        var seen: Set<String> = []
        // Slugs are ASCII: String's own order is that of their bytes.
        let sorted = skills.filter { seen.insert($0.slug).inserted }.sorted { $0.slug < $1.slug }
        self.skills = sorted
        var bySlug: [String: Int] = [:]
        for (index, skill) in sorted.enumerated() { bySlug[skill.slug] = index }
        self.bySlug = bySlug
        index = FinderOnDemand(sorted)
    }

    /// Finds skills by words. Made the first time, and then kept: who only looks slugs up does without.
    package var finder: SkillFinder { index.finder }

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

    /// The skills that `text` may mean, best first; slugs decide between equals.
    package func find(_ text: String) -> [Skill] {
        finder.find(text).map(\.skill)
    }

    /// The `count` skills nearest to `text`: those that it may mean, then those with the likest slug, by the number of
    /// letters to add, drop, change or swap; slugs decide between equals.
    ///
    /// - Complexity: that of finding, and O(bytes of all slugs · length of the text) when too few are found.
    package func nearest(to text: String, count: Int = 3) -> [Skill] {
        var nearest = finder.find(text, limit: count).map(\.skill)
        guard nearest.count < count else { return nearest }
        let wanted = Folding.fold(text)
        let taken = Set(nearest.map(\.slug))
        let others = skills.filter { !taken.contains($0.slug) }
            .map { (distance: EditDistance.between(wanted, Folding.fold($0.slug)), skill: $0) }
            .sorted { ($0.distance, $0.skill.slug) < ($1.distance, $1.skill.slug) }
        nearest += others.prefix(count - nearest.count).map(\.skill)
        return nearest
    }

    /// What scoring reads, by slug.
    package var matchingEntries: [VocabularyEntry] { skills.map(\.matchingEntry) }
}

/// A finder made when it is first asked for.
private final class FinderOnDemand: Sendable {
    private let skills: [Skill]
    private let made = Mutex<SkillFinder?>(nil)

    init(_ skills: [Skill]) {
        self.skills = skills
    }

    var finder: SkillFinder {
        made.withLock { made in
            if let made { return made }
            let finder = SkillFinder(skills)
            made = finder
            return finder
        }
    }
}
