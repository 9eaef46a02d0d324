/// How help can take place. The raw values are the codes of every machine format.
package enum Mode: String, CaseIterable, Sendable, Hashable {
    /// At a distance: call, screen sharing, mail.
    case remote
    /// In the same place; kilometre limits apply when nothing else is shared.
    case onSite = "on-site"
}

/// When a community is free for mutual help.
package enum Slot: String, CaseIterable, Sendable, Hashable {
    /// Working hours of weekdays.
    case day
    /// After working hours of weekdays.
    case evening
    /// Saturday and Sunday.
    case weekend
}

/// The relation that the two sides wish for.
package enum Posture: String, CaseIterable, Sendable, Hashable {
    /// One who knows accompanies one who learns.
    case mentor
    /// Two who learn from each other.
    case peer
    /// Several who learn together.
    case circle
}

/// The shape that the help takes.
package enum Format: String, CaseIterable, Sendable, Hashable {
    /// A question answered, an hour or less.
    case shortHelp = "short-help"
    /// A day at the other's place.
    case visit
    /// A gathering prepared for several people.
    case workshop
    /// Regular meetings over months.
    case companionship
    /// A stay of several days.
    case residency
}

/// The parts of a score, in the order in which they are always listed.
package enum Factor: String, CaseIterable, Sendable, Hashable {
    /// Proximity of the offered skill to the needed one.
    case skill
    /// How well the offer's level serves the step that the need asks for.
    case level
    /// 1 at a distance; on site, falls with the kilometres.
    case closeness
    /// How pressing the need is.
    case urgency
    /// Rounds that the receiver was left out of.
    case waiting
    /// How long ago the two communities last met.
    case novelty
    /// Posture and formats in common.
    case fit
}

/// Why a pair is not a match. The raw values are the codes of every machine format.
///
/// The filters apply in the order of the cases from `itself` to `tooFar`; the first that excludes is the
/// reason given. The last four name the limit that an admissible pair met.
package enum WhyNot: String, CaseIterable, Sendable, Hashable {
    /// Provider and receiver are the same community.
    case itself
    /// The community has not confirmed its profile yet.
    case unconfirmed
    /// The community is on pause.
    case paused
    /// The community did not consent to matching.
    case noConsent = "no_consent"
    /// The profile is too old to be relied on.
    case stale
    /// The two belong to the same parent, or one is the other's parent.
    case sameParent = "same_parent"
    /// A coordinator set this pair aside.
    case excluded
    /// The provider offers nothing related to the need.
    case noOffer = "no_offer"
    /// Related, but too far from the need in skill or level.
    case belowFloor = "below_floor"
    /// The same help between the same two communities was part of a recent round.
    case `repeat`
    /// No language in common.
    case noSharedLanguage = "no_shared_language"
    /// No way of meeting in common.
    case noSharedMode = "no_shared_mode"
    /// No time slot in common.
    case noSharedSlot = "no_shared_slot"
    /// Only on-site is shared, and the distance passes a limit or is unknown.
    case tooFar = "too_far"
    /// The need has all the matches it asked for.
    case needMet = "need_met"
    /// The receiver has all the matches it can carry.
    case receiverFull = "receiver_full"
    /// The offer serves as many receivers as it can.
    case offerFull = "offer_full"
    /// The provider gives as many matches as it can carry.
    case providerFull = "provider_full"

    /// The place in the order of filters: the higher, the nearer the pair came to being a match.
    package var rank: Int {
        switch self {
        case .itself: 0
        case .unconfirmed: 1
        case .paused: 2
        case .noConsent: 3
        case .stale: 4
        case .sameParent: 5
        case .excluded: 6
        case .noOffer: 7
        case .belowFloor: 8
        case .repeat: 9
        case .noSharedLanguage: 10
        case .noSharedMode: 11
        case .noSharedSlot: 12
        case .tooFar: 13
        case .needMet, .receiverFull, .offerFull, .providerFull: 14
        }
    }

    /// Whether the reason is a community's standing: what an ``Absentee`` may carry.
    package var isStanding: Bool {
        switch self {
        case .unconfirmed, .paused, .noConsent, .stale: true
        default: false
        }
    }
}
