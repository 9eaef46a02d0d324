import EntraideCore
import Foundation
import Lines
import PostgresTestSupport
import Testing

@Suite("Importing communes", .scratchDatabase { try await prepare($0) })
struct ImportTerritoriesTests {
    private static let header = "code_insee,nom,code_postal,departement,region,lat,lon,population_2021,type"

    private func territories(dryRun: Bool = false) throws -> Territories {
        let scratch = try ScratchDatabase.current
        return Territories(
            Database(pool: scratch.pool, location: .given(conninfo: scratch.conninfo)), dryRun: dryRun)
    }

    private func load(_ rows: [String], dryRun: Bool = false) async throws -> Territories.ImportReport {
        let text = ([Self.header] + rows).joined(separator: "\n") + "\n"
        return try await territories(dryRun: dryRun).importCommunes(Array(text.utf8), file: "communes.csv")
    }

    private func find(_ text: String, limit: Int = 20) async throws -> [String] {
        try await territories().find(text, limit: limit).map(\.code)
    }

    private static let rows = [
        "59183,Dunkerque,59140,59,32,51.0343,2.3768,86263,COM",
        "59183,Dunkerque,59240,59,32,51.0343,2.3768,86263,COM",
        "59183,Saint-Pol-sur-Mer,59430,,,51.0343,2.3768,86263,COMD",
        "59178,Douai,59500,59,32,50.3712034,3.0801,40023,COM",
        "2A004,Ajaccio,20000,2A,94,41.9257,8.7399,72194,COM",
        "85165,L'Oie,85140,85,52,,,1259,COM",
        "42218,Saint-Étienne,42000,42,84,45.4347,4.3903,172718,COM",
    ]

    @Test("Rows of one code become one territory with its postcodes, and the same file again changes nothing")
    func groups() async throws {
        var report = try await load(Self.rows.reversed())
        #expect(report.rows == 7)
        #expect((report.codes, report.added, report.updated, report.unchanged) == (5, 5, 0, 0))
        #expect(report.refused == [])
        let dunkerque = try #require(try await territories().find("59183").first)
        #expect(
            dunkerque
                == Territory(
                    code: "59183", name: "Dunkerque", postcodes: ["59140", "59240", "59430"],
                    departement: "59",
                    region: "32", latitudeE6: 51_034_300, longitudeE6: 2_376_800, population: 86_263))
        #expect(dunkerque.record.postcode == "59140")
        report = try await load(Self.rows)
        #expect((report.added, report.updated, report.unchanged) == (0, 0, 5))
        report = try await load(["59178,Douai,59500,59,32,50.3712034,3.0801,40024,COM"])
        #expect((report.codes, report.added, report.updated, report.unchanged) == (1, 0, 1, 0))
    }

    @Test("A territory is found by code, postcode or the beginning of its name, the most populous first")
    func finds() async throws {
        _ = try await load(Self.rows)
        #expect(try await find("d") == ["59183", "59178"])
        #expect(try await find("d", limit: 1) == ["59183"])
        #expect(try await find("DOUAI") == ["59178"])
        #expect(try await find("59240") == ["59183"])
        #expect(try await find("2a004") == ["2A004"])
        #expect(try await find("saint etienne") == ["42218"])
        #expect(try await find("l oie") == ["85165"])
        #expect(try await find("%") == [])
        #expect(try await find(" ") == [])
        #expect(try await find("étienne") == [])
        let rounded = try #require(try await territories().find("Douai").first)
        #expect(rounded.latitudeE6 == 50_371_203)
        let nowhere = try #require(try await territories().find("85165").first)
        #expect(nowhere.latitudeE6 == nil && nowhere.record.latitude == nil)
    }

    @Test("A bad row is refused with its row, its column and the reason, and the others come in")
    func refusesRows() async throws {
        let report = try await load([
            "59183,Dunkerque,59140,59,32,51.0343,2.3768,86263,COM",
            ",Nulle part,59140,59,32,51.0,2.3,1,COM",
            "00001,,59140,59,32,51.0,2.3,1,COM",
            "00002,Loin,59140,59,32,91.0,2.3,1,COM",
            "00003,Demi,59140,59,32,51.0,,1,COM",
            "00004,Peuplée,59140,59,32,51.0,2.3,beaucoup,COM",
            "00005,Courte,59140",
            "a b,Code,59140,59,32,51.0,2.3,1,COM",
            "00006,Sonnette\u{7},59140,59,32,51.0,2.3,1,COM",
            "00007,Nombreuse,59140,59,32,51.0,2.3,99999999999999999999,COM",
            "00008,\"Finie\",59140,59,32,51.0,2.3,,COM",
        ])
        #expect(report.rows == 11)
        #expect(report.added == 2)
        #expect(report.refused.map(\.row) == [3, 4, 5, 6, 7, 8, 9, 10, 11])
        #expect(
            report.refused.map(\.error.code) == [
                .missingField, .missingField, .badCoordinates, .badCoordinates, .outOfRange, .malformed,
                .malformed,
                .controlCharacter, .outOfRange,
            ])
        #expect(
            report.refused.map(\.error.place.field) == [
                "code_insee", "nom", "lat", "lat", "population_2021", nil, "code_insee", "nom",
                "population_2021",
            ])
        #expect(report.refused.allSatisfy { $0.error.place.file == "communes.csv" })
        #expect(report.refused.allSatisfy { $0.error.place.line == $0.row })
        #expect(report.refused.first?.error.place.column == 1)
    }

    @Test("A file without a column, without a row, or without anything is refused whole")
    func refusesFiles() async throws {
        let territories = try territories()
        let short = Array("code_insee,nom\n1,a\n".utf8)
        let missing = await #expect(throws: EntraideError.self) {
            try await territories.importCommunes(short, file: "f.csv")
        }
        #expect(missing?.code == .missingColumn)
        #expect(missing?.values == ["column": "code_postal", "headers": "code_insee, nom"])
        for bytes in [[], Array((Self.header + "\n").utf8)] {
            await #expect(throws: EntraideError(.emptyFile, at: Place(file: "f.csv"))) {
                try await territories.importCommunes(bytes, file: "f.csv")
            }
        }
    }

    @Test("Bytes that are not UTF-8 spoil their row alone")
    func refusesBadBytes() async throws {
        var bytes = Array((Self.header + "\r\n00001,").utf8)
        bytes += [0xE9] + Array(",59140,59,32,51.0,2.3,1,COM\r\n".utf8) + Array((Self.rows[0] + "\r\n").utf8)
        let report = try await territories().importCommunes([0xEF, 0xBB, 0xBF] + bytes, file: "f.csv")
        #expect(report.added == 1)
        #expect(report.refused.map(\.row) == [2])
        #expect(report.refused.first?.error.code == .invalidUTF8)
        #expect(report.refused.first?.error.place.line == 2)
    }

    @Test("A rehearsal counts all and writes nothing")
    func rehearsal() async throws {
        let report = try await load(Self.rows, dryRun: true)
        #expect(report.added == 5)
        #expect(try await find("Douai") == [])
    }

    private static let realFile = ProcessInfo.processInfo.environment["TEST_DATA"].map {
        $0 + "/communes_fr_cog2024_min.csv"
    }

    @Test(
        "The communes of France come in whole, twice", .enabled(if: realFile != nil, "TEST_DATA is not set"))
    func france() async throws {
        let path = try #require(Self.realFile)
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        var report = try await territories().importCommunes(bytes, file: path)
        #expect(report.codes == 34_976)
        #expect((report.added, report.refused.count) == (34_976, 0))
        report = try await territories().importCommunes(bytes, file: path)
        #expect((report.added, report.updated, report.unchanged) == (0, 0, 34_976))
        #expect(try await territories().find("saint-e", limit: 1).map(\.name) == ["Saint-Étienne"])
    }
}
