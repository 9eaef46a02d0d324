package import Lines
package import Matching

/// A skill that a community lacks: at most one per community and skill.
package struct Need: Sendable, Equatable {
    /// What matching reads of it.
    package var terms: NeedInput
    /// The last day on which help is of use, `YYYY-MM-DD`.
    package var neededBy: String?

    package init(terms: NeedInput) {
        self.terms = terms
    }

    package func record(community: String) -> NeedRecord {
        NeedRecord(
            community: community, skill: terms.skill, levelNow: terms.levelNow, level: terms.level,
            urgency: terms.urgency, quantity: terms.quantity, neededBy: neededBy,
            posture: terms.posture?.rawValue,
            formats: terms.formats.map(\.rawValue), modes: terms.modes.map(\.rawValue),
            languages: terms.languages,
            slots: terms.slots.map(\.rawValue))
    }
}
