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

    func one<Record: LineRecord>(_ record: Record) {
        list([record])
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
        let renderer = TableRenderer(width: Terminal.width, color: color, language: .current)
        Terminal.out(renderer.render(table) { column, code in CodeLabels.label(column.name, code) ?? code })
    }
}

/// What a table shows in place of codes.
enum CodeLabels {
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
