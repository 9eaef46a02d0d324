import Lines
package import Matching

/// The unit that helps and is helped, without its offers and needs.
package struct Community: Sendable, Equatable {
    package var slug: String
    package var name: String
    package var kind: CommunityKind
    package var status: CommunityStatus = .active
    package var stage: Stage?
    /// Slug of the organisation that it belongs to.
    package var parent: String?
    /// Code of a territory (for France, the commune's INSEE code).
    package var territory: String?
    /// Where it says that it is; without it, its territory's centre serves.
    package var position: Position?
    package var languages: [String] = ["fr"]
    package var modes: [Mode] = [.remote, .onSite]
    /// Empty means any.
    package var slots: [Slot] = []
    package var maxKm = ProfileDefaults.standard.maxKm
    package var give = ProfileDefaults.standard.give
    package var receive = ProfileDefaults.standard.receive
    package var visibility: Visibility = .partners

    package init(slug: String, name: String, kind: CommunityKind) {
        self.slug = slug
        self.name = name
        self.kind = kind
    }
}

/// How long and how large the values of a profile may be. What is past them is refused, never cut.
package enum ProfileLimits {
    /// Bytes of a whole profile as it is read: ten times what a hundred offers and as many needs take, all fields said. No
    /// tree of nodes is made of more.
    package static let bytes = 256 << 10
    /// UTF-8 bytes.
    package static let name = 200
    package static let contact = 200
    package static let sourceID = 200
    package static let title = 200
    package static let territory = 16
    package static let offers = 100
    package static let needs = 100
    package static let languages = 16

    package static let maxKm = 0...20_000
    package static let give = 0...1000
    package static let receive = 0...1000
    package static let capacity = 0...1000
    package static let quantity = 1...100
    package static let groupMax = 1...1000
}

/// What makes up a community's profile: one ndjson line, or one YAML document.
///
/// The contact and the source id stay in the store: no frozen input and no other record carries them.
package struct Profile: Sendable, Equatable {
    package var community: Community
    package var offers: [Offer] = []
    package var needs: [Need] = []
    package var contact: String?
    package var consent: [Purpose: Bool] = [:]
    /// Where it came from, as `source:id`.
    package var sourceID: String?

    package init(community: Community) {
        self.community = community
    }

    /// Whether the community agreed to `purpose`. What was never asked is a no.
    package func consents(to purpose: Purpose) -> Bool { consent[purpose] ?? false }

    /// What no single field can tell: how many offers and needs there are, each skill once, and what must not be empty.
    ///
    /// - Throws: `out-of-range`, `duplicate-offer`, `duplicate-need`, `missing-field`, `bad-parent`.
    package func validate() throws(EntraideError) {
        let slug = community.slug
        guard !community.languages.isEmpty else {
            throw EntraideError(.missingField, ["name": "languages"], at: Place(field: "languages"))
        }
        guard !community.modes.isEmpty else {
            throw EntraideError(.missingField, ["name": "modes"], at: Place(field: "modes"))
        }
        if community.parent == slug {
            throw EntraideError(.badParent, ["parent": slug], at: Place(field: "parent"))
        }
        guard offers.count <= ProfileLimits.offers else {
            throw EntraideError(
                .outOfRange, ["range": "0–\(ProfileLimits.offers)"], at: Place(field: "offers"))
        }
        guard needs.count <= ProfileLimits.needs else {
            throw EntraideError(.outOfRange, ["range": "0–\(ProfileLimits.needs)"], at: Place(field: "needs"))
        }
        var seen: Set<String> = []
        for offer in offers where !seen.insert(offer.terms.skill).inserted {
            throw EntraideError(.duplicateOffer, ["community": slug, "skill": offer.terms.skill])
        }
        seen = []
        for need in needs where !seen.insert(need.terms.skill).inserted {
            throw EntraideError(.duplicateNeed, ["community": slug, "skill": need.terms.skill])
        }
    }

    /// The same profile with offers, needs and lists in canonical order, so that equal profiles are equal values.
    package var canonical: Profile {
        var copy = self
        copy.offers.sort { precedes($0.terms.skill, $1.terms.skill) }
        copy.needs.sort { precedes($0.terms.skill, $1.terms.skill) }
        copy.community.languages = copy.community.languages.sorted(by: precedes)
        copy.community.modes = Mode.allCases.filter(copy.community.modes.contains)
        copy.community.slots = Slot.allCases.filter(copy.community.slots.contains)
        for i in copy.offers.indices {
            copy.offers[i].terms.languages.sort(by: precedes)
            copy.offers[i].terms.modes = Mode.allCases.filter(copy.offers[i].terms.modes.contains)
            copy.offers[i].terms.slots = Slot.allCases.filter(copy.offers[i].terms.slots.contains)
            copy.offers[i].terms.formats = Format.allCases.filter(copy.offers[i].terms.formats.contains)
        }
        for i in copy.needs.indices {
            copy.needs[i].terms.languages.sort(by: precedes)
            copy.needs[i].terms.modes = Mode.allCases.filter(copy.needs[i].terms.modes.contains)
            copy.needs[i].terms.slots = Slot.allCases.filter(copy.needs[i].terms.slots.contains)
            copy.needs[i].terms.formats = Format.allCases.filter(copy.needs[i].terms.formats.contains)
        }
        return copy
    }
}
