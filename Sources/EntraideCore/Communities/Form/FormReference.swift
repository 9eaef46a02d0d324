import Lines

/// What words of answers mean, as a coordinator says it: for those that nothing finds, or that were misread.
package struct FormMeanings: Sendable {
    /// Slugs by words, folded.
    private(set) var skills: [String: String] = [:]

    /// - Parameter pairs: `words=skill`.
    /// - Throws: `bad-option`, `unknown-skill`.
    package init(_ pairs: [String], _ vocabulary: Vocabulary) throws(EntraideError) {
        for pair in pairs {
            guard let sign = pair.lastIndex(of: "=") else {
                throw EntraideError(
                    .badOption, ["option": "--map", "value": excerpt(of: pair), "expected": "words=skill"])
            }
            let words = FormWords.tidy(String(pair[..<sign]))
            let skill = try vocabulary.require(pair[pair.index(after: sign)...].description.trimmingSpaces)
            skills[Folding.fold(words)] = skill.slug
        }
    }
}

/// What the first line of a form says of it: the version of its text, its language, and whose it is.
struct FormReference: Equatable {
    var line: Int
    var language: Language
    /// Slug of the community that it is about; nil for a form that anyone may fill.
    var community: String?
    /// ``FormKnown/mark`` of what was printed.
    var mark: String?

    /// - Throws: `not-a-form` without any question, `missing-field`, `unknown-code`, `bad-slug`.
    init(_ sheet: FormSheet, file: String) throws(EntraideError) {
        guard sheet.marks > 0 else { throw EntraideError(.notAForm, at: Place(file: file)) }
        let place = FormQuestion.reference.place(file: file, line: sheet.answers[.reference]?.line)
        guard let answer = sheet.answers[.reference], !answer.text.isEmpty else {
            throw EntraideError(
                .missingField,
                ["name": "\(FormQuestion.reference.mark). … : \(CommunityStore.consentText) fr"], at: place)
        }
        var words = answer.text.split(separator: " ").map(String.init)[...]
        let version = words.popFirst() ?? ""
        guard version == CommunityStore.consentText else {
            throw EntraideError(
                .unknownCode, ["value": excerpt(of: version), "allowed": CommunityStore.consentText],
                at: place)
        }
        let code = words.popFirst() ?? ""
        guard let language = Language(rawValue: code) else {
            throw EntraideError(
                .unknownCode,
                [
                    "value": excerpt(of: code),
                    "allowed": Language.allCases.map(\.rawValue).joined(separator: ", "),
                ],
                at: place)
        }
        line = answer.line
        self.language = language
        if let slug = words.popFirst() {
            do throws(EntraideError) {
                community = try FieldCheck.slug(slug, field: FormQuestion.reference.mark)
            } catch {
                throw EntraideError(error.code, error.values, at: place)
            }
        }
        mark = words.popFirst()
    }
}
