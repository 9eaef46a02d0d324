import EntraideCore
import Foundation
import Lines
import Postgres
import PostgresTestSupport
import Testing

/// Real files and spreadsheets kept outside the project: `TEST_DATA` names their folder.
@Suite(
    "Real tables, with nothing said about them", .core,
    .enabled(if: dataFolder != nil, "TEST_DATA is not set"))
struct RealTablesTests {
    private static let folder = ProcessInfo.processInfo.environment["TEST_DATA"].flatMap {
        $0.isEmpty ? nil : $0
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: try #require(dataFolder) + "/" + path)))
    }

    @Test("Three spreadsheets and two more dialects of theirs give five communities each, the same")
    func spreadsheets() async throws {
        let core = try Core()
        _ = try await Territories(core.database).importCommunes(
            try bytes("communes_fr_cog2024_min.csv"), file: "communes.csv")
        let utf8 = try bytes("spreadsheets/excel_fr_utf8bom_pointvirgule.csv")
        let text = String(decoding: utf8.dropFirst(3), as: UTF8.self)
        var cells = CSVReader(bytes: Array(text.utf8), delimiter: UInt8(ascii: ";"))
        var tabbed = ""
        while let row = try cells.next() {
            tabbed += row.cells.map { CSVText.quoted($0, delimiter: 9) }.joined(separator: "\t") + "\r\n"
        }
        let files = [
            utf8, try bytes("spreadsheets/libreoffice_utf8_virgule.csv"),
            Sheet.bytes(tabbed, .utf16LittleEndian, mark: true), Sheet.bytes("sep=;\r\n" + text),
            try bytes("spreadsheets/excel_fr_cp1252_pointvirgule.csv"),
        ]
        var first: [String]?
        for (index, file) in files.enumerated() {
            let report = try await core.table(file)
            #expect(
                (report.read, report.refusedCount, report.losses.count(.lostDigits)) == (5, 0, 1), "\(index)")
            let lines = try await core.profileLines()
            #expect(lines.count == 5 && lines == first ?? lines, "\(index)")
            if first != nil { #expect(report.unchanged == 5, "\(index)") }
            first = lines
        }
    }

    @Test(
        "Exports of places come in nearly whole and once, in their communes, with the services they name",
        arguments: ["mednum/mednum_raw_corse.csv", "mednum/mednum_raw_maine-et-loire.csv"])
    func places(path: String) async throws {
        let core = try Core()
        _ = try await Territories(core.database).importCommunes(
            try bytes("communes_fr_cog2024_min.csv"), file: "communes.csv")
        let file = try bytes(path)
        let report = try await core.table(file)
        let distinct = report.read - report.repeated
        #expect(distinct > 150 && report.added * 100 >= distinct * 95, "\(report.added) of \(distinct)")
        let known =
            report.skillsMet - report.losses.count(.unknownSkill) - report.losses.count(.unknownAnswer)
        #expect(
            report.skillsMet > 300 && known * 100 >= report.skillsMet * 80, "\(known) of \(report.skillsMet)")
        print(
            "real tables: \(path) \(report.added) of \(distinct) places, \(known) of \(report.skillsMet) services"
        )
        if path.contains("maine") { #expect(report.closed == 18) }
        // Either file gives one place the position of another, in a commune 15 and 21 km off: the commune's centre serves.
        #expect(report.losses.count(.farFromCommune) == 1)
        // Communes are points here, not outlines: a place is in its own when it is no nearer to another's centre by more
        // than a commune's breadth. Half of the communes of France reach 2.2 km from their centre, and the largest 40.
        let far = try await core.column(
            """
            WITH d AS (
              SELECT c.slug, 111.2 * sqrt(power((c.latitude_e6 - t.latitude_e6) / 1e6, 2)
                + power(cos(radians(t.latitude_e6 / 1e6)) * (c.longitude_e6 - t.longitude_e6) / 1e6, 2)) AS km
              FROM communities AS c JOIN territories AS t ON t.code = c.territory WHERE c.latitude_e6 IS NOT NULL)
            SELECT concat_ws(' ', count(*), count(*) FILTER (WHERE km > 10), round(max(km)::numeric, 1),
              round((percentile_cont(0.5) WITHIN GROUP (ORDER BY km))::numeric, 1)) AS x FROM d
            """)
        print(
            "real tables: \(path) places with a commune, past 10 km of its centre, farthest, median km: \(far[0])"
        )
        let numbers = far[0].split(separator: " ").compactMap { Double($0) }
        #expect(numbers[0] * 100 >= Double(report.added) * 90 && numbers[1] == 0 && numbers[3] < 3, "\(far)")
        let again = try await core.table(file)
        #expect((again.added, again.updated, again.unchanged) == (0, 0, report.added))
    }
}

private let dataFolder = ProcessInfo.processInfo.environment["TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }
