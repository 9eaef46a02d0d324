import EntraideCore
import Lines
import Matching

/// Writes records to standard output in the form asked for.
struct Printer {
    let format: LineFormat
    let color: Bool

    /// All records of one list.
    func list<Record: LineRecord>(_ records: [Record]) {
        begin(Record.self)
        if format != .table { write(records) }
        finish(records)
    }

    /// One record: on a terminal all of its fields, one a line.
    func one<Record: LineRecord>(_ record: Record) {
        guard format == .table else { return list([record]) }
        Terminal.out(renderer.card(record, translate: CodeLabels.shown))
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

    private func finish<Record: LineRecord>(_ table: [Record]) {
        guard format == .table else { return }
        Terminal.out(
            renderer.render(
                table, only: TableColumns.of(Record.name, width: Terminal.width), translate: CodeLabels.shown)
        )
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
        case "round" where isWide: ["round", "title", "status", "on", "matches", "score", "published_at"]
        case "round": ["round", "status", "on", "matches", "score"]
        case "match" where isWide: ["match", "score", "provider", "offer", "receiver", "need", "distance_km"]
        case "match": ["match", "score", "provider", "receiver", "need"]
        case "reason": ["factor", "weight", "value", "points"]
        case "outcome": ["community", "role", "reason", "detail"]
        case "skill": ["skill", "label_fr", "label_en", "broader"]
        case "offer": ["skill", "level", "capacity", "posture", "formats", "modes", "until"]
        case "need": ["skill", "level_now", "level", "urgency", "quantity", "needed_by", "formats"]
        default: nil
        }
    }
}

/// What a table shows in place of codes.
enum CodeLabels {
    static func shown(_ column: Column, _ code: String) -> String { label(column.name, code) ?? code }

    static func label(_ column: String, _ code: String) -> String? {
        switch column {
        case "kind": CommunityKind(rawValue: code)?.label[.current]
        case "status":
            CommunityStatus(rawValue: code)?.label[.current] ?? RoundStatus(rawValue: code)?.label[.current]
                ?? MatchStatus(rawValue: code)?.label[.current]
        case "visibility": Visibility(rawValue: code)?.label[.current]
        case "stage": Stage(rawValue: code)?.label[.current]
        case "modes": Mode(rawValue: code)?.label[.current]
        case "slots": Slot(rawValue: code)?.label[.current]
        case "posture": Posture(rawValue: code)?.label[.current]
        case "formats": Format(rawValue: code)?.label[.current]
        case "factor": Factor(rawValue: code)?.label[.current]
        case "reason": WhyNot(rawValue: code)?.label[.current]
        case "scopes": TokenScope(rawValue: code)?.label[.current]
        case "role":
            switch code {
            case "receiver": say(fr: "aidée", en: "receiver")
            case "provider": say(fr: "aidante", en: "provider")
            case "participant": say(fr: "participe", en: "takes part")
            case "absent": say(fr: "absente", en: "absent")
            default: nil
            }
        case "holds": code == "yes" ? say(fr: "oui", en: "yes") : say(fr: "NON", en: "NO")
        default: nil
        }
    }
}
