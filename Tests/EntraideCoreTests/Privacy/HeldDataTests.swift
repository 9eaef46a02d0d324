import EntraideCore
import Foundation
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("What personal data is held", .core)
struct HeldDataTests {
    @Test("Every column of the schema is classified, once, as personal or not; nothing else is")
    func everyColumn() async throws {
        let columns = try await Core().column(
            """
            SELECT table_name || '.' || column_name AS x FROM information_schema.columns
            WHERE table_schema = 'public' ORDER BY 1
            """)
        var said: [String: Int] = [:]
        for held in HeldData.all {
            // `audit` and others stand in several groups, each column in one.
            for column in held.columns { said["\(held.table).\(column.name)", default: 0] += 1 }
        }
        for (table, names) in HeldData.notPersonal {
            for name in names { said["\(table).\(name)", default: 0] += 1 }
        }
        for column in columns {
            #expect(
                said[column] == 1,
                "\(column) stands \(said[column] ?? 0) times in HeldData: say whether it is personal")
        }
        #expect(Set(said.keys).subtracting(columns).isEmpty, "\(Set(said.keys).subtracting(columns))")
        #expect(columns.count > 100)
    }

    /// A community of which every column holds something, and another that it has a match with.
    private func world(_ core: Core) async throws {
        try await core.register(
            line("parent"),
            #"{"community":"full","name":"Full (fictional)","kind":"fablab","stage":"funding","parent":"parent","#
                + #""territory":"59183","latitude":51.1,"longitude":2.3,"slots":["day"],"contact":"role@full.example","#
                + #""source_id":"csv:1","consent":{"matching":true,"publication":true,"contact":true},"#
                + #""offers":[{"skill":"couture","until":"2027-12-31","group_max":4,"posture":"mentor"}],"#
                + #""needs":[{"skill":"video","needed_by":"2027-12-31","posture":"peer"},{"skill":"redaction"}]}"#,
            line("other", offers: ["video"], needs: ["couture"], #""latitude":51.1,"longitude":2.4"#))
        let networks = Networks(core.database)
        try await networks.add("nord", name: "Nord")
        try await networks.join(
            Membership(community: "full", network: "nord", college: "Places", isReferent: true))
        try await core.run("spring")
        try await core.communities.closeNeed("redaction", of: "full")
        try await core.communities.pause("full", until: "2027-02-01", reason: .season, on: Core.day)
        for _ in 1...2 { _ = try await core.communities.invite("full", expiry: .usual) }
        try await core.pool.withConnection {
            try await $0.script(
                """
                UPDATE one_time_codes SET used_at = now() WHERE revoked_at IS NULL;
                UPDATE sources SET updated_on = '2026-10-01';
                UPDATE matches SET ring = 1, distance_hm = 70;
                INSERT INTO offers (community_id, skill_id, level, capacity, suggested)
                  SELECT c.id, s.id, 3, 1, true FROM communities AS c, skills AS s WHERE c.slug = 'full' AND s.slug = 'site-web';
                """)
        }
    }

    @Test("The export of one community tells everything that is listed as held on one")
    func export() async throws {
        let core = try Core()
        try await world(core)
        var told: [String: Set<String>] = [:]
        for line in try await core.communities.held(on: "full") {
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let what = try #require(object["held"] as? String)
            let keys = (object["what"] as? [String: Any])?.filter { !($0.value is NSNull) }.map(\.key) ?? []
            told[what, default: []].formUnion(keys)
        }
        for held in HeldData.all where held.about == .community || held.about == .coordinator {
            for column in held.columns {
                let path = try #require(column.export, "\(held.table).\(column.name)").split(separator: ".")
                #expect(
                    told[String(path[0])]?.contains(String(path[1])) == true,
                    "\(held.table).\(column.name) is not told as \(path.joined(separator: "."))")
            }
        }
        for line in try await core.communities.held(on: "full") where line.contains(#""held":"profile""#) {
            for field in ["group_max", "until", "needed_by", "posture"] { #expect(line.contains(field)) }
        }
        // What is not held any more is told neither.
        try await core.communities.erase("full")
        let left = try await core.snapshot().filter { $0.value.contains("role@full.example") }
        #expect(left.isEmpty)
    }

    @Test("Every table and column of personal data has a name that people give it")
    func names() {
        for held in HeldData.all {
            #expect(held.title != nil, "\(held.table)")
            for column in held.columns {
                #expect(held.title(of: column.name) != nil, "\(held.table).\(column.name)")
            }
            // No two columns of a table by one name.
            let names = held.columns.compactMap { held.title(of: $0.name)?.fr }
            #expect(Set(names).count == names.count, "\(held.table): \(names)")
        }
    }

    @Test("What is told of how long things are kept is what is applied")
    func limits() async throws {
        var limits = RetentionLimits()
        limits.pausedContacts = 7
        limits.audit = 5
        let report = try await PrivacyReport.of(Core().database, limits: limits)
        let contacts = try #require(report.groups.first { $0.held.table.description == "contacts" })
        #expect(
            contacts.kept.fr.contains("7 mois en pause") && contacts.kept.en.contains("7 months on pause"))
        #expect(contacts.records[0].kept.contains("paused_months=7"))
        let audit = report.groups.filter { $0.held.table.description == "audit" }
        #expect(
            !audit.isEmpty
                && audit.allSatisfy { $0.kept.en == "5 months" && $0.records[0].kept == "months=5" })
    }

    @Test("The report counts what is there, and tells apart what the endpoint's role may read")
    func report() async throws {
        let core = try Core()
        try await world(core)
        let report = try await PrivacyReport.of(core.database)
        func record(_ table: String, _ column: String) throws -> HeldRecord {
            try #require(report.records.first { $0.table == table && $0.column == column })
        }
        #expect(try record("contacts", "contact").rows == 1)
        #expect(try record("contacts", "contact").reader == "no")
        #expect(try record("contacts", "contact").kept.contains("unconfirmed_months=12"))
        #expect(try record("pauses", "reason").reader == "no")
        #expect(try record("communities", "name").reader == "yes")
        #expect(try record("communities", "name").rows == 3)
        #expect(try record("audit", "actor").about == "coordinator")
        let empty = report.records.filter { $0.rows == 0 && $0.about == "community" }
        #expect(empty.isEmpty, "\(empty.map { "\($0.table).\($0.column)" })")
        #expect(report.shownToAnyone == 0 && report.shownToPartners == 3)
    }
}
