import EntraideCore
import Foundation
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Importing tables as they are", .core)
struct ImportTableTests {
    /// The sheet as each program saves it.
    private static let dialects: [(String, [UInt8])] = [
        ("Excel, CSV UTF-8", Sheet.bytes(Sheet.text(";"), mark: true)),
        ("Excel, CSV", Sheet.bytes(Sheet.text(";"), .windows1252)),
        ("Excel, texte Unicode", Sheet.bytes(Sheet.text("\t"), .utf16LittleEndian, mark: true)),
        ("UTF-16 of the other order", Sheet.bytes(Sheet.text("\t"), .utf16BigEndian, mark: true)),
        ("LibreOffice", Sheet.bytes(Sheet.text(",", end: "\n"))),
        ("sep=", Sheet.bytes("sep=;\r\n" + Sheet.text(";"))),
        ("old Mac", Sheet.bytes(Sheet.text(";", end: "\r"), .macintosh)),
        ("titles above", Sheet.bytes("Annuaire 2024;;\n;;\nà relire;\n" + Sheet.text(";", end: "\n"))),
    ]

    @Test("The same records give the same profiles in whatever dialect they are saved")
    func dialects() async throws {
        let core = try Core()
        try await core.loadCommunes()
        var first: [String]?
        for (name, bytes) in Self.dialects {
            let report = try await core.table(bytes)
            #expect((report.read, report.refusedCount) == (5, 0), "\(name)")
            let lines = try await core.profileLines()
            #expect(lines.count == 5, "\(name)")
            if let first {
                #expect(lines == first, "\(name)")
                #expect((report.added, report.updated, report.unchanged) == (0, 0, 5), "\(name)")
            } else {
                #expect(report.added == 5)
                first = lines
            }
        }
    }

    @Test("What each cell says comes in: place, kind, skills, needs; and what it does not is counted")
    func cells() async throws {
        let core = try Core()
        try await core.loadCommunes()
        let report = try await core.table(Sheet.text(";"))
        func profile(_ slug: String) async throws -> Profile {
            try await core.communities.profile(slug).profile
        }
        let fablab = try await profile("atelier-de-l-epissure")
        #expect(fablab.community.kind == .fablab && fablab.community.status == .unconfirmed)
        #expect(fablab.community.territory == "01093")
        #expect(fablab.community.position == Position(latitudeE6: 46_119_000, longitudeE6: 4_956_000))
        #expect(fablab.offers.map(\.terms.skill) == ["couture", "decoupe-laser", "impression-3d"])
        #expect(fablab.offers.allSatisfy { $0.suggested })
        #expect(fablab.needs.map(\.terms.skill) == ["comptabilite-associative"])
        #expect(fablab.sourceID?.hasPrefix("csv:") == true)
        #expect(fablab.consent.isEmpty && fablab.contact == nil)
        let place = try await profile("la-cale-tiers-lieu")
        #expect(place.community.kind == .thirdPlace && place.community.territory == "2A004")
        #expect(place.community.position == Position(latitudeE6: 41_922_700, longitudeE6: 8_734_600))
        #expect(place.offers.map(\.terms.skill) == ["facilitation", "gouvernance-partagee"])
        #expect(place.needs.map(\.terms.skill) == ["donnees-personnelles"])
        let closed = try await profile("mediatheque-du-jusant")
        #expect(closed.community.status == .paused && closed.community.kind == .mediation)
        #expect(closed.offers.map(\.terms.skill) == ["aide-demarches", "mediation-numerique"])
        let repair = try await profile("repair-cafe-des-deux-ponts")
        #expect(repair.community.territory == "01093" && repair.needs.isEmpty)
        #expect(repair.offers.map(\.terms.skill) == ["couture", "reparation-electromenager"])
        #expect(try await profile("commun-ouvert").community.kind == .other)

        #expect(report.closed == 1)
        var found: [String: String] = [:]
        for entry in report.losses.entries {
            found["\(entry.notice.rawValue) \(entry.column)"] = entry.frequent(1)[0].value
        }
        #expect(
            found == [
                "lost-digits J (SIRET)": "9,87654E+13",
                "unknown-skill F (Compétences proposées)": "Télépathie",
                "unknown-kind B (Type)": "Confrérie", "swapped-coordinates H (Latitude)": "8,7346",
                "leading-zero D (Code postal)": "1400",
                "line-break F (Compétences proposées)": "réparation électroménager,couture Télép…",
            ])
        #expect(report.map.columns.filter { $0.use == .unknown }.map(\.header) == ["Pointure"])
        #expect(
            try await core.column(
                "SELECT string_agg(DISTINCT updated_on::text, ' ' ORDER BY updated_on::text) AS x FROM sources"
            )
                == ["2020-02-19 2023-01-01 2023-12-01 2024-04-02"])
    }

    @Test("No imported community takes part in a round before it is confirmed")
    func unconfirmed() async throws {
        let core = try Core()
        _ = try await core.table(Sheet.text(";"))
        try await core.register(line("needy", needs: ["couture:3"]), line("giver", offers: ["traduction:4"]))
        #expect(try await core.run("before").round.result?.matches == 0)
        _ = try await core.communities.confirm(
            "atelier-de-l-epissure", by: .onBehalf(through: .meeting), on: Core.day)
        try await core.run("after")
        #expect(try await core.allMatches("after").map(\.provider) == ["atelier-de-l-epissure"])
    }

    @Test("The same rows in another order change nothing, and a rehearsal leaves nothing")
    func again() async throws {
        let core = try Core()
        let before = try await core.snapshot()
        let rehearsal = try await core.table(Sheet.text(";"), dryRun: true)
        #expect(rehearsal.added == 5)
        #expect(try await core.snapshot() == before)
        _ = try await core.table(Sheet.text(";"))
        let once = try await core.snapshot()
        let again = try await core.table(Sheet.text(";", rows: Sheet.rows.reversed()))
        #expect((again.added, again.updated, again.unchanged) == (0, 0, 5))
        #expect(try await core.snapshot() == once)
    }

    private static let header = "id;nom;ville;services\n"

    @Test("A changed row updates its community by its identifier; what the file says no more is taken back")
    func updates() async throws {
        let core = try Core()
        _ = try await core.table(
            Self.header + "1;Le Phare;Brest;couture|menuiserie\n2;Le Môle;Brest;couture\n")
        _ = try await core.communities.update("le-phare", by: .itself) { $0.contact = "phare@example.org" }
        let report = try await core.table(
            Self.header
                + "1;Le Grand Phare;Brest;couture|soudure et travail du métal\n2;Le Môle;Brest;couture\n")
        #expect((report.added, report.updated, report.unchanged) == (0, 1, 1))
        let profile = try await core.communities.profile("le-phare").profile
        #expect(profile.community.name == "Le Grand Phare" && profile.contact == "phare@example.org")
        #expect(profile.offers.map(\.terms.skill) == ["couture", "soudure-metal"])
    }

    @Test("What a community has confirmed is its own, and so is a pause that a person made")
    func confirmedStays() async throws {
        let core = try Core()
        let rows = Self.header + "1;Le Phare;Brest;couture\n2;Le Môle;Brest;couture\n"
        _ = try await core.table(rows)
        _ = try await core.communities.confirm("le-phare", by: .onBehalf(through: .phone), on: Core.day)
        try await core.communities.pause("le-mole")
        let before = try await core.snapshot()
        let report = try await core.table(
            rows.replacing("Le ", with: "Le vieux ").replacing("couture", with: "menuiserie"))
        #expect((report.added, report.updated, report.unchanged) == (0, 0, 2))
        #expect(try await core.snapshot() == before)
    }

    @Test("A place that the file closes is on pause, and the file that opens it again takes it out")
    func closedAndOpen() async throws {
        let core = try Core()
        func load(_ state: String) async throws -> CommunityStatus {
            _ = try await core.table("id;nom;état\n1;Le Phare;\(state)\n")
            return try await core.communities.profile("le-phare").profile.community.status
        }
        #expect(try await load("ouvert") == .unconfirmed)
        #expect(try await load("INACTIF") == .paused)
        #expect(try await load("actif") == .unconfirmed)
    }

    @Test("An older file does not undo what a newer one said")
    func older() async throws {
        let core = try Core()
        _ = try await core.table("id;nom;date\n1;Le Phare;2024-05-01\n")
        let report = try await core.table("id;nom;date\n1;Le Fanal;2023-05-01\n")
        #expect(report.unchanged == 1)
        #expect(try await core.communities.profile("le-phare").profile.community.name == "Le Phare")
        #expect(try await core.table("id;nom;date\n1;Le Fanal;02/05/2024\n").updated == 1)
    }

    @Test("A SIRET that was lost and is mended finds its place again")
    func siretMended() async throws {
        let core = try Core()
        let header = "nom;adresse;ville;siret\n"
        _ = try await core.table(header + "Le Phare;1 quai;Brest;1,23457E+13\n")
        let report = try await core.table(header + "Le Phare;1 quai;Brest;12345678900011\n")
        #expect((report.added, report.unchanged) == (0, 1))
        // From now on the number alone is enough.
        #expect(try await core.table(header + "Le Fanal;2 quai;Brest;12345678900011\n").updated == 1)
        #expect(try await core.profileLines().count == 1)
    }

    @Test("Rows about one place bring their services together, across batches and each time the file is read")
    func repeated() async throws {
        let core = try Core()
        var rows = ["0;Le Phare;Brest;couture"]
        for n in 1...5200 { rows.append("\(n);Lieu \(n);Brest;") }
        rows.append("0;LE PHARE;Brest;menuiserie")
        let csv = Self.header + rows.joined(separator: "\n")
        let report = try await core.table(csv)
        #expect((report.read, report.added, report.repeated) == (5202, 5201, 1))
        let profile = try await core.communities.profile("le-phare").profile
        #expect(
            profile.offers.map(\.terms.skill) == ["couture", "menuiserie"]
                && profile.community.name == "Le Phare")
        let again = try await core.table(csv)
        #expect((again.added, again.updated, again.unchanged) == (0, 0, 5201))
    }

    @Test("Two places of one name have two slugs, and an identifier of another place is refused")
    func names() async throws {
        let core = try Core()
        try await core.loadCommunes()
        let report = try await core.table(Self.header + "1;Mairie;Brest;\n2;Mairie;Ajaccio;\n")
        #expect(report.added == 2)
        let slugs = try await core.column("SELECT slug::text AS x FROM communities ORDER BY slug")
        #expect(slugs.count == 2 && slugs[0] == "mairie" && slugs[1].hasPrefix("mairie-"))
        let other = try await core.table(Self.header + "1;Bibliothèque;Ajaccio;\n")
        #expect(other.refused.map(\.error.code) == [.identifierTaken] && other.added == 0)
        var named = TableImportOptions()
        named.source = "autre"
        #expect(try await core.table(Self.header + "1;Bibliothèque;Ajaccio;\n", named).added == 1)
    }

    @Test("Nearly the same name in the same commune is told, and numbers tell two places apart")
    func duplicates() async throws {
        let core = try Core()
        try await core.loadCommunes()
        let report = try await core.table(
            Self.header + """
                1;Médiathèque du Ponant;Brest;
                2;Mediatheque Ponant;Brest;
                3;Antenne 1;Brest;
                4;Antenne 2;Brest;
                5;Médiathèque du Ponant;Ajaccio;

                """)
        #expect(report.added == 5 && report.duplicates.count == 1)
        #expect(report.duplicates.pairs.first?.territory == "29019")
        #expect(try await core.table(Self.header + "1;Médiathèque du Ponant;Brest;\n").duplicates.count == 0)
    }

    @Test("Columns of yes and no about a service become offers, and other answers are counted")
    func services() async throws {
        let core = try Core()
        let report = try await core.table(
            "nom;Couture;Impression 3D;Linux\nA;Oui;-;12\nB;x;1;3\nC;non;peut-être;\n")
        #expect(report.map.columns.map(\.use) == [.column(.name), .service(["couture"]), .unknown, .unknown])
        #expect(try await core.communities.profile("b").profile.offers.map(\.terms.skill) == ["couture"])
        let second = try await core.table("nom;Couture;Impression 3D\nA;Oui;-\nB;x;1\nC;non;?\n")
        #expect(second.map.columns[2].use == .service(["impression-3d"]))
    }

    @Test("A map that was kept gives the same columns again, and names those that no word tells")
    func maps() async throws {
        let core = try Core()
        let csv = "Machin;Truc;Couture\nLe Phare;menuiserie;oui\n"
        let refused = await refusal { try await core.table(csv) }
        #expect(refused?.code == .missingColumn && refused?.values["headers"] == "Machin, Truc, Couture")
        var options = TableImportOptions()
        options.map.pairs = try ["nom=Machin", "offers=truc"].flatMap { try ColumnMap(pair: $0).pairs }
        let report = try await core.table(csv, options)
        #expect(report.map.columns.map(\.use) == [.column(.name), .column(.offers), .service(["couture"])])
        let kept = report.map.map.csv
        #expect(kept == "column,header\r\nname,Machin\r\noffers,Truc\r\nskill:couture,Couture\r\n")
        var whole = TableImportOptions()
        whole.map = try ColumnMap(csv: Array(kept.utf8), file: "map.csv")
        whole.isMapWhole = true
        #expect(try await core.table(csv, whole).map == report.map)
        let missing = await refusal { try await core.table("Autre\nA\n", whole) }
        #expect(missing?.code == .missingColumn)
        #expect(await refusal { try ColumnMap(pair: "pointure=42") }?.code == .badOption)
    }
}
