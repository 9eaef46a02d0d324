/// One figure of a report, such as `status` gives.
package struct FigureRecord: LineRecord {
    /// What is counted or told, kebab-case.
    package var figure: String
    /// The number or the word.
    package var value: String

    /// All values, in the order of the columns.
    package init(figure: String, value: String) {
        self.figure = figure
        self.value = value
    }

    package static let name = "figure"

    package static let columns = [
        Column("figure", .code, required: true, fr: "donnée", en: "figure"),
        Column("value", .text, required: true, fr: "valeur", en: "value"),
    ]

    package var fields: [Field] { [.text(figure), .text(value)] }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        figure = try cursor.text()
        value = try cursor.text()
    }
}
