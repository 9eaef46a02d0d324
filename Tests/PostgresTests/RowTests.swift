import Postgres
import PostgresTestSupport
import Testing

@Suite("Rows", .scratchDatabase)
struct RowTests {
    /// The error of reading `sql`, whose one column is `value`, as `T`.
    private func failure<T: PostgresDecodable>(_ sql: String, as type: T.Type) async throws -> PostgresError?
    {
        let rows = try await ScratchDatabase.current.pool.query("SELECT \(unsafeSQL: sql) AS value")
        return #expect(throws: PostgresError.self) { try rows[0].get("value", as: type) }
    }

    @Test("A decoding error names the column and the expected type, never the value")
    func mismatches() async throws {
        let errors = [
            try await failure("'12345678'::text", as: Int.self),
            try await failure("NULL::bigint", as: Int.self), try await failure("NULL::text", as: String.self),
            try await failure("12345678", as: Bool.self), try await failure("12345678", as: [Int].self),
            try await failure("'12345678'::bytea", as: String.self),
            try await failure("12345678.5", as: Int.self),
            try await failure("12345678901234567890", as: Int64.self),
            try await failure("12345678901", as: Int32.self),
            try await failure("'12345678'", as: Double.self),
        ]
        #expect(errors.compactMap { $0 }.count == errors.count)
        for error in errors.compactMap({ $0 }) {
            #expect(error.code == .decoding)
            #expect(error.column == "value")
            #expect("\(error)".contains("expected"))
            for text in ["\(error)", String(reflecting: error), dumped(error)] {
                #expect(!text.contains("12345678"))
            }
        }
        #expect("\(try #require(errors[0]))".contains("expected bigint"))
    }

    @Test("Integers of every width, and whole sums, read as Int")
    func widths() async throws {
        let row = try await ScratchDatabase.current.pool.query(
            "SELECT 1::int2 AS a, 2::int4 AS b, 3::int8 AS c, sum(x) AS d, count(*) AS e, 1.5::numeric AS f FROM (VALUES (2::int8), (2)) v(x)"
        )[0]
        #expect(try ["a", "b", "c", "d", "e"].map { try row.get($0, as: Int.self) } == [1, 2, 3, 4, 2])
        #expect(try row.get("f", as: Double.self) == 1.5)
        #expect(try row.get("f", as: String.self) == "1.5")
    }

    @Test("An absent column and a column named twice are errors")
    func names() async throws {
        let row = try await ScratchDatabase.current.pool.query("SELECT 1 AS id, 2 AS id, 3 AS other")[0]
        for name in ["id", "absent"] {
            let error = #expect(throws: PostgresError.self) { try row.get(name, as: Int.self) }
            #expect(error?.code == .decoding)
            #expect(error?.column == name)
        }
        #expect(try row.get("other", as: Int.self) == 3)
        #expect(row.columns == ["id", "id", "other"])
    }

    @Test("Printing a row shows its columns, not their content")
    func redaction() async throws {
        let row = try await ScratchDatabase.current.pool.query("SELECT 'secret' AS contact")[0]
        for text in ["\(row)", String(reflecting: row), dumped(row)] {
            #expect(text.contains("contact"))
            #expect(!text.contains("secret"))
        }
    }
}
