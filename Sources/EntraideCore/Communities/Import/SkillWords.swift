import Lines

/// Which skills the labels of a file stand for. The one place that asks the vocabulary: a better way of finding takes
/// the place of ``vocabularySkill(_:)``.
struct SkillWords {
    private let tables: PlaceTables
    private let vocabulary: Vocabulary
    /// Names of the vocabulary as the words that tell, for labels that differ in small words only.
    private var byWords: [String: Set<String>] = [:]
    private var known: [String: [String]] = [:]
    private var knownKinds: [String: CommunityKind?] = [:]

    /// Labels remembered: files repeat few of them.
    private static let mostKnown = 10_000

    /// Whether unknown labels are proposed, and those that were, by slug.
    private let isProposing: Bool
    private var proposals: [String: Skill] = [:]
    /// Those that the database has not been told of yet.
    private var untold: [Skill] = []

    init(_ vocabulary: Vocabulary, isProposing: Bool = false) throws(EntraideError) {
        self.isProposing = isProposing
        tables = try PlaceTables.embedded(vocabulary)
        self.vocabulary = vocabulary
        for skill in vocabulary.skills {
            for name in [skill.slug, skill.label.fr, skill.label.en] + skill.synonymsFR + skill.synonymsEN {
                byWords[Self.words(of: name), default: []].insert(skill.slug)
            }
        }
    }

    /// Words that say that someone does something, not what.
    private static let small: Set<Substring> = [
        "de", "d", "du", "des", "le", "la", "l", "les", "un", "une", "et", "ou", "a", "au", "aux", "en",
        "sur", "pour",
        "par", "avec", "the", "of", "and", "or", "in", "for", "to", "with", "on", "an",
        "atelier", "ateliers", "aide", "trouver", "apprendre", "initiation", "formation", "accompagnement",
        "help",
        "finding", "learning",
    ]

    /// The words that tell, in order of the alphabet, without plural.
    private static func words(of text: String) -> String {
        let all = Folding.fold(text).split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "#" }
        let telling = all.filter { !small.contains($0) }
        return (telling.isEmpty ? all : telling).map { word in
            word.utf8.count > 3 && (word.hasSuffix("s") || word.hasSuffix("x")) ? word.dropLast() : word
        }.sorted().joined(separator: " ")
    }

    /// The skills of a label: by the written table first, then by the vocabulary; empty when neither knows it.
    mutating func skills(for label: String) -> [String] {
        if let answer = known[label] { return answer }
        let answer = tables.skills(for: label) ?? vocabularySkill(label).map { [$0] } ?? []
        if known.count < Self.mostKnown { known[label] = answer }
        return answer
    }

    /// The skill that an unknown label proposes, where that is asked; none past a bound.
    mutating func proposed(for label: String) -> [String] {
        guard isProposing, let skill = Skill.proposed(by: label),
            (try? FieldCheck.text(skill.label.fr, limit: ProfileLimits.name, field: "")) != nil
        else { return [] }
        if let known = vocabulary.named(skill.slug) { return [known.slug] }
        if proposals[skill.slug] == nil {
            guard proposals.count < SkillLimits.proposals else { return [] }
            proposals[skill.slug] = skill
            untold.append(skill)
        }
        return [skill.slug]
    }

    /// Slugs of all that was proposed.
    var allProposed: [String] { proposals.keys.sorted() }

    /// All that was proposed.
    var standingProposals: [Skill] { proposals.values.sorted { $0.slug < $1.slug } }

    /// What was proposed since it was last asked.
    mutating func takeProposals() -> [Skill] {
        defer { untold = [] }
        return untold
    }

    /// The skills that the written table, or the vocabulary by a whole name, knows a column's header by.
    func skills(header: String) -> [String] {
        if let skills = tables.skills(for: header) { return skills }
        return vocabulary.named(header).map { [$0.slug] } ?? []
    }

    /// The kind that a cell names, by the written table or a code's own words; nil when neither knows it.
    mutating func kind(_ cell: String) -> CommunityKind? {
        if let answer = knownKinds[cell] { return answer }
        let answer =
            tables.knownKind(of: cell)
            ?? (try? FieldCheck.code(cell, field: CommunityKind.field, as: CommunityKind.self))
        if knownKinds.count < Self.mostKnown { knownKinds[cell] = .some(answer) }
        return answer
    }

    private func vocabularySkill(_ label: String) -> String? {
        if let skill = vocabulary.named(label) { return skill.slug }
        let same = byWords[Self.words(of: label)] ?? []
        return same.count == 1 ? same.first : nil
    }

    /// How people say that a list goes on, folded.
    private static let more: Set = [
        "etc", "etc.", "et cetera", "et caetera", "etcetera", "and so on", "and so forth", "and more",
        "entre autres",
        "...",
    ]
    private static let longestMore = 12
    /// Last bytes of `etc`, of signs, and of the ellipsis.
    private static let endings = Set("cC.,; \u{2026}".utf8.filter { $0 != 0xE2 && $0 != 0x80 })

    /// An item without the words that say that a list goes on: `couture, etc.` is of one skill. Empty when it is nothing
    /// else.
    static func withoutMore(_ item: String) -> String {
        // Nearly all items are longer, and end in no such way.
        guard item.utf8.count <= longestMore || item.utf8.last.map(endings.contains) ?? false else {
            return item
        }
        var rest = item.trimmingSpaces
        while !rest.isEmpty {
            if saysMore(rest[...]) || rest == "." { return "" }
            let end = rest.lastIndex { " ,;".contains($0) }
            if let end, saysMore(rest[rest.index(after: end)...]) {
                rest = String(rest[..<end]).trimmingSpaces
            } else if let last = rest.last, ",;\u{2026}".contains(last) || rest.hasSuffix("...") {
                rest = String(last == "." ? rest.dropLast(3) : rest.dropLast()).trimmingSpaces
            } else {
                break
            }
        }
        return rest
    }

    private static func saysMore(_ text: Substring) -> Bool {
        text.utf8.count <= longestMore && more.contains(Folding.fold(text))
    }

    private static let cutting = Array("|,;/\n\r".utf8)

    /// The items of a cell: whole when it is known whole, else cut at `|`, else at line breaks, `;` and `,`, outside
    /// brackets; what is not known then is cut at `/`.
    mutating func items(in cell: String) -> [String] {
        cut(cell).compactMap { item in
            let bare = Self.withoutMore(item)
            // A label of the written table may end so itself.
            if bare == item || !skills(for: item).isEmpty { return item }
            return bare.isEmpty ? nil : bare
        }
    }

    private mutating func cut(_ cell: String) -> [String] {
        let hasBullets = cell.utf8.contains(0xE2) && cell.contains("•")
        guard hasBullets || cell.utf8.contains(where: { Self.cutting.contains($0) }) else { return [cell] }
        if tables.skills(for: cell) != nil { return [cell] }
        let listed = hasBullets ? cell.replacing("•", with: "\n") : cell
        let labels = tables.labels(
            in: listed, separators: listed.utf8.contains(UInt8(ascii: "|")) ? "|" : ",;\n\r")
        var items: [String] = []
        var rest = labels.map { spacingLineBreaks(in: $0).text }[...]
        while let item = rest.popFirst() {
            // A label of the written table may hold commas of its own.
            if let next = rest.first, case let both = "\(item), \(next)", tables.skills(for: both) != nil {
                items.append(both)
                rest.removeFirst()
            } else if item.contains("/"), skills(for: item).isEmpty {
                items += tables.labels(in: item, separators: "/")
            } else {
                items.append(item)
            }
        }
        return items
    }
}
