import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

/// The core module over the database of the test that runs.
struct Core {
    let database: Database

    init() throws {
        let scratch = try ScratchDatabase.current
        database = Database(pool: scratch.pool, location: .given(conninfo: scratch.conninfo))
    }

    var pool: Pool { database.pool }
    var communities: Communities { Communities(database) }
    var rounds: Rounds { Rounds(database) }
    var matches: Matches { Matches(database) }
    var partners: Partners { Partners(database) }

    /// The day on which tests take place unless they say otherwise.
    static let day = "2027-01-15"

    /// Reads and registers profiles, an ndjson line each.
    @discardableResult
    func register(_ lines: String..., on day: String = Core.day) async throws -> [String] {
        try await register(lines, on: day)
    }

    @discardableResult
    func register(_ lines: [String], on day: String = Core.day) async throws -> [String] {
        try await communities.register(try read(lines), by: .itself, on: day).map(\.community)
    }

    func load(_ lines: [String], by attestation: Attestation = .itself, dryRun: Bool = false) async throws
        -> ImportReport
    {
        try await Communities(database, dryRun: dryRun).importProfiles(
            Array(lines.joined(separator: "\n").utf8), file: "profiles.ndjson", by: attestation, on: Core.day)
    }

    /// A round that has been created, opened and run.
    @discardableResult
    func run(_ slug: String, on day: String = Core.day) async throws -> RunReport {
        try await rounds.create(slug, title: "Session \(slug)")
        try await rounds.open(slug)
        return try await rounds.run(slug, on: day)
    }

    /// Five that can close a pair (a, b) and a ring of three (c, d, e), and x, whose help suits a better than b's.
    func mutualProfiles() async throws {
        try await register(
            line("a", offers: ["couture"], needs: ["video"]),
            line("b", offers: ["video:4"], needs: ["couture"]),
            line("c", offers: ["soudure-metal"], needs: ["podcast-radio"]),
            line("d", offers: ["site-web"], needs: ["soudure-metal"]),
            line("e", offers: ["podcast-radio"], needs: ["site-web"]), line("x", offers: ["video:3"]))
    }

    func allMatches(_ round: String) async throws -> [MatchRecord] {
        var filter = MatchFilter()
        filter.round = round
        return try await matches.list(filter, for: .coordinator, limit: 100_000).records
    }

    /// The first column of every row, as text.
    func column(_ query: Query) async throws -> [String] {
        try await pool.query(query).map { try $0.get("x") as String }
    }

    /// Every row of every table as text: what must not change when nothing is written.
    func snapshot() async throws -> [String: String] {
        var snapshot: [String: String] = [:]
        for table in try await column(
            "SELECT tablename::text AS x FROM pg_tables WHERE schemaname = 'public'")
        {
            snapshot[table] = try await dump(table)
        }
        return snapshot
    }

    /// Every row of one table, a row a line.
    func dump(_ table: String) async throws -> String {
        try await column(
            """
            SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') AS x FROM \(unsafeSQL: table) AS t
            """
        ).joined()
    }
}

extension Trait where Self == ScratchDatabaseTrait {
    /// A database with the schema and the vocabulary that come with the program.
    static var core: Self {
        .scratchDatabase(copying: "schema and vocabulary") { pool in
            _ = try await pool.withConnection { try await Migrator().migrate(on: $0) }
            let skills = try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson")
            _ = try await pool.transaction { try await ImportVocabulary.insert(skills, on: $0) }
        }
    }
}

/// The vocabulary that comes with the program.
func bundledVocabulary() throws -> Vocabulary {
    Vocabulary(try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson"))
}

/// Reads profiles as a file of that name.
func read(_ lines: [String], file: String = "profiles.ndjson") throws -> [Profile] {
    try ProfileReading(vocabulary: try bundledVocabulary(), file: file).profiles(
        Array(lines.joined(separator: "\n").utf8))
}

/// A profile as an ndjson line: an active fablab that consents to all. Offers are `skill` or `skill:level`, needs
/// `skill` or `skill:urgency`; `more` is added to the object as it stands.
func line(_ slug: String, offers: [String] = [], needs: [String] = [], _ more: String = "") -> String {
    func objects(_ words: [String], _ number: String) -> String {
        words.map { word in
            let parts = word.split(separator: ":")
            return #"{"skill":"\#(parts[0])""# + (parts.count > 1 ? #","\#(number)":\#(parts[1])}"# : "}")
        }.joined(separator: ",")
    }
    let consent = #"{"matching":true,"publication":true,"contact":true,"research":false}"#
    return #"{"community":"\#(slug)","name":"Name of \#(slug)","kind":"fablab""#
        + (more.contains(#""consent""#) ? "" : #","consent":\#(consent)"#) + (more.isEmpty ? "" : ",\(more)")
        + #","offers":[\#(objects(offers, "level"))],"needs":[\#(objects(needs, "urgency"))]}"#
}

/// What `body` refuses with; nil when it does not. Checks on the way that the refusal can be shown to a person: one line
/// in each language with every placeholder filled.
func refusal(
    _ body: () async throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation
) async -> EntraideError? {
    do {
        _ = try await body()
        return nil
    } catch let error as EntraideError {
        expectReadable(error, sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("not one of ours: \(error)", sourceLocation: sourceLocation)
        return nil
    }
}

/// One line, in both languages, every placeholder filled.
func expectReadable(_ error: EntraideError, sourceLocation: SourceLocation = #_sourceLocation) {
    for language in Language.allCases {
        let message = error.message(in: language)
        #expect(!message.contains { $0.isNewline }, "\(message)", sourceLocation: sourceLocation)
        for name in error.sentence.placeholders(in: language) {
            #expect(
                !message.contains("{\(name)}"), "\(error.code) lacks {\(name)}",
                sourceLocation: sourceLocation)
        }
    }
}
