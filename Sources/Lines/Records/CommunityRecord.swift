/// A community, as those may see it that it is shown to.
package struct CommunityRecord: LineRecord {
    /// The slug.
    package var community: String
    /// What it calls itself.
    package var name: String
    /// What it is: fablab, third-place…
    package var kind: String
    /// unconfirmed, active or paused.
    package var status: String?
    /// Where it stands: starting, organising…
    package var stage: String?
    /// The community that carries it, if any.
    package var parent: String?
    /// The commune's code.
    package var territory: String?
    /// Degrees north, six places.
    package var latitude: FixedDecimal?
    /// Degrees east, six places.
    package var longitude: FixedDecimal?
    /// Language codes.
    package var languages: [String]
    /// remote, on-site.
    package var modes: [String]
    /// day, evening, weekend; empty means any.
    package var slots: [String]
    /// How far it goes, in kilometres.
    package var maxKm: Int?
    /// How many matches it carries per round as provider.
    package var give: Int?
    /// How many matches it carries per round as receiver.
    package var receive: Int?
    /// public, partners or private.
    package var visibility: String?
    /// The slugs of its networks.
    package var networks: [String]
    /// The slugs of the skills it offers.
    package var offers: [String]
    /// The slugs of the skills it needs.
    package var needs: [String]

    /// All values, in the order of the columns.
    package init(
        community: String, name: String, kind: String, status: String? = nil, stage: String? = nil,
        parent: String? = nil, territory: String? = nil, latitude: FixedDecimal? = nil,
        longitude: FixedDecimal? = nil, languages: [String] = [], modes: [String] = [], slots: [String] = [],
        maxKm: Int? = nil, give: Int? = nil, receive: Int? = nil, visibility: String? = nil,
        networks: [String] = [], offers: [String] = [], needs: [String] = []
    ) {
        self.community = community
        self.name = name
        self.kind = kind
        self.status = status
        self.stage = stage
        self.parent = parent
        self.territory = territory
        self.latitude = latitude
        self.longitude = longitude
        self.languages = languages
        self.modes = modes
        self.slots = slots
        self.maxKm = maxKm
        self.give = give
        self.receive = receive
        self.visibility = visibility
        self.networks = networks
        self.offers = offers
        self.needs = needs
    }

    package static let name = "community"

    package static let columns = [
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("name", .text, required: true, fr: "nom", en: "name"),
        Column("kind", .code, required: true, fr: "nature", en: "kind"),
        Column("status", .code, fr: "état", en: "status"),
        Column("stage", .code, fr: "étape", en: "stage"),
        Column("parent", .slug, fr: "portée par", en: "parent"),
        Column("territory", .code, fr: "territoire", en: "territory"),
        Column("latitude", .decimal(places: 6), fr: "latitude", en: "latitude"),
        Column("longitude", .decimal(places: 6), fr: "longitude", en: "longitude"),
        Column("languages", .list, fr: "langues", en: "languages"),
        Column("modes", .list, fr: "modes", en: "modes"),
        Column("slots", .list, fr: "créneaux", en: "slots"),
        Column("max_km", .integer, fr: "km au plus", en: "km at most"),
        Column("give", .integer, fr: "aides données au plus", en: "gives at most"),
        Column("receive", .integer, fr: "aides reçues au plus", en: "receives at most"),
        Column("visibility", .code, fr: "visibilité", en: "visibility"),
        Column("networks", .list, fr: "réseaux", en: "networks"),
        Column("offers", .list, fr: "offres", en: "offers"),
        Column("needs", .list, fr: "besoins", en: "needs"),
    ]

    package var fields: [Field] {
        [
            .text(community),
            .text(name),
            .text(kind),
            .text(orAbsent: status),
            .text(orAbsent: stage),
            .text(orAbsent: parent),
            .text(orAbsent: territory),
            .decimal(orAbsent: latitude),
            .decimal(orAbsent: longitude),
            .list(languages),
            .list(modes),
            .list(slots),
            .integer(orAbsent: maxKm),
            .integer(orAbsent: give),
            .integer(orAbsent: receive),
            .text(orAbsent: visibility),
            .list(networks),
            .list(offers),
            .list(needs),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        community = try cursor.text()
        name = try cursor.text()
        kind = try cursor.text()
        status = try cursor.optionalText()
        stage = try cursor.optionalText()
        parent = try cursor.optionalText()
        territory = try cursor.optionalText()
        latitude = try cursor.optionalDecimal()
        longitude = try cursor.optionalDecimal()
        languages = try cursor.list()
        modes = try cursor.list()
        slots = try cursor.list()
        maxKm = try cursor.optionalInteger()
        give = try cursor.optionalInteger()
        receive = try cursor.optionalInteger()
        visibility = try cursor.optionalText()
        networks = try cursor.list()
        offers = try cursor.list()
        needs = try cursor.list()
    }
}
