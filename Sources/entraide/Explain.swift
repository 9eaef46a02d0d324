import ArgumentParser
import EntraideCore
import Lines
import Matching

struct Explain: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "explain",
            fr: "Pourquoi deux communautés sont mises en relation dans une session, ou pourquoi non.",
            en: "Why two communities are matched in a round, or why they are not.",
            discussion: Bilingual(
                fr: """
                    Sans aidante : ce qu’il est advenu de chaque besoin de l’aidée ; et pour celle qui n’a aucune mise en \
                    relation, le plus petit changement qui lui ouvrirait une piste.
                    """,
                en: """
                    Without a provider: what became of each need of the receiver; and for one that has no match, the \
                    smallest change that would give it a candidate.
                    """))
    }

    @OptionGroup var one: RoundArgument

    @Argument(help: ArgumentHelp(fr: "Celle qui a le besoin.", en: "The one that has the need."))
    var receiver: String

    @Argument(help: ArgumentHelp(fr: "Celle qui pourrait aider.", en: "The one that could help."))
    var provider: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let explanations = try await global.onDatabase { database in
            try await Rounds(database).explain(one.round, receiver: receiver, provider: provider)
        }
        let printer = global.printer
        if explanations.isEmpty {
            Terminal.error(
                say(fr: "\(receiver) n’a exprimé aucun besoin.", en: "\(receiver) has stated no need."))
        }
        if printer.format == .table {
            for explanation in explanations {
                Terminal.sentences(sentence(explanation))
                if let change = explanation.change { Terminal.sentences(change.sentence(for: receiver)) }
            }
        } else {
            printer.list(explanations.map { $0.record(round: one.round, receiver: receiver) })
        }
    }

    /// The explanation as a person reads it.
    private func sentence(_ explanation: PairExplanation) -> String {
        let pair = [
            explanation.need.map { say(fr: "besoin \($0)", en: "need \($0)") },
            explanation.provider.map { provider in
                explanation.offer.map {
                    say(fr: "offre \($0) de \(provider)", en: "offer \($0) of \(provider)")
                } ?? provider
            },
        ].compactMap { $0 }.joined(separator: ", ")
        switch explanation.outcome {
        case .matched(let number, let score):
            let parts = score.parts.map { "\($0.factor.label[.current]) \($0.points.thousandths)" }
            let ring =
                (explanation.ring.map { ringed($0) } ?? "") + (explanation.zones.map { zoned($0) } ?? "")
            return say(
                fr:
                    "\(pair) : mise en relation \(one.round)/\(number), score \(score.total.thousandths) = \(parts.joined(separator: " + "))\(ring)",
                en:
                    "\(pair): match \(one.round)/\(number), score \(score.total.thousandths) = \(parts.joined(separator: " + "))\(ring)"
            )
        case .notMatched(let reason, let detail):
            let found = detail.reduce(into: [:]) { $0[$1.key] = $1.value }
            let who = reason.isStanding ? found["community"] ?? receiver : pair.isEmpty ? receiver : pair
            let more = circumstance(reason, found)
            return say(
                fr: "\(who) : \(reason.label.fr)\(more.isEmpty ? "" : " (\(more))")",
                en: "\(who): \(reason.label.en)\(more.isEmpty ? "" : " (\(more))")")
        }
    }

    /// What the receiver's zones added.
    private func zoned(_ zones: ZoneShare) -> String {
        let lists = zones.lists.map {
            say(
                fr: "\($0.zone) (liste \(Language.fr.dated($0.vintage)))",
                en: "\($0.zone) (list \(Language.en.dated($0.vintage)))")
        }.joined(separator: ", ")
        return say(
            fr:
                " ; prime de zone à la première aide reçue par \(receiver) : \(zones.extra.thousandths), \(lists)",
            en: "; zone bonus for the first match of \(receiver): \(zones.extra.thousandths), \(lists)")
    }

    /// Who helps whom in a ring of mutual help.
    private func ringed(_ ring: MatchRing) -> String {
        let next = ring.communities.dropFirst() + ring.communities.prefix(1)
        let steps = zip(ring.communities, next).map { from, to in
            say(fr: "\(from) aide \(to)", en: "\(from) helps \(to)")
        }
        let told = steps.joined(separator: ", ")
        return ring.communities.count == 2
            ? say(
                fr: " ; paire réciproque \(ring.number) : \(told)",
                en: "; two-way pair \(ring.number): \(told)")
            : say(
                fr: " ; boucle de trois \(ring.number) : \(told)",
                en: "; ring of three \(ring.number): \(told)")
    }

    /// What of the detail a person can use, in words; the lines carry all of it.
    private func circumstance(_ reason: WhyNot, _ found: [String: String]) -> String {
        func value(_ key: String) -> String { found[key] ?? "?" }
        switch reason {
        case .tooFar where found["distance_km"] != nil:
            return say(
                fr:
                    "\(Language.fr.decimal(value("distance_km"))) km, pour \(value("max_km")) au plus sur place ; à distance, rien n’empêcherait",
                en:
                    "\(value("distance_km")) km, and \(value("max_km")) at most on site; nothing would stand in the way remotely"
            )
        case .tooFar:
            return say(
                fr: "distance inconnue : indiquer la commune ou les coordonnées",
                en: "distance unknown: give the commune or the coordinates")
        case .belowFloor where found["factor"] == "level":
            return say(
                fr: "niveau offert \(value("level")), déjà \(value("level_now")) chez l’aidée",
                en: "level offered \(value("level")), and the receiver is at \(value("level_now")) already")
        case .noSharedLanguage, .noSharedMode, .noSharedSlot:
            return say(
                fr: "demandé : \(value("need")) ; offert : \(value("offer"))",
                en: "asked: \(value("need")); offered: \(value("offer"))")
        case .needMet, .receiverFull, .offerFull, .providerFull:
            return say(
                fr:
                    "limite : \(value("size")) ; cette piste valait \(Int(value("score"))?.thousandths ?? "?")",
                en:
                    "limit: \(value("size")); this candidate was worth \(Int(value("score"))?.thousandths ?? "?")"
            )
        case .repeat:
            let ago = Int(value("rounds_ago")) ?? 1
            return say(
                ago, fr: ("à la session précédente", "il y a \(ago) sessions"),
                en: ("in the last round", "\(ago) rounds ago"))
        default:
            return ""
        }
    }
}
