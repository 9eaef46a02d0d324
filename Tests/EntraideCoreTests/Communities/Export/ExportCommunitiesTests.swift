import EntraideCore
import Foundation
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("Exporting communities", .core)
struct ExportCommunitiesTests {
    private func export(
        _ core: Core, _ format: ExportFormat, _ change: (inout ExportOptions) throws -> Void = { _ in }
    ) async throws -> (text: String, report: ExportReport) {
        var options = ExportOptions(format)
        try change(&options)
        var text = ""
        let report = try await core.communities.export(options) { text += $0 }
        return (text, report)
    }

    private static let consent = #""consent":{"matching":true,"publication":true,"contact":true}"#

    /// Fictional communities: two shown to anyone, one to partners, one private, one that never agreed to be published,
    /// one on pause.
    private func world(_ core: Core) async throws {
        _ = try await core.pool.query(
            """
            INSERT INTO territories (code, name, folded_name, postcodes, departement, region, latitude_e6, longitude_e6)
            VALUES ('99001', 'Commune d''Exemple', 'commune d''exemple', '{99100}', '99', '99', 48000000, -2000000)
            """)
        try await core.register(
            line(
                "ouverte", offers: ["usages-surs:4", "couture"], needs: ["video:3"],
                #""visibility":"public","contact":"role@ouverte.example","territory":"01001","latitude":48.5,"longitude":-1.25,"source_id":"siret:98765432100017","#
                    + Self.consent),
            line(
                "enfant",
                #""visibility":"public","parent":"privee","contact":"role@enfant.example","consent":{"publication":true,"contact":false}"#
            ),
            line("partenaire", #""visibility":"partners","# + Self.consent),
            line(
                "privee", offers: ["video"],
                #""visibility":"private","contact":"role@privee.example","# + Self.consent),
            line("discrete", #""visibility":"public","consent":{"matching":true}"#),
            line("assoupie", #""visibility":"public","# + Self.consent))
        try await core.communities.pause("assoupie")
    }

    @Test("What leaves is what its readers may see; a contact goes where it is asked for and agreed to alone")
    func permitted() async throws {
        let core = try Core()
        try await world(core)
        let (open, report) = try await export(core, .entraide)
        #expect(report.written == 2 && report.keptBack == [.notShown: 3, .notActive: 1])
        #expect(
            open.split(separator: "\n").map { $0.prefix(21) } == [
                #"{"community":"enfant""#, #"{"community":"ouverte"#,
            ])
        #expect(!open.contains("example") && !open.contains("privee"), "\(open)")
        let (contacts, _) = try await export(core, .entraide) { $0.hasContacts = true }
        #expect(contacts.contains("role@ouverte.example") && !contacts.contains("role@enfant.example"))
        let (all, _) = try await export(core, .csv) { $0.scope = .all }
        #expect(all.split(whereSeparator: \.isNewline).count == 7 && !all.contains("@"), "\(all)")

        let networks = Networks(core.database)
        try await networks.add("nord", name: "Nord")
        for slug in ["partenaire", "privee", "ouverte"] {
            try await networks.join(Membership(community: slug, network: "nord"))
        }
        let (nord, _) = try await export(core, .entraide) { $0.scope = .network("nord") }
        #expect(
            nord.contains(#""partenaire""#) && nord.contains(#""ouverte""#) && !nord.contains(#""privee""#))
        // Networks go out within them: to anyone none, to the partners of one that one, to oneself all.
        try await networks.add("sud", name: "Sud")
        try await networks.join(Membership(community: "ouverte", network: "sud"))
        for (scope, told) in [
            (ExportScope.everyone, [false, false]), (.network("nord"), [true, false]), (.all, [true, true]),
        ] {
            let (text, _) = try await export(core, .csv) { $0.scope = scope }
            #expect(text.contains("ouverte") && ["nord", "sud"].map(text.contains) == told, "\(text)")
        }
        let (web, _) = try await export(core, .murmurations) { $0.scope = .network("nord") }
        #expect(!web.contains("partenaire") && web.contains("ouverte"))
        #expect(
            await refusal { try await export(core, .csv) { $0.scope = .network("zz") } }?.code
                == .unknownNetwork)
        for format in ExportFormat.allCases where format.isOpen {
            #expect(await refusal { try await export(core, format) { $0.scope = .all } }?.code == .badOption)
            #expect(
                await refusal { try await export(core, format) { $0.hasContacts = true } }?.code == .badOption
            )
        }
        let lines = try await core.column(
            "SELECT detail AS x FROM audit WHERE action = 'community.export' ORDER BY id")
        #expect(lines.first == "to=entraide of=public contacts=no")
        #expect(lines.contains("to=entraide of=network:nord contacts=no"))
        #expect(try await !core.dump("audit").contains("example"))
    }

    @Test("Whole profiles are read back identically, over what stands and in another database's place")
    func roundTrip() async throws {
        let core = try Core()
        try await world(core)
        let (text, _) = try await export(core, .entraide) {
            $0.scope = .all
            $0.hasContacts = true
        }
        let again = try await core.load(text.split(separator: "\n").map(String.init))
        #expect((again.read, again.unchanged, again.refused.count) == (5, 5, 0))
        for slug in ["enfant", "ouverte", "partenaire", "privee", "discrete"] {
            _ = try await core.pool.query("DELETE FROM communities WHERE slug = \(slug)")
        }
        let back = try await core.load(text.split(separator: "\n").map(String.init))
        #expect((back.added, back.refused.count) == (5, 0), "\(back.refused)")
        let (second, _) = try await export(core, .entraide) {
            $0.scope = .all
            $0.hasContacts = true
        }
        #expect(second == text)
        let imports = try await core.column(
            "SELECT detail AS x FROM audit WHERE action = 'community.import' ORDER BY id")
        #expect(
            imports == ["from=entraide read=5 added=5 updated=0 unchanged=0 refused=0"],
            "the first changed nothing")
    }

    @Test("A table is read back: names, places, offers and needs", arguments: [ExportFormat.csv, .excelFR])
    func tables(format: ExportFormat) async throws {
        let core = try Core()
        try await world(core)
        let (text, report) = try await export(core, format) { $0.scope = .all }
        #expect(report.written == 6)
        if format == .excelFR {
            #expect(text.hasPrefix("\u{FEFF}id;name;kind;") && text.contains(";48,5;-1,25;"), "\(text)")
        }
        let before = try await facts(core)
        _ = try await core.pool.query("UPDATE communities SET parent_id = NULL")
        _ = try await core.pool.query("DELETE FROM communities")
        var imported = TableImportOptions()
        imported.source = "csv"
        let bytes = Array(text.utf8)
        let back = try await core.communities.importTable(
            InputSource(bytes: bytes, name: "table.csv"), imported)
        #expect((back.read, back.added, back.refusedCount) == (6, 6, 0), "\(back.refused)")
        #expect(try await facts(core) == before)
        #expect(
            try await core.column("SELECT count(*)::text AS x FROM audit WHERE action = 'community.import'")
                == ["1"])
        _ = try await Communities(core.database, dryRun: true).importTable(
            InputSource(bytes: bytes, name: "table.csv"), imported)
        #expect(
            try await core.column("SELECT count(*)::text AS x FROM audit WHERE action = 'community.import'")
                == ["1"])
    }

    private func facts(_ core: Core) async throws -> [String] {
        try await core.column(
            """
            SELECT concat_ws('|', c.name, c.kind, c.latitude_e6, c.longitude_e6,
              ARRAY(SELECT s.slug::text FROM offers AS o JOIN skills AS s ON s.id = o.skill_id
                WHERE o.community_id = c.id ORDER BY 1),
              ARRAY(SELECT s.slug::text FROM needs AS n JOIN skills AS s ON s.id = n.skill_id
                WHERE n.community_id = c.id ORDER BY 1)) AS x
            FROM communities AS c ORDER BY 1
            """)
    }

    @Test("A name that a spreadsheet would run is guarded, and a suggestion is no offer")
    func guarded() async throws {
        let core = try Core()
        try await core.register(
            line("formule", #""visibility":"public""#).replacing("Name of formule", with: "=1+1"))
        _ = try await core.pool.query(
            """
            INSERT INTO offers (community_id, skill_id, level, capacity, suggested)
            SELECT c.id, s.id, 1, 1, true FROM communities AS c, skills AS s WHERE s.slug = 'couture'
            """)
        for format in ExportFormat.allCases {
            let (text, _) = try await export(core, format)
            #expect(!text.contains("couture") && !text.contains("Couture"), "\(format)")
        }
        let (text, _) = try await export(core, .excelFR)
        #expect(text.contains("formule;'=1+1;"), "\(text)")
    }

    @Test("The national format has all that it requires, and the rest is counted with its reason")
    func mednum() async throws {
        let core = try Core()
        try await world(core)
        let bare = try await export(core, .mednum)
        #expect(bare.report.written == 0)
        #expect(
            bare.report.keptBack == [.notShown: 3, .notActive: 1, .noService: 1, .noCommune: 1],
            "\(bare.report)")
        _ = try await core.pool.query("UPDATE communities SET territory = '99001' WHERE slug = 'ouverte'")
        #expect(try await export(core, .mednum).report.keptBack[.noAddress] == 1)
        let (text, report) = try await export(core, .mednum) {
            $0.addresses = try AddressBook(
                csv: Array("community,address\nouverte,\"4 rue, Exemple\"\n".utf8), file: "a.csv")
        }
        #expect(report.written == 1)
        var reader = CSVReader(bytes: Array(text.utf8), delimiter: UInt8(ascii: ","))
        let header = try #require(try reader.next()).cells
        let cells = try #require(try reader.next()).cells
        let row = Dictionary(zip(header, cells)) { first, _ in first }
        #expect(row["pivot"] == "98765432100017" && row["code_postal"] == "99100")
        #expect(row["services"] == "Utilisation sécurisée du numérique" && row["date_maj"] == Core.day)
        guard let folder = ProcessInfo.processInfo.environment["TEST_DATA"] else { return }
        try check(row, header, against: folder + "/standards/mednum-schema-v1.0.2.json")
    }

    private struct Schema: Decodable {
        struct Field: Decodable {
            let name: String
            let type: String
            let constraints: Constraints?
        }
        struct Constraints: Decodable {
            let required: Bool?
            let pattern: String?
            let maxLength: Int?
        }
        let fields: [Field]
    }

    private func check(_ row: [String: String], _ header: [String], against path: String) throws {
        let schema = try JSONDecoder().decode(
            Schema.self, from: try Data(contentsOf: URL(filePath: path)))
        #expect(schema.fields.map(\.name) == header)
        for field in schema.fields {
            let value = row[field.name] ?? ""
            if value.isEmpty {
                #expect(field.constraints?.required != true, "\(field.name)")
                continue
            }
            if let pattern = field.constraints?.pattern {
                #expect(try Regex(pattern).firstMatch(in: value) != nil, "\(field.name) \(value)")
            }
            if let longest = field.constraints?.maxLength { #expect(value.count <= longest) }
            switch field.type {
            case "number": #expect(Double(value) != nil, "\(field.name) \(value)")
            case "date": #expect(CalendarText.isDate(value), "\(field.name) \(value)")
            default: break
            }
        }
    }

    @Test(
        "Murmurations profiles hold the fields that their schemas require, of the types and words they allow")
    func murmurations() async throws {
        let core = try Core()
        try await world(core)
        let schemas = [
            (ExportFormat.murmurations, "organizations_schema-v1.0.0", 2),
            (.offersWants, "offers_wants_schema-v0.1.0", 3),
        ]
        for (format, name, count) in schemas {
            let (text, _) = try await export(core, format)
            let objects = try text.split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
            #expect(objects.count == count && !text.contains("@"))
            for object in objects { #expect(object["linked_schemas"] as? [String] == [name]) }
            guard let folder = ProcessInfo.processInfo.environment["TEST_DATA"] else { continue }
            let path = "\(folder)/standards/murmurations-\(name).json"
            let schema = try #require(
                try JSONSerialization.jsonObject(with: try Data(contentsOf: URL(filePath: path)))
                    as? [String: Any])
            let properties = try #require(schema["properties"] as? [String: [String: Any]])
            for object in objects {
                for field in try #require(schema["required"] as? [String]) {
                    #expect(object[field] != nil, "\(name) \(field)")
                }
                for (field, value) in object {
                    let property = try #require(properties[field], "\(name) \(field)")
                    try check(value, property, field)
                }
            }
        }
    }

    private func check(_ value: Any, _ property: [String: Any], _ field: String) throws {
        if let words = property["enum"] as? [String] {
            #expect(words.contains(try #require(value as? String)), "\(field)")
        }
        switch property["type"] as? String {
        case "string": #expect(value is String, "\(field)")
        case "number": #expect(value is NSNumber, "\(field)")
        case "object": #expect(value is [String: Any], "\(field)")
        case "array":
            let items = property["items"] as? [String: Any] ?? [:]
            for item in try #require(value as? [Any], "\(field)") { try check(item, items, field) }
        default: break
        }
    }
}
