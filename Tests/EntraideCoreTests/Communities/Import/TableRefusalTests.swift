import EntraideCore
import Foundation
import Lines
import Matching
import PostgresTestSupport
import Testing

@Suite("Files that are not what they say, and rows that do not come in", .core)
struct TableRefusalTests {
    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 20, 0, 6, 0, 8, 0, 0, 0]
    private static let files: [(String, [UInt8], ErrorCode, String?)] = [
        ("xlsx", zip + Array("[Content_Types].xml xl/workbook.xml".utf8), .spreadsheetFile, "xlsx"),
        (
            "ods", zip + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8),
            .spreadsheetFile, "ods"
        ),
        ("docx", zip + Array("[Content_Types].xml word/document.xml".utf8), .documentFile, "docx"),
        ("zip", zip + Array("lieux.csv".utf8), .archiveFile, "zip"),
        ("xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], .spreadsheetFile, "xls"),
        ("pdf", Array("%PDF-1.7\n%\u{E2}".utf8), .documentFile, "PDF"),
        ("gzip", [0x1F, 0x8B, 8, 0], .archiveFile, "gzip"),
        ("html", Array("\u{FEFF}  <!DOCTYPE html>\n<html><body>nom;ville</body></html>".utf8), .webPage, nil),
        ("xml", Array("<?xml version=\"1.0\"?><lieux/>".utf8), .documentFile, "XML"),
        ("binary", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], .binaryFile, nil),
        ("controls", [1, 2, 3, 4, 5, 0x61, 6, 7], .binaryFile, nil),
        ("cut json", Array("[{\"name\":\"A\"},\n{\"name\":\"B\"".utf8), .cutJSON, nil),
        ("json without a list", Array("{\"error\":\"not found\"}".utf8), .notAList, nil),
        ("empty", [], .emptyFile, nil), ("blank", Array("\r\n \n".utf8), .emptyFile, nil),
        ("only a header", Array("nom;ville\n".utf8), .emptyFile, nil),
        ("a quote that never closes", Array("nom;ville\nA;\"B\nC;D\n".utf8), .malformed, nil),
    ]

    @Test("A file that is no table is named for what it is, in both languages, and nothing is written")
    func files() async throws {
        let core = try Core()
        let before = try await core.snapshot()
        for (name, bytes, code, format) in Self.files {
            let error = await refusal { try await core.table(bytes) }
            #expect(error?.code == code, "\(name): \(String(describing: error))")
            if let format { #expect(error?.values["format"] == format, "\(name)") }
            #expect(error?.place.file == "sheet.csv", "\(name)")
        }
        #expect(try await core.snapshot() == before)
    }

    @Test("Rows that are wrong are listed with row, column and reason, and the others come in")
    func rows() async throws {
        let core = try Core()
        let csv =
            "nom;id;services\n\"A\nB\";1;couture\n;2;\n???;3;\nB\u{7}C;4;\n"
            + String(repeating: "é", count: 101)
            + ";5;\na\"b;6;\n" + "Fin;\(String(repeating: "x", count: 201));\n"
        let report = try await core.table(csv)
        #expect((report.read, report.added, report.refusedCount) == (7, 1, 6))
        #expect(
            report.refused.map { "\($0.row) \($0.error.code.rawValue) \($0.error.place.field ?? "-")" } == [
                "3 bad-text A (nom)", "4 bad-slug A (nom)", "5 control-character A (nom)",
                "6 too-long A (nom)",
                "7 malformed -", "8 too-long B (id)",
            ])
        #expect(try await core.communities.profile("a-b").profile.community.name == "A B")
        #expect(report.losses.entries.map { "\($0.notice) \($0.column)" } == ["lineBreak A (nom)"])
        for refusal in report.refused {
            expectReadable(refusal.error)
            #expect(!refusal.error.message(in: .fr).contains("\u{7}"))
        }
    }

    @Test(
        "Rejects keep the file's dialect, say why, and come in once mended",
        arguments: [
            (TextEncoding.utf8, Character(";"), "", "\r\n"), (.utf8, ",", "", "\n"),
            (.windows1252, ";", "", "\r\n"),
            (.utf16LittleEndian, "\t", "", "\r\n"), (.utf8, ";", "sep=;\r\n", "\r\n"),
        ])
    func rejects(encoding: TextEncoding, delimiter: Character, before: String, end: String) async throws {
        let core = try Core()
        var rows = Sheet.rows
        rows[1][0] = ""
        rows[3] = Array(rows[3].prefix(6))
        rows[3][0] = "!!!"
        let path = FileManager.default.temporaryDirectory.appending(path: "rejects-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var options = TableImportOptions()
        options.rejects = path
        let isMarked = encoding == .utf16LittleEndian
        let report = try await core.table(
            Sheet.bytes(before + Sheet.text(delimiter, end: end, rows: rows), encoding, mark: isMarked),
            options)
        #expect((report.added, report.refusedCount) == (3, 2))
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        #expect(encoding.byteOrderMark.isEmpty || bytes.starts(with: encoding.byteOrderMark) == isMarked)
        var decoder = TextDecoder(encoding)
        let text = String(decoding: decoder.decode(bytes), as: UTF8.self)
        #expect(text.hasPrefix(before + "Nom de la structure"))
        var reader = CSVReader(
            bytes: Array(text.dropFirst(before.count).utf8), delimiter: delimiter.asciiValue ?? 0)
        let header = try reader.next()?.cells
        #expect(header == Sheet.headers + ["motif du refus"])
        let first = try reader.next()?.cells
        // Nothing in it runs in a spreadsheet.
        #expect(first?.contains("'=CMD|' /C calc'!A0") == true)
        #expect(first?.dropLast().map(CSVText.unguarded) == rows[1])
        #expect(
            first?.last?.hasPrefix("A (Nom de la structure)") == true
                && first?.last?.hasSuffix("[bad-text]") == true)
        let second = try reader.next()?.cells
        #expect(second?.count == Sheet.headers.count + 1 && second?.last?.hasSuffix("[bad-slug]") == true)
        #expect(try reader.next() == nil)
        let mended = text.replacing("!!!\(delimiter)", with: "Le Môle\(delimiter)").replacing(
            "\(delimiter)Tiers-lieu", with: "La Cale\(delimiter)Tiers-lieu")
        let again = try await core.table(Sheet.bytes(mended, encoding, mark: isMarked))
        #expect((again.added, again.refusedCount) == (2, 0))
    }

    @Test("Without rejects there is no file, and a place where none can be written is told")
    func noRejects() async throws {
        let core = try Core()
        var options = TableImportOptions()
        options.rejects = "/nowhere/at/all.csv"
        #expect(try await core.table(Sheet.text(";"), options).refusedCount == 0)
        let error = await refusal { try await core.table("nom;ville\n;Brest\n", options) }
        #expect(error?.code == .outputNotWritten)
    }

    @Test("A given encoding is taken at its word")
    func encoding() async throws {
        let core = try Core()
        var options = TableImportOptions()
        options.encoding = .dos850
        // Bytes that Windows-1252 reads as other letters.
        _ = try await core.table(Array("nom\n".utf8) + [0x82, 0x74, 0x82, 0x0A], options)
        #expect(try await core.communities.profile("ete").profile.community.name == "été")
    }

    @Test(
        "A list of fablabs comes in from JSON, capabilities becoming offers, and a wrong one is rejected alone"
    )
    func fablabs() async throws {
        let core = try Core()
        let path = FileManager.default.temporaryDirectory.appending(path: "rejects-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var options = TableImportOptions()
        options.rejects = path
        let json = """
            [{"id":1,"name":"Fab Fictif","kind_name":"fab_lab","slug":"fabfictif","city":"Brest","latitude":48.39,
              "longitude":-4.48,"capabilities":["three_d_printing","laser"],"activity_status":"active","links":[{"id":1}]},
             {"id":2,"name":"","kind_name":"fab_lab","slug":"x","capabilities":[]},
             {"id":3,"name":"Fab Clos","kind_name":"mini_fab_lab","slug":"y","activity_status":"closed","latitude":null}]
            """
        let report = try await core.table(json, options)
        #expect((report.read, report.added, report.refusedCount, report.closed) == (3, 2, 1, 1))
        let profile = try await core.communities.profile("fab-fictif").profile
        #expect(profile.community.kind == .fablab && profile.sourceID == "fablabs:1")
        #expect(profile.offers.map(\.terms.skill) == ["decoupe-laser", "impression-3d"])
        let rejected = try String(contentsOfFile: path, encoding: .utf8)
        let node = try JSONNode.parse(Array(rejected.utf8))
        #expect(node.elements?.count == 1 && node.elements?.first?["id"] != nil)
        #expect(node.elements?.first?["reason"]?.string?.hasSuffix("[bad-text]") == true)
    }
}
