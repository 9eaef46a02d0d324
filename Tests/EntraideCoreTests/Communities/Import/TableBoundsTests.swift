import EntraideCore
import Foundation
import Lines
import PostgresTestSupport
import Synchronization
import Testing

@Suite("What a table may cost", .core)
struct TableBoundsTests {
    /// A place for rejects, and what was written there.
    private func rejects(_ core: Core, _ csv: String) async throws -> (
        report: TableImportReport, text: String
    ) {
        let path = FileManager.default.temporaryDirectory.appending(path: "rejects-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var options = TableImportOptions()
        options.rejects = path
        let report = try await core.table(csv, options)
        return (report, try String(contentsOfFile: path, encoding: .utf8))
    }

    @Test("A table of too many columns is refused, and columns without a title are none")
    func columns() async throws {
        let core = try Core()
        let before = try await core.snapshot()
        let wide = "nom" + (1...1000).map { ";c\($0)" }.joined()
        let list = #"[{"name":"Un""# + (1...1000).map { #","c\#($0)":"""# }.joined() + "}]"
        for text in ["Titre\n\(wide)\nUn\n", list] {
            let error = await refusal { try await core.table(text) }
            #expect(error?.code == .tooManyColumns && error?.place.file == "sheet.csv", "\(text.prefix(20))")
            #expect(error?.values["limit"] == "1000")
        }
        #expect(try await core.snapshot() == before)
        let just = try await core.table(String(wide.dropLast(";c1000".count)) + "\nUn\n")
        #expect(just.added == 1 && just.map.columns.count == 1000)
        let empty = String(repeating: ";", count: 20_000)
        let padded = try await core.table("nom;ville\(empty)\nDeux;\(empty)\nTrois\n")
        #expect(padded.added == 2 && padded.map.columns.count == 2)
    }

    @Test("Rejects of a table with empty columns at the right have none, and no row is wider than it needs")
    func width() async throws {
        let core = try Core()
        let empty = String(repeating: ";", count: 100_000)
        let (report, text) = try await rejects(
            core, "nom;ville\(empty)\n" + String(repeating: "?\n", count: 2000) + ";Brest\(empty)\n")
        #expect(report.refusedCount == 2001)
        let lines = text.split(whereSeparator: \.isNewline)
        #expect(lines[0] == "nom;ville;motif du refus")
        #expect(
            lines[1].hasPrefix("?;;\"A (nom)") && lines[2001].hasPrefix(";Brest;\"A (nom)"), "\(lines[2001])")
        // A wide table that only its first columns serve, and one whose last column does.
        for (last, most) in [("c", 64), ("offres", 400)] {
            let header = "nom" + (1...398).map { ";c\($0)" }.joined() + ";" + last
            let (report, text) = try await rejects(core, header + "\n?\n?\n")
            #expect(report.refusedCount == 2)
            let rows = text.split(whereSeparator: \.isNewline)
            #expect(rows[0] == header + ";motif du refus")
            #expect(rows[1].hasPrefix("?" + String(repeating: ";", count: most) + "\"A (nom)"), "\(rows[1])")
            // Mended, no reason is read as a skill.
            let again = try await core.table(text.replacing("\r\n?", with: "\r\nLieu \(last)"))
            #expect(
                again.refusedCount == 0 && again.skillsMet == 0 && again.losses.entries.isEmpty, "\(again)")
        }
    }

    @Test("Rows of many short cells are written in batches of few rows")
    func batches() async throws {
        let core = try Core()
        let rows = (1...6).map { "Lieu \($0)" + String(repeating: ";", count: 700_000) + "\n" }
        let batches = Mutex(0)
        let report = try await core.communities.importTable(
            InputSource(bytes: Array(("nom\n" + rows.joined()).utf8), name: "sheet.csv"), TableImportOptions()
        ) { _, _ in batches.withLock { $0 += 1 } }
        #expect(report.added == 6)
        #expect(batches.withLock { $0 } == 3)
    }
}
