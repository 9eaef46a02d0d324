/// One value of a record, before it takes the shape of text, JSON or CSV.
///
/// The `Column` in the same place says which case is expected and what the value must look like.
package enum Field: Sendable, Equatable {
    /// No value: `-` in text, `null` in ndjson, an empty cell in csv.
    case absent
    /// A text, a slug, a code, a date or a timestamp.
    case text(String)
    /// A count, or an amount in parts per million.
    case integer(Int)
    /// A number with a fixed count of decimals.
    case decimal(FixedDecimal)
    /// Slugs, codes or short words without commas. The empty list has one form only, never `absent`.
    case list([String])

    /// The field of an optional text.
    package static func text(orAbsent value: String?) -> Field {
        value.map(Field.text) ?? .absent
    }

    /// The field of an optional integer.
    package static func integer(orAbsent value: Int?) -> Field {
        value.map(Field.integer) ?? .absent
    }

    /// The field of an optional decimal.
    package static func decimal(orAbsent value: FixedDecimal?) -> Field {
        value.map(Field.decimal) ?? .absent
    }
}
