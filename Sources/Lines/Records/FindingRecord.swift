/// A skill that words may mean, and why.
package struct FindingRecord: LineRecord {
    /// The skill's slug.
    package var skill: String
    /// How well it answers, ppm.
    package var score: Int
    /// The name that answers best.
    package var name: String
    /// The words that this name answers, each `word=word of the name`.
    package var words: [String]

    /// All values, in the order of the columns.
    package init(skill: String, score: Int, name: String, words: [String]) {
        self.skill = skill
        self.score = score
        self.name = name
        self.words = words
    }

    package static let name = "finding"

    package static let columns = [
        Column("skill", .slug, required: true, fr: "compétence", en: "skill"),
        Column("score", .ppm, required: true, fr: "score", en: "score"),
        Column("name", .text, required: true, fr: "nom trouvé", en: "name found"),
        Column("words", .list, fr: "mots", en: "words"),
    ]

    package var fields: [Field] { [.text(skill), .integer(score), .text(name), .list(words)] }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        skill = try cursor.text()
        score = try cursor.integer()
        name = try cursor.text()
        words = try cursor.list()
    }
}
