/// Another skill that one largely helps with, and how far, written `slug:ppm`.
package struct SkillRelation: Sendable, Hashable {
    /// The other skill's slug.
    package var skill: String
    /// How far one helps with the other, ppm, 0…1000000.
    package var strength: Int

    /// A relation to `skill`.
    package init(skill: String, strength: Int) {
        self.skill = skill
        self.strength = strength
    }

    /// Nil unless the text is a slug, `:` and a number of 0…1000000 without superfluous zeros.
    package init?(parsing text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let skill = String(decoding: parts[0], as: UTF8.self)
        let digits = String(decoding: parts[1], as: UTF8.self)
        guard Slug.isValid(skill), let strength = Int(digits), (0...1_000_000).contains(strength),
            String(strength) == digits
        else { return nil }
        self.init(skill: skill, strength: strength)
    }
}

extension SkillRelation: CustomStringConvertible {
    /// `slug:ppm`.
    package var description: String { "\(skill):\(strength)" }
}
