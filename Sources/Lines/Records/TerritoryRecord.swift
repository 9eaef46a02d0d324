/// A commune, or another place that communities live in.
package struct TerritoryRecord: LineRecord {
    /// Its official code.
    package var territory: String
    /// Its name.
    package var name: String
    /// Its main postcode.
    package var postcode: String?
    /// Its département.
    package var departement: String?
    /// Its region.
    package var region: String?
    /// Degrees north, six places.
    package var latitude: FixedDecimal?
    /// Degrees east, six places.
    package var longitude: FixedDecimal?
    /// Its inhabitants.
    package var population: Int?

    /// All values, in the order of the columns.
    package init(
        territory: String, name: String, postcode: String? = nil, departement: String? = nil,
        region: String? = nil, latitude: FixedDecimal? = nil, longitude: FixedDecimal? = nil,
        population: Int? = nil
    ) {
        self.territory = territory
        self.name = name
        self.postcode = postcode
        self.departement = departement
        self.region = region
        self.latitude = latitude
        self.longitude = longitude
        self.population = population
    }

    package static let name = "territory"

    package static let columns = [
        Column("territory", .code, required: true, fr: "territoire", en: "territory"),
        Column("name", .text, required: true, fr: "nom", en: "name"),
        Column("postcode", .code, fr: "code postal", en: "postcode"),
        Column("departement", .text, fr: "département", en: "departement"),
        Column("region", .text, fr: "région", en: "region"),
        Column("latitude", .decimal(places: 6), fr: "latitude", en: "latitude"),
        Column("longitude", .decimal(places: 6), fr: "longitude", en: "longitude"),
        Column("population", .integer, fr: "population", en: "population"),
    ]

    package var fields: [Field] {
        [
            .text(territory),
            .text(name),
            .text(orAbsent: postcode),
            .text(orAbsent: departement),
            .text(orAbsent: region),
            .decimal(orAbsent: latitude),
            .decimal(orAbsent: longitude),
            .integer(orAbsent: population),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        territory = try cursor.text()
        name = try cursor.text()
        postcode = try cursor.optionalText()
        departement = try cursor.optionalText()
        region = try cursor.optionalText()
        latitude = try cursor.optionalDecimal()
        longitude = try cursor.optionalDecimal()
        population = try cursor.optionalInteger()
    }
}
