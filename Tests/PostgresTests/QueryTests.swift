import Postgres
import Testing

@Suite("Queries")
struct QueryTests {
    @Test("Interpolated values become numbered parameters of their type")
    func interpolation() {
        let query: Query =
            "SELECT \(1), \("a"), \(true), \(2.5), \([1]), \(["x"]), \([UInt8(1)]), \(Int32(3)), \(Int?.none)"
        #expect(query.sql == "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9")
        #expect(query.values.map(\.oid) == [20, 25, 16, 701, 1016, 1009, 17, 23, 20])
        #expect(query.values.last?.text == nil)
        #expect(query.values[0].text == Array("1".utf8))
    }

    @Test("Splicing and adding queries renumber their parameters")
    func splicing() {
        let condition: Query = "slug = \("a") AND n > \(1)"
        let query: Query = "SELECT \(0) WHERE \(condition) OR \(condition)"
        #expect(query.sql == "SELECT $1 WHERE slug = $2 AND n > $3 OR slug = $4 AND n > $5")
        #expect(query.values.count == 5)
        let sum = condition + " LIMIT \(10)" + Query(unsafeSQL: " OFFSET 0")
        #expect(sum.sql == "slug = $1 AND n > $2 LIMIT $3 OFFSET 0")
        #expect(sum.values.last == 10.postgresValue)
    }

    @Test("Unsafe SQL is text, and only that")
    func unsafe() {
        let query: Query = "SELECT * FROM \(unsafeSQL: "community") WHERE id = \(1)"
        #expect(query.sql == "SELECT * FROM community WHERE id = $1")
        #expect(query.values.count == 1)
    }

    @Test("Printing a query shows no value")
    func redaction() {
        let query: Query = "SELECT \("secret")"
        for text in [
            "\(query)", String(reflecting: query), "\(query.values)", dumped(query), dumped(query.values),
        ] {
            #expect(!text.contains("secret"))
            #expect(!text.contains("115"), "the bytes of the value")
        }
    }

    @Test("A type whose raw value is encodable encodes as it")
    func rawRepresentable() throws {
        enum Kind: String, PostgresEncodable, PostgresDecodable { case fablab, collective }
        let query: Query = "SELECT \(Kind.fablab), \(Kind?.none)"
        #expect(query.values.map(\.oid) == [25, 25])
        #expect(query.values[0].text == Array("fablab".utf8))
        let cell = Cell(oid: 25, text: Array("collective".utf8)[...])
        #expect(try Kind(cell: cell) == .collective)
        #expect(throws: Cell.Mismatch.text) { try Kind(cell: Cell(oid: 25, text: Array("other".utf8)[...])) }
    }

    @Test("Identifiers are quoted, quotes doubled, NUL and nothing refused")
    func identifiers() throws {
        #expect(try quotedIdentifier("community") == "\"community\"")
        #expect(try quotedIdentifier("a\"; DROP TABLE b; --") == "\"a\"\"; DROP TABLE b; --\"")
        // A combining mark must not hide the quote before it.
        #expect(try quotedIdentifier("a\"\u{301}").utf8.filter { $0 == 0x22 }.count == 4)
        #expect(throws: PostgresError.self) { try quotedIdentifier("") }
        #expect(throws: PostgresError.self) { try quotedIdentifier("a\0") }
    }
}

/// What `dump` prints.
func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}
