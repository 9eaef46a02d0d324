package import Matching
import Synchronization

/// The vocabulary in memory: found by slug, by words, and by likeness.
package struct Vocabulary: Sendable {
    /// Every accepted skill, by slug.
    package let skills: [Skill]
    private let bySlug: [String: Int]
    private let index: FinderOnDemand
    /// Skills that an import proposed, by slug: they may be offered and needed, and are found by slug alone.
    private var proposedBySlug: [String: Skill]
    /// The slug that takes the place of another, by slugs and by words.
    private var otherNames: [String: String]

    /// A vocabulary of these skills; of two with one slug the first counts.
    ///
    /// - Parameters:
    ///   - proposed: those that nobody has accepted yet.
    ///   - merged: slugs of those that were merged, each with that of the skill that took it in.
    ///   - onIndex: called when the index of words is made.
    package init(
        _ skills: [Skill], proposed: [Skill] = [], merged: [String: String] = [:],
        onIndex: (@Sendable () -> Void)? = nil
    ) {
        var seen: Set<String> = []
        // Slugs are ASCII: String's own order is that of their bytes.
        let sorted = skills.filter { seen.insert($0.slug).inserted }.sorted { $0.slug < $1.slug }
        self.skills = sorted
        var bySlug: [String: Int] = [:]
        for (index, skill) in sorted.enumerated() { bySlug[skill.slug] = index }
        self.bySlug = bySlug
        index = FinderOnDemand(sorted, onIndex)
        proposedBySlug = Dictionary(proposed.map { ($0.slug, $0) }) { first, _ in first }
        otherNames = merged
    }

    /// Takes in a skill that is proposed, in place.
    mutating func propose(_ skill: Skill) { proposedBySlug[skill.slug] = skill }

    /// Those that nobody has accepted yet, by slug.
    package var proposed: [Skill] { proposedBySlug.values.sorted { $0.slug < $1.slug } }

    /// Finds accepted skills by words. Made the first time, and then kept: who only looks slugs up does without.
    package var finder: SkillFinder { index.finder }

    /// The skill of this slug, accepted or proposed.
    package subscript(slug: String) -> Skill? {
        bySlug[slug].map { skills[$0] } ?? proposedBySlug[slug]
    }

    /// The skill of this slug, or the one that took it in; nil when there is none.
    func known(_ slug: String) -> Skill? { self[slug] ?? otherNames[slug].flatMap { self[$0] } }

    /// The skill of this slug, or the one that took it in.
    ///
    /// - Throws: `unknown-skill` with the three nearest.
    @discardableResult
    package func require(_ slug: String) throws(EntraideError) -> Skill {
        guard let skill = known(slug) else { throw unknown(slug) }
        return skill
    }

    /// The one skill that has `text` among its names, case and accents apart; nil when none has, or several.
    package func named(_ text: String) -> Skill? { finder.named(text) }

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
    package var matchingEntries: [VocabularyEntry] {
        (skills + proposedBySlug.values).sorted { $0.slug < $1.slug }.map(\.matchingEntry)
    }
}

/// A finder made when it is first asked for.
private final class FinderOnDemand: Sendable {
    private let skills: [Skill]
    private let made = Mutex<SkillFinder?>(nil)
    private let onMaking: (@Sendable () -> Void)?

    init(_ skills: [Skill], _ onMaking: (@Sendable () -> Void)?) {
        self.skills = skills
        self.onMaking = onMaking
    }

    var finder: SkillFinder {
        made.withLock { made in
            if let made { return made }
            let finder = SkillFinder(skills)
            onMaking?()
            made = finder
            return finder
        }
    }
}
