/// An entry of the vocabulary.
package struct SkillRecord: LineRecord {
    /// The slug.
    package var skill: String
    /// What it is called in French.
    package var labelFR: String
    /// What it is called in English.
    package var labelEN: String
    /// The skill that it is a part of, if any.
    package var broader: String?
    /// The skills that it largely helps with.
    package var related: [SkillRelation]
    /// Other words in French, none holding a comma.
    package var synonymsFR: [String]
    /// Other words in English, none holding a comma.
    package var synonymsEN: [String]
    /// The ESCO concept that it is, `skill/` and its UUID: what follows `http://data.europa.eu/esco/` in its address.
    package var esco: String?

    /// All values, in the order of the columns.
    package init(
        skill: String, labelFR: String, labelEN: String, broader: String? = nil,
        related: [SkillRelation] = [], synonymsFR: [String] = [], synonymsEN: [String] = [],
        esco: String? = nil
    ) {
        self.skill = skill
        self.labelFR = labelFR
        self.labelEN = labelEN
        self.broader = broader
        self.related = related
        self.synonymsFR = synonymsFR
        self.synonymsEN = synonymsEN
        self.esco = esco
    }

    package static let name = "skill"

    package static let columns = [
        Column("skill", .slug, required: true, fr: "compétence", en: "skill"),
        Column("label_fr", .text, required: true, fr: "libellé français", en: "French label"),
        Column("label_en", .text, required: true, fr: "libellé anglais", en: "English label"),
        Column("broader", .slug, fr: "plus large", en: "broader"),
        Column("related", .list, fr: "voisines", en: "related"),
        Column("synonyms_fr", .list, fr: "synonymes français", en: "French synonyms"),
        Column("synonyms_en", .list, fr: "synonymes anglais", en: "English synonyms"),
        Column("esco", .text, fr: "ESCO", en: "ESCO"),
    ]

    package var fields: [Field] {
        [
            .text(skill),
            .text(labelFR),
            .text(labelEN),
            .text(orAbsent: broader),
            .list(related.map(\.description)),
            .list(synonymsFR),
            .list(synonymsEN),
            .text(orAbsent: esco),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        skill = try cursor.text()
        labelFR = try cursor.text()
        labelEN = try cursor.text()
        broader = try cursor.optionalText()
        related = []
        for text in try cursor.list() {
            guard let relation = SkillRelation(parsing: text) else {
                throw LineError(.badList, field: "related", excerpt: excerpt(of: text))
            }
            related.append(relation)
        }
        synonymsFR = try cursor.list()
        synonymsEN = try cursor.list()
        esco = try cursor.optionalText()
    }
}
