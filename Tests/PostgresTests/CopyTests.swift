import Postgres
import PostgresTestSupport
import Testing

@Suite(
    "COPY",
    .scratchDatabase {
        try await $0.execute(
            "CREATE TABLE \"odd \"\"table\" (n bigint, \"the text\" text, raw bytea, words text[])")
    })
struct CopyTests {
    private let table = "odd \"table"
    private let columns = ["n", "the text", "raw", "words"]

    private let texts = [
        "", " ", "\t", "\n", "\r", "\r\n", "\\", "\\N", "\\.", "\\t", "a\tb\nc\\d\re", "é🧵",
        "\u{B}\u{8}\u{C}", "NULL",
    ]

    @Test("Tabs, newlines, backslashes, NULL and bytes come through COPY as they were")
    func escaping() async throws {
        let pool = try ScratchDatabase.current.pool
        var rows = texts.enumerated().map { index, text in
            [
                index.postgresValue, text.postgresValue, Array(text.utf8).postgresValue,
                [text, text].postgresValue,
            ]
        }
        rows.append([
            Int?.none.postgresValue, String?.none.postgresValue, [UInt8]?.none.postgresValue,
            [String]?.none.postgresValue,
        ])
        let written = rows
        let count = try await pool.withConnection { connection in
            try await connection.copyIn(table: table, columns: columns, rows: written)
        }
        #expect(count == texts.count + 1)
        let read = try await pool.query("SELECT * FROM \"odd \"\"table\" ORDER BY n NULLS LAST")
        for (row, text) in zip(read, texts) {
            #expect(try row.get("the text", as: String.self) == text)
            #expect(try row.get("raw", as: [UInt8].self) == Array(text.utf8))
            #expect(try row.get("words", as: [String].self) == [text, text])
        }
        #expect(try read.last?.get("the text", as: String?.self) == .some(nil))
    }

    @Test("Many megabytes go through in one COPY")
    func large() async throws {
        let pool = try ScratchDatabase.current.pool
        let text = String(repeating: "x\ty\\", count: 25_000).postgresValue
        let rows = (0..<100).map { [$0.postgresValue, text] }
        let count = try await pool.withConnection { connection in
            try await connection.copyIn(table: table, columns: ["n", "the text"], rows: rows)
        }
        #expect(count == 100)
        let row = try await pool.query("SELECT sum(length(\"the text\")) AS n FROM \"odd \"\"table\"")[0]
        #expect(try row.get("n", as: Int.self) == 100 * 100_000)
    }

    @Test("No rows is a COPY of none")
    func empty() async throws {
        let count = try await ScratchDatabase.current.pool.withConnection { connection in
            try await connection.copyIn(table: table, columns: columns, rows: [])
        }
        #expect(count == 0)
    }

    @Test("A refused row leaves none of them, and the connection usable")
    func refused() async throws {
        let pool = Pool(try ScratchDatabase.current.configuration, size: 1, logger: .silent)
        // Enough rows that the server refuses while more are on their way.
        let bad = [["not a number".postgresValue]] + (0..<200_000).map { [$0.postgresValue] }
        for rows in [[["1".postgresValue], ["not a number".postgresValue]], bad] {
            let error = await failure {
                try await pool.withConnection { connection in
                    try await connection.copyIn(table: table, columns: ["n"], rows: rows)
                }
            }
            #expect(error?.sqlState == "22P02")
            #expect("\(try #require(error))".contains("not a number") == false)
            #expect(try await pool.query("SELECT n FROM \"odd \"\"table\"").isEmpty)
        }
        await pool.close()
    }

    @Test("A row of another width, a NUL, no column and no table are refused before or by the server")
    func misuse() async throws {
        let pool = try ScratchDatabase.current.pool
        let one = 1.postgresValue
        let attempts:
            [(table: String, columns: [String], rows: [[PostgresValue]], code: PostgresError.Code)] = [
                (table, ["n"], [[one], [one, one]], .misuse), (table, ["n"], [[]], .misuse),
                (table, [], [], .misuse), (table, ["the text"], [["\0".postgresValue]], .nulByte),
                ("no such table", ["n"], [[one]], .undefinedObject),
                (table, ["no column"], [[one]], .undefinedObject),
                ("a\0", ["n"], [], .nulByte),
            ]
        for attempt in attempts {
            let error = await failure {
                try await pool.withConnection { connection in
                    try await connection.copyIn(
                        table: attempt.table, columns: attempt.columns, rows: attempt.rows)
                }
            }
            #expect(error?.code == attempt.code)
        }
        #expect(try await pool.query("SELECT n FROM \"odd \"\"table\"").isEmpty)
    }

    @Test("A cancelled COPY writes nothing, and the connection works after")
    func cancelled() async throws {
        let scratch = try ScratchDatabase.current
        let connection = try await Connection.open(scratch.configuration, logger: .silent)
        try await scratch.pool.transaction { holder in
            try await holder.execute("LOCK TABLE \"odd \"\"table\"")
            // More than the socket's buffers hold, so that the copy is under way when it is cancelled.
            let text = String(repeating: "x", count: 1_000_000).postgresValue
            let task = Task {
                await failure {
                    try await connection.copyIn(
                        table: table, columns: ["the text"], rows: Array(repeating: [text], count: 20))
                }
            }
            while try await scratch.pool.query(
                "SELECT 1 FROM pg_stat_activity WHERE pid = \(connection.backendPID) AND wait_event_type = 'Lock'"
            ).isEmpty {}
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled)
        }
        #expect(try await connection.query("SELECT n FROM \"odd \"\"table\"").isEmpty)
        await connection.close()
    }

    @Test("A COPY whose server has stopped reading can be cancelled")
    func cancelledMidway() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.pool.withConnection {
            try await $0.script(
                """
                CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END';
                CREATE TRIGGER hold BEFORE INSERT ON "odd ""table" FOR EACH ROW EXECUTE FUNCTION hold();
                """)
        }
        let connection = try await Connection.open(scratch.configuration, logger: .silent)
        try await scratch.pool.transaction { holder in
            _ = try await holder.query("SELECT pg_advisory_xact_lock(1)::text")
            // More than the socket's buffers hold: the client is stuck in sending.
            let text = String(repeating: "x", count: 1_000_000).postgresValue
            let task = Task {
                await failure {
                    try await connection.copyIn(
                        table: table, columns: ["the text"], rows: Array(repeating: [text], count: 20))
                }
            }
            while try await scratch.pool.query(
                "SELECT 1 FROM pg_stat_activity WHERE pid = \(connection.backendPID) AND wait_event = 'advisory'"
            ).isEmpty {}
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled)
        }
        #expect(try await connection.query("SELECT n FROM \"odd \"\"table\"").isEmpty)
        await connection.close()
    }

    @Test("A COPY outside copyIn is refused, and its connection is not lent again")
    func outside() async throws {
        let pool = try ScratchDatabase.current.pool
        for sql in ["COPY \"odd \"\"table\" TO STDOUT", "COPY \"odd \"\"table\" FROM STDIN"] {
            let error = await failure { try await pool.execute("\(unsafeSQL: sql)") }
            #expect(error?.code == .misuse)
        }
        #expect(try await pool.query("SELECT 1").count == 1)
    }
}
