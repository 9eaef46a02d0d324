import Matching

/// An offer or a need of a profile whose last day went by before it was read.
package struct PastTerm: Sendable, Equatable {
    /// Which of the two it is.
    package enum Kind: String, Sendable {
        case offer, need
    }

    /// Slug of the community.
    package let community: String
    package let kind: Kind
    /// Slug of the skill.
    package let skill: String
    /// Its last day, YYYY-MM-DD.
    package let day: String
}

extension Profile {
    /// What of it no round of `day` or later takes in, as its own last day is past: offers, then needs.
    package func past(on day: String) -> [PastTerm] {
        let slug = community.slug
        return offers.compactMap { offer in
            offer.until.flatMap {
                $0 < day ? PastTerm(community: slug, kind: .offer, skill: offer.terms.skill, day: $0) : nil
            }
        }
            + needs.compactMap { need in
                need.neededBy.flatMap {
                    $0 < day ? PastTerm(community: slug, kind: .need, skill: need.terms.skill, day: $0) : nil
                }
            }
    }
}
