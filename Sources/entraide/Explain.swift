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
                fr: "Sans aidante : ce qu’il est advenu de chaque besoin de l’aidée.",
                en: "Without a provider: what became of each need of the receiver."))
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
        if printer.format == .table {
            for explanation in explanations { Terminal.out(sentence(explanation) + "\n") }
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
            return say(
                fr:
                    "\(pair) : mise en relation \(one.round)/\(number), score \(score.total.thousandths) = \(parts.joined(separator: " + "))",
                en:
                    "\(pair): match \(one.round)/\(number), score \(score.total.thousandths) = \(parts.joined(separator: " + "))"
            )
        case .notMatched(let reason, let detail):
            let more = detail.map(\.description).joined(separator: " ")
            return say(
                fr:
                    "\(pair.isEmpty ? receiver : pair) : \(reason.label.fr)\(more.isEmpty ? "" : " (\(more))")",
                en: "\(pair.isEmpty ? receiver : pair): \(reason.label.en)\(more.isEmpty ? "" : " (\(more))")"
            )
        }
    }
}
