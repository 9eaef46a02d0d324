/// A dual price of a round's certificate.
package struct PriceRecord: LineRecord {
    /// The place in the instance.
    package var index: Int
    /// What is priced: provider, offer, need, receiver…
    package var kind: String
    /// The community, absent where the reader may not see it.
    package var subject: String?
    /// The other community of a priced pair, if any.
    package var other: String?
    /// The skill of an offer or a need.
    package var skill: String?
    /// The price, ppm; may be negative for receivers.
    package var price: Int

    /// All values, in the order of the columns.
    package init(
        index: Int, kind: String, subject: String? = nil, other: String? = nil, skill: String? = nil,
        price: Int
    ) {
        self.index = index
        self.kind = kind
        self.subject = subject
        self.other = other
        self.skill = skill
        self.price = price
    }

    package static let name = "price"

    package static let columns = [
        Column("index", .integer, required: true, fr: "indice", en: "index"),
        Column("kind", .code, required: true, fr: "nature", en: "kind"),
        Column("subject", .code, fr: "sujet", en: "subject"),
        Column("other", .code, fr: "autre", en: "other"),
        Column("skill", .slug, fr: "compétence", en: "skill"),
        Column("price", .ppm, required: true, fr: "prix", en: "price"),
    ]

    package var fields: [Field] {
        [
            .integer(index),
            .text(kind),
            .text(orAbsent: subject),
            .text(orAbsent: other),
            .text(orAbsent: skill),
            .integer(price),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        index = try cursor.integer()
        kind = try cursor.text()
        subject = try cursor.optionalText()
        other = try cursor.optionalText()
        skill = try cursor.optionalText()
        price = try cursor.integer()
    }
}
