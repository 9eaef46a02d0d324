import Foundation
package import Lines
import Postgres

/// Skills that imports met and nobody knows yet. They may be offered and needed at once, and match themselves alone;
/// someone accepts them, or merges them into a skill that says the same.
extension Skills {
    /// Every proposed skill, the most used first, with the accepted ones that its words may mean.
    package func proposals() async throws -> [ProposalRecord] {
        try await database.read { connection in
            let store = SkillStore(connection: connection)
            let vocabulary = try await store.vocabulary()
            let uses = try await store.usesOfProposed()
            return vocabulary.proposed.map { skill in
                let use = uses[skill.slug] ?? (0, 0)
                return ProposalRecord(
                    skill: skill.slug, labelFR: skill.label.fr, labelEN: skill.label.en, offers: use.offers,
                    needs: use.needs,
                    nearest: vocabulary.finder.find(skill.label.fr, limit: 3).map(\.skill.slug))
            }.sorted { ($1.offers + $1.needs, $0.skill) < ($0.offers + $0.needs, $1.skill) }
        }
    }

    /// Makes a proposed skill one of the vocabulary, with better labels and a place if they are given.
    ///
    /// - Throws: `unknown-skill`, `not-proposed`, `still-proposed`, `bad-text` or `too-long` for a label.
    @discardableResult
    package func accept(
        _ slug: String, labelFR: String? = nil, labelEN: String? = nil, under broader: String? = nil
    ) async throws -> Skill {
        let french = try labelFR.map {
            try FieldCheck.text($0, limit: SkillLimits.name, field: "label_fr")
        }
        let english = try labelEN.map {
            try FieldCheck.text($0, limit: SkillLimits.name, field: "label_en")
        }
        return try await database.write(dryRun: dryRun) { connection in
            try await ImportVocabulary.lock(on: connection)
            let store = SkillStore(connection: connection)
            let vocabulary = try await store.vocabulary()
            let proposed = try Self.proposed(slug, in: vocabulary)
            let place = try broader.map { try Self.accepted($0, in: vocabulary, for: slug).slug }
            let skill = Skill(
                slug: slug,
                label: Bilingual(fr: french ?? proposed.label.fr, en: english ?? proposed.label.en),
                broader: place)
            _ = try await store.insert([skill])
            try await store.place([skill])
            return skill
        }
    }

    /// Puts a skill in the place of a proposed one: offers and needs move over, unless their community states that skill
    /// already; the words become a synonym, unless a skill has them; files that say the old slug mean the new one.
    ///
    /// - Throws: `unknown-skill`, `not-proposed`, `still-proposed`.
    @discardableResult
    package func merge(_ slug: String, into target: String) async throws -> Skill {
        try await database.write(dryRun: dryRun) { connection in
            try await ImportVocabulary.lock(on: connection)
            let store = SkillStore(connection: connection)
            let vocabulary = try await store.vocabulary()
            let proposed = try Self.proposed(slug, in: vocabulary)
            let skill = try Self.accepted(target, in: vocabulary, for: slug)
            let word = proposed.label.fr
            let isNew = !word.contains(",") && vocabulary.named(word) == nil
            try await store.merge(
                slug, into: skill.slug,
                synonym: isNew && skill.synonymsFR.count < SkillLimits.synonyms ? word : nil)
            return skill
        }
    }

    private static func proposed(_ slug: String, in vocabulary: Vocabulary) throws(EntraideError) -> Skill {
        let skill = try vocabulary.require(slug)
        guard skill.slug == slug, vocabulary.proposed.contains(where: { $0.slug == slug }) else {
            throw EntraideError(.notProposed, ["skill": slug])
        }
        return skill
    }

    /// The accepted skill of this slug, that the proposed one `other` goes into or under.
    private static func accepted(
        _ slug: String, in vocabulary: Vocabulary, for other: String
    ) throws(EntraideError) -> Skill {
        let skill = try vocabulary.require(slug)
        guard vocabulary.proposed.contains(where: { $0.slug == skill.slug }) else { return skill }
        let unknown = vocabulary.unknown(slug)
        // Into or under itself: only a skill of the vocabulary will do.
        guard skill.slug != other else { throw unknown }
        throw EntraideError(.stillProposed, unknown.values)
    }
}

extension Skill {
    /// The skill that an unknown word of an import proposes; nil when no slug can be made of it.
    package static func proposed(by word: String) -> Skill? {
        let word = VisibleText.of(word).trimmingSpaces
        let parts = SearchWord.all(in: Folding.fold(word)).map { word in
            String(String.UnicodeScalarView(word.text.unicodeScalars.filter(\.isASCII)))
                .replacing("+", with: "").replacing("#", with: "")
        }
        let slug = String(parts.filter { !$0.isEmpty }.joined(separator: "-").prefix(Slug.maxBytes))
            .trimmingCharacters(in: CharacterSet(charactersIn: "-"))
        guard Slug.isValid(slug) else { return nil }
        let label = Slug.isValid(word) ? word.replacing("-", with: " ") : spoken(CellText.onOneLine(word))
        return Skill(slug: slug, label: Bilingual(fr: label, en: label))
    }

    /// A label that is all in capitals as it would be said: `VANNERIE EN OSIER` is `Vannerie en osier`. Short ones are left,
    /// as they may be initials.
    private static func spoken(_ label: String) -> String {
        guard !label.contains(where: \.isLowercase),
            label.split(separator: " ").contains(where: { $0.count { $0.isUppercase } > 4 })
        else { return label }
        return label.prefix(1) + label.dropFirst().lowercased()
    }
}
