/// That somebody did something, without what it said.
package struct AuditRecord: LineRecord {
    /// When.
    package var at: String
    /// The user of the machine, `@` the database's.
    package var actor: String
    /// Noun, dot, verb: `community.update`.
    package var action: String
    /// The slug of what it was done to; absent once erased.
    package var subject: String?
    /// `key=value` pairs.
    package var detail: String?

    /// All values, in the order of the columns.
    package init(at: String, actor: String, action: String, subject: String? = nil, detail: String? = nil) {
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
    }

    package static let name = "audit"

    package static let columns = [
        Column("at", .timestamp, required: true, fr: "quand", en: "when"),
        Column("actor", .text, required: true, fr: "qui", en: "who"),
        Column("action", .code, required: true, fr: "quoi", en: "what"),
        Column("subject", .slug, fr: "sur", en: "about"),
        Column("detail", .text, fr: "détail", en: "detail"),
    ]

    package var fields: [Field] {
        [.text(at), .text(actor), .text(action), .text(orAbsent: subject), .text(orAbsent: detail)]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        at = try cursor.text()
        actor = try cursor.text()
        action = try cursor.text()
        subject = try cursor.optionalText()
        detail = try cursor.optionalText()
    }
}
