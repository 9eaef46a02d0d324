/// What a community answered for one purpose.
package struct ConsentRecord: LineRecord {
    /// Slug of the community.
    package var community: String
    /// matching, publication, contact or research.
    package var purpose: String
    /// yes or no; absent where it was never asked.
    package var granted: String?
    /// The day that it was last said.
    package var since: String?
    /// self, phone, mail, meeting, file or coordinator.
    package var channel: String?

    /// All values, in the order of the columns.
    package init(
        community: String, purpose: String, granted: String? = nil, since: String? = nil,
        channel: String? = nil
    ) {
        self.community = community
        self.purpose = purpose
        self.granted = granted
        self.since = since
        self.channel = channel
    }

    package static let name = "consent"

    package static let columns = [
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("purpose", .code, required: true, fr: "accord pour", en: "consent to"),
        Column("granted", .code, fr: "donné", en: "given"),
        Column("since", .date, fr: "depuis", en: "since"),
        Column("channel", .code, fr: "par", en: "through"),
    ]

    package var fields: [Field] {
        [
            .text(community), .text(purpose), .text(orAbsent: granted), .text(orAbsent: since),
            .text(orAbsent: channel),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        community = try cursor.text()
        purpose = try cursor.text()
        granted = try cursor.optionalText()
        since = try cursor.optionalText()
        channel = try cursor.optionalText()
    }
}
