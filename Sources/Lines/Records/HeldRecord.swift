/// One column of the database that holds personal data, or data that may lead to a person.
package struct HeldRecord: LineRecord {
    /// The table.
    package var table: String
    /// Its column.
    package var column: String
    /// Whom it is about: `community`, `coordinator`, `partner`, `erased`.
    package var about: String
    /// What it is for.
    package var use: String
    /// How long it is kept, as `key=value` pairs.
    package var kept: String
    /// Who could see it: `coordinator`, `itself`, `other-side`, `partners`, `anyone`.
    package var seenBy: [String]
    /// `yes` when the endpoint's database role may read the column, else `no`.
    package var reader: String
    /// How many rows hold something in it now.
    package var rows: Int

    /// All values, in the order of the columns.
    package init(
        table: String, column: String, about: String, use: String, kept: String, seenBy: [String],
        reader: String, rows: Int
    ) {
        self.table = table
        self.column = column
        self.about = about
        self.use = use
        self.kept = kept
        self.seenBy = seenBy
        self.reader = reader
        self.rows = rows
    }

    package static let name = "held"

    package static let columns = [
        Column("table", .code, required: true, fr: "table", en: "table"),
        Column("column", .code, required: true, fr: "colonne", en: "column"),
        Column("about", .code, required: true, fr: "sur", en: "about"),
        Column("use", .code, required: true, fr: "pour", en: "for"),
        Column("kept", .text, required: true, fr: "gardé", en: "kept"),
        Column("seen_by", .list, fr: "vu par", en: "seen by"),
        Column("reader", .code, required: true, fr: "lu par HTTP", en: "read by HTTP"),
        Column("rows", .integer, required: true, fr: "lignes", en: "rows"),
    ]

    package var fields: [Field] {
        [
            .text(table), .text(column), .text(about), .text(use), .text(kept), .list(seenBy), .text(reader),
            .integer(rows),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        table = try cursor.text()
        column = try cursor.text()
        about = try cursor.text()
        use = try cursor.text()
        kept = try cursor.text()
        seenBy = try cursor.list()
        reader = try cursor.text()
        rows = try cursor.integer()
    }
}
