/// What went wrong, as the last line of an answer. Its first column is always the word `error`, which no
/// other record begins with, so that `grep ^error` finds it.
package struct ErrorRecord: LineRecord {
    /// The HTTP status, or the exit code.
    package var status: Int
    /// A code of the list of errors.
    package var code: String
    /// `key=value` pairs.
    package var detail: String?

    /// All values, in the order of the columns.
    package init(
        status: Int, code: String, detail: String? = nil
    ) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    package static let name = "error"

    package static let columns = [
        Column("error", .code, required: true, fr: "erreur", en: "error"),
        Column("status", .integer, required: true, fr: "statut", en: "status"),
        Column("code", .code, required: true, fr: "code", en: "code"),
        Column("detail", .text, fr: "détail", en: "detail"),
    ]

    package var fields: [Field] {
        [
            .text(Self.name),
            .integer(status),
            .text(code),
            .text(orAbsent: detail),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        guard try cursor.text() == Self.name else { throw LineError(.badCode, field: Self.name) }
        status = try cursor.integer()
        code = try cursor.text()
        detail = try cursor.optionalText()
    }
}
