import EntraideCore
import Lines

/// Offers and needs that came in with a last day that is past already: kept, and of no effect.
enum PastTermsText {
    /// How many are named one by one.
    private static let named = 50

    static func tell(_ past: [PastTerm]) {
        guard !past.isEmpty else { return }
        Terminal.error(
            say(
                past.count,
                fr: (
                    "Une date est déjà passée : aucune session n’en tient compte, et entraide tick la clôt.",
                    "\(past.count) dates sont déjà passées : aucune session n’en tient compte, et entraide tick les clôt."
                ),
                en: (
                    "One date is past already: no round takes it in, and entraide tick closes it.",
                    "\(past.count) dates are past already: no round takes them in, and entraide tick closes them."
                )))
        for term in past.prefix(named) { Terminal.error("  " + line(term)) }
        if past.count > named { Terminal.error("  …") }
    }

    private static func line(_ term: PastTerm) -> String {
        let (community, skill) = (term.community, term.skill)
        switch term.kind {
        case .offer:
            return say(
                fr: "\(community) : offre \(skill), jusqu’au \(Language.fr.day(term.day))",
                en: "\(community): offer \(skill), until \(Language.en.day(term.day))")
        case .need:
            return say(
                fr: "\(community) : besoin \(skill), pour le \(Language.fr.day(term.day))",
                en: "\(community): need \(skill), by \(Language.en.day(term.day))")
        }
    }
}
