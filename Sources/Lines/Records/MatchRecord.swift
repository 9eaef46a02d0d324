/// A candidate that a round selected. The sides that the reader may not see are absent.
package struct MatchRecord: LineRecord {
    /// `<round>/<number>`.
    package var match: MatchName
    /// proposed, agreed, met…
    package var status: String
    /// The candidate's score, ppm.
    package var score: Int
    /// The community that helps.
    package var provider: String?
    /// The skill that it offers.
    package var offer: String?
    /// The community that is helped.
    package var receiver: String?
    /// The skill that it needs.
    package var need: String?
    /// The ring that the match is part of, if any.
    package var ring: String?
    /// Between the two, in kilometres, one place.
    package var distanceKm: FixedDecimal?

    /// The round's slug.
    package var round: String { match.round }

    /// All values, in the order of the columns.
    package init(
        match: MatchName, status: String, score: Int, provider: String? = nil, offer: String? = nil,
        receiver: String? = nil, need: String? = nil, ring: String? = nil, distanceKm: FixedDecimal? = nil
    ) {
        self.match = match
        self.status = status
        self.score = score
        self.provider = provider
        self.offer = offer
        self.receiver = receiver
        self.need = need
        self.ring = ring
        self.distanceKm = distanceKm
    }

    package static let name = "match"

    package static let columns = [
        Column("match", .code, required: true, fr: "mise en relation", en: "match"),
        Column("round", .slug, required: true, fr: "session", en: "round"),
        Column("status", .code, required: true, fr: "état", en: "status"),
        Column("score", .ppm, required: true, fr: "score", en: "score"),
        Column("provider", .slug, fr: "aidante", en: "provider"),
        Column("offer", .slug, fr: "offre", en: "offer"),
        Column("receiver", .slug, fr: "aidée", en: "receiver"),
        Column("need", .slug, fr: "besoin", en: "need"),
        Column("ring", .code, fr: "boucle", en: "ring"),
        Column("distance_km", .decimal(places: 1), fr: "distance (km)", en: "distance (km)"),
    ]

    package var fields: [Field] {
        [
            .text(match.description),
            .text(match.round),
            .text(status),
            .integer(score),
            .text(orAbsent: provider),
            .text(orAbsent: offer),
            .text(orAbsent: receiver),
            .text(orAbsent: need),
            .text(orAbsent: ring),
            .decimal(orAbsent: distanceKm),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        guard let match = MatchName(parsing: try cursor.text()) else {
            throw LineError(.badCode, field: "match")
        }
        self.match = match
        // Told twice on each line for whoever filters by round; the two must agree.
        guard try cursor.text() == match.round else { throw LineError(.badCode, field: "round") }
        status = try cursor.text()
        score = try cursor.integer()
        provider = try cursor.optionalText()
        offer = try cursor.optionalText()
        receiver = try cursor.optionalText()
        need = try cursor.optionalText()
        ring = try cursor.optionalText()
        distanceKm = try cursor.optionalDecimal()
    }
}
