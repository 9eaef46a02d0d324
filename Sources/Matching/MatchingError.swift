/// What is wrong with a round's input, or with a result claimed for it.
///
/// "No match" is never an error: it is a result with reasons.
package struct MatchingError: Error, Sendable, Equatable {
    /// The stable codes, kebab-case.
    package enum Code: String, Sendable, CaseIterable {
        /// A value lies outside its closed range.
        case outOfRange = "out-of-range"
        /// A slug is not lower-case letters and digits joined by single hyphens, or passes 63 bytes.
        case badSlug = "bad-slug"
        /// A list that must have an element is empty.
        case empty
        /// Two entries of one list have the same key.
        case duplicate
        /// An offer, a need or the vocabulary names a skill that is not in the vocabulary.
        case unknownSkill = "unknown-skill"
        /// An explanation or a stored match names a community that is not part of the round.
        case unknownCommunity = "unknown-community"
        /// A skill is its own ancestor.
        case circularVocabulary = "circular-vocabulary"
        /// The weights do not add up to 1000000 ppm.
        case weightsSum = "weights-sum"
        /// A bonus is higher than the one before it.
        case bonusesRise = "bonuses-rise"
        /// A parameter is missing, or not known.
        case badParameter = "bad-parameter"
        /// The round has too many languages or units of help to be counted exactly.
        case tooLarge = "too-large"
        /// A stored match is not a candidate of this input.
        case notACandidate = "not-a-candidate"
        /// The solver's prices do not prove its matches optimal: a defect, and nothing is returned.
        case notProven = "not-proven"
        /// The caller's progress closure asked to stop.
        case stopped
    }

    /// What kind of thing is wrong.
    package let code: Code
    /// Which value: `community/skill`, `parameter`, a slug. Made of slugs and keys, never of free text.
    package let subject: String

    /// An error of the given kind about the given subject.
    package init(_ code: Code, _ subject: String) {
        self.code = code
        self.subject = subject
    }

    /// One English sentence for a log.
    package var message: String { "\(code.rawValue): \(subject)" }

    /// What the reader can do about it.
    package var hint: String {
        switch code {
        case .outOfRange: "give a value inside the documented range"
        case .badSlug: "use lower-case letters, digits and single hyphens, at most 63 bytes"
        case .empty: "give at least one element"
        case .duplicate: "keep one of the two"
        case .unknownSkill: "add the skill to the vocabulary, or name one that is there"
        case .unknownCommunity: "name a community of this round"
        case .circularVocabulary: "remove one of the broader relations of the circle"
        case .weightsSum: "make the seven weights add up to 1000000"
        case .bonusesRise: "list bonuses from the highest to the lowest"
        case .badParameter: "list every parameter once, under its documented key"
        case .tooLarge: "lower the limits, or split the round"
        case .notACandidate: "verify against the input that the result was made from"
        case .notProven: "report this with the round's instance; no result was kept"
        case .stopped: "run the round again"
        }
    }
}
