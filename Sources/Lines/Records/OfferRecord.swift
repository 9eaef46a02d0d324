/// A skill that a community can pass on.
package struct OfferRecord: LineRecord {
    /// The community's slug.
    package var community: String
    /// The skill's slug.
    package var skill: String
    /// The situation it offers from, 1…4.
    package var level: Int?
    /// How many receivers it may serve in one round.
    package var capacity: Int?
    /// mentor, peer or circle.
    package var posture: String?
    /// The formats wanted or given.
    package var formats: [String]
    /// Remote, on-site; empty means as the community.
    package var modes: [String]
    /// Language codes; empty means as the community.
    package var languages: [String]
    /// Day, evening, weekend; empty means as the community.
    package var slots: [String]
    /// How many people at a time.
    package var groupMax: Int?
    /// The last day of the offer.
    package var until: String?

    /// All values, in the order of the columns.
    package init(
        community: String, skill: String, level: Int? = nil, capacity: Int? = nil, posture: String? = nil,
        formats: [String] = [], modes: [String] = [], languages: [String] = [], slots: [String] = [],
        groupMax: Int? = nil, until: String? = nil
    ) {
        self.community = community
        self.skill = skill
        self.level = level
        self.capacity = capacity
        self.posture = posture
        self.formats = formats
        self.modes = modes
        self.languages = languages
        self.slots = slots
        self.groupMax = groupMax
        self.until = until
    }

    package static let name = "offer"

    package static let columns = [
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("skill", .slug, required: true, fr: "compétence", en: "skill"),
        Column("level", .integer, fr: "niveau", en: "level"),
        Column("capacity", .integer, fr: "capacité", en: "capacity"),
        Column("posture", .code, fr: "posture", en: "posture"),
        Column("formats", .list, fr: "formats", en: "formats"),
        Column("modes", .list, fr: "modes", en: "modes"),
        Column("languages", .list, fr: "langues", en: "languages"),
        Column("slots", .list, fr: "créneaux", en: "slots"),
        Column("group_max", .integer, fr: "groupe max", en: "group max"),
        Column("until", .date, fr: "jusqu'au", en: "until"),
    ]

    package var fields: [Field] {
        [
            .text(community),
            .text(skill),
            .integer(orAbsent: level),
            .integer(orAbsent: capacity),
            .text(orAbsent: posture),
            .list(formats),
            .list(modes),
            .list(languages),
            .list(slots),
            .integer(orAbsent: groupMax),
            .text(orAbsent: until),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        community = try cursor.text()
        skill = try cursor.text()
        level = try cursor.optionalInteger()
        capacity = try cursor.optionalInteger()
        posture = try cursor.optionalText()
        formats = try cursor.list()
        modes = try cursor.list()
        languages = try cursor.list()
        slots = try cursor.list()
        groupMax = try cursor.optionalInteger()
        until = try cursor.optionalText()
    }
}
