/// A one-time code as it is told, this once.
package struct InvitationRecord: LineRecord {
    package var community: String
    package var name: String
    /// What the code is for: `invitation`.
    package var purpose: String
    /// Absent where nothing was stored.
    package var code: String?
    package var expiresAt: String

    /// All values, in the order of the columns.
    package init(community: String, name: String, purpose: String, code: String?, expiresAt: String) {
        self.community = community
        self.name = name
        self.purpose = purpose
        self.code = code
        self.expiresAt = expiresAt
    }

    package static let name = "invitation"

    package static let columns = [
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("name", .text, required: true, fr: "nom", en: "name"),
        Column("purpose", .code, required: true, fr: "pour", en: "purpose"),
        Column("code", .text, fr: "code", en: "code"),
        Column("expires_at", .timestamp, required: true, fr: "expire le", en: "expires at"),
    ]

    package var fields: [Field] {
        [.text(community), .text(name), .text(purpose), .text(orAbsent: code), .text(expiresAt)]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        community = try cursor.text()
        name = try cursor.text()
        purpose = try cursor.text()
        code = try cursor.optionalText()
        expiresAt = try cursor.text()
    }
}
