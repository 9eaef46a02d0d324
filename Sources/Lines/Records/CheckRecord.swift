/// One thing that was checked: by `round verify`, by `doctor`.
package struct CheckRecord: LineRecord {
    /// What was checked, kebab-case.
    package var check: String
    /// `yes` when it holds, else `no`.
    package var holds: String
    /// `key=value` pairs.
    package var detail: String?

    /// All values, in the order of the columns.
    package init(check: String, holds: Bool, detail: String? = nil) {
        self.check = check
        self.holds = holds ? "yes" : "no"
        self.detail = detail
    }

    package static let name = "check"

    package static let columns = [
        Column("check", .code, required: true, fr: "vérification", en: "check"),
        Column("holds", .code, required: true, fr: "tient", en: "holds"),
        Column("detail", .text, fr: "détail", en: "detail"),
    ]

    package var fields: [Field] { [.text(check), .text(holds), .text(orAbsent: detail)] }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        check = try cursor.text()
        holds = try cursor.text()
        detail = try cursor.optionalText()
    }
}
