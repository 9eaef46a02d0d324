package import Lines

/// A commune, or another official place that communities live in.
package struct Territory: Sendable, Equatable {
    /// Its official code: an INSEE code in France.
    package var code: String
    /// Its name, accents and all.
    package var name: String
    /// Its postcodes, sorted.
    package var postcodes: [String]
    /// Code of its département, or empty.
    package var departement: String
    /// Code of its region, or empty.
    package var region: String
    /// Micro-degrees north; nil exactly when `longitudeE6` is.
    package var latitudeE6: Int?
    /// Micro-degrees east.
    package var longitudeE6: Int?
    /// Inhabitants.
    package var population: Int?

    /// A territory.
    package init(
        code: String, name: String, postcodes: [String] = [], departement: String = "", region: String = "",
        latitudeE6: Int? = nil, longitudeE6: Int? = nil, population: Int? = nil
    ) {
        self.code = code
        self.name = name
        self.postcodes = postcodes
        self.departement = departement
        self.region = region
        self.latitudeE6 = latitudeE6
        self.longitudeE6 = longitudeE6
        self.population = population
    }

    /// Its line; the postcode is the first.
    package var record: TerritoryRecord {
        TerritoryRecord(
            territory: code, name: name, postcode: postcodes.first,
            departement: departement.isEmpty ? nil : departement, region: region.isEmpty ? nil : region,
            latitude: latitudeE6.map { FixedDecimal(microdegrees: $0) },
            longitude: longitudeE6.map { FixedDecimal(microdegrees: $0) }, population: population)
    }
}
