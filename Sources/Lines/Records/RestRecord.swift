/// One reason why a community is not, or only half, in the game, and what would wake it.
package struct RestRecord: LineRecord {
    /// Slug of the community.
    package var community: String
    /// Why: `unconfirmed`, `paused`, `no_consent`, `stale`, `needs_over`, `offers_over`, `empty`.
    package var reason: String
    /// The day that the reason is about: the last of the pause, of the last confirmation, of the last need or offer.
    package var on: String?
    /// `key=value` pairs.
    package var detail: String?
    /// The command that would wake it; absent where that is for nobody else to decide.
    package var wake: String?

    /// All values, in the order of the columns.
    package init(
        community: String, reason: String, on: String? = nil, detail: String? = nil, wake: String? = nil
    ) {
        self.community = community
        self.reason = reason
        self.on = on
        self.detail = detail
        self.wake = wake
    }

    package static let name = "rest"

    package static let columns = [
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("reason", .code, required: true, fr: "raison", en: "reason"),
        Column("on", .date, fr: "jour", en: "day"),
        Column("detail", .text, fr: "détail", en: "detail"),
        Column("wake", .text, fr: "pour la réveiller", en: "to wake it"),
    ]

    package var fields: [Field] {
        [
            .text(community), .text(reason), .text(orAbsent: on), .text(orAbsent: detail),
            .text(orAbsent: wake),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        community = try cursor.text()
        reason = try cursor.text()
        on = try cursor.optionalText()
        detail = try cursor.optionalText()
        wake = try cursor.optionalText()
    }
}
