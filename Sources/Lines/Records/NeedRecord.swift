/// A skill that a community lacks.
package struct NeedRecord: LineRecord {
    /// The community's slug.
    package var community: String
    /// The skill's slug.
    package var skill: String
    /// The situation it is in, 1…4.
    package var levelNow: Int?
    /// The situation it wants to reach, 1…4.
    package var level: Int?
    /// 1…3.
    package var urgency: Int?
    /// How many matches it may take.
    package var quantity: Int?
    /// The last day that help is of use.
    package var neededBy: String?
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

    /// All values, in the order of the columns.
    package init(
        community: String, skill: String, levelNow: Int? = nil, level: Int? = nil, urgency: Int? = nil,
        quantity: Int? = nil, neededBy: String? = nil, posture: String? = nil, formats: [String] = [],
        modes: [String] = [], languages: [String] = [], slots: [String] = []
    ) {
        self.community = community
        self.skill = skill
        self.levelNow = levelNow
        self.level = level
        self.urgency = urgency
        self.quantity = quantity
        self.neededBy = neededBy
        self.posture = posture
        self.formats = formats
        self.modes = modes
        self.languages = languages
        self.slots = slots
    }

    package static let name = "need"

    package static let columns = [
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("skill", .slug, required: true, fr: "compétence", en: "skill"),
        Column("level_now", .integer, fr: "niveau actuel", en: "level now"),
        Column("level", .integer, fr: "niveau visé", en: "level"),
        Column("urgency", .integer, fr: "urgence", en: "urgency"),
        Column("quantity", .integer, fr: "quantité", en: "quantity"),
        Column("needed_by", .date, fr: "avant le", en: "needed by"),
        Column("posture", .code, fr: "posture", en: "posture"),
        Column("formats", .list, fr: "formats", en: "formats"),
        Column("modes", .list, fr: "modes", en: "modes"),
        Column("languages", .list, fr: "langues", en: "languages"),
        Column("slots", .list, fr: "créneaux", en: "slots"),
    ]

    package var fields: [Field] {
        [
            .text(community),
            .text(skill),
            .integer(orAbsent: levelNow),
            .integer(orAbsent: level),
            .integer(orAbsent: urgency),
            .integer(orAbsent: quantity),
            .text(orAbsent: neededBy),
            .text(orAbsent: posture),
            .list(formats),
            .list(modes),
            .list(languages),
            .list(slots),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        community = try cursor.text()
        skill = try cursor.text()
        levelNow = try cursor.optionalInteger()
        level = try cursor.optionalInteger()
        urgency = try cursor.optionalInteger()
        quantity = try cursor.optionalInteger()
        neededBy = try cursor.optionalText()
        posture = try cursor.optionalText()
        formats = try cursor.list()
        modes = try cursor.list()
        languages = try cursor.list()
        slots = try cursor.list()
    }
}
