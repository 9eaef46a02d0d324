import Logging
import Postgres
import PostgresTestSupport
import Synchronization
import Testing

/// Keeps what is logged.
private struct RecordingHandler: LogHandler {
    final class Lines: Sendable {
        let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
    }
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.lines.withLock {
            $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])")
        }
    }
}

@Suite("Nothing personal in what is shown", .scratchDatabase)
struct RedactionTests {
    @Test("An error shows names and codes; the value that was refused only when debugging")
    func errors() async throws {
        let pool = try ScratchDatabase.current.pool
        try await pool.execute("CREATE TABLE person (mail text PRIMARY KEY, age int CHECK (age > 0))")
        try await pool.execute("INSERT INTO person VALUES (\("ada@secret.example"), 36)")
        let cases: [(query: Query, code: PostgresError.Code, constraint: String?)] = [
            ("INSERT INTO person VALUES (\("ada@secret.example"), 1)", .uniqueViolation, "person_pkey"),
            ("INSERT INTO person VALUES ('bob@secret.example', -1)", .checkViolation, "person_age_check"),
            ("INSERT INTO person VALUES (NULL, 1)", .checkViolation, nil),
            ("SELECT \("ada@secret.example")::int", .server, nil),
            ("SELECT \"ada@secret.example\" FROM person", .undefinedObject, nil),
            ("SELECT * FROM \"ada@secret.example\"", .undefinedObject, nil),
            ("ada@secret.example", .server, nil),
        ]
        for (query, code, constraint) in cases {
            let error = try #require(await failure { try await pool.execute(query) })
            #expect(error.code == code)
            #expect(error.constraint == constraint)
            #expect(error.sqlState?.count == 5)
            for text in ["\(error)", error.description, "\([error as any Error].map { "\($0)" })"] {
                #expect(!text.contains("secret.example"))
                #expect(text.contains(error.sqlState ?? "none"))
            }
            if let constraint { #expect(error.description.contains(constraint)) }
        }
        let conversion = try #require(
            await failure { try await pool.query("SELECT \("ada@secret.example")::int") })
        #expect(String(reflecting: conversion).contains("ada@secret.example"))
    }

    @Test("A configuration shows no password, in whatever form it was given")
    func configurations() throws {
        for conninfo in [
            "postgres://ada:hunter2@db.example:5433/entraide?sslmode=require",
            "host=db.example port=5433 user=ada password=hunter2 dbname=entraide",
            "host=db.example user=ada password='hunter2' sslpassword=hunter2 dbname=entraide",
            "postgresql://db.example/entraide?user=ada&password=hunter2",
        ] {
            var configuration = Configuration(conninfo: conninfo)
            configuration.role = "reader"
            for text in ["\(configuration)", String(reflecting: configuration), dumped(configuration)] {
                #expect(!text.contains("hunter2"))
                #expect(text.contains("host=db.example"))
                #expect(text.contains("dbname=entraide"))
                #expect(text.contains("user=ada"))
                #expect(text.contains("role=reader"))
            }
        }
        for broken in ["password hunter2 =", "postgres://[hunter2", "host=a hunter2"] {
            #expect(!"\(Configuration(conninfo: broken))".contains("hunter2"))
        }
    }

    @Test("An unreadable conninfo is misuse, and is not quoted")
    func unreadable() async {
        for broken in ["password = 'hunter2", "postgres://[hunter2", "hunter2=a"] {
            let error = await failure {
                try await Connection.open(Configuration(conninfo: broken), logger: .silent)
            }
            #expect(error?.code == .misuse)
            #expect(!String(reflecting: error).contains("hunter2"))
        }
        let nul = await failure {
            try await Connection.open(Configuration(conninfo: "host=a\0b"), logger: .silent)
        }
        #expect(nul?.code == .nulByte)
    }

    @Test("A server's notice is logged by its SQLSTATE alone")
    func notices() async throws {
        let lines = RecordingHandler.Lines()
        let logger = Logger(label: "test") { _ in RecordingHandler(lines: lines) }
        let connection = try await Connection.open(try ScratchDatabase.current.configuration, logger: logger)
        try await connection.script("DO $$ BEGIN RAISE NOTICE 'ada@secret.example'; END $$")
        try await connection.script(
            "DO $$ BEGIN RAISE WARNING SQLSTATE 'XX123' USING MESSAGE = 'ada@secret.example'; END $$")
        await connection.close()
        #expect(lines.all.count == 2)
        #expect(lines.all.allSatisfy { $0.hasPrefix("debug") && !$0.contains("secret.example") })
        #expect(lines.all.last?.contains("XX123") == true)
    }
}
