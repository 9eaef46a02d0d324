import Foundation
import Testing

/// A folder for a private server, and the command run on it.
struct Home: Sendable {
    let path: String
    /// What stands before the command: another user's clothes.
    var prefix: [String] = []
    var environment: [String: String] = [:]

    /// A fresh one, where nothing was made yet.
    static func fresh() throws -> Home {
        Home(path: try TestFolder.shared.newName("h"))
    }

    /// The home that most tests share, made and filled once. Nobody may stop its server.
    static func shared() async throws -> Home { try await sharedHome.value().home }

    /// Starts the command with an environment of its own.
    func start(
        _ arguments: [String], in tongue: Tongue = .en, input: [UInt8] = [],
        environment more: [String: String] = [:],
        folder: String = "/"
    ) throws -> Spawned {
        var environment = ["ENTRAIDE_HOME": path, "LANG": tongue.locale]
        environment.merge(self.environment) { $1 }
        environment.merge(more) { $1 }
        let words = prefix + [environment.removeValue(forKey: "PROGRAM") ?? Entraide.path] + arguments
        return try Spawned(
            words, environment: Entraide.environment(environment), input: input, folder: folder)
    }

    /// Runs the command to its end.
    @discardableResult
    func run(
        _ arguments: [String], in tongue: Tongue = .en, input: [UInt8] = [],
        environment more: [String: String] = [:],
        folder: String = "/"
    ) async throws -> Outcome {
        try await Turnstile.shared.pass {
            try await start(arguments, in: tongue, input: input, environment: more, folder: folder).outcome()
        }
    }

    /// Process id of the running server, 0 when there is none.
    var serverID: pid_t {
        let text = try? String(contentsOfFile: "\(path)/cluster/postmaster.pid", encoding: .utf8)
        return text?.split(separator: "\n").first.flatMap { pid_t($0) } ?? 0
    }

    /// libpq's keywords for a database of this home's server.
    func conninfo(_ database: String, user: String = "entraide") -> String {
        "host=\(path)/run port=5432 dbname=\(database) user=\(user)"
    }

    /// Runs SQL as the administrator, behind the command's back; the rows, as psql writes them.
    @discardableResult
    func sql(_ statement: String, on database: String = "postgres") async throws -> String {
        let words = [
            "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", conninfo(database, user: "postgres"), "-c",
            statement,
        ]
        let outcome = try await Turnstile.shared.pass {
            try await Spawned(words, environment: Entraide.environment([:])).outcome()
        }
        guard outcome.status == 0 else { throw Spawned.Failure(description: "psql: \(outcome)") }
        return outcome.out
    }

    /// A database of one's own, a copy of `template`.
    func database(like template: Template) async throws -> Scratch {
        let name = try TestFolder.shared.newName("d").split(separator: "/").last.map(String.init) ?? "d"
        try await sql("CREATE DATABASE \(name) TEMPLATE \(template.rawValue) OWNER entraide")
        return Scratch(home: self, name: name)
    }
}

/// What a scratch database starts from.
enum Template: String, Sendable {
    /// The schema and the vocabulary.
    case entraide
    /// The sample's communes and communities too.
    case sample
    /// And a round of them, `printemps`, published.
    case round
}

/// A database of one test.
struct Scratch: Sendable {
    let home: Home
    let name: String

    /// A copy of what most tests start from.
    static func like(_ template: Template) async throws -> Scratch {
        try await Home.shared().database(like: template)
    }

    var conninfo: String { home.conninfo(name) }

    /// Runs the command on this database.
    @discardableResult
    func run(
        _ arguments: String..., in tongue: Tongue = .en, input: String = "",
        environment: [String: String] = [:],
        folder: String = "/"
    ) async throws -> Outcome {
        try await home.run(
            arguments, in: tongue, input: Array(input.utf8),
            environment: ["ENTRAIDE_DATABASE": conninfo].merging(environment) { $1 }, folder: folder)
    }

    /// Runs the command, which has to succeed; its standard output.
    @discardableResult
    func output(
        _ arguments: String..., in tongue: Tongue = .en, input: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Outcome {
        let outcome = try await home.run(
            arguments, in: tongue, input: Array(input.utf8), environment: ["ENTRAIDE_DATABASE": conninfo])
        #expect(outcome.status == 0, "\(arguments) \(outcome)", sourceLocation: sourceLocation)
        return outcome
    }

    /// Runs SQL behind the command's back.
    @discardableResult
    func sql(_ statement: String) async throws -> String { try await home.sql(statement, on: name) }

    /// All that a community, an offer, a need, a round or a territory left: what a refusal may not change.
    func trace() async throws -> String {
        let counts = [
            "communities", "offers", "needs", "contacts", "consents", "rounds", "matches", "territories",
        ]
        .map { "(SELECT count(*) FROM \($0))" }.joined(separator: ", ")
        return try await sql(
            "SELECT \(counts), (SELECT sum(epoch) FROM rounds), (SELECT max(updated_at) FROM communities)")
    }
}

/// Makes the shared home once, whoever asks first, with its templates.
private actor SharedHome {
    struct Made: Sendable {
        let home: Home
    }

    private var making: Task<Made, any Error>?

    func value() async throws -> Made {
        let task = making ?? Task { try await Self.make() }
        making = task
        return try await task.value
    }

    private static func make() async throws -> Made {
        let home = try Home.fresh()
        try await require(home.run(["init"]))
        // What is under test here is the command; a crash of the machine is not.
        try await home.sql("ALTER SYSTEM SET fsync = off")
        try await home.sql("SELECT pg_reload_conf()")
        try await home.sql("CREATE DATABASE sample TEMPLATE entraide OWNER entraide")
        let sample = Scratch(home: home, name: "sample")
        try await require(sample.run("territory", "import", Entraide.sample("communes.csv")))
        try await require(
            sample.run("community", "import", "--from", "entraide", Entraide.sample("communities.ndjson")))
        try await home.sql("CREATE DATABASE round TEMPLATE sample OWNER entraide")
        let round = Scratch(home: home, name: "round")
        try await require(round.run("round", "create", "printemps", "--title", "Printemps"))
        try await require(round.run("round", "open", "printemps"))
        try await require(round.run("round", "run", "printemps", "--on", "2027-01-15"))
        try await require(round.run("round", "publish", "printemps"))
        return Made(home: home)
    }

    private static func require(_ outcome: Outcome) throws {
        guard outcome.status == 0 else { throw Spawned.Failure(description: outcome.description) }
    }
}

private let sharedHome = SharedHome()
