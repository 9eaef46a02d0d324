/// One skill of the vocabulary, with the relations that scoring reads.
package struct VocabularyEntry: Sendable, Equatable {
    /// A directed relation: who knows the entry's skill can largely help with `slug`.
    package struct Related: Sendable, Equatable {
        /// The skill that can be helped with.
        package var slug: String
        /// How largely, in ppm, 1…1000000.
        package var strength: Int

        /// A relation towards `slug`.
        package init(slug: String, strength: Int) {
            self.slug = slug
            self.strength = strength
        }
    }

    /// The skill's slug.
    package var slug: String
    /// The slug of the next broader skill; nil at the top of a family.
    package var broader: String?
    /// The skills that this one largely helps with.
    package var related: [Related]

    /// An entry of the vocabulary.
    package init(slug: String, broader: String? = nil, related: [Related] = []) {
        self.slug = slug
        self.broader = broader
        self.related = related
    }
}

/// A point on the globe.
package struct Position: Sendable, Equatable {
    /// Micro-degrees north, −90000000…90000000.
    package var latitudeE6: Int
    /// Micro-degrees east, −180000000…180000000.
    package var longitudeE6: Int

    /// A point given in micro-degrees.
    package init(latitudeE6: Int, longitudeE6: Int) {
        self.latitudeE6 = latitudeE6
        self.longitudeE6 = longitudeE6
    }
}

/// A skill that a community can pass on. Empty lists mean "as the community".
package struct OfferInput: Sendable, Equatable {
    /// The skill's slug.
    package var skill: String
    /// 1…4.
    package var level: Int
    /// How many needs it may serve in this round.
    package var capacity: Int
    /// The relation wished for, if stated.
    package var posture: Posture?
    /// The shapes wished for; empty when not stated.
    package var formats: [Format]
    /// Ways of meeting; empty as the community.
    package var modes: [Mode]
    /// Languages; empty as the community.
    package var languages: [String]
    /// Time slots; empty as the community.
    package var slots: [Slot]

    /// An offer; what is left out takes the profile defaults.
    package init(
        skill: String, level: Int = ProfileDefaults.standard.offerLevel,
        capacity: Int = ProfileDefaults.standard.capacity, posture: Posture? = nil, formats: [Format] = [],
        modes: [Mode] = [], languages: [String] = [], slots: [Slot] = []
    ) {
        self.skill = skill
        self.level = level
        self.capacity = capacity
        self.posture = posture
        self.formats = formats
        self.modes = modes
        self.languages = languages
        self.slots = slots
    }
}

/// A skill that a community lacks. Empty lists mean "as the community".
package struct NeedInput: Sendable, Equatable {
    /// The skill's slug.
    package var skill: String
    /// Where the community stands, 1…4.
    package var levelNow: Int
    /// Where it wants to be, 1…4.
    package var level: Int
    /// 1…3, 3 the most pressing.
    package var urgency: Int
    /// How many matches it may take in this round.
    package var quantity: Int
    /// The relation wished for, if stated.
    package var posture: Posture?
    /// The shapes wished for; empty when not stated.
    package var formats: [Format]
    /// Ways of meeting; empty as the community.
    package var modes: [Mode]
    /// Languages; empty as the community.
    package var languages: [String]
    /// Time slots; empty as the community.
    package var slots: [Slot]

    /// A need; what is left out takes the profile defaults, `level` one step above `levelNow`.
    package init(
        skill: String, levelNow: Int = ProfileDefaults.standard.needLevelNow, level: Int? = nil,
        urgency: Int = ProfileDefaults.standard.urgency, quantity: Int = ProfileDefaults.standard.quantity,
        posture: Posture? = nil, formats: [Format] = [], modes: [Mode] = [], languages: [String] = [],
        slots: [Slot] = []
    ) {
        self.skill = skill
        self.levelNow = levelNow
        self.level = level ?? ProfileDefaults.standard.needLevel(from: levelNow)
        self.urgency = urgency
        self.quantity = quantity
        self.posture = posture
        self.formats = formats
        self.modes = modes
        self.languages = languages
        self.slots = slots
    }
}

/// A community that takes part: active, consenting to matching, fresh.
package struct Participant: Sendable, Equatable {
    /// The community's slug.
    package var slug: String
    /// The slug of the organisation it belongs to; need not take part itself.
    package var parent: String?
    /// Languages it speaks; at least one.
    package var languages: [String]
    /// Ways of meeting; at least one.
    package var modes: [Mode]
    /// Time slots; empty means any.
    package var slots: [Slot]
    /// How far it travels or receives from when meeting on site, in kilometres.
    package var maxKm: Int
    /// How many matches it carries as a provider.
    package var give: Int
    /// How many matches it carries as a receiver.
    package var receive: Int
    /// Where it is, if known.
    package var position: Position?
    /// Rounds it spent unmatched.
    package var waiting: Int
    /// Slugs of the zones that it lies in, of those that the round asks for.
    package var zones: [String]
    /// What it offers, at most once per skill.
    package var offers: [OfferInput]
    /// What it needs, at most once per skill.
    package var needs: [NeedInput]

    /// A participant; what is left out takes the profile defaults.
    package init(
        slug: String, parent: String? = nil, languages: [String], modes: [Mode], slots: [Slot] = [],
        maxKm: Int = ProfileDefaults.standard.maxKm, give: Int = ProfileDefaults.standard.give,
        receive: Int = ProfileDefaults.standard.receive, position: Position? = nil, waiting: Int = 0,
        zones: [String] = [], offers: [OfferInput] = [], needs: [NeedInput] = []
    ) {
        self.slug = slug
        self.parent = parent
        self.languages = languages
        self.modes = modes
        self.slots = slots
        self.maxKm = maxKm
        self.give = give
        self.receive = receive
        self.position = position
        self.waiting = waiting
        self.zones = zones
        self.offers = offers
        self.needs = needs
    }
}

/// A community that is known but does not take part.
package struct Absentee: Sendable, Equatable {
    /// The community's slug.
    package var slug: String
    /// Why it does not take part: `unconfirmed`, `paused`, `no_consent` or `stale`.
    package var reason: WhyNot

    /// A community left aside for a reason of standing.
    package init(slug: String, reason: WhyNot) {
        self.slug = slug
        self.reason = reason
    }
}

/// A match of an earlier published round. The two need not take part in this one.
package struct Meeting: Sendable, Equatable {
    /// Slug of the community that helped.
    package var provider: String
    /// Slug of the community that was helped.
    package var receiver: String
    /// The need's skill.
    package var skill: String
    /// 1 for the last published round, 2 for the one before, and so on.
    package var roundsAgo: Int

    /// A past match.
    package init(provider: String, receiver: String, skill: String, roundsAgo: Int) {
        self.provider = provider
        self.receiver = receiver
        self.skill = skill
        self.roundsAgo = roundsAgo
    }
}

/// A pair that a coordinator set aside, in this direction. The two need not take part.
package struct Exclusion: Sendable, Equatable {
    /// Slug of the community that must not help.
    package var provider: String
    /// Slug of the community that must not be helped by it.
    package var receiver: String

    /// A direction set aside.
    package init(provider: String, receiver: String) {
        self.provider = provider
        self.receiver = receiver
    }
}
