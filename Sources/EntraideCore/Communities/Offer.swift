package import Lines
package import Matching

/// A skill that a community can pass on: at most one per community and skill.
package struct Offer: Sendable, Equatable {
    /// What matching reads of it.
    package var terms: OfferInput
    /// How many people may take part at once.
    package var groupMax: Int?
    /// The last day on which it stands, `YYYY-MM-DD`.
    package var until: String?
    /// Read from a file of places and not yet promised to peers: outside matching until confirmed.
    package var suggested = false

    package init(terms: OfferInput) {
        self.terms = terms
    }

    package func record(community: String) -> OfferRecord {
        OfferRecord(
            community: community, skill: terms.skill, level: terms.level, capacity: terms.capacity,
            posture: terms.posture?.rawValue, formats: terms.formats.map(\.rawValue),
            modes: terms.modes.map(\.rawValue), languages: terms.languages,
            slots: terms.slots.map(\.rawValue),
            groupMax: groupMax, until: until)
    }
}
