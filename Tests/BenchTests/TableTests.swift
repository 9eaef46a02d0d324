import Foundation
import Testing

@Suite("bench table")
struct TableTests {
    private func made(_ options: String...) throws -> (table: String, communes: String) {
        let (table, communes) = (try TextFile(), try TextFile())
        let run = try BenchRun(["table"] + options + [table.path, communes.path])
        #expect(run.status == 0, "\(run)")
        return (
            try String(contentsOfFile: table.path, encoding: .utf8),
            try String(contentsOfFile: communes.path, encoding: .utf8)
        )
    }

    @Test("The same seed gives the same bytes, another seed others")
    func seeds() throws {
        let first = try made("--rows", "50", "--seed", "3")
        let again = try made("--rows", "50", "--seed", "3")
        #expect(again == first)
        #expect(try made("--rows", "50", "--seed", "4").table != first.table)
    }

    @Test(
        "Rows stand in the communes that are written, each with its identifier; some cannot come in, some look alike"
    )
    func rows() throws {
        let (table, communes) = try made("--rows", "3000")
        let codes = Set(
            communes.split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").first })
        let rows = table.split(separator: "\r\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(rows.count == 3000 && rows.allSatisfy { $0.count == 9 && codes.contains($0[3]) })
        #expect(Set(rows.map { $0[0] }).count == 3000)
        let refused = rows.count { $0[1].isEmpty || $0[1] == "!?" || $0[1].utf8.count > 200 }
        #expect((1...60).contains(refused))
        #expect(rows.contains { $0[6].isEmpty } && rows.contains { $0[6].split(separator: "|").count == 3 })
    }

    @Test("A number of rows out of range is refused")
    func refused() throws {
        #expect(try BenchRun(["table", "--rows", "-1", "/tmp/never", "/tmp/never"]).status == 64)
    }
}
