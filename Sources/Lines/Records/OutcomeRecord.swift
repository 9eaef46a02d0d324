/// Why a community has what it has, or has not, after a round.
package struct OutcomeRecord: LineRecord {
    /// The round's slug.
    package var round: String
    /// The community's slug.
    package var community: String
    /// provider or receiver; participant or absent before a round is run.
    package var role: String
    /// A code of the list of outcomes; absent when there is a match, or nothing in the way.
    package var reason: String?
    /// `key=value` pairs.
    package var detail: String?

    /// All values, in the order of the columns.
    package init(
        round: String, community: String, role: String, reason: String? = nil, detail: String? = nil
    ) {
        self.round = round
        self.community = community
        self.role = role
        self.reason = reason
        self.detail = detail
    }

    package static let name = "outcome"

    package static let columns = [
        Column("round", .slug, required: true, fr: "session", en: "round"),
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("role", .code, required: true, fr: "rôle", en: "role"),
        Column("reason", .code, fr: "raison", en: "reason"),
        Column("detail", .text, fr: "détail", en: "detail"),
    ]

    package var fields: [Field] {
        [
            .text(round),
            .text(community),
            .text(role),
            .text(orAbsent: reason),
            .text(orAbsent: detail),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        round = try cursor.text()
        community = try cursor.text()
        role = try cursor.text()
        reason = try cursor.optionalText()
        detail = try cursor.optionalText()
    }
}
