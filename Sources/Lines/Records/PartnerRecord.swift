/// An organisation that reads over HTTP.
package struct PartnerRecord: LineRecord {
    /// The slug.
    package var partner: String
    /// What it is called.
    package var name: String

    /// All values, in the order of the columns.
    package init(
        partner: String, name: String
    ) {
        self.partner = partner
        self.name = name
    }

    package static let name = "partner"

    package static let columns = [
        Column("partner", .slug, required: true, fr: "partenaire", en: "partner"),
        Column("name", .text, required: true, fr: "nom", en: "name"),
    ]

    package var fields: [Field] {
        [
            .text(partner),
            .text(name),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        partner = try cursor.text()
        name = try cursor.text()
    }
}
