/// What a match is known as: `<round>/<number>`, the number counted from 1 in the round's canonical order.
package struct MatchName: Sendable, Hashable {
    /// The round's slug.
    package let round: String
    /// The number in the round, from 1.
    package let number: Int

    /// The name of match `number` of `round`.
    package init(round: String, number: Int) {
        self.round = round
        self.number = number
    }

    /// Nil unless the text is a slug, `/`, and a positive number without superfluous zeros.
    package init?(parsing text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let round = String(decoding: parts[0], as: UTF8.self)
        let digits = String(decoding: parts[1], as: UTF8.self)
        guard Slug.isValid(round), let number = Int(digits), number > 0, String(number) == digits else {
            return nil
        }
        self.init(round: round, number: number)
    }
}

extension MatchName: CustomStringConvertible {
    /// `<round>/<number>`.
    package var description: String { "\(round)/\(number)" }
}

extension MatchName: Comparable {
    /// By the round's bytes, then by number: 2 before 10.
    package static func < (left: MatchName, right: MatchName) -> Bool {
        if left.round != right.round { return left.round.utf8.lexicographicallyPrecedes(right.round.utf8) }
        return left.number < right.number
    }
}
