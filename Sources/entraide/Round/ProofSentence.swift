import EntraideCore
import Lines
import Matching

/// What a proven round may say of itself, to a person.
///
/// - Parameters:
///   - objective: scores and bonuses, ppm.
///   - bound: what no choice of matches exceeds, ppm; above the objective only with mutual help.
func proofSentence(objective: Int, bound: Int, scope: BoundScope) -> String {
    let gap = bound - objective
    // Rounded up: what is promised must hold.
    let hundredths =
        gap == 0 ? 0 : gap.multipliedReportingOverflow(by: 10_000).partialValue / max(1, bound) + 1
    let among =
        scope == .listed ? say(fr: ", parmi les pistes retenues", en: ", among the listed candidates") : ""
    guard gap > 0 else {
        return say(
            fr: "Vérifié : aucune répartition ne fait mieux selon les critères choisis\(among).",
            en: "Verified: no other choice of matches does better by the criteria chosen\(among).")
    }
    let share = Language.current.percent(ofPPM: hundredths * 100, places: 2)
    return say(
        fr: """
            Vérifié : aucune répartition ne fait mieux, à \(share) près, selon les critères choisis\(among).
            """,
        en:
            "Verified: no other choice of matches does better by more than \(share) by the criteria chosen\(among)."
    )
}
