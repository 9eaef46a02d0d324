import ArgumentParser
import EntraideCore
import Lines
import Matching

struct RoundRun: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "run",
            fr: "Calcule la session : fige les profils, trouve les meilleures mises en relation, les prouve.",
            en: "Computes the round: freezes profiles, finds the best matches, proves them.")
    }

    @OptionGroup var one: RoundArgument

    @Option(
        help: ArgumentHelp(
            fr: "Jour qui décide des besoins et offres encore valables, AAAA-MM-JJ (aujourd’hui par défaut).",
            en: "Day that decides which needs and offers still stand, YYYY-MM-DD (today by default)."))
    var on: String?

    @OptionGroup var zones: ZoneBonusOption
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let day = try FieldCheck.date(on ?? today(), field: "--on")
        let bonuses = try zones.bonuses()
        try await global.onDatabase { database in
            let progress = Progress(say(fr: "calcul", en: "computing"))
            let report = try await Rounds(database, dryRun: writing.dryRun)
                .run(one.round, on: day, zones: bonuses) { progress.report($0, $1) }
            progress.end()
            global.printer.one(report.round.record)
            tell(report, bonuses)
            writing.remind()
        }
    }

    /// What a coordinator wants to know first, in sentences.
    private func tell(_ report: RunReport, _ bonuses: [ZoneBonus]) {
        guard let result = report.round.result else { return }
        Terminal.error(
            say(
                fr: """
                    Communautés participantes : \(report.participants) (écartées pour l’instant : \(report.absentees)). \
                    Besoins servis : \(report.needsServed) sur \(report.needs). Mises en relation : \(result.matches).
                    """,
                en: """
                    Communities taking part: \(report.participants) (left aside: \(report.absentees)). \
                    Needs served: \(report.needsServed) of \(report.needs). Matches: \(result.matches).
                    """))
        Terminal.error(
            proofSentence(objective: result.objective, bound: result.bound, scope: result.scope))
        tellMutualHelp(report, score: result.score)
        if report.mutual?.without != nil {
            Terminal.error(
                say(
                    fr: "Les comparaisons qui suivent sont faites sans rechercher l’entraide mutuelle.",
                    en: "The comparisons below are made without seeking mutual help."))
        }
        tellFairness(report, score: report.mutual?.without?.score ?? result.score)
        tellZones(
            report, set: report.zoneBonuses.allSatisfy { told in bonuses.contains { $0.zone == told.zone } })
        // Best first knows nothing of rings, so that its objective would not compare.
        if let greedy = report.greedy, report.mutual == nil {
            Terminal.error(
                say(
                    fr: """
                        À titre de comparaison, prendre chaque fois la meilleure piste donnerait \(greedy.matches) mises en \
                        relation ; score \(greedy.score.thousandths) au lieu de \(result.score.thousandths), objectif \
                        \(greedy.objective.thousandths) au lieu de \(result.objective.thousandths).
                        """,
                    en: """
                        For comparison, always taking the best candidate would give \(greedy.matches) matches; \
                        score \(greedy.score.thousandths) instead of \(result.score.thousandths), objective \
                        \(greedy.objective.thousandths) instead of \(result.objective.thousandths).
                        """))
        }
        Terminal.error(
            say(
                fr: "Paires examinées : \(report.evaluations) ; pistes : \(result.candidates).",
                en: "Pairs looked at: \(report.evaluations); candidates: \(result.candidates)."))
        let round = report.round.slug
        Terminal.error(
            say(
                fr: """
                    Qui est écartée, et pourquoi : entraide round participants \(round). À relire : entraide match list --round \
                    \(round) ; puis : entraide round publish \(round).
                    """,
                en: """
                    Who is left aside, and why: entraide round participants \(round). Review: entraide match list --round \
                    \(round); then: entraide round publish \(round).
                    """))
    }
}

extension RoundRun {
    /// How many communities are helped, and what that cost.
    private func tellFairness(_ report: RunReport, score: Int) {
        if report.mostServed != nil {
            Terminal.error(
                say(
                    fr:
                        "Communautés aidées : \(report.served) ; vérifié : aucune répartition n’en aide davantage.",
                    en:
                        "Communities helped: \(report.served); verified: no other choice of matches helps more."
                ))
        } else {
            Terminal.error(
                say(
                    fr: "Communautés aidées : \(report.served).", en: "Communities helped: \(report.served).")
            )
        }
        guard let plain = report.plain, let cost = report.fairnessCost else { return }
        Terminal.error(
            say(
                fr: """
                    Sans prime aux premières aides reçues : score \(plain.score.thousandths) au lieu de \
                    \(score.thousandths), communautés aidées : \(plain.served). L’équité coûte \(cost.percent) du score.
                    """,
                en: """
                    Without bonuses for first matches: score \(plain.score.thousandths) instead of \
                    \(score.thousandths), communities helped: \(plain.served). Fairness costs \(cost.percent) of the score.
                    """))
    }
}

extension RoundRun {
    /// What zones added, whom that helped, and what it cost.
    ///
    /// - Parameter set: whether this very command set them all.
    private func tellZones(_ report: RunReport, set: Bool) {
        guard let zones = report.zones else { return }
        let told = zip(report.zoneBonuses, report.zoneLists).map { bonus, list in
            say(
                fr: "\(list.zone) \(bonus.extra.thousandths) (liste \(Language.fr.dated(list.vintage)))",
                en: "\(list.zone) \(bonus.extra.thousandths) (list \(Language.en.dated(list.vintage)))")
        }.joined(separator: ", ")
        let (with, without) = (zones.score.thousandths, zones.scoreWithout.thousandths)
        let cost = zones.cost.percent
        Terminal.error(
            say(
                report.zoneBonuses.count,
                fr: (
                    """
                    Prime de zone : \(told). Communautés en zone ayant un besoin : \(zones.communities) ; aidées : \
                    \(zones.served). Sans cette prime : score \(without) au lieu de \(with), aidées en zone : \
                    \(zones.servedWithout). Elle coûte \(cost) du score.
                    """,
                    """
                    Primes de zone : \(told). Communautés en zone ayant un besoin : \(zones.communities) ; aidées : \
                    \(zones.served). Sans ces primes : score \(without) au lieu de \(with), aidées en zone : \
                    \(zones.servedWithout). Elles coûtent \(cost) du score.
                    """
                ),
                en: (
                    """
                    Zone bonus: \(told). Communities in a zone with a need: \(zones.communities); helped: \
                    \(zones.served). Without this bonus: score \(without) instead of \(with), helped in a zone: \
                    \(zones.servedWithout). It costs \(cost) of the score.
                    """,
                    """
                    Zone bonuses: \(told). Communities in a zone with a need: \(zones.communities); helped: \
                    \(zones.served). Without these bonuses: score \(without) instead of \(with), helped in a zone: \
                    \(zones.servedWithout). They cost \(cost) of the score.
                    """
                )))
        guard !set else { return }
        // Nobody typed them this time: they are the round's since an earlier command.
        let bonuses = report.zoneBonuses.map { " --bonus zone:\($0.zone)=0" }.joined()
        let command = "entraide round run \(one.round)\(bonuses)"
        Terminal.error(
            say(
                report.zoneBonuses.count,
                fr: (
                    "Cette prime a été réglée auparavant et reste à la session ; pour l’enlever :",
                    "Ces primes ont été réglées auparavant et restent à la session ; pour les enlever :"
                ),
                en: (
                    "This bonus was set before and stays with the round; to take it away:",
                    "These bonuses were set before and stay with the round; to take them away:"
                )) + "\n    " + command)
    }
}

extension RoundRun {
    /// Which rings there are, and what they cost.
    private func tellMutualHelp(_ report: RunReport, score: Int) {
        guard let mutual = report.mutual else { return }
        Terminal.error(
            say(
                fr:
                    "Entraide mutuelle : paires réciproques \(mutual.pairs), boucles de trois \(mutual.threes).",
                en: "Mutual help: two-way pairs \(mutual.pairs), rings of three \(mutual.threes)."))
        guard let without = mutual.without, let cost = report.mutualCost else { return }
        Terminal.error(
            say(
                fr: """
                    Sans la rechercher : paires réciproques \(without.pairs), score \(without.score.thousandths) au lieu de \
                    \(score.thousandths), communautés aidées : \(without.served). Elle coûte \(cost.percent) du score.
                    """,
                en: """
                    Without seeking it: two-way pairs \(without.pairs), score \(without.score.thousandths) instead of \
                    \(score.thousandths), communities helped: \(without.served). It costs \(cost.percent) of the score.
                    """))
    }
}

extension Int {
    /// Parts per million as a number with three decimals.
    var thousandths: String { Language.current.thousandths(ofPPM: self) }

    /// Parts per million as per cent with one decimal.
    var percent: String { Language.current.percent(ofPPM: self) }
}
