/// One factor of a match's score. The points of all factors add up to the score.
package struct ReasonRecord: LineRecord {
    /// `<round>/<number>`.
    package var match: MatchName
    /// skill, level, closeness…
    package var factor: String
    /// The factor's weight in the round, ppm.
    package var weight: Int
    /// The factor's value for this candidate, ppm.
    package var value: Int
    /// Weight times value, rounded down, ppm.
    package var points: Int
    /// `key=value` pairs.
    package var detail: String?

    /// All values, in the order of the columns.
    package init(
        match: MatchName, factor: String, weight: Int, value: Int, points: Int, detail: String? = nil
    ) {
        self.match = match
        self.factor = factor
        self.weight = weight
        self.value = value
        self.points = points
        self.detail = detail
    }

    package static let name = "reason"

    package static let columns = [
        Column("match", .code, required: true, fr: "mise en relation", en: "match"),
        Column("factor", .code, required: true, fr: "critère", en: "factor"),
        Column("weight", .ppm, required: true, fr: "poids", en: "weight"),
        Column("value", .ppm, required: true, fr: "valeur", en: "value"),
        Column("points", .ppm, required: true, fr: "points", en: "points"),
        Column("detail", .text, fr: "détail", en: "detail"),
    ]

    package var fields: [Field] {
        [
            .text(match.description),
            .text(factor),
            .integer(weight),
            .integer(value),
            .integer(points),
            .text(orAbsent: detail),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        guard let match = MatchName(parsing: try cursor.text()) else {
            throw LineError(.badCode, field: "match")
        }
        self.match = match
        factor = try cursor.text()
        weight = try cursor.integer()
        value = try cursor.integer()
        points = try cursor.integer()
        detail = try cursor.optionalText()
    }
}
