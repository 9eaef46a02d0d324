import Postgres
import PostgresTestSupport
import Testing

@Suite("Parameters and rows", .scratchDatabase)
struct ParameterTests {
    /// Sends a value and reads it back.
    private func echo<T: PostgresEncodable & PostgresDecodable & Sendable>(_ value: T) async throws -> T {
        let rows = try await ScratchDatabase.current.pool.query("SELECT \(value) AS echo")
        return try #require(rows.first).get("echo")
    }

    @Test(
        "A text comes back with the same bytes",
        arguments: [
            "", " ", "é", "e\u{301}", "🧵👩‍🔬", "a'b\"c\\d;--", "$1", "\t\n\r\u{1}\u{7F}", "NULL", "{}", "\\N",
        ])
    func texts(text: String) async throws {
        let echoed = try await echo(text)
        #expect(Array(echoed.utf8) == Array(text.utf8))
    }

    @Test("Numbers come back exactly, extremes included")
    func numbers() async throws {
        for value in [0, 1, -1, Int.max, Int.min] {
            let echoed = try await echo(value)
            #expect(echoed == value)
        }
        for value in [Int32.min, Int32.max] {
            let echoed = try await echo(value)
            #expect(echoed == value)
        }
        for value in [Int64.min, Int64.max] {
            let echoed = try await echo(value)
            #expect(echoed == value)
        }
        for value in [
            0.1, -0.0, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, -.infinity,
        ] {
            #expect(try await echo(value).bitPattern == value.bitPattern)
        }
        #expect(try await echo(Double.nan).isNaN)
    }

    @Test("Booleans and NULL come back")
    func booleansAndNull() async throws {
        #expect(try await echo(true))
        #expect(try await !echo(false))
        #expect(try await echo(String?.none) == nil)
        #expect(try await echo(Int?.none) == nil)
        #expect(try await echo([String]?.none) == nil)
        #expect(try await echo(Int?.some(7)) == 7)
        #expect(try await echo(String?.some("")) == "")
    }

    @Test("Arrays come back, whatever their elements hold")
    func arrays() async throws {
        let words = ["", " ", ",", "\"", "\\", "{", "}", "null", "NULL", "a,b", "\"\\\"", "é🧵", "\n", "'"]
        #expect(try await echo(words) == words)
        #expect(try await echo([String]()) == [])
        #expect(try await echo([Int.min, -1, 0, Int.max]) == [Int.min, -1, 0, Int.max])
        #expect(try await echo([Int]()) == [])
        let rows = try await ScratchDatabase.current.pool.query("SELECT (\(words))[10] AS tenth")
        #expect(try rows[0].get("tenth", as: String.self) == "a,b")
    }

    @Test("Bytes come back, NUL included")
    func bytes() async throws {
        let all = (0...255).map { UInt8($0) }
        #expect(try await echo(all) == all)
        #expect(try await echo([UInt8]()) == [])
    }

    @Test("An array with a NULL element, or of two dimensions, is a decoding error")
    func unusualArrays() async throws {
        let pool = try ScratchDatabase.current.pool
        for sql in ["ARRAY['a', NULL]", "ARRAY[['a'], ['b']]", "'[0:1]={a,b}'::text[]"] {
            let rows = try await pool.query("SELECT \(unsafeSQL: sql) AS words")
            let error = #expect(throws: PostgresError.self) { try rows[0].get("words", as: [String].self) }
            #expect(error?.code == .decoding)
        }
    }

    @Test("What looks like an injection is a value like another")
    func injection() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("CREATE TABLE person (name text)")
        let names = [
            "'; DROP TABLE person; --", "\"; DROP TABLE person; --", "$1", "\\'; DROP TABLE person; --",
        ]
        for name in names {
            try await pool.execute("INSERT INTO person (name) VALUES (\(name))")
            #expect(try await pool.query("SELECT name FROM person WHERE name = \(name)").count == 1)
        }
        #expect(try await pool.query("SELECT name FROM person").count == names.count)
    }

    @Test("A text with NUL is refused before anything is sent")
    func nul() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("CREATE TABLE person (name text)")
        for query in [
            "INSERT INTO person VALUES (\("a\0b"))" as Query,
            "INSERT INTO person SELECT unnest(\(["x", "\0"]))",
            "INSERT INTO person VALUES ('\(unsafeSQL: "\0")')",
        ] {
            let error = await failure { try await pool.execute(query) }
            #expect(error?.code == .nulByte)
        }
        try await pool.withConnection { connection in
            let error = await failure { try await connection.script("SELECT 1;\0") }
            #expect(error?.code == .nulByte)
            let rows = try await connection.query("SELECT name FROM person")
            #expect(rows.isEmpty)
        }
    }

    @Test("execute counts the rows that a statement touched")
    func counts() async throws {
        let pool = try ScratchDatabase.current.pool
        #expect(try await pool.execute("CREATE TABLE t (n int)") == 0)
        #expect(try await pool.execute("INSERT INTO t SELECT generate_series(1, 10)") == 10)
        #expect(try await pool.execute("UPDATE t SET n = n + 1 WHERE n > \(7)") == 3)
        #expect(try await pool.execute("SELECT * FROM t") == 10)
        #expect(try await pool.execute("DELETE FROM t") == 10)
        #expect(try await pool.execute("") == 0)
    }

    @Test("More parameters than the protocol counts are refused, not truncated")
    func tooManyParameters() async throws {
        let pool = try ScratchDatabase.current.pool
        var query: Query = "SELECT \(0)"
        for number in 1...65_535 { query += ", \(number)" }
        let error = await failure { try await pool.query(query) }
        #expect(error?.code == .misuse)
    }

    @Test("A large value and a large result travel whole")
    func large() async throws {
        let pool = try ScratchDatabase.current.pool
        let text = String(repeating: "réseau ", count: 500_000)
        let rows = try await pool.query("SELECT n, \(text) AS text FROM generate_series(1, 3) n")
        #expect(rows.count == 3)
        #expect(try rows[2].get("text", as: String.self) == text)
        let many = try await pool.query("SELECT n, NULLIF(n % 3, 0) AS rest FROM generate_series(1, 50000) n")
        #expect(try many.map { try $0.get("n", as: Int.self) } == Array(1...50_000))
        #expect(try many[2].get("rest", as: Int?.self) == nil)
        #expect(try many[49_999].get("rest", as: Int?.self) == 2)
    }

    @Test("Dates and times read as ISO text in UTC, whatever the server's own settings")
    func dates() async throws {
        let scratch = try ScratchDatabase.current
        let name = try quotedIdentifier(scratch.name)
        try await scratch.pool.execute("ALTER DATABASE \(unsafeSQL: name) SET DateStyle = 'German'")
        try await scratch.pool.execute("ALTER DATABASE \(unsafeSQL: name) SET TimeZone = 'Asia/Tokyo'")
        try await scratch.pool.execute("ALTER DATABASE \(unsafeSQL: name) SET bytea_output = 'escape'")
        let connection = try await Connection.open(scratch.configuration, logger: .silent)
        let row = try await connection.query(
            """
            SELECT '2027-03-01T10:00:00+02:00'::timestamptz AS at, \("2027-03-01")::date AS day,
                   \([UInt8](arrayLiteral: 0, 255)) AS raw
            """)[0]
        #expect(try row.get("at", as: String.self) == "2027-03-01 08:00:00+00")
        #expect(try row.get("day", as: String.self) == "2027-03-01")
        #expect(try row.get("raw", as: [UInt8].self) == [0, 255])
        await connection.close()
    }
}
