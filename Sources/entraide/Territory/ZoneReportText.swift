import EntraideCore
import Lines

/// What the import of a zone's list says beside its figures.
struct ZoneReportText {
    let zone: Zone
    let report: Territories.ZoneReport

    /// How many codes are told one by one.
    private static let toldCodes = 50

    private var vintage: String { Language.current.day(zone.vintage) }

    var sentences: [String] {
        var sentences: [String] = []
        if report.refused.isEmpty {
            if let replaced = report.replaced { sentences.append(told(replaced)) }
            if !report.others.isEmpty { sentences.append(told(report.others)) }
        }
        if !report.repeated.isEmpty {
            let list = Self.list(report.repeated)
            sentences.append(
                say(
                    report.repeated.count,
                    fr: (
                        "Une ligne en répète une autre, et ne compte pas : \(list)",
                        "\(report.repeated.count) lignes en répètent d’autres, et ne comptent pas : \(list)"
                    ),
                    en: (
                        "One row repeats another, and does not count: \(list)",
                        "\(report.repeated.count) rows repeat others, and do not count: \(list)"
                    )))
        }
        if !report.unknown.isEmpty {
            let list = Self.list(report.unknown)
            sentences.append(
                say(
                    report.unknown.count,
                    fr: (
                        "Un code n’est pas parmi les communes chargées (ancienne commune ?) : \(list)",
                        "\(report.unknown.count) codes ne sont pas parmi les communes chargées (anciennes communes ?) : \(list)"
                    ),
                    en: (
                        "One code is not among the communes loaded (a former commune?): \(list)",
                        "\(report.unknown.count) codes are not among the communes loaded (former communes?): \(list)"
                    )))
        }
        return sentences
    }

    /// The list that this one took the place of.
    private func told(_ old: ZoneRecord) -> String {
        let isSame =
            report.added + report.removed + report.updated == 0 && old.source == zone.source
        if isSame {
            return say(
                fr: "La liste \(zone.slug) (\(vintage)) était déjà chargée, la même.",
                en: "The list of \(zone.slug) of \(vintage) was loaded already, just the same.")
        }
        let source =
            old.source == zone.source
            ? "" : say(fr: " Elle venait de : \(old.source).", en: " It came from: \(old.source).")
        return say(
            fr: """
                La liste \(zone.slug) (\(vintage)) déjà chargée est remplacée : communes, \(old.communes) avant, \
                \(report.communes) maintenant.\(source)
                """,
            en: """
                The list of \(zone.slug) of \(vintage) that was loaded is replaced: communes, \(old.communes) before, \
                \(report.communes) now.\(source)
                """)
    }

    /// The lists of other vintages.
    private func told(_ others: [ZoneRecord]) -> String {
        let list = others.map {
            say(
                fr: "\(Language.current.day($0.vintage)) (communes : \($0.communes))",
                en: "\(Language.current.day($0.vintage)) (communes: \($0.communes))")
        }.joined(separator: ", ")
        return say(
            fr: """
                Autres listes \(zone.slug), qui restent : \(list). Celle-ci : \(vintage) (communes : \(report.communes)). Une \
                session lit la plus récente qui ne soit pas postérieure à son jour.
                """,
            en: """
                Other lists of \(zone.slug), which stay: \(list). This one: \(vintage) (communes: \(report.communes)). A round \
                reads the newest that is not after its day.
                """)
    }

    private static func list(_ codes: [String]) -> String {
        codes.prefix(toldCodes).joined(separator: ", ") + (codes.count > toldCodes ? ", …" : "")
    }
}
