import Foundation
import Schema
import Testing

@Suite("The schema's index")
struct SchemaTests {
    @Test("Every migration file is in the index, in order, and nothing else is")
    func indexIsTheFolder() throws {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appendingPathComponent("sql/migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(!files.isEmpty)
        let indexed = Schema.migrations.map { migration in
            let number = String(migration.version)
            return String(repeating: "0", count: 4 - number.count) + number + "_" + migration.name + ".sql"
        }
        #expect(files == indexed)
        for (file, migration) in zip(files, Schema.migrations) {
            #expect(
                try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8) == migration.sql)
        }
        #expect(Schema.migrations.map(\.version) == Array(1...Schema.version))
    }
}
