/// A skill that an import met and nobody has accepted yet.
package struct ProposalRecord: LineRecord {
    /// The slug made of its words.
    package var skill: String
    /// What it is called in French.
    package var labelFR: String
    /// What it is called in English.
    package var labelEN: String
    /// Communities that offer it.
    package var offers: Int
    /// Communities that need it.
    package var needs: Int
    /// Slugs of the accepted skills that its words may mean, best first.
    package var nearest: [String]

    /// All values, in the order of the columns.
    package init(
        skill: String, labelFR: String, labelEN: String, offers: Int, needs: Int, nearest: [String]
    ) {
        self.skill = skill
        self.labelFR = labelFR
        self.labelEN = labelEN
        self.offers = offers
        self.needs = needs
        self.nearest = nearest
    }

    package static let name = "proposal"

    package static let columns = [
        Column("skill", .slug, required: true, fr: "compétence", en: "skill"),
        Column("label_fr", .text, required: true, fr: "libellé français", en: "French label"),
        Column("label_en", .text, required: true, fr: "libellé anglais", en: "English label"),
        Column("offers", .integer, required: true, fr: "offres", en: "offers"),
        Column("needs", .integer, required: true, fr: "besoins", en: "needs"),
        Column("nearest", .list, fr: "plus proches", en: "nearest"),
    ]

    package var fields: [Field] {
        [
            .text(skill), .text(labelFR), .text(labelEN), .integer(offers), .integer(needs), .list(nearest),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        skill = try cursor.text()
        labelFR = try cursor.text()
        labelEN = try cursor.text()
        offers = try cursor.integer()
        needs = try cursor.integer()
        nearest = try cursor.list()
    }
}
