import Foundation
import Testing

/// Real files of places and communes, which are not published with the program: `TEST_DATA` names their folder.
@Suite("Real files", .enabled(if: RealFiles.folder != nil, "TEST_DATA is not set"))
struct PlacesTests {
    private static let places = [
        "--map", "nom=Structure", "--map", "adresse=Adresse", "--map", "latitude=lat", "--map",
        "longitude=long",
        "--map", "services=Activités proposées", "--map", "typologie=Type",
    ]

    @Test("Places come in unconfirmed, take no part before they confirm, and are matched after")
    func corsica() async throws {
        let file = try #require(RealFiles.folder) + "/mednum/mednum_raw_corse.csv"
        let database = try await Scratch.like(.entraide)
        func run(_ words: [String]) async throws -> Outcome {
            try await database.home.run(words, environment: ["ENTRAIDE_DATABASE": database.conninfo])
        }
        let first = try await run(["community", "import", "--from", "mednum", file] + Self.places)
        let added = try #require(first.figures["added"].flatMap { Int($0) })
        #expect(added > 100 && first.figures["updated"] == "0", "\(first)")
        #expect(first.status == (first.figures["refused"] == "0" ? 0 : 65), "\(first)")
        let again = try await run(["community", "import", "--from", "mednum", file] + Self.places)
        #expect(again.figures["added"] == "0" && again.figures["updated"] == "0", "\(again)")
        #expect(again.figures["unchanged"] == "\(added)", "\(again)")
        let places = try await database.output("community", "list", "--status", "unconfirmed").fields.map {
            $0[0]
        }
        #expect(places.count == added)

        // What the places suggest most: someone nearby needs it.
        let offered = try await database.sql(
            "SELECT s.slug FROM offers o JOIN skills s ON s.id = o.skill_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3"
        )
        let skills = offered.split(separator: "\n").map(String.init)
        #expect(skills.count == 3)
        for (number, skill) in skills.enumerated() {
            try await database.output(
                "community", "register", "voisine-\(number)", "--name", "Voisine", "--kind", "association",
                "--latitude",
                "42.30", "--longitude", "9.15", "--max-km", "300", "--receive", "3", "--need",
                "\(skill):2:3:2",
                "--consent", "matching")
        }
        func matched(_ round: String) async throws -> [String] {
            try await database.output("round", "create", round)
            try await database.output("round", "open", round)
            try await database.output("round", "run", round, "--on", "2027-01-15")
            #expect(try await run(["round", "verify", round]).status == 0)
            return try await database.output("match", "list", "--round", round).fields.flatMap {
                [$0[4], $0[6]]
            }
        }
        #expect(Set(try await matched("avant")).isDisjoint(with: places))

        let offering = try await database.sql(
            """
            SELECT c.slug FROM communities c JOIN offers o ON o.community_id = c.id JOIN skills s ON s.id = o.skill_id
            WHERE s.slug = '\(skills[0])' GROUP BY 1 ORDER BY 1 LIMIT 5
            """)
        let five = offering.split(separator: "\n").map(String.init)
        #expect(five.count == 5 && Set(five).isSubset(of: places))
        for place in five {
            try await database.output("community", "confirm", place, "--on-behalf", "--channel", "meeting")
        }
        let consents = try await database.sql(
            "SELECT count(*) FROM consents WHERE channel = 'meeting' AND granted")
        #expect(consents == "5\n")
        let after = Set(try await matched("apres"))
        #expect(!after.isDisjoint(with: five))
        #expect(after.isDisjoint(with: Set(places).subtracting(five)))
        let last = try await run(["community", "import", "--from", "mednum", file] + Self.places)
        #expect(last.figures["unchanged"] == "\(added)", "a confirmed place is its own: \(last)")
    }

    @Test("The communes of France come in whole, and again adds nothing")
    func communes() async throws {
        let file = try #require(RealFiles.folder) + "/communes_fr_cog2024_min.csv"
        let database = try await Scratch.like(.entraide)
        let first = try await database.output("territory", "import", file)
        #expect(first.figures["rows"] == "36208" && first.figures["codes"] == "34976", "\(first)")
        #expect(first.figures["added"] == "34976", "\(first)")
        let again = try await database.output("territory", "import", file)
        #expect(again.figures["added"] == "0" && again.figures["unchanged"] == "34976", "\(again)")
    }
}

enum RealFiles {
    /// Their folder, when there is one.
    static let folder = ProcessInfo.processInfo.environment["TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }
}
