import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Importing profiles", .core)
struct ImportCommunitiesTests {
    private static let lines = [
        line("child", offers: ["video:4"], #""parent":"mother""#), "",
        line(
            "mother", offers: ["couture"], needs: ["video:3", "redaction"],
            #""contact":"m@m.example","source_id":"x:1""#),
        line("other", needs: ["couture"]),
    ]

    @Test("All comes in, parents first, and a second import changes nothing at all")
    func twice() async throws {
        let core = try Core()
        let first = try await core.load(Self.lines)
        #expect((first.read, first.added, first.updated, first.unchanged) == (3, 3, 0, 0))
        #expect(first.refused == [])
        #expect(try await core.communities.profile("child").profile.community.parent == "mother")
        let before = try await core.snapshot()
        let second = try await core.load(Self.lines)
        #expect((second.read, second.added, second.updated, second.unchanged) == (3, 0, 0, 3))
        #expect(try await core.snapshot() == before)
    }

    @Test("Lines that are wrong are listed with their place, the others come in, nothing half of a line")
    func refusals() async throws {
        let core = try Core()
        try await core.register(line("standing"))
        let good = line("good", offers: ["video"])
        let report = try await core.load([
            good, line("bad-skill", offers: ["vidoe"]), "{", line("good", needs: ["video"]),
            line("orphan", offers: ["couture"], #""parent":"nobody""#), line("x", #""parent":"y""#),
            line("y", #""parent":"x""#),
            line(
                "no-source", offers: ["couture"], needs: ["video"],
                #""contact":"c@c.example","source_id":"nocolon""#),
            line("last"),
        ])
        #expect(report.read == 9)
        #expect(report.added == 2)
        #expect(
            report.refused.map { "\($0.row) \($0.error.code.rawValue)" } == [
                "2 unknown-skill", "3 malformed", "4 duplicate-in-file", "5 bad-parent", "6 bad-parent",
                "7 bad-parent",
                "8 wrong-type",
            ])
        for refused in report.refused {
            expectReadable(refused.error)
            #expect(refused.error.place.file == "profiles.ndjson")
            #expect(refused.error.place.line == refused.row)
        }
        #expect(report.refused.first?.error.place.field == "offers[0].skill")
        let slugs = try await core.communities.list(CommunityFilter(), for: .coordinator).map(\.community)
        #expect(slugs == ["good", "last", "standing"])
        #expect(try await core.dump("offers").split(separator: "\n").count == 1)
        for table in ["needs", "contacts", "sources"] { #expect(try await core.dump(table) == "") }
        #expect(try await core.communities.needs(of: "good", for: .coordinator) == [])
    }

    @Test("Bytes that are not UTF-8 on one line refuse that line alone")
    func invalidUTF8() async throws {
        let core = try Core()
        let bytes = Array((line("a") + "\n{\"name\":\"").utf8) + [0xFF] + Array(("\"}\n" + line("b")).utf8)
        let report = try await core.communities.importProfiles(bytes, file: "p", by: .itself, on: Core.day)
        #expect(report.added == 2)
        #expect(report.refused.map(\.row) == [2])
        #expect(report.refused.first?.error.code == .invalidUTF8)
    }

    @Test("A file without a record is refused")
    func empty() async throws {
        let core = try Core()
        let error = await refusal { try await core.load(["", "  "]) }
        #expect(error?.code == .emptyFile && error?.place.file == "profiles.ndjson")
    }

    @Test(
        "An import again keeps contact, source, consents, status and closed needs that its lines do not mention"
    )
    func keeps() async throws {
        let core = try Core()
        _ = try await core.load(Self.lines)
        try await core.communities.closeNeed("redaction", of: "mother")
        try await core.communities.pause("mother")
        let standing = try await core.communities.profile("mother")
        let again = [
            line("mother", needs: ["video:3"], #""consent":{"research":true},"visibility":"public""#)
        ]
        let report = try await core.load(again)
        #expect((report.added, report.updated) == (0, 1))
        let found = try await core.communities.profile("mother")
        #expect(found.profile.contact == "m@m.example" && found.profile.sourceID == "x:1")
        #expect(found.profile.community.status == .paused && found.confirmedOn == Core.day)
        #expect(
            found.profile.consent == [.matching: true, .publication: true, .contact: true, .research: true])
        #expect(found.closedNeeds == standing.closedNeeds && found.closedNeeds.count == 1)
        #expect(found.profile.offers == [] && found.profile.needs.map(\.terms.skill) == ["video"])
        #expect(found.profile.community.visibility == .public)
        #expect(try await core.load(again).unchanged == 1)
        #expect(try await core.load([line("mother", needs: ["redaction"])]).updated == 1)
        #expect(try await core.communities.profile("mother").closedNeeds == [])
    }

    @Test("On behalf of communities, each line records the consent and the channel")
    func onBehalf() async throws {
        let core = try Core()
        _ = try await core.load([line("a", #""consent":{}"#)], by: .onBehalf(through: .meeting))
        #expect(
            try await core.column("SELECT purpose || ' ' || channel AS x FROM consents") == [
                "matching meeting"
            ])
    }

    @Test("A community may come from two sources, and coming again from either changes nothing")
    func twoSources() async throws {
        let core = try Core()
        _ = try await core.load([line("a", #""source_id":"x:1""#)])
        #expect(try await core.load([line("a", #""source_id":"x:2""#)]).updated == 1)
        let before = try await core.snapshot()
        for id in ["x:1", "x:2"] {
            #expect(try await core.load([line("a", #""source_id":"\#(id)""#)]).unchanged == 1)
        }
        #expect(try await core.snapshot() == before)
        #expect(try await core.column("SELECT source_id AS x FROM sources ORDER BY 1") == ["1", "2"])
    }

    @Test("More lines than a batch come in whole")
    func batches() async throws {
        let core = try Core()
        let lines = (0..<1203).map { line("c-\($0)", $0 == 1101 ? #""parent":"nobody""# : "") }
        let report = try await core.load(lines)
        #expect((report.read, report.added) == (1203, 1202))
        #expect(report.refused.map(\.row) == [1102])
    }
}
