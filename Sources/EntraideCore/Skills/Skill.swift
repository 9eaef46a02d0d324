package import Lines
package import Matching

/// An entry of the vocabulary.
package struct Skill: Sendable, Equatable {
    /// Another skill that one who knows this one can largely help with.
    package struct Related: Sendable, Equatable {
        /// Slug of the other skill.
        package var slug: String
        /// How largely, ppm, 0…1000000.
        package var strength: Int

        /// A relation towards `slug`.
        package init(slug: String, strength: Int) {
            self.slug = slug
            self.strength = strength
        }
    }

    /// What it is known by, in machine formats and on the command line.
    package var slug: String
    /// What a person reads.
    package var label: Bilingual
    /// Slug of the next broader skill; nil at the top of a family.
    package var broader: String?
    /// Relations towards others.
    package var related: [Related]
    /// Other words for it in French.
    package var synonymsFR: [String]
    /// Other words for it in English.
    package var synonymsEN: [String]
    /// The ESCO concept that it is, if any: `skill/` and its UUID.
    package var esco: String?

    /// A skill.
    package init(
        slug: String, label: Bilingual, broader: String? = nil, related: [Related] = [],
        synonymsFR: [String] = [],
        synonymsEN: [String] = [], esco: String? = nil
    ) {
        self.slug = slug
        self.label = label
        self.broader = broader
        self.related = related
        self.synonymsFR = synonymsFR
        self.synonymsEN = synonymsEN
        self.esco = esco
    }
}

extension Skill {
    /// The skill that a line states.
    package init(_ record: SkillRecord) {
        self.init(
            slug: record.skill, label: Bilingual(fr: record.labelFR, en: record.labelEN),
            broader: record.broader,
            related: record.related.map { Related(slug: $0.skill, strength: $0.strength) },
            synonymsFR: record.synonymsFR, synonymsEN: record.synonymsEN, esco: record.esco)
    }

    /// Its line.
    package var record: SkillRecord {
        SkillRecord(
            skill: slug, labelFR: label.fr, labelEN: label.en, broader: broader,
            related: related.map { SkillRelation(skill: $0.slug, strength: $0.strength) },
            synonymsFR: synonymsFR,
            synonymsEN: synonymsEN, esco: esco)
    }

    /// What scoring reads of it. A relation of no strength helps with nothing, and is left out.
    package var matchingEntry: VocabularyEntry {
        VocabularyEntry(
            slug: slug, broader: broader,
            related: related.filter { $0.strength > 0 }.map {
                VocabularyEntry.Related(slug: $0.slug, strength: $0.strength)
            })
    }
}
