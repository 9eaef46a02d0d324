/// A list of a zone as it is loaded.
package struct ZoneRecord: LineRecord {
    /// The zone's slug.
    package var zone: String
    /// The year or the day of the list.
    package var vintage: String
    /// Where the list came from.
    package var source: String
    /// How many communes lie in the zone, wholly or in part.
    package var communes: Int
    /// How many quarters it has; 0 where it goes by whole communes.
    package var quarters: Int
    /// How many of its communes are not among the territories loaded.
    package var unknown: Int

    /// All values, in the order of the columns.
    package init(zone: String, vintage: String, source: String, communes: Int, quarters: Int, unknown: Int) {
        self.zone = zone
        self.vintage = vintage
        self.source = source
        self.communes = communes
        self.quarters = quarters
        self.unknown = unknown
    }

    package static let name = "zone"

    package static let columns = [
        Column("zone", .code, required: true, fr: "zone", en: "zone"),
        Column("vintage", .code, required: true, fr: "millésime", en: "vintage"),
        Column("source", .text, required: true, fr: "source", en: "source"),
        Column("communes", .integer, required: true, fr: "communes", en: "communes"),
        Column("quarters", .integer, required: true, fr: "quartiers", en: "quarters"),
        Column("unknown", .integer, required: true, fr: "codes inconnus", en: "unknown codes"),
    ]

    package var fields: [Field] {
        [
            .text(zone), .text(vintage), .text(source), .integer(communes), .integer(quarters),
            .integer(unknown),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        zone = try cursor.text()
        vintage = try cursor.text()
        source = try cursor.text()
        communes = try cursor.integer()
        quarters = try cursor.integer()
        unknown = try cursor.integer()
    }
}
