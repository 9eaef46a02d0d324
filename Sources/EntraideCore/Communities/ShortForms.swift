import Lines
import Matching

/// Offers and needs as one word of a command line.
extension Offer {
    /// `skill:level:capacity`; what is left out, or left empty, takes its default.
    ///
    /// - Throws: `unknown-skill`, `out-of-range`, `wrong-type`, with `field` as their place.
    package init(spec: String, vocabulary: Vocabulary, field: String) throws(EntraideError) {
        let parts = ShortForm(spec, parts: 3, field: field, form: "skill:level:capacity")
        self.init(terms: OfferInput(skill: try parts.skill(vocabulary)))
        terms.level = try parts.integer(1, in: Limits.level, "level") ?? terms.level
        terms.capacity = try parts.integer(2, in: ProfileLimits.capacity, "capacity") ?? terms.capacity
    }
}

extension Need {
    /// `skill:level:urgency:quantity`; what is left out, or left empty, takes its default.
    ///
    /// - Throws: `unknown-skill`, `out-of-range`, `wrong-type`, with `field` as their place.
    package init(
        spec: String, levelNow: Int? = nil, vocabulary: Vocabulary, field: String
    ) throws(EntraideError) {
        let parts = ShortForm(spec, parts: 4, field: field, form: "skill:level:urgency:quantity")
        let now = try FieldCheck.integer(
            levelNow ?? ProfileDefaults.standard.needLevelNow, in: Limits.level, field: "level_now")
        self.init(
            terms: NeedInput(
                skill: try parts.skill(vocabulary), levelNow: now,
                level: try parts.integer(1, in: Limits.level, "level")))
        terms.urgency = try parts.integer(2, in: Limits.urgency, "urgency") ?? terms.urgency
        terms.quantity = try parts.integer(3, in: ProfileLimits.quantity, "quantity") ?? terms.quantity
    }
}

/// Parts of a word separated by colons.
private struct ShortForm {
    let parts: [String]
    let count: Int
    let field: String
    let form: String

    init(_ text: String, parts count: Int, field: String, form: String) {
        parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        self.count = count
        self.field = field
        self.form = form
    }

    func skill(_ vocabulary: Vocabulary) throws(EntraideError) -> String {
        guard parts.count <= count, let slug = parts.first else {
            throw EntraideError(.wrongType, ["expected": form], at: Place(field: field))
        }
        do {
            return try vocabulary.require(slug).slug
        } catch {
            throw EntraideError(error.code, error.values, at: Place(field: field))
        }
    }

    func integer(_ index: Int, in range: ClosedRange<Int>, _ name: String) throws(EntraideError) -> Int? {
        guard index < parts.count, !parts[index].isEmpty else { return nil }
        return try FieldCheck.integer(parts[index], in: range, field: "\(field) \(name)")
    }
}
