import EntraideCore
import Lines

/// Writes records to standard output in the form asked for.
struct Printer {
    let format: LineFormat
    let color: Bool

    /// All records of one list.
    ///
    /// - Parameter labels: what a table shows in place of codes that mean something else here.
    func list<Record: LineRecord>(_ records: [Record], labels: [String: String] = [:]) {
        begin(Record.self)
        if format != .table { write(records) }
        finish(records, labels)
    }

    /// One record: on a terminal all of its fields, one a line.
    func one<Record: LineRecord>(_ record: Record) {
        guard format == .table else { return list([record]) }
        Terminal.out(renderer.card(record, translate: CodeLabels.shown))
    }

    /// A table under a title of its own, within a longer screen.
    ///
    /// - Parameters:
    ///   - none: what stands in its place when there is nothing.
    ///   - columns: the columns to show, even where they are empty; nil for those that fit.
    func section<Record: LineRecord>(
        _ records: [Record], title: String, none: String, columns: [String]? = nil
    ) {
        Terminal.out("\n" + (color ? "\u{1B}[1m\(title)\u{1B}[0m\n" : "\(title)\n"))
        guard !records.isEmpty else { return Terminal.out("\(none)\n") }
        let shown = columns ?? TableColumns.of(Record.name, width: Terminal.width)
        Terminal.out(
            renderer.render(
                records, only: shown, keepsEmpty: columns != nil, translate: CodeLabels.shown))
    }

    /// A list read page by page, written as it comes; a table needs all of it to align its columns.
    ///
    /// - Parameter next: the page after the last record given; empty ends the list.
    func pages<Record: LineRecord>(
        of type: Record.Type = Record.self, _ next: (Record?) async throws -> [Record]
    ) async rethrows where Record: Sendable {
        var last: Record?
        var table: [Record] = []
        begin(type)
        while true {
            let page = try await next(last)
            guard let end = page.last else { break }
            last = end
            if format == .table { table += page } else { write(page) }
        }
        finish(table)
    }

    private func begin<Record: LineRecord>(_ type: Record.Type) {
        if format != .table, let header = LineWriter(format).header(for: type) { Terminal.out(header) }
    }

    private func write<Record: LineRecord>(_ records: [Record]) {
        let writer = LineWriter(format)
        for record in records {
            do {
                Terminal.out(try writer.line(record))
            } catch {
                // A stored value that no line may carry is left out and named, never written raw.
                Terminal.error("entraide: \(EntraideError(error).message(in: .current))")
            }
        }
    }

    private func finish<Record: LineRecord>(_ table: [Record], _ labels: [String: String] = [:]) {
        guard format == .table else { return }
        if table.isEmpty { return Terminal.error(say(fr: "Aucun résultat.", en: "Nothing found.")) }
        if let matches = table as? [MatchRecord], Terminal.width < 120 {
            return Terminal.out(matches.map(twoLines).joined())
        }
        let width = Terminal.width
        Terminal.out(
            renderer.render(
                table, only: TableColumns.of(Record.name, width: width),
                counting: TableColumns.counted(Record.name, width: width),
                continues: TableColumns.continuing.contains(Record.name)
            ) { labels[$1] ?? CodeLabels.shown($0, $1) })
    }

    /// A match on a narrow terminal: two communities and a skill do not fit a row, and a name cut short names nobody.
    private func twoLines(_ match: MatchRecord) -> String {
        let score = match.score.thousandths
        let line = "\(match.match)  \(score)  \(match.need ?? "-")"
        let pair = "\(match.provider ?? "-") → \(match.receiver ?? "-")"
        return (color ? "\u{1B}[1;36m\(line)\u{1B}[0m" : line) + "\n    \(pair)\n"
    }

    private var renderer: TableRenderer {
        TableRenderer(width: Terminal.width, color: color, language: .current)
    }
}

/// Which columns fit a terminal, for records that have many. `-o text`, `ndjson` and `csv` carry all of them, and a single
/// record is shown whole.
enum TableColumns {
    static func of(_ record: String, width: Int) -> [String]? {
        let isWide = width >= 120
        return switch record {
        case "community": ["community", "kind", "status", "offers", "needs"]
        case "round" where isWide:
            ["round", "title", "status", "on", "matches", "score", "published_at", "bonuses"]
        case "round": ["round", "status", "on", "matches", "score", "bonuses"]
        case "match": ["match", "score", "provider", "receiver", "need", "distance_km"]
        case "territory": ["territory", "name", "postcode", "departement", "population"]
        case "reason": ["factor", "weight", "value", "points"]
        case "outcome": ["community", "role", "reason", "detail"]
        case "skill" where isWide: ["skill", "label_fr", "label_en", "broader"]
        case "skill": ["skill", ownLabel, "broader"]
        case "proposal" where !isWide: ["skill", ownLabel, "offers", "needs", "nearest"]
        case "offer": ["skill", "level", "capacity", "posture", "formats", "modes", "until"]
        case "need": ["skill", "level_now", "level", "urgency", "quantity", "needed_by", "formats"]
        default: nil
        }
    }

    /// The label of a skill in the reader's language.
    private static var ownLabel: String { Language.current == .fr ? "label_fr" : "label_en" }

    /// Lists of which a narrow terminal shows the length: cut to a word and a half they say nothing.
    static func counted(_ record: String, width: Int) -> Set<String> {
        record == "community" && width < 120 ? ["offers", "needs"] : []
    }

    /// Records whose last column is a sentence, or a list to choose from: it goes on below, as its end may say what to do.
    static let continuing: Set<String> = ["check", "proposal", "outcome"]
}
