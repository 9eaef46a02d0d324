import EntraideCore
import Lines

/// What a person reads of an import of a table, on standard error.
struct TableReportText {
    let report: TableImportReport
    let file: String

    /// Values shown of each kind of loss.
    private static let mostValues = 5
    /// Values shown of what was mended: enough to see that it was right.
    private static let mostMended = 2

    func say() {
        sayShape()
        sayColumns()
        for refusal in report.refused {
            Terminal.error("\(refusal.error.message(in: .current)) [\(refusal.error.code.rawValue)]")
        }
        if report.refusedCount > report.refused.count {
            let more = report.refusedCount - report.refused.count
            Terminal.error(
                entraide.say(
                    more,
                    fr: (
                        "… et \(more) autre ligne refusée (--rejects les écrit toutes)",
                        "… et \(more) autres lignes refusées (--rejects les écrit toutes)"
                    ),
                    en: (
                        "… and \(more) more refused row (--rejects writes all of them)",
                        "… and \(more) more refused rows (--rejects writes all of them)"
                    )))
        }
        for entry in report.losses.entries { say(entry) }
        if !report.hasCommunes {
            Terminal.error(
                entraide.say(
                    fr:
                        "aucune commune n’est chargée : les lieux n’en trouvent pas ; voir entraide territory import",
                    en: "no commune is loaded: places find none; see entraide territory import"))
        }
        sayDuplicates()
    }

    /// Figures, on standard output.
    static func figures(_ report: TableImportReport) -> [FigureRecord] {
        [
            ("read", report.read), ("added", report.added), ("updated", report.updated),
            ("unchanged", report.unchanged), ("repeated", report.repeated), ("refused", report.refusedCount),
            ("closed", report.closed), ("mended", report.losses.mended), ("lost", report.losses.lost),
            ("skills", report.skillsMet), ("skills-unknown", report.losses.count(.unknownSkill)),
            ("likely-duplicates", report.duplicates.count),
        ].map { FigureRecord(figure: $0, value: "\($1)") }
    }

    private func sayShape() {
        let encoding = report.shape.encoding.rawValue
        switch report.shape.form {
        case .csv(let delimiter):
            let sign = delimiter == UInt8(ascii: "\t") ? "TAB" : String(UnicodeScalar(delimiter))
            let row = report.shape.headerRow
            Terminal.error(
                entraide.say(
                    fr: "\(file) : \(encoding), séparateur « \(sign) », en-têtes en ligne \(row)",
                    en: "\(file): \(encoding), separator '\(sign)', headers in row \(row)"))
        case .json:
            Terminal.error(
                entraide.say(fr: "\(file) : \(encoding), liste JSON", en: "\(file): \(encoding), JSON list"))
        }
    }

    private func sayColumns() {
        var leftAlone: [String] = []
        var unknown: [String] = []
        for column in report.map.columns where !column.header.isEmpty {
            switch column.use {
            case .leftAlone: leftAlone.append(excerpt(of: column.header))
            case .unknown: unknown.append(column.name)
            case .column, .service: Terminal.error("  \(column.use.text) = \(column.name)")
            }
        }
        if !leftAlone.isEmpty {
            let names = leftAlone.joined(separator: ", ")
            Terminal.error(
                entraide.say(fr: "colonnes laissées de côté : \(names)", en: "columns left alone: \(names)"))
        }
        if !unknown.isEmpty {
            let names = unknown.joined(separator: ", ")
            Terminal.error(
                entraide.say(
                    fr: "colonnes inconnues, à indiquer par --map si elles servent : \(names)",
                    en: "unknown columns, to be named by --map if they serve: \(names)"))
        }
    }

    private func say(_ entry: ImportLosses.Entry) {
        let values = entry.frequent(entry.notice.isLoss ? Self.mostValues : Self.mostMended).map {
            value, count in
            count > 1 ? "\(value) ×\(count)" : value
        }.joined(separator: " | ")
        let sentence = entry.notice.sentence[.current]
        let code = entry.notice.rawValue
        Terminal.error(
            entraide.say(
                entry.count,
                fr: (
                    "\(entry.column), ligne \(entry.firstRow) : \(sentence) ; \(values) [\(code)]",
                    "\(entry.column), \(entry.count) fois dès la ligne \(entry.firstRow) : \(sentence) ; \(values) [\(code)]"
                ),
                en: (
                    "\(entry.column), row \(entry.firstRow): \(sentence); \(values) [\(code)]",
                    "\(entry.column), \(entry.count) times from row \(entry.firstRow): \(sentence); \(values) [\(code)]"
                )))
    }

    private func sayDuplicates() {
        for pair in report.duplicates.pairs {
            Terminal.error(
                entraide.say(
                    fr: "peut-être la même communauté (\(pair.territory)) : \(pair.one), \(pair.other)",
                    en: "perhaps the same community (\(pair.territory)): \(pair.one), \(pair.other)"))
        }
        let more = report.duplicates.count - report.duplicates.pairs.count
        if more > 0 {
            Terminal.error(
                entraide.say(
                    more,
                    fr: (
                        "… et \(more) autre paire qui se ressemble",
                        "… et \(more) autres paires qui se ressemblent"
                    ),
                    en: ("… and \(more) more pair alike", "… and \(more) more pairs alike")))
        }
    }
}
