import Foundation
import Testing

@Suite("Databases that cannot be used")
struct DatabaseTests {
    @Test(
        "A database that is away ends with 69, and no password is shown",
        arguments: [
            "host=/tmp/entraide-nowhere dbname=x user=u password=hush", "postgresql://u:hush@127.0.0.1:1/x",
            "host=127.0.0.1 port=1 dbname=x user=u password=hush connect_timeout=2",
        ])
    func away(conninfo: String) async throws {
        let home = try Home.fresh()
        for words in [["status"], ["community", "list"], ["round", "run", "a"], ["init"]] {
            for tongue in Tongue.allCases {
                let outcome = try await home.run(words + ["--database", conninfo], in: tongue)
                #expect(outcome.status == 69 && outcome.out.isEmpty, "\(words) \(outcome)")
                #expect(outcome.err.hasSuffix("[database-away]\n"), "\(outcome)")
                #expect(!outcome.description.contains("hush"), "\(outcome)")
            }
        }
        let shown = try await home.run(["database", "url", "--database", conninfo])
        #expect(shown.status == 0 && !shown.description.contains("hush"), "\(shown)")
        #expect(!FileManager.default.fileExists(atPath: home.path))
    }

    @Test("A database that refuses its user ends with 77")
    func refused() async throws {
        let home = try await Home.shared()
        let outcome = try await home.run(["status", "--database", home.conninfo("entraide", user: "nobody")])
        #expect(outcome.status == 77 && outcome.err.contains("[database-refused]"), "\(outcome)")
    }

    @Test("A schema that is newer, altered or missing ends with 78 and says what mends it")
    func schemas() async throws {
        let newer = try await Scratch.like(.entraide)
        try await newer.sql(
            "INSERT INTO schema_migrations SELECT (jsonb_populate_record(m, '{\"version\": 99}')).* FROM schema_migrations m LIMIT 1"
        )
        let altered = try await Scratch.like(.entraide)
        try await altered.sql("UPDATE schema_migrations SET checksum = 'x'")
        let bare = try await Scratch.like(.entraide)
        try await bare.sql("DELETE FROM schema_migrations")
        for (database, code, mends) in [
            (newer, "schema-newer", "install a newer entraide"),
            (altered, "schema-altered", "restore a backup"),
            (bare, "database-missing", "entraide init"),
        ] {
            for words in [
                ["status"], ["community", "register", "a", "--name", "A", "--kind", "fablab"], ["serve"],
            ] {
                let outcome = try await database.home.run(
                    words, environment: ["ENTRAIDE_DATABASE": database.conninfo])
                #expect(outcome.status == 78 && outcome.out.isEmpty, "\(words) \(outcome)")
                #expect(
                    outcome.err.contains("[\(code)]") && outcome.err.contains(mends), "\(words) \(outcome)")
            }
            #expect(try await database.sql("SELECT count(*) FROM communities") == "0\n")
        }
        for database in [newer, altered] {
            for words in ["init", "database migrate"] {
                let outcome = try await database.home.run(
                    words.split(separator: " ").map(String.init),
                    environment: ["ENTRAIDE_DATABASE": database.conninfo])
                #expect(outcome.status == 78, "\(words) \(outcome)")
            }
        }
    }

    @Test("An empty database is made ready by init, and again by nothing")
    func fresh() async throws {
        let home = try await Home.shared()
        try await home.sql("CREATE DATABASE vide TEMPLATE template0 OWNER entraide")
        let database = Scratch(home: home, name: "vide")
        let missing = try await database.run("skill", "list")
        #expect(missing.status == 78 && missing.err.contains("[database-missing]"), "\(missing)")
        try await database.output("init")
        #expect(try await database.output("skill", "list").lines.count > 90)
        let again = try await database.output("database", "migrate", in: .fr)
        #expect(again.err.contains("Déjà à jour"), "\(again)")
    }

    @Test(
        "The private server is not another database's to start or stop, and its address works as it is printed"
    )
    func address() async throws {
        let home = try await Home.shared()
        for verb in ["start", "stop", "status"] {
            let outcome = try await home.run(["database", verb, "--database", home.conninfo("entraide")])
            #expect(outcome.status == 64 && outcome.err.contains("[bad-option]"), "\(outcome)")
        }
        let url = try await home.run(["database", "url"]).out.split(separator: "\n").map(String.init)
        #expect(url == ["host='\(home.path)/run' port=5432 dbname=entraide user=entraide"])
        let status = try await Home.fresh().run(["status", "--database", url[0]])
        #expect(status.status == 0 && status.figures["communities.active"] == "0", "\(status)")
    }
}
