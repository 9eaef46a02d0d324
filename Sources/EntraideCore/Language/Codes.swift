package import Matching

/// A closed list of codes: machine output carries the raw value, human text its label.
package protocol CodeList: RawRepresentable, CaseIterable, Sendable, Equatable where RawValue == String {
    /// What the list is called in an error ("kind", "stage", …): the English field name.
    static var field: String { get }
    /// What a person reads instead of the code.
    var label: Bilingual { get }
}

package enum CommunityKind: String, CodeList {
    case fablab
    case thirdPlace = "third-place"
    case association, collective, commons, mediation, cooperative
    case publicBody = "public-body"
    case other

    package static let field = "kind"
    package var label: Bilingual {
        switch self {
        case .fablab: Bilingual(fr: "fablab", en: "fablab")
        case .thirdPlace: Bilingual(fr: "tiers-lieu", en: "third place")
        case .association: Bilingual(fr: "association", en: "association")
        case .collective: Bilingual(fr: "collectif", en: "collective")
        case .commons: Bilingual(fr: "commun numérique", en: "digital commons")
        case .mediation: Bilingual(fr: "lieu de médiation", en: "digital mediation place")
        case .cooperative: Bilingual(fr: "coopérative", en: "cooperative")
        case .publicBody: Bilingual(fr: "organisme public", en: "public body")
        case .other: Bilingual(fr: "autre", en: "other")
        }
    }
}

package enum CommunityStatus: String, CodeList {
    case unconfirmed, active, paused

    package static let field = "status"
    package var label: Bilingual {
        switch self {
        case .unconfirmed: Bilingual(fr: "à confirmer", en: "unconfirmed")
        case .active: Bilingual(fr: "active", en: "active")
        case .paused: Bilingual(fr: "en pause", en: "paused")
        }
    }
}

package enum Visibility: String, CodeList {
    case `public`, partners, `private`

    package static let field = "visibility"
    package var label: Bilingual {
        switch self {
        case .public: Bilingual(fr: "publique", en: "public")
        case .partners: Bilingual(fr: "partenaires", en: "partners")
        case .private: Bilingual(fr: "privée", en: "private")
        }
    }
}

package enum Stage: String, CodeList {
    case starting, organising, funding, documenting
    case passingOn = "passing-on"

    package static let field = "stage"
    package var label: Bilingual {
        switch self {
        case .starting: Bilingual(fr: "démarrer", en: "starting")
        case .organising: Bilingual(fr: "s’organiser", en: "organising")
        case .funding: Bilingual(fr: "se financer", en: "funding")
        case .documenting: Bilingual(fr: "documenter", en: "documenting")
        case .passingOn: Bilingual(fr: "transmettre", en: "passing on")
        }
    }
}

package enum RoundStatus: String, CodeList {
    case draft, open, proposed, published, closed, cancelled

    package static let field = "status"
    package var label: Bilingual {
        switch self {
        case .draft: Bilingual(fr: "brouillon", en: "draft")
        case .open: Bilingual(fr: "ouverte", en: "open")
        case .proposed: Bilingual(fr: "proposée", en: "proposed")
        case .published: Bilingual(fr: "publiée", en: "published")
        case .closed: Bilingual(fr: "close", en: "closed")
        case .cancelled: Bilingual(fr: "annulée", en: "cancelled")
        }
    }
}

package enum MatchStatus: String, CodeList {
    case proposed
    case acceptedProvider = "accepted_provider"
    case acceptedReceiver = "accepted_receiver"
    case agreed, met, completed, declined, lapsed, abandoned, erased

    package static let field = "status"
    package var label: Bilingual {
        switch self {
        case .proposed: Bilingual(fr: "proposée", en: "proposed")
        case .acceptedProvider: Bilingual(fr: "acceptée par l’aidante", en: "accepted by the provider")
        case .acceptedReceiver: Bilingual(fr: "acceptée par l’aidée", en: "accepted by the receiver")
        case .agreed: Bilingual(fr: "convenue", en: "agreed")
        case .met: Bilingual(fr: "rencontre faite", en: "met")
        case .completed: Bilingual(fr: "aboutie", en: "completed")
        case .declined: Bilingual(fr: "déclinée", en: "declined")
        case .lapsed: Bilingual(fr: "sans réponse", en: "lapsed")
        case .abandoned: Bilingual(fr: "abandonnée", en: "abandoned")
        case .erased: Bilingual(fr: "effacée", en: "erased")
        }
    }
}

/// What a community may consent to, each purpose on its own.
package enum Purpose: String, CodeList {
    case matching, publication, contact, research

    package static let field = "consent"
    package var label: Bilingual {
        switch self {
        case .matching: Bilingual(fr: "participer aux sessions d’entraide", en: "taking part in rounds")
        case .publication:
            Bilingual(fr: "montrer son profil aux partenaires", en: "showing its profile to partners")
        case .contact: Bilingual(fr: "transmettre son contact", en: "passing on its contact")
        case .research: Bilingual(fr: "servir à la recherche", en: "use in research")
        }
    }
}

/// How a consent or a confirmation reached us.
package enum Channel: String, CodeList {
    case `self`, phone, mail, meeting
    /// Read in a file of profiles: nobody knows who wrote it.
    case file
    /// Typed by a coordinator who does not say how it was told.
    case coordinator

    package static let field = "channel"

    /// Whether the community itself said it, directly or to someone who says how.
    var isItsWord: Bool { self != .file && self != .coordinator }

    package var label: Bilingual {
        switch self {
        case .self: Bilingual(fr: "elle-même", en: "itself")
        case .phone: Bilingual(fr: "téléphone", en: "phone")
        case .mail: Bilingual(fr: "courriel", en: "mail")
        case .meeting: Bilingual(fr: "réunion", en: "meeting")
        case .file: Bilingual(fr: "fichier", en: "file")
        case .coordinator: Bilingual(fr: "la coordination", en: "the coordinator")
        }
    }
}

package enum TokenScope: String, CodeList {
    case communities, matches, contacts, changes

    package static let field = "scope"
    package var label: Bilingual {
        switch self {
        case .communities: Bilingual(fr: "communautés", en: "communities")
        case .matches: Bilingual(fr: "mises en relation", en: "matches")
        case .contacts: Bilingual(fr: "contacts", en: "contacts")
        case .changes: Bilingual(fr: "changements", en: "changes")
        }
    }
}

extension Mode: CodeList {
    package static let field = "modes"
    package var label: Bilingual {
        switch self {
        case .remote: Bilingual(fr: "à distance", en: "remote")
        case .onSite: Bilingual(fr: "sur place", en: "on site")
        }
    }
}

extension Slot: CodeList {
    package static let field = "slots"
    package var label: Bilingual {
        switch self {
        case .day: Bilingual(fr: "en journée", en: "daytime")
        case .evening: Bilingual(fr: "en soirée", en: "evening")
        case .weekend: Bilingual(fr: "le week-end", en: "weekend")
        }
    }
}

extension Posture: CodeList {
    package static let field = "posture"
    package var label: Bilingual {
        switch self {
        case .mentor: Bilingual(fr: "mentorat", en: "mentor")
        case .peer: Bilingual(fr: "entre pairs", en: "peer")
        case .circle: Bilingual(fr: "cercle", en: "circle")
        }
    }
}

extension Format: CodeList {
    package static let field = "formats"
    package var label: Bilingual {
        switch self {
        case .shortHelp: Bilingual(fr: "coup de main", en: "short help")
        case .visit: Bilingual(fr: "visite", en: "visit")
        case .workshop: Bilingual(fr: "atelier", en: "workshop")
        case .companionship: Bilingual(fr: "compagnonnage", en: "companionship")
        case .residency: Bilingual(fr: "résidence", en: "residency")
        }
    }
}

extension Factor: CodeList {
    package static let field = "factor"
    package var label: Bilingual {
        switch self {
        case .skill: Bilingual(fr: "compétence", en: "skill")
        case .level: Bilingual(fr: "niveau", en: "level")
        case .closeness: Bilingual(fr: "proximité", en: "closeness")
        case .urgency: Bilingual(fr: "urgence", en: "urgency")
        case .waiting: Bilingual(fr: "attente", en: "waiting")
        case .novelty: Bilingual(fr: "nouveauté", en: "novelty")
        case .fit: Bilingual(fr: "manière de faire", en: "way of working")
        }
    }
}

extension Coverage: CodeList {
    package static let field = "coverage"
    package var label: Bilingual {
        switch self {
        case .bonus: Bilingual(fr: "le total d’abord", en: "the total first")
        case .first: Bilingual(fr: "une première aide pour toutes d’abord", en: "a first match for all first")
        }
    }
}

extension Mutual: CodeList {
    package static let field = "mutual"
    package var label: Bilingual {
        switch self {
        case .off: Bilingual(fr: "non recherchée", en: "not sought")
        case .pairs: Bilingual(fr: "paires réciproques", en: "two-way pairs")
        case .rings:
            Bilingual(
                fr: "paires réciproques et boucles de trois", en: "two-way pairs and rings of three")
        }
    }
}

extension BoundScope: CodeList {
    package static let field = "scope"
    package var label: Bilingual {
        switch self {
        case .market: Bilingual(fr: "toutes les paires possibles", en: "all admissible pairs")
        case .listed: Bilingual(fr: "les pistes retenues", en: "the listed candidates")
        }
    }
}

extension WhyNot: CodeList {
    package static let field = "reason"
    package var label: Bilingual {
        switch self {
        case .itself: Bilingual(fr: "c’est la même communauté", en: "it is the same community")
        case .unconfirmed: Bilingual(fr: "profil à confirmer", en: "profile not confirmed yet")
        case .paused: Bilingual(fr: "en pause", en: "on pause")
        case .noConsent:
            Bilingual(
                fr: "sans accord pour participer", en: "no consent to taking part")
        case .stale:
            Bilingual(
                fr: "profil trop ancien, à confirmer de nouveau", en: "profile too old, to be confirmed again"
            )
        case .sameParent:
            Bilingual(fr: "elles relèvent de la même structure", en: "they belong to the same parent")
        case .excluded:
            Bilingual(fr: "paire écartée par la coordination", en: "pair set aside by a coordinator")
        case .noOffer:
            Bilingual(fr: "rien d’offert qui réponde au besoin", en: "nothing offered that answers the need")
        case .belowFloor:
            Bilingual(
                fr: "compétence ou niveau trop éloignés du besoin", en: "skill or level too far from the need"
            )
        case .repeat:
            Bilingual(
                fr: "même entraide déjà dans une session récente",
                en: "the same help was part of a recent round")
        case .noSharedLanguage: Bilingual(fr: "aucune langue en commun", en: "no language in common")
        case .noSharedMode:
            Bilingual(fr: "aucune manière de se rencontrer en commun", en: "no way of meeting in common")
        case .noSharedSlot: Bilingual(fr: "aucun créneau en commun", en: "no time slot in common")
        case .tooFar: Bilingual(fr: "trop loin l’une de l’autre", en: "too far from each other")
        case .needMet:
            Bilingual(
                fr: "ce besoin a déjà toutes ses mises en relation",
                en: "this need already has all its matches")
        case .receiverFull:
            Bilingual(
                fr: "l’aidée reçoit déjà tout ce qu’elle peut accueillir",
                en: "the receiver already receives all it can take")
        case .offerFull:
            Bilingual(
                fr: "cette offre sert déjà des besoins qui y gagnent davantage",
                en: "this offer is fully used by needs that gain more")
        case .providerFull:
            Bilingual(
                fr: "l’aidante porte déjà toutes les mises en relation qu’elle peut tenir",
                en: "the provider already carries all the matches it can")
        }
    }
}
